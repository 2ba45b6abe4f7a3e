import type { Clock } from '../core/clock.ts'
import { readAddress } from '../core/printers/address.ts'
import { alike } from '../core/status/alike.ts'
import type { Reading, ReadPrinter } from '../core/status/reading.ts'
import {
  fillErrors,
  fillSupplies,
  fillTrays,
  isAwake,
  leavesGap,
  type SecondFacts,
} from '../core/status/second-source.ts'
import type { Ipp } from './ipp/ipp.ts'

// When a printer is asked by IPP, and how long its answer holds. It is asked only right after an answer by
// SNMP that left something open and showed it awake.

export interface SecondSourceParts {
  readonly ipp: Pick<Ipp, 'ask'>
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Where the printer of an address has its IPP; null: nobody can tell. */
  readonly hostOf?: (address: string) => string | null
}

const minuteMs = 60_000
const pauseMs = {
  told: 15 * minuteMs,
  silent: 60 * minuteMs,
  nothing: 24 * 60 * minuteMs,
} as const
/** How long levels hold; a jam of an hour ago is none. */
const holdsMs = 60 * minuteMs
const errorsHoldMs = 20 * minuteMs
/** The first reading waits, so that it has no gap that the second closes; later ones never wait. */
const longestWaitMs = 2000
const mostAtATime = 64
const mostPrinters = 10_000

interface Known {
  /** Whose answer it is: another device at the address must not inherit it. */
  readonly who: string
  nextMs: number
  told: { readonly facts: SecondFacts; readonly atMs: number } | null
  asking: Promise<void> | null
  /** Of the last reading. */
  read: { readonly pageCount: number | null; readonly atMs: number } | null
  /** The last ones filled: while nothing changed the same list is handed out. */
  filled: { own: Reading['supplies']; facts: SecondFacts; supplies: Reading['supplies'] } | null
}

export function withSecondSource(readPrinter: ReadPrinter, parts: SecondSourceParts): ReadPrinter {
  const { ipp, clock, hostOf = hostOfPrinter } = parts
  /** By address. */
  const printers = new Map<string, Known>()
  let asking = 0

  function knownOf(address: string, who: string): Known {
    const held = printers.get(address)
    if (held?.who === who) return held
    const known: Known = {
      ...{ who, nextMs: 0, told: null, asking: null, read: null, filled: null },
    }
    printers.delete(address)
    printers.set(address, known)
    if (printers.size > mostPrinters) printers.delete(printers.keys().next().value ?? '')
    return known
  }

  async function ask(known: Known, host: string): Promise<void> {
    asking += 1
    const answer = await ipp.ask(host)
    asking -= 1
    known.asking = null
    const atMs = clock.monotonicMs()
    known.nextMs = atMs + pauseMs[answer.kind]
    if (answer.kind === 'told') known.told = { facts: kept(known, answer.facts), atMs }
  }

  return async (target) => {
    const reading = await readPrinter(target)
    if (!reading.ok || !leavesGap(reading)) return reading
    const host = hostOf(target.address)
    if (host === null) return reading
    const known = knownOf(target.address, whoIs(reading))
    const nowMs = clock.monotonicMs()
    const { read } = known
    const before = read && { ...read, secondsAgo: (nowMs - read.atMs) / 1000 }
    known.read = { pageCount: reading.pageCount, atMs: nowMs }
    const isDue = known.nextMs <= nowMs && known.asking === null
    if (isDue && isAwake(reading, before) && asking < mostAtATime) {
      const isFirst = known.nextMs === 0
      known.asking = ask(known, host)
      if (isFirst) await within(longestWaitMs, known.asking)
    }
    return fill(reading, known, clock.monotonicMs())
  }
}

/** Behind another port than SNMP's own stands a forwarder; whose port 631 is, nobody can tell. */
function hostOfPrinter(address: string): string | null {
  const read = readAddress(address)
  return read?.port === 161 ? read.host : null
}

function whoIs({ system, identity, device }: Reading): string {
  return JSON.stringify([system.objectId, device.model, identity.serial, identity.macAddresses])
}

/** The facts held before where they say the same, so that what was filled with them stays. */
function kept({ told }: Known, facts: SecondFacts): SecondFacts {
  return told !== null && alike(told.facts, facts) ? told.facts : facts
}

function fill(reading: Reading, known: Known, nowMs: number): Reading {
  const ageMs = known.told === null ? Number.POSITIVE_INFINITY : nowMs - known.told.atMs
  if (known.told === null || ageMs >= holdsMs) return reading
  const { facts } = known.told
  const { supplies: own } = reading
  if (known.filled?.own !== own || known.filled.facts !== facts) {
    known.filled = { own, facts, supplies: fillSupplies(own, facts.supplies) }
  }
  const { supplies } = known.filled
  const trays = fillTrays(reading.trays, facts.trays)
  const errors = fillErrors(reading, ageMs < errorsHoldMs ? facts.errors : null)
  const same = supplies === own && trays === reading.trays && errors === reading.errors
  return same ? reading : { ...reading, supplies, trays, errors }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
