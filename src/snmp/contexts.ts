import { type Asking, readMore } from './asking.ts'
import { type Cells, toldBy } from './cells.ts'
import { contact } from './contact.ts'
import { columns, tables } from './mibs/oids.ts'
import { indexesOf } from './mibs/told.ts'
import { openSession, type Version } from './session.ts'
import type { Vendor } from './vendors/vendor.ts'

// HP puts the supplies of some printers into a context of their own (librenms#19927): of SNMP 1 and 2c that
// is what follows `@` in the community. Found out once, remembered, and found out again after an hour.

export const jetdirect = 'Jetdirect'
const askedAgainMs = 3_600_000
const oids = [...tables.supplies, ...tables.colorants].map((name) => columns[name])

export interface Elsewhere {
  readonly context: string
  readonly community: string
  readonly cells: Cells
}

/**
 * The supplies of an HP that tells none by itself; null: there are none there either, for all that can be
 * told of a community that an agent does not know; 'lost': they were there before.
 */
export async function suppliesElsewhere(
  asking: Asking,
  { version, vendor, cells }: { version: Version; vendor: Vendor | null; cells: Cells },
): Promise<Elsewhere | 'lost' | null> {
  const { known, target } = asking
  const isDefault = (target.context ?? null) === null && !asking.community.includes('@')
  if (vendor?.name !== 'hp' || !isDefault || version === '3') return null
  if (indexesOf(toldBy(cells), 'supplies').length > 0) return null
  const now = performance.now()
  if (now < known.noContextUntilMs) return null
  const community = `${asking.community}@${jetdirect}`
  // It has answered just now: if it knows the context, it does not take its time over it.
  const tries = known.quickTries(asking.timeoutMs, 3)
  const there = openSession(asking.channel, {
    ...{ community, tries, version: version === '1' ? '1' : '2c' },
  })
  const isKnown = (await contact([there])).version !== null
  const heard = isKnown ? await readMore({ ...asking, community }, version, oids) : null
  const isLost = heard === null || heard.isBroken
  if (!isLost && indexesOf(toldBy(heard.cells), 'supplies').length > 0) {
    known.hasContext = true
    return { context: jetdirect, community, cells: heard.cells }
  }
  if (isLost && known.hasContext) {
    known.hasContext = false
    return 'lost'
  }
  known.noContextUntilMs = now + askedAgainMs
  return null
}
