#!/usr/bin/env node
import { closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isatty } from 'node:tty'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Platen, PlatenParts } from './app.ts'
import type { Terminal } from './boards.ts'
import { type Verb, WrongUsage } from './cli/verb.ts'
import { type Config, readConfig, WrongConfig } from './config.ts'
import { Refusal } from './core/refusal.ts'
import type { Demo } from './demo/demo.ts'
import { createDesk } from './desk.ts'
import { type Found, findSettings } from './environment.ts'
import { createLog, type LogLevels, readLogLevels } from './log.ts'
import { createNotify } from './notify.ts'

// The process: argv, environment, signals, exit codes. Nothing else calls process.exit.

const exit = { done: 0, wrong: 1, usage: 2, crash: 70, config: 78 } as const
const home = join(import.meta.dirname, '..')

const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  probe: async () => (await import('./cli/probe.ts')).probeVerb,
  discover: async () => (await import('./cli/discover.ts')).discoverVerb,
  import: async () => (await import('./cli/import.ts')).importVerb,
  export: async () => (await import('./cli/export.ts')).exportVerb,
  people: async () => (await import('./cli/people.ts')).peopleVerb,
  labels: async () => (await import('./cli/labels.ts')).labelsVerb,
  backup: async () => (await import('./cli/backup.ts')).backupVerb,
  restore: async () => (await import('./cli/restore.ts')).restoreVerb,
  digest: async () => (await import('./cli/digest.ts')).digestVerb,
  check: async () => (await import('./cli/check.ts')).checkVerb,
  console: async () => (await import('./cli/console.ts')).consoleVerb,
}

const help = `platen VERB

  serve     watch the printers: console and feed
  console   the running platen's dashboard on this terminal
  probe     read one printer whole and print what it answered
  discover  search a range for printers
  import    take in a list of printers
  export    write the list of printers
  people    accounts
  digest    send the summary of tickets now
  labels    labels with QR codes, as a PDF or for a label printer
  backup    put everything into one file
  restore   put a backup back
  install   make this checkout the service of the machine, update it, undo it
  check     what is set, kept and reachable: each a line, ok or what to do
  version

  Each verb has --help.
`

const serveHelp = `platen serve [--demo] [--no-console] [--once]

  The appliance: asks the printers, draws the dashboard on the terminal, serves the feed. Settings
  come from the environment; README lists them.

  --demo         a made-up print room in a folder that is gone afterwards; nothing real is touched
  --no-console   do not draw, whatever PLATEN_CONSOLE says
  --once         ask every printer once, print the board, and leave
`

const hadTerminal = isatty(1)
const quiet: LogLevels = { all: 'silent', rooms: new Map() }
let lostOutput: string | null = null
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read us (`| head`) has read enough, or the terminal is gone.
    if (error.code !== 'EPIPE' && error.code !== 'EIO') lostOutput = error.message
  })
const code = await run(process.argv.slice(2)).catch((error: unknown) =>
  complain(`platen broke: ${error instanceof Error ? error.stack : error}\n`, exit.crash),
)
await Promise.all([drained(process.stdout), drained(process.stderr)])
if (lostOutput) complain(`Not all of it was written: ${lostOutput}\n`, exit.wrong)
if (hadTerminal && !isatty(1)) letGoOfTerminal()
process.exit(lostOutput && code === exit.done ? exit.wrong : code)

async function run([name = '', ...args]: string[]): Promise<number> {
  if (['version', '--version'].includes(name)) return say(`${version()}\n`)
  if (['help', '--help', '-h'].includes(name)) return say(help)
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  const wantsHelp = args.includes('--help') || args.includes('-h')
  if (name === 'install') return wantsInstall(args, wantsHelp)
  if (name === 'serve') return wantsHelp ? say(serveHelp) : attempt(serveHelp, () => serve(args))
  if (!load)
    return complain(
      `${name ? `There is no verb "${name}".` : 'Say what to do.'}\n\n${help}`,
      exit.usage,
    )
  const verb = await load()
  if (wantsHelp) return say(verb.help)
  return attempt(verb.help, async () => {
    const { stdin, stdout, stderr, env } = process
    const found = findSettings(env, home)
    return verb.run(
      args,
      createDesk(
        { ...found, version: version(), log: createLog(quiet, null) },
        { stdin, stdout, stderr, env, untilInterrupted },
      ),
    )
  })
}

/** A second one ends the process as always. */
function untilInterrupted(...also: readonly NodeJS.Signals[]): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', ...also] as const)
    process.once(signal, () => interrupted.abort(signal))
  return interrupted.signal
}

/** Needs no settings: it is what brings them, and takes them away. */
async function wantsInstall(args: readonly string[], wantsHelp: boolean): Promise<number> {
  const { installVerb: verb } = await import('./cli/install.ts')
  return wantsHelp ? say(verb.help) : attempt(verb.help, () => verb.run(args, { out: say }))
}

async function attempt(usage: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof WrongConfig) {
      const mistakes = error.mistakes.map((mistake) => `  ${mistake}\n`).join('')
      return complain(`The settings are wrong:\n${mistakes}`, exit.config)
    }
    if (error instanceof Refusal)
      return complain(`${error.message}\n`, 'setting' in error.details ? exit.config : exit.wrong)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (error instanceof WrongUsage || code.startsWith('ERR_PARSE_ARGS'))
      return complain(`${messageOf(error)}\n\n${usage}`, exit.usage)
    // The system's own words name the file or the port: "listen EADDRINUSE: … 0.0.0.0:8080".
    if (code && error instanceof Error && 'syscall' in error)
      return complain(`${messageOf(error)}\n`, exit.wrong)
    throw error
  }
}

async function serve(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      demo: { type: 'boolean', default: false },
      'no-console': { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
    },
  })
  const demo = values.demo ? await (await import('./demo/demo.ts')).openDemo(process.env) : null
  const found = demo ? settingsOf(demo) : findSettings(process.env, home)
  const { folder } = found
  // A look does not need the ports, which may be taken.
  const config = values.once
    ? { ...found.config, PLATEN_HTTP_HOST: '127.0.0.1', PLATEN_HTTP_PORT: 0, SNMP_TRAP_PORT: 0 }
    : found.config
  const draws = !values['no-console'] && !values.once && wantsConsole(config)
  // Lines of the log on the dashboard's own terminal would be drawn over it.
  const logFolder = draws && process.stderr.isTTY ? join(folder, 'logs') : null
  const levels = readLogLevels(values.once ? 'warn' : config.PLATEN_LOG_LEVEL) ?? quiet
  const log = createLog(levels, logFolder)
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  const notify = createNotify(process.env.NOTIFY_SOCKET, log)
  const terminal = draws ? ownTerminal() : null
  const watched = { ...(demo && { demo }), ...(notify && { alive: notify.alive }) }
  const platen = await start({ ...found, config }, { log, leave, terminal, ...watched })
  notify?.ready()
  if (demo && !draws && !values.once)
    say([platen.facts().address, ...platen.facts().hints, ''].join('\n'))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'asked to stop')
      leave()
    })
  const printed = values.once ? printBoard(platen) : null
  await Promise.race([left, ...(printed ? [printed] : [])])
  platen.restoreTerminal()
  notify?.stopping()
  await platen.stop()
  await demo?.stop()
  return exit.done
}

function settingsOf({ settings, folder }: Demo): Found {
  return { config: readConfig(settings, () => ''), folder }
}

/** Node aborts at its end when it cannot set a terminal back that is gone. */
function letGoOfTerminal(): void {
  for (const fd of [0, 1, 2])
    try {
      closeSync(fd)
    } catch {
      // Closed already: that is all that is wanted.
    }
}

async function start(
  { config, folder }: Found,
  how: Pick<PlatenParts, 'log' | 'leave' | 'terminal' | 'demo' | 'alive'>,
): Promise<Platen> {
  const { startPlaten } = await import('./app.ts')
  const { readerOf } = await import('./reader.ts')
  const { createSystemClock, lastWritten } = await import('./disk/system-clock.ts')
  let platen: Platen | null = null
  process.on('uncaughtException', (error) => {
    platen?.restoreTerminal()
    how.log.error({ error }, 'platen broke and ends; systemd starts it again')
    complain(`platen broke: ${messageOf(error)}\n`, exit.crash)
    process.exit(exit.crash)
  })
  const clock = createSystemClock({ notBefore: lastWritten(folder) })
  await clock.asked()
  platen = await startPlaten({
    config,
    folder,
    version: version(),
    clock,
    reader: readerOf(config),
    ...how,
  })
  return platen
}

/** Throws WrongConfig where one is wanted and there is nothing to draw on. */
function wantsConsole({ PLATEN_CONSOLE: wish }: Config): boolean {
  if (wish === 'on' && !process.stdout.isTTY)
    throw new WrongConfig(['PLATEN_CONSOLE is on, but standard output is no terminal'])
  return wish === 'on' || (wish === 'auto' && process.stdout.isTTY && process.env.TERM !== 'dumb')
}

/** On the screen that systemd gave us nobody leaves; nor where nobody can press a key. */
function ownTerminal(): Terminal {
  const isService = process.env.SYSTEMD_EXEC_PID === String(process.pid)
  return {
    input: process.stdin,
    output: process.stdout,
    name: process.env.TERM ?? 'linux',
    noColor: Boolean(process.env.NO_COLOR),
    leaves: isService || !process.stdin.isTTY ? 'never' : 'asks',
  }
}

async function printBoard(platen: Platen): Promise<void> {
  const { boardText } = await import('./console/board.ts')
  const isUnderWay = () => platen.facts().sweep.running + platen.facts().sweep.waiting > 0
  while (isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 100))
  const facts = platen.facts()
  // Into a file or a pipe goes the whole fleet, however many that are.
  const { columns = 80, rows = Math.max(24, facts.printers.length + 16) } = process.stdout
  say(`${boardText(facts, columns, rows)}\n`)
}

function version(): string {
  const described: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(described).version
}

function say(text: string): number {
  process.stdout.write(text)
  return exit.done
}

/** A pipe takes 64 KB at a time; what waits behind would be lost with the process. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

function complain(text: string, code: number): number {
  // Sentences hold words of files and printers; those may not steer the terminal.
  process.stderr.write(text.replaceAll(/[^\P{Cc}\n\t]/gu, ' '))
  return code
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
