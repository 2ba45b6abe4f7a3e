import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { State } from '../core/state.ts'
import type { HistoryLine } from '../core/status/history.ts'
import type { Happening } from '../core/status/status.ts'
import type { Store } from '../core/store.ts'
import { type Account, fill, newAccount } from './fill.ts'
import { startFleet } from './fleet.ts'
import { pastLines } from './past.ts'
import { type Caught, startPost } from './post.ts'
import { type DemoPrinter, demoNames, demoPrinters } from './printers.ts'

// A print room that is made up: printers over UDP on loopback, a mail server that keeps what it gets,
// a folder that is gone afterwards. Nothing real is read or asked, not even the settings.

export interface Demo {
  /** The settings that platen runs with. */
  readonly settings: Readonly<Record<string, string>>
  readonly folder: string
  /** Puts everything into a state in which nothing is yet. */
  fill(store: Store): Promise<void>
  /** What its printers said in the weeks before it came up. */
  past(store: Store): readonly HistoryLine[]
  /** Moves the printers on; called each second. */
  tick(): void
  /** What a person at the screen has to know: addresses, account, where the letters are. */
  hints(store: Store): readonly string[]
  /** Letters that came, newest first, as lines of the activity. */
  happenings(): readonly Happening[]
  stop(): Promise<void>
}

/** Of the environment only what says how to show it: where to listen, the time zone, the log. */
const taken = [
  'PLATEN_HTTP_HOST',
  'PLATEN_HTTP_PORT',
  'PLATEN_CONSOLE',
  'PLATEN_CONSOLE_LAYOUT',
  'PLATEN_CONSOLE_WALL_MINUTES',
  'PLATEN_CONSOLE_NIGHT',
  'PLATEN_CONSOLE_NAMES',
  'PLATEN_CONSOLE_PIN',
  'PLATEN_CONSOLE_BELL',
  'PLATEN_TIME_ZONE',
  'PLATEN_LOG_LEVEL',
] as const

export async function openDemo(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-demo-'))
  // After a crash too, of which nobody tells us.
  const sweepUp = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', sweepUp)
  const post = await startPost(join(folder, 'letters'))
  const fleet = await startFleet()
  const account = newAccount()
  const host = environment.PLATEN_HTTP_HOST || '127.0.0.1'
  const port = environment.PLATEN_HTTP_PORT || String(await freePort(host))
  const here = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  // A phone in the house needs an address of this machine: somebody knows it and says so.
  const url = environment.PLATEN_PUBLIC_URL || here
  const given = Object.fromEntries(taken.map((name) => [name, environment[name] ?? '']))
  const beganMs = performance.now()
  const letters = join(folder, 'letters')
  return {
    settings: {
      ...given,
      PLATEN_HTTP_HOST: host,
      PLATEN_HTTP_PORT: port,
      PLATEN_PUBLIC_URL: url,
      // Of this machine alone, but to be looked at.
      PLATEN_LABELS: 'any',
      PLATEN_SITE: 'Demo',
      PLATEN_PORTAL_STATUS: 'coarse',
      SNMP_POLL_INTERVAL_SECONDS: '5',
      SNMP_TRAP_PORT: '0',
      IPP_PORT: '0',
      SNMP_TIMEOUT: '1',
      SNMP_RETRIES: '0',
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: String(post.port),
      EMAIL_USE_TLS: 'false',
      DEFAULT_FROM_EMAIL: 'platen@print.example',
    },
    folder: join(folder, 'data'),
    fill: (store) => fill(store, account, fleet.addresses),
    past: ({ state }) => pastLines(idsOf(state), new Date()),
    tick: () => fleet.play(Math.floor((performance.now() - beganMs) / 1000)),
    hints: (store) => hintsOf(store, { url, account, letters }),
    happenings: () => post.caught.map(asHappening),
    async stop() {
      await Promise.all([fleet.stop(), post.stop()])
      process.off('exit', sweepUp)
      sweepUp()
    },
  }
}

function hintsOf(
  { state }: Store,
  { url, account, letters }: { url: string; account: Account; letters: string },
): string[] {
  const { label } = demoPrinters['mono-laser']
  const printer = Object.values(state.printers).find((each) => each.label === label)
  return [
    `QR page of ${label}: ${url}/p/${printer?.token}`,
    `Sign in: ${account.name} / ${account.password} · Letters in ${letters}`,
  ]
}

function idsOf(state: State): ReadonlyMap<DemoPrinter, string> {
  const printers = Object.values(state.printers)
  return new Map(
    demoNames.flatMap((name) => {
      const printer = printers.find(({ label }) => label === demoPrinters[name].label)
      return printer ? [[name, printer.id] as const] : []
    }),
  )
}

function asHappening({ at, to, subject, file }: Caught): Happening {
  return { at, printer: '', label: file, verdict: 'ok', sentence: `Letter to ${to}: ${subject}` }
}

/** 8080 as anywhere; a free one where somebody has that already. */
async function freePort(host: string): Promise<number> {
  const server = createServer()
  const listens = (port: number) => {
    server.listen(port, host)
    return once(server, 'listening')
  }
  await listens(8080).catch(() => listens(0))
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
