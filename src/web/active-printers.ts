import { visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { Store } from '../core/store.ts'

/** People of different reach. */
const mostLists = 16

/**
 * The printers that are asked, of those that a person may see. The same list, and the same object, until
 * something kept changes: fifty screens ask for it at once, and looking through 1,000 is most of the work.
 */
export function createActivePrinters(store: Store): (person: Person) => readonly Printer[] {
  const made = new Map<string, readonly Printer[]>()
  store.onChange(() => made.clear())

  return (person) => {
    // Who sees all sees the same; a disabled one comes no further than the door.
    const key = person.reach === 'all' ? 'all' : person.id
    const known = made.get(key)
    if (known) return known
    const active = visiblePrinters(store.state, person).filter(({ isActive }) => isActive)
    const [oldest] = made.keys()
    if (oldest !== undefined && made.size >= mostLists) made.delete(oldest)
    made.set(key, active)
    return active
  }
}
