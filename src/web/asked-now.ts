import { getVisiblePrinter } from '../core/people/access.ts'
import type { Printer } from '../core/printers/printer.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import type { SignedAsk } from './answer.ts'
import type { FleetView } from './fleet-view.ts'
import type { Force } from './force.ts'
import { stillMay } from './still-may.ts'

/**
 * Asks one printer, for a script that waits. Refuses `conflict` a retired one; `unreachable` one that stays
 * silent, with what it said before.
 */
export async function askNow(
  { store, fleet, force }: { store: Store; fleet: FleetView; force: Force },
  ask: SignedAsk,
  { id, label, isActive }: Printer,
): Promise<Printer> {
  if (!isActive) throw new Refusal('conflict', `${label} is retired, and is not asked any more.`)
  const came = await force.one(id)
  // Much may have changed while it was asked: the printer, the person, the reach.
  const present = getVisiblePrinter(store.state, stillMay(ask, 'printers look'), id)
  const status = fleet.status(present.id)
  if (came === 'asked' && status.snmp.ok) return present
  const message = status.snmp.message === 'No answer' ? null : status.snmp.message
  const why = came === 'asked' ? message : 'It is still being asked.'
  const sentence = `${present.label} did not answer. ${why ?? ''}`.trimEnd()
  throw new Refusal('unreachable', sentence, { status })
}
