import { getVisiblePrinter, maySee } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { addressKey } from '../core/printers/address.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { State } from '../core/state.ts'

/** By its id or its address. Refuses `missing` what there is not and what is out of reach alike. */
export function printerAt(state: State, person: Person, key = ''): Printer {
  for (const id of state.by.printersByAddress.get(addressKey(key)) ?? []) {
    const found = state.printers[id]
    if (found && maySee(state, person, found)) return found
  }
  return getVisiblePrinter(state, person, key)
}
