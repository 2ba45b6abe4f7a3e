import type { Question } from '../core/questions/question.ts'
import type { LowSupply } from '../core/status/low-supplies.ts'
import type { Watched } from '../core/status/status.ts'
import { namesFor } from './acting.ts'
import type { Facts, Filed, PastLook } from './facts.ts'
import { aliveOf } from './filed.ts'
import { type Layout, layout } from './layout.ts'
import { byBuilding, byNeed, matching } from './need.ts'
import type { Notice } from './panels/footer.ts'
import { letterTroubles, letterWords } from './panels/outbox.ts'
import { fleetHeight } from './panels/printers.ts'
import { inWalkingOrder, supplyId } from './panels/supplies.ts'
import { ticketsHeight } from './panels/tickets.ts'
import { chosenOf, type Leaves, type View } from './view.ts'

/** How the wall stands: it turns its pages, wanders a cell so that nothing burns in, and dims at night. */
export interface WallLook {
  /** Counts up; the page is this modulo how many there are. */
  readonly turn: number
  /** Counts up; where the picture stands is made of it. */
  readonly shift: number
  readonly isNight: boolean
}

export interface Look {
  readonly columns: number
  readonly rows: number
  readonly view: View
  readonly leaves: Leaves
  readonly needsPin: boolean
  readonly notice: Notice | null
  readonly wall: WallLook
  /** Of people who work here. */
  readonly names: readonly string[]
  /** What became of a printer by day. */
  readonly pastOf: (printerId: string) => PastLook
  /** Its QR page, upper case; null: there is no address that it could have. */
  readonly pageOf: (printerId: string) => string | null
  /** These facts are the last that could be had, of a while ago; the screen says so. */
  readonly isOld?: boolean
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
  /** The printer that the keys mean: of a ticket or a supply its own. */
  readonly chosen: Watched | null
  readonly tickets: readonly Filed[]
  readonly ticket: Filed | null
  readonly supplies: readonly LowSupply[]
  readonly supply: LowSupply | null
  /** What platen asks first about the chosen printer, while the keys mean printers. */
  readonly question: Question | null
  /** Names to choose from, while a name is asked for. */
  readonly names: readonly string[]
}

export function sceneOf(facts: Facts, look: Look): Scene {
  const { view, columns, rows } = look
  const worstFirst = byNeed(facts.printers)
  const fleet = view.groupBy === 'need' ? worstFirst : byBuilding(worstFirst)
  const printers = matching(fleet, view.filter)
  // Looked for where they are shown: naming the supplies of a whole fleet is half of a drawing.
  const supplies = view.open === 'supplies' ? inWalkingOrder(printers) : []
  const trouble = [...facts.trouble, ...letterTroubles(facts)]
  // The fleet's view has what somebody has to do; what was resolved lately is for the list of its own.
  const tickets = view.open === 'tickets' ? facts.tickets : aliveOf(facts)
  const plan = layout({
    ...{ columns, rows, wish: view.layout, open: view.open, inside: view.inside },
    ...{ troubles: trouble.length, hints: facts.hints.length },
    fleet: fleet.length === 0 ? rows : fleetHeight(fleet, view.groupBy),
    tickets: ticketsHeight(tickets),
    letters: letterWords(facts) !== '',
  })
  const ticket = pick(tickets, ({ ticket }) => ticket.id, view.ticket)
  const supply = pick(supplies, supplyId, view.supply)
  const chosen = meant({ fleet, printers }, view, { ticket, supply })
  const names = view.asking?.what === 'who' ? namesFor(view.asking.text, look.names) : []
  const isPrinter = view.open === 'fleet' || view.open === 'printer'
  const id = isPrinter ? chosen?.status.printer.id : undefined
  const question = facts.questions.find((each) => each.printer === id) ?? null
  const found = { printers, chosen, tickets, ticket, supplies, supply, question }
  return { facts, look, plan, trouble, ...found, names }
}

function pick<T>(all: readonly T[], idOf: (each: T) => string, wanted: string | null): T | null {
  const id = chosenOf(wanted, all.map(idOf))
  return all.find((each) => idOf(each) === id) ?? null
}

/**
 * Of a ticket or a supply its printer, and no other one where that is gone; what is looked at stays, though
 * the filter hides it by now.
 */
function meant(
  { fleet, printers }: { fleet: readonly Watched[]; printers: readonly Watched[] },
  { open, over, chosen }: View,
  { ticket, supply }: Pick<Scene, 'ticket' | 'supply'>,
): Watched | null {
  const idOf = ({ status }: Watched) => status.printer.id
  const of = (id: string | null) => fleet.find((each) => idOf(each) === id) ?? null
  if (open === 'tickets') return of(ticket?.ticket.printer ?? null)
  if (open === 'supplies') return of(supply?.printer.id ?? null)
  const isLookedAt = open === 'printer' || over === 'code'
  return (isLookedAt ? of(chosen) : null) ?? pick(printers, idOf, chosen)
}
