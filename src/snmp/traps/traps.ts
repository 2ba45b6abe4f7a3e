import type { RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { hostname } from 'node:os'
import type { Log } from '../../core/log.ts'
import { createBudget } from '../budget.ts'
import type { SnmpUser } from '../v3/users.ts'
import { paceHints } from './hints.ts'
import { readNotice } from './notice.ts'
import { openPort, whyNoPort } from './port.ts'

// Traps and informs of SNMP 1, 2c and 3: a hint to poll that printer now, and never the truth itself, for
// anybody can send one. Nothing that one says is believed or kept, not even its community.

export interface TrapSettings {
  /** 0: any that is free. */
  readonly port: number
  /** Every address of this machine, where missing. */
  readonly host?: string
  /** Who may send informs of SNMP 3 that are answered; its traps need none. */
  readonly users: readonly SnmpUser[]
  /** Whether a printer that is watched is there; asked for each datagram, before it is looked into. */
  readonly isPrinter: (address: string) => boolean
  readonly onHint: (address: string) => void
  readonly log: Log
  /** Between two hints of one printer. */
  readonly restMs?: number
}

/** Datagrams, and the hints that came of them. */
export interface Heard {
  readonly traps: number
  readonly informs: number
  /** From where no printer is. */
  readonly strangers: number
  /** More than are looked into: each no more than a hint. */
  readonly tooMany: number
  readonly unreadable: number
  readonly hints: number
}

export interface Traps {
  /** null: nothing is heard. */
  readonly port: number | null
  heard(): Heard
  /** What is wrong and what to do; null where all is well. */
  trouble(): string | null
  stop(): Promise<void>
}

/** What is looked into of all printers together; an answer to each of these hurts no network. */
const lookedInto = { perSecond: 50, burst: 200 }
/** RFC 3417, 3.2 recommends 1,472 octets; to look into what is far longer would take its time. */
const mostOctets = 4096
const mappedIPv4 = '::ffff:'

/** Never rejects: printers are polled all the same where the port cannot be had. */
export async function listenForTraps(settings: TrapSettings): Promise<Traps> {
  const { log, isPrinter, users } = settings
  const heard = { traps: 0, informs: 0, strangers: 0, tooMany: 0, unreadable: 0, hints: 0 }
  const budget = createBudget(lookedInto)
  // Without users nobody's informs could be opened.
  const sealed = users.length > 0 ? await openSealed(users) : null
  const hints = paceHints({
    restMs: settings.restMs ?? 10_000,
    onHint(address) {
      heard.hints += 1
      settings.onHint(address)
    },
  })
  let trouble: string | null = null
  const socket = await openPort(settings).catch((error: Error) => {
    trouble = whyNoPort(error, settings.port)
    log.warn({ error }, trouble)
    return null
  })
  socket?.on('error', (error) => log.debug({ error }, 'a trap was lost'))

  function hear(datagram: Buffer, from: RemoteInfo): void {
    const address = plain(from.address)
    if (!isPrinter(address)) {
      heard.strangers += 1
      return
    }
    if (!budget.take()) {
      heard.tooMany += 1
      hints.hint(address)
      return
    }
    const notice = datagram.length > mostOctets ? null : readNotice(datagram)
    if (notice === null) {
      heard.unreadable += 1
      return
    }
    const answer =
      notice.kind === 'trap'
        ? null
        : notice.kind === 'inform'
          ? notice.answer
          : (sealed?.answer(datagram, notice.engineId, from) ?? null)
    heard[answer === null ? 'traps' : 'informs'] += 1
    // A printer that is gone by now misses nothing.
    if (answer !== null) socket?.send(answer, from.port, from.address, () => {})
    hints.hint(address)
  }
  socket?.on('message', hear)

  return {
    port: socket?.address().port ?? null,
    heard: () => heard,
    trouble: () => trouble,
    async stop() {
      hints.stop()
      if (socket === null) return
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

/** `::ffff:10.0.0.7` -> `10.0.0.7`, `fe80::1%eth0` -> `fe80::1`. */
function plain(address: string): string {
  if (!address.includes(':')) return address
  const [bare = ''] = address.split('%')
  return bare.startsWith(mappedIPv4) ? bare.slice(mappedIPv4.length) : bare
}

/** Loaded where it is needed: its library takes a Pi its time and memory. */
async function openSealed(users: readonly SnmpUser[]) {
  const sealed = await import('./sealed.ts')
  return sealed.openSealed(users, hostname())
}
