import { z } from 'zod'
import type { Printer } from '../printers/printer.ts'
import type { DeepReadonly } from '../readonly.ts'
import { grains } from './coarse.ts'
import { type Known, learn, type Moment, nothingKnown } from './known.ts'
import { reading } from './reading.ts'
import type { StatusRules } from './rules.ts'

/** status.json: kept so that a restart shows the last good values at once. Dropped when bad. */
export const savedFleet = z.object({
  schema: z.literal(1),
  printers: z.record(
    z.string(),
    z.object({
      address: z.string(),
      readAt: z.iso.datetime().nullable(),
      reading: reading.nullable(),
      failures: z.int(),
      silentSince: z.iso.datetime().nullable(),
      message: z.string().nullable(),
      /** A release before had none. */
      grains: grains.default({}),
    }),
  ),
})
export type SavedFleet = DeepReadonly<z.infer<typeof savedFleet>>
type SavedPrinter = SavedFleet['printers'][string]

/** null: there is nothing to keep of it. */
export function toSaved(known: Known): SavedPrinter | null {
  const { address, reading, readAt, failures, silentSince, message, grains } = known
  if (!reading && failures === 0) return null
  return {
    ...{ address, reading, failures, message, grains },
    readAt: readAt?.at.toISOString() ?? null,
    silentSince: silentSince?.at.toISOString() ?? null,
  }
}

/** What was said last counts at once, as if it were heard just now for the first time. */
export function fromSaved(
  { readAt, silentSince, reading, address, grains, failures, message }: SavedPrinter,
  { printer, now, rules }: { printer: Printer; now: Moment; rules: StatusRules },
): Known {
  const nothing = { ...nothingKnown(printer), address, grains }
  const at = momentOf(readAt, now)
  const last = at && reading ? learn(nothing, reading, { printer, now: at, rules }).known : nothing
  const silentFrom = failures > 0 ? (momentOf(silentSince, now) ?? now) : null
  return { ...last, failures, message, silentSince: silentFrom }
}

/** Of a time that is still to come nobody can say how old it is: the clock was set back. */
function momentOf(iso: string | null, now: Moment): Moment | null {
  const at = new Date(iso ?? Number.NaN)
  const age = now.at.getTime() - at.getTime()
  return age >= 0 ? { at, ms: now.ms - age } : null
}
