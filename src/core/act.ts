import type { Clock } from './clock.ts'
import { newId } from './ids.ts'

/** Where an act comes from: the attached screen, the managers' site, a script, a printer's QR page, a shell, platen itself. */
export type Door = 'console' | 'site' | 'API' | 'QR page' | 'command line' | 'platen'

/** Who does something, from where, and when. `newId('p')` gives an id that no other site will ever give. */
export interface Act {
  readonly by: string
  readonly from: Door
  /** Of the network, where it came from there; tells of a person. */
  readonly address: string | null
  readonly now: Date
  /** Whether `now` was known to be right. */
  readonly clockTrusted: boolean
  newId(prefix: string): string
}

export interface Actor {
  readonly by: string
  readonly from: Door
  readonly address?: string
}

/** Somebody's act, now. */
export function actOf(clock: Pick<Clock, 'now' | 'trusted'>, { by, from, address }: Actor): Act {
  const [now, clockTrusted] = [clock.now(), clock.trusted()]
  return { by, from, address: address ?? null, now, clockTrusted, newId }
}
