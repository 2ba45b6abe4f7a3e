import { nowhere, orElse } from './fence.ts'
import { aliveOf } from './filed.ts'
import { roomIn } from './frame.ts'
import { layoutsFor, type PanelName } from './layout.ts'
import { scrollingOver } from './over.ts'
import { supplyId } from './panels/supplies.ts'
import type { Scene } from './scene.ts'
import { mostOf, scrolling } from './scrolled.ts'
import type { Room, View, ViewName } from './view.ts'

/** What keys need of a drawing: what they mean there, and how far they lead. */
export function roomOf(scene: Scene): Room {
  const { boxes } = scene.plan
  const { look, ticket, supply, chosen } = scene
  const { view } = look
  const name = scrolling(view)
  const place = boxes[name ?? listOf[view.open] ?? 'printers'] ?? nowhere
  const id = chosen?.status.printer.id ?? null
  const isTickets = view.open === 'tickets'
  const scrolls = scrollingOver(scene) ?? {
    page: Math.max(1, pageIn(roomIn(place), view)),
    most: () => (name ? mostOf(scene, name, place) : 0),
  }
  return {
    printers: scene.printers.map(({ status }) => status.printer.id),
    tickets: scene.tickets.map(({ ticket }) => ticket.id),
    alive: aliveOf(scene).length,
    supplies: scene.supplies.map(supplyId),
    printer: id,
    ticket: isTickets ? (ticket?.ticket.id ?? null) : null,
    ticketState: isTickets ? (ticket?.ticket.state ?? null) : null,
    supply: supply && supplyId(supply),
    printerTicket: scene.tickets.find(({ ticket }) => ticket.printer === id)?.ticket.id ?? null,
    question: scene.question,
    names: scene.names,
    page: scrolls.page,
    // When a key asks, and not at every drawing: it takes all of the rows once more.
    most: () => orElse(scrolls.most, 0),
    layouts: layoutsFor(look.columns, look.rows),
    ...{ leaves: look.leaves, needsPin: look.needsPin },
  }
}

/** Rows of what to bring over the supplies, and the line below them. */
const mostOverSupplies = 4

/** A page of a list leaves out nobody, be every other row of it the heading of a building. */
function pageIn(rows: number, { open, groupBy }: View): number {
  if (open === 'supplies') return Math.floor((rows - mostOverSupplies) / 2)
  return open === 'fleet' && groupBy === 'building' ? Math.floor(rows / 2) : rows - 1
}

const listOf: Partial<Record<ViewName, PanelName>> = {
  ...{ fleet: 'printers', tickets: 'tickets', supplies: 'supplies' },
}
