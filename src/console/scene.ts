import type { Question } from '../core/questions/question.ts'
import type { Watched } from '../core/status/status.ts'
import { namesFor } from './acting.ts'
import type { Facts, Filed } from './facts.ts'
import { aliveOf } from './filed.ts'
import { roomIn } from './frame.ts'
import { type Box, type Layout, layout } from './layout.ts'
import { byNeed, matching } from './need.ts'
import type { Notice } from './panels/footer.ts'
import { letterTroubles, letterWords } from './panels/outbox.ts'
import { fleetHeight } from './panels/printers.ts'
import { ticketsHeight } from './panels/tickets.ts'
import { chosenOf, type Leaves, type Panel, type View } from './view.ts'

export interface Look {
  readonly columns: number
  readonly rows: number
  readonly view: View
  readonly leaves: Leaves
  readonly notice: Notice | null
  /** Of people who work here. */
  readonly names: readonly string[]
  /** A panel that broke shows a word, the rest goes on. */
  readonly broke: (error: unknown, panel: string) => void
}

/** What every panel is drawn from: facts in order, what is chosen, and where the panels are. */
export interface Scene {
  readonly facts: Facts
  readonly look: Look
  readonly plan: Layout
  readonly trouble: readonly string[]
  readonly printers: readonly Watched[]
  readonly chosen: Watched | null
  readonly tickets: readonly Filed[]
  readonly ticket: Filed | null
  /** What platen asks first about the chosen printer, while the keys mean printers. */
  readonly question: Question | null
  /** The panel that has the keys. */
  readonly focus: Panel
  /** Names to choose from, while a name is asked for. */
  readonly names: readonly string[]
}

export function sceneOf(facts: Facts, look: Look): Scene {
  const { view, columns, rows } = look
  const fleet = byNeed(facts.printers)
  const trouble = [...facts.trouble, ...letterTroubles(facts)]
  // The board has what somebody has to do; what was resolved lately is for the list of its own.
  const tickets = isAmongTickets(view) ? facts.tickets : aliveOf(facts)
  const plan = layout({
    ...{ columns, rows, open: view.open, troubles: trouble.length, hints: facts.hints.length },
    fleet: fleet.length === 0 ? rows : fleetHeight(fleet),
    tickets: ticketsHeight(tickets),
    letters: letterWords(facts) !== '',
  })
  const focus = focusIn(plan, view)
  const printers = matching(fleet, view.filter)
  const ticketId = chosenOf(
    view.ticket,
    tickets.map(({ ticket }) => ticket.id),
  )
  const ticket = tickets.find((each) => each.ticket.id === ticketId) ?? null
  const chosen =
    isAmongTickets(view) && ticket
      ? fleet.find((each) => each.status.printer.id === ticket.ticket.printer)
      : chosenIn(printers, view)
  const names = view.asking?.what === 'who' ? namesFor(view.asking.text, look.names) : []
  const isPrinter = focus === 'printers' || focus === 'printer'
  const id = isPrinter ? chosen?.status.printer.id : undefined
  const question = facts.questions.find((each) => each.printer === id) ?? null
  const found = { printers, chosen: chosen ?? null, tickets, ticket, question }
  return { facts, look, plan, trouble, ...found, focus, names }
}

/** How far a panel of so many rows can be scrolled. */
export const mostFrom = (rows: number, box: Box): number => Math.max(0, rows - roomIn(box))

const isAmongTickets = ({ open }: View): boolean => open === 'tickets' || open === 'ticket'

function chosenIn(printers: readonly Watched[], view: View): Watched | undefined {
  const id = chosenOf(
    view.chosen,
    printers.map((each) => each.status.printer.id),
  )
  return printers.find((each) => each.status.printer.id === id)
}

/** Keys go to a panel that is on the screen, whatever was chosen on a bigger one. */
function focusIn({ boxes }: Layout, { focus }: View): Panel {
  const order = [focus, 'printers', 'printer', 'tickets', 'ticket'] as const
  return order.find((name) => boxes[name]) ?? 'printers'
}
