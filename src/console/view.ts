import type { Question } from '../core/questions/question.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import type { Asking, Deed, Intent, Undo } from './acting.ts'
import type { Facts } from './facts.ts'
import type { LayoutWish } from './layout.ts'

// What the person at the keys has chosen. Each terminal has one of its own; `press.ts` changes it.

/** In the order of their digits and of Tab. */
export const viewNames = ['fleet', 'printer', 'tickets', 'supplies', 'activity', 'box'] as const
export type ViewName = (typeof viewNames)[number]

/** What happens at `q`: an attached console leaves at once, the appliance's own screen never. */
export type Leaves = 'asks' | 'at-once' | 'never'

export interface View {
  readonly open: ViewName
  /** The keys are in the details of what is chosen, not in the list. */
  readonly inside: boolean
  /** Id of the chosen printer; null: whoever needs somebody most. */
  readonly chosen: string | null
  /** Id of the chosen ticket; null: the one that waits longest. */
  readonly ticket: string | null
  /** Of the chosen low supply (`supplyId`); null: the first. */
  readonly supply: string | null
  readonly groupBy: 'need' | 'building'
  readonly filter: string
  readonly typing: boolean
  /** First row shown of what scrolls in this view, or of what lies over it. */
  readonly top: number
  readonly over: null | 'help' | 'leave' | 'code'
  readonly wall: boolean
  readonly layout: LayoutWish
  readonly asking: Asking | null
  /** The name that acts; null: the next act asks for it. */
  readonly actor: string | null
  /** The PIN was typed, where one is asked for. */
  readonly unlocked: boolean
  /** What was done here last, and can be taken back. */
  readonly undo: Undo | null
}

export const firstView: View = {
  open: 'fleet',
  inside: false,
  chosen: null,
  ticket: null,
  supply: null,
  groupBy: 'need',
  filter: '',
  typing: false,
  top: 0,
  over: null,
  wall: false,
  layout: 'auto',
  asking: null,
  actor: null,
  unlocked: false,
  undo: null,
}

/** What the last drawing knew, and keys need. */
export interface Room {
  /** Ids in the order drawn, after the filter. */
  readonly printers: readonly string[]
  readonly tickets: readonly string[]
  /** So many of the tickets are alive: the first ones. */
  readonly alive: number
  readonly supplies: readonly string[]
  /** What the keys mean in this view, by id: of a ticket and a supply the printer too. */
  readonly printer: string | null
  readonly ticket: string | null
  readonly ticketState: Ticket['state'] | null
  readonly supply: string | null
  /** The ticket of that printer that waits longest. */
  readonly printerTicket: string | null
  /** What platen asks about the printer that the keys mean. */
  readonly question: Question | null
  /** Names that can be chosen while a name is asked for. */
  readonly names: readonly string[]
  /** Rows of one page of what scrolls, and its last first row. */
  readonly page: number
  readonly most: () => number
  /** Layouts that this screen has room for, `auto` first. */
  readonly layouts: readonly LayoutWish[]
  readonly leaves: Leaves
  /** A change asks for a PIN before anything else. */
  readonly needsPin: boolean
}

export interface Key {
  /** As blessed names it: 'up', 'S-tab', 'C-l', 'g'. */
  readonly name: string
  /** The character, where the key makes one. */
  readonly text: string
}

export type Wish =
  | 'poll'
  | 'leave'
  | 'repaint'
  | 'told-never'
  | 'nothing-to-undo'
  | 'layout'
  | { readonly act: 'pin'; readonly typed: string; readonly next: Intent }
  | Deed

export interface Pressed {
  readonly view: View
  readonly wish?: Wish
}

/** The id that keys and details mean, with nothing chosen or the chosen one gone. */
export function chosenOf(chosen: string | null, ids: readonly string[]): string | null {
  return chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null)
}

/** Another view, from its first row. */
export const opened = (view: View, open: ViewName): View => ({
  ...view,
  open,
  inside: false,
  top: 0,
})

/** Not on in what has gone: another one in its place would be taken for it. */
export function withoutGone(view: View, { tickets, printers }: Facts): View {
  if (view.inside && !tickets.some(({ ticket }) => ticket.id === view.ticket))
    return opened(view, view.open)
  if (view.over === 'code' && !printers.some(({ status }) => status.printer.id === view.chosen))
    return { ...view, over: null }
  return view
}
