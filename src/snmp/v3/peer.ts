import type { Engine } from './message.ts'

// What is known of one printer's SNMP 3: its engine and how its clock goes (RFC 3414, 2.3).

/** What is known of one printer's SNMP; with the same one handed in, a new session knows it too. */
export interface Peer {
  engine: (Engine & { readonly heardMs: number }) | null
  /** It has answered the user. */
  isTrusted: boolean
}

export const aStranger = (): Peer => ({ engine: null, isTrusted: false })

/** What it says before it can be signed, or of a clock that was reset: believed as it is. */
export function meet(peer: Peer, engine: Engine): void {
  peer.engine = { ...engine, heardMs: performance.now() }
}

/** RFC 3414, 3.2, step 7b: the clock of an answer counts when it is ahead of the one that is known. */
export function learn(peer: Peer, engine: Engine): void {
  const known = peer.engine
  peer.isTrusted = true
  const isAhead =
    known === null ||
    engine.boots > known.boots ||
    (engine.boots === known.boots && engine.timeSeconds > known.timeSeconds)
  if (isAhead) meet(peer, engine)
}

export function forget(peer: Peer): void {
  Object.assign(peer, aStranger())
}

/** RFC 3414, 2.2.2: its clock goes on as ours does. */
export function engineNow({ engine }: Peer): Engine | null {
  if (engine === null) return null
  const { id, boots, timeSeconds, heardMs } = engine
  const passed = Math.floor((performance.now() - heardMs) / 1000)
  return { id, boots, timeSeconds: Math.min(timeSeconds + passed, 2 ** 31 - 1) }
}
