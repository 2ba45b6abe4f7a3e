import type { Watched } from '../../core/status/status.ts'
import type { Facts, PastLook } from '../facts.ts'
import { cell, type Row } from '../rows.ts'

/** What became of a printer's supplies by day, as bars. */
export function historyRows(
  _printer: Watched,
  look: PastLook,
  _times: Pick<Facts, 'now' | 'timeZone'>,
  width: number,
): Row[] {
  if (look.is === 'loading') return [[cell('Reading ...', width)]]
  if (look.is === 'unreadable') return [[cell('It cannot be read; the log says why.', width)]]
  return [[cell(`${look.past.days.length} days`, width)]]
}
