import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { isatty } from 'node:tty'
import type { Ask } from './cli/acts.ts'
import { askControl, controlPath } from './cli/control.ts'
import { asOwnerOf } from './cli/owner.ts'
import type { Keyboard } from './cli/secret.ts'
import type { Desk, Surroundings } from './cli/verb.ts'
import { changedSettings } from './config.ts'
import { actOf } from './core/act.ts'
import type { Log } from './core/log.ts'
import { Refusal } from './core/refusal.ts'
import { type Found, whereFound } from './environment.ts'

// What the verbs of the command line are handed: the real files, terminal, printers, and whoever
// keeps the state. Loaded piece by piece, since a Pi takes its time over every library.

export interface Streams {
  readonly stdin: Keyboard['input']
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ctrl-C, once it does not end the process. */
  untilInterrupted(): AbortSignal
}

export function createDesk({ config, folder }: Found, streams: Streams, log: Log): Desk {
  return {
    community: config.SNMP_COMMUNITY,
    out: (text) => void streams.stdout.write(text),
    err: (text) => void streams.stderr.write(text),
    readFile: (path) => readFileSync(path),
    writeFile(path, text) {
      // Beside it first: what stood there keeps neither its mode nor half of its lines.
      rmSync(`${path}.new`, { force: true })
      writeFileSync(`${path}.new`, text, { mode: 0o600, flag: 'wx' })
      renameSync(`${path}.new`, path)
    },
    async askSecret(question) {
      const { askSecret } = await import('./cli/secret.ts')
      return askSecret({ input: streams.stdin, screen: streams.stderr }, question)
    },
    ask: askWhoeverKeepsTheState(folder, log),
    async readPrinter(target) {
      const { readerOf } = await import('./reader.ts')
      const reader = readerOf(config)
      return reader.readPrinter(target).finally(reader.close)
    },
    async search(order) {
      const { readerOf } = await import('./reader.ts')
      const { createSearch } = await import('./snmp/discovery/discover.ts')
      const reader = readerOf({ ...config, IPP_PORT: 0 })
      const { SNMP_COMMUNITY: community, SNMP_VERSION: version } = config
      const timeoutMs = config.SNMP_TIMEOUT * 1000
      const search = createSearch({
        ...{ readPrinter: reader.readPrinter, defaults: { community, version }, timeoutMs },
      })
      return search(order).finally(reader.close)
    },
    // Back to the line's beginning, and what stood behind it away.
    progress: isatty(2) ? (line) => void streams.stderr.write(`\r${line}\u001b[K`) : null,
    untilInterrupted: streams.untilInterrupted,
    surroundings: () => lookAround({ config, folder }, streams, log),
  }
}

async function lookAround(
  { config, folder }: Found,
  { stdout, env }: Streams,
  log: Log,
): Promise<Surroundings> {
  const { createSystemClock, lastWritten } = await import('./disk/system-clock.ts')
  const { postOf } = await import('./post.ts')
  return {
    foundIn: whereFound(env),
    settings: changedSettings(config),
    folder,
    clock: createSystemClock({ notBefore: lastWritten(folder) }),
    terminal: {
      isTerminal: stdout.isTTY === true,
      term: env.TERM ?? '',
      lang: env.LC_ALL || env.LC_CTYPE || env.LANG || '',
    },
    http: { host: config.PLATEN_HTTP_HOST, port: config.PLATEN_HTTP_PORT },
    mailServer: postOf(config),
    async kept() {
      const asked = { by: 'check', act: 'check', args: {} }
      const told = await askControl(controlPath(folder), asked)
      if (told) return told.result as Awaited<ReturnType<Surroundings['kept']>>
      const { countKept } = await import('./cli/kept.ts')
      const { lookAt } = await import('./disk/look.ts')
      const state = await lookAt(folder, log)
      return state && { kept: countKept(state), seen: null }
    },
  }
}

/** How long a verb waits for another one, or for a platen that starts or stops. */
const patienceMs = 5000

/** The running platen where there is one; else the state is opened here, under its lock. */
function askWhoeverKeepsTheState(folder: string, log: Log): Ask {
  return async (act, args) => {
    const by = `${accountName()} at the command line`
    const until = performance.now() + patienceMs
    for (;;) {
      const told = await askControl(controlPath(folder), { by, act, args })
      if (told) return told.result as never
      try {
        return (await performHere(folder, log, { by, act, args })) as never
      } catch (error) {
        const isTaken =
          error instanceof Refusal && error.code === 'conflict' && 'pid' in error.details
        if (!isTaken || performance.now() > until) throw error
        await wait(100)
      }
    }
  }
}

async function performHere(
  folder: string,
  log: Log,
  asked: { by: string; act: string; args: unknown },
) {
  const { perform } = await import('./cli/acts.ts')
  const { openStore } = await import('./disk/store.ts')
  const { createSystemClock } = await import('./disk/system-clock.ts')
  const clock = createSystemClock()
  const beRootAgain = asOwnerOf(folder)
  try {
    const store = await openStore({ folder, log, clock, patienceMs: 0 })
    try {
      const act = actOf(clock, { by: asked.by, from: 'command line' })
      return await perform({ store, seen: null }, asked, act)
    } finally {
      await store.close()
    }
  } finally {
    beRootAgain()
  }
}

/** An account of a container may have no name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}
