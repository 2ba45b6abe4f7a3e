import { connect } from 'node:net'
import type { Log } from '../../src/core/log.ts'
import { createFirstCode } from '../../src/core/people/first-code.ts'
import { addPerson } from '../../src/core/people/people.ts'
import type { RoleName } from '../../src/core/people/rights.ts'
import { createFleet } from '../../src/core/status/fleet.ts'
import { createSweep } from '../../src/core/status/poll.ts'
import type { Reading, ReadPrinter } from '../../src/core/status/reading.ts'
import type { Watched } from '../../src/core/status/status.ts'
import { watchedIn } from '../../src/facts.ts'
import { labelPdf } from '../../src/paper/labels.ts'
import { createWeb, type Web, type WebParts } from '../../src/web/server.ts'
import { createAct } from './act.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { aReading } from './readings.ts'
import { cheapPassword } from './records.ts'
import { createMemoryStore } from './store.ts'

/** One line of the log, as an administrator reads it. */
export interface Line {
  readonly level: string
  readonly room: string
  readonly facts: { readonly [fact: string]: unknown }
  readonly sentence: string
}

/** The web over a real fleet and sweep; only what the printers say is made up, by their address. */
export async function startWeb(
  parts: Partial<WebParts> = {},
  clock: TestClock = createTestClock(),
) {
  const store = parts.store ?? createMemoryStore()
  const act = createAct()
  const lines: Line[] = []
  /** By address; a printer that is not here says that it is well. */
  const says = new Map<string, Reading | Promise<Reading>>()
  let polls = 0
  const readPrinter: ReadPrinter = async ({ address }) => {
    polls++
    return (await says.get(address)) ?? aReading({ address })
  }
  const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10 }
  const fleet = createFleet({ store, clock, rules })
  const log = logTo(lines)
  const sweep = createSweep({
    ...{ store, fleet, clock, log, readPrinter, intervalSeconds: 300, concurrency: 64 },
    defaults: { community: 'public', version: 'auto' },
    onHeard({ id }, _reading, { isNews }) {
      if (isNews) web.heard(id)
    },
  })
  const watched = (id: string): Watched => watchedIn(fleet, sweep, id)
  const web: Web = createWeb({
    ...{ store, clock, log, version: '1.2.3', waitingFor: () => [], health: () => ({}) },
    fleet: {
      status: fleet.status,
      newsCount: fleet.newsCount,
      judgement: fleet.judgement,
      watched,
      pollNow: sweep.pollNow,
      hint: sweep.hint,
    },
    ...{ site: 'Print room North', publicUrl: null, timeZone: 'UTC', reportsPerHour: 300 },
    ...{ proxy: null, openId: null, firstCode: createFirstCode(), settings: [] },
    search: () => Promise.reject(new Error('nobody searches here')),
    ...{ history: async () => [], labelUrls: 'checked', labelPdf },
    box: () => {
      throw new Error('there is no box')
    },
    makeBackup: () => Promise.reject(new Error('no backup is made here')),
    rewrite: async () => {},
    portal: { name: 'optional', email: 'optional', status: 'none' },
    ...parts,
  })
  const { port } = await web.listen('127.0.0.1', 0)

  return {
    ...{ clock, store, act, lines, says, fleet, sweep, watched, web, port },
    polls: () => polls,
    /** A person with the password `<name> rides a horse`. */
    async person(name: string, role: RoleName, groups: readonly string[] = []) {
      const password = await cheapPassword(name, `${name} rides a horse`)
      return store.update((tx) => addPerson(tx, { name, role, groups, password }, act))
    },
    get(path: string, who: string | null = null, init: RequestInit = {}): Promise<Response> {
      const headers = new Headers(init.headers)
      if (who) headers.set('authorization', basic(who, `${who} rides a horse`))
      return fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init, headers })
    },
    raw: (text: string) => sendRaw(port, text),
    stop: () => web.close(),
  }
}

export type RunningWeb = Awaited<ReturnType<typeof startWeb>>

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

/** Sends bytes that no client would, and returns all that came back until the other side closed. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('data', (some: string) => {
      heard += some
    })
    socket.on('end', () => resolve(heard))
    socket.on('error', reject)
    socket.setTimeout(18_000, () =>
      reject(new Error(`the server said nothing more after: ${heard}`)),
    )
  })
}

function logTo(lines: Line[], room = ''): Log {
  const at = (level: string) => (facts: object, sentence: string) => {
    lines.push({ level, room, facts: { ...facts }, sentence })
  }
  return {
    ...{ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    room: (name) => logTo(lines, name),
  }
}
