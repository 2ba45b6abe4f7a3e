import { nowhere, orElse } from './fence.ts'
import { roomIn } from './frame.ts'
import { layoutsFor, type PanelName } from './layout.ts'
import { heightOfOver } from './over.ts'
import { supplyId } from './panels/supplies.ts'
import type { Scene } from './scene.ts'
import { mostOf, scrolling } from './scrolled.ts'
import type { Room, ViewName } from './view.ts'

/** What keys need of a drawing: what they mean there, and how far they lead. */
export function roomOf(scene: Scene): Room {
  const { boxes } = scene.plan
  const { look, ticket, supply, chosen } = scene
  const { view } = look
  const name = scrolling(view)
  const box = (name ?? boxes[listOf[view.open] ?? 'printers']) || nowhere
  const place = typeof box === 'string' ? (boxes[box] ?? nowhere) : box
  const id = chosen?.status.printer.id ?? null
  const isTickets = view.open === 'tickets'
  const over = orElse(() => heightOfOver(scene), null)
  return {
    printers: scene.printers.map(({ status }) => status.printer.id),
    tickets: scene.tickets.map(({ ticket }) => ticket.id),
    supplies: scene.supplies.map(supplyId),
    printer: id,
    ticket: isTickets ? (ticket?.ticket.id ?? null) : null,
    ticketState: isTickets ? (ticket?.ticket.state ?? null) : null,
    supply: supply && supplyId(supply),
    printerTicket: scene.tickets.find(({ ticket }) => ticket.printer === id)?.ticket.id ?? null,
    question: scene.question,
    names: scene.names,
    page: over ? over.page : Math.max(1, roomIn(place) - 1),
    most: over ? over.most : name ? orElse(() => mostOf(scene, name, place), 0) : 0,
    layouts: layoutsFor(look.columns, look.rows),
    ...{ leaves: look.leaves, needsPin: look.needsPin },
  }
}

const listOf: Partial<Record<ViewName, PanelName>> = {
  ...{ fleet: 'printers', tickets: 'tickets', supplies: 'supplies' },
}
