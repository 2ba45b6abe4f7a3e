import { type Step, stepped } from './steps.ts'
import { chosenOf, opened, type Room, type View, type ViewName, viewNames } from './view.ts'

// Where keys lead that only move: along a list, into what is chosen, back, to another view.

/** Views that are a list, of which one is chosen. */
export const lists: readonly ViewName[] = ['fleet', 'tickets', 'supplies']

/** As far as the arrows lead in this view. */
export function moved(view: View, step: Step, room: Room): View {
  const to = (at: string | null, ids: readonly string[]): string | null =>
    ids[stepped(ids.indexOf(at ?? ''), step, ids.length - 1, room.page)] ?? null
  if (view.inside || !lists.includes(view.open))
    return { ...view, top: stepped(view.top, step, room.most(), room.page) }
  if (view.open === 'tickets') return { ...view, ticket: to(room.ticket, room.tickets), top: 0 }
  if (view.open === 'supplies') return { ...view, supply: to(room.supply, room.supplies), top: 0 }
  return { ...view, chosen: to(chosenOf(view.chosen, room.printers), room.printers), top: 0 }
}

/** From one that the filter hides by now to the first that it shows; with none of those it stays. */
export function besidePrinter(view: View, step: Step, { printers, printer, page }: Room): View {
  const at = stepped(printers.indexOf(printer ?? ''), step, printers.length - 1, page)
  return { ...view, chosen: printers[at] ?? view.chosen, top: 0 }
}

/** One step nearer to what is chosen. */
export function nearer(view: View, room: Room): View {
  if (view.open !== 'tickets') return viewed(view, 'printer', room)
  return room.ticket === null || view.inside
    ? view
    : { ...view, ticket: room.ticket, inside: true, top: 0 }
}

export function back(view: View): View {
  if (view.inside) return opened(view, view.open)
  if (view.filter !== '' && clearsFilter(view.open)) return { ...view, filter: '' }
  if (view.open !== 'fleet') return opened(view, 'fleet')
  return { ...view, chosen: null, groupBy: 'need' }
}

/** The lists that the filter is for: Esc shows all of them again. */
export const clearsFilter = (open: ViewName): boolean => open === 'fleet' || open === 'supplies'

export const beside = ({ open }: View, by: number): ViewName =>
  viewNames[(viewNames.indexOf(open) + by + viewNames.length) % viewNames.length] ?? 'fleet'

/** A view with what the keys mean in it: the printer of a ticket, whatever the filter hides. */
export function viewed(view: View, name: ViewName | undefined, room: Room): View {
  if (name === undefined) return view
  if (name !== 'printer') return opened(view, name)
  const chosen = room.printer ?? chosenOf(view.chosen, room.printers)
  const filter = chosen === null || room.printers.includes(chosen) ? view.filter : ''
  return { ...opened(view, 'printer'), chosen, filter }
}

export function ticketsOf(view: View, { printerTicket }: Room): View {
  return { ...opened(view, 'tickets'), ticket: printerTicket ?? view.ticket }
}
