import type { Question } from '../core/questions/question.ts'
import { type Asking, answer, type Deed, pressAct } from './acting.ts'
import { isEnter, typedLine } from './line.ts'
import { type Step, stepped, steps } from './steps.ts'

// What the person at the keys has chosen: keys -> view, pure. The screen keeps one view a terminal.

export type Panel = 'printers' | 'tickets' | 'printer' | 'ticket' | 'activity'
/** What happens at `q`: an attached console leaves at once, the appliance's own screen never. */
export type Leaves = 'asks' | 'at-once' | 'never'

export interface View {
  /** Id of the chosen printer; null: whoever needs somebody most. */
  readonly chosen: string | null
  /** Id of the chosen ticket; null: the one that waits longest. */
  readonly ticket: string | null
  readonly open: 'board' | 'printer' | 'tickets' | 'ticket'
  readonly focus: Panel
  readonly over: null | 'help' | 'leave'
  readonly asking: Asking | null
  /** The name that acts; null: the next act asks for it. */
  readonly actor: string | null
  /** Id of the ticket that was resolved here last. */
  readonly undo: string | null
  readonly filter: string
  readonly typing: boolean
  /** First row shown of each panel that scrolls. */
  readonly printerTop: number
  readonly ticketTop: number
  readonly activityTop: number
}

export const firstView: View = {
  chosen: null,
  ticket: null,
  open: 'board',
  focus: 'printers',
  over: null,
  asking: null,
  actor: null,
  undo: null,
  filter: '',
  typing: false,
  printerTop: 0,
  ticketTop: 0,
  activityTop: 0,
}

/** What the last drawing knew, and keys need. */
export interface Room {
  /** Ids in the order drawn, after the filter. */
  readonly ids: readonly string[]
  readonly tickets: readonly string[]
  /** Id of the ticket that the keys mean; null while they mean something else. */
  readonly ticket: string | null
  /** Id of its printer. */
  readonly ticketPrinter: string | null
  /** What platen asks about the printer that the keys mean. */
  readonly question: Question | null
  /** Names that can be chosen while a name is asked for. */
  readonly names: readonly string[]
  /** The panel that has the keys, of those on the screen. */
  readonly focus: Panel
  /** Panels on the screen, in the order of Tab. */
  readonly panels: readonly Panel[]
  /** Rows of one page in the panel that has the keys. */
  readonly page: number
  readonly printerMost: number
  readonly ticketMost: number
  readonly activityMost: number
}

export interface Key {
  /** As blessed names it: 'up', 'S-tab', 'C-l', 'g'. */
  readonly name: string
  /** The character, where the key makes one. */
  readonly text: string
}

export type Wish = 'poll' | 'leave' | 'repaint' | 'told-never' | 'nothing-to-undo' | Deed
export interface Pressed {
  readonly view: View
  readonly wish?: Wish
}

export function press(view: View, key: Key, room: Room, leaves: Leaves): Pressed {
  if (key.name === 'C-l') return { view, wish: 'repaint' }
  if (view.over === 'leave') return answerLeave(view, key)
  if (key.name === 'C-c') return askLeave(view, leaves)
  if (view.over === 'help') return { view: { ...view, over: null } }
  if (view.asking) return answer(view, view.asking, key, room)
  if (view.typing) return { view: typed(view, key, room) }
  if (key.text === 'q') return askLeave(view, leaves)
  if (key.text === '?') return { view: { ...view, over: 'help' } }
  if (key.text === '/') return { view: { ...board(view), typing: true } }
  if (key.text === 'r') return { view, wish: 'poll' }
  if (key.name === 'escape') return { view: back(view) }
  const opened = views[key.text]?.(view, room)
  if (opened) return { view: opened }
  const step = steps[key.name]
  if (step) return { view: moved(view, step, room) }
  return pressAct(view, key, room) ?? { view: turned(view, key.name, room) }
}

/** The id that keys and details mean, with nothing chosen or the chosen one gone. */
export function chosenOf(chosen: string | null, ids: readonly string[]): string | null {
  return chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null)
}

function answerLeave(view: View, key: Key): Pressed {
  const yes = key.text.toLowerCase() === 'y' || key.name === 'C-c'
  return { view: { ...view, over: null }, ...(yes && { wish: 'leave' }) }
}

function askLeave(view: View, leaves: Leaves): Pressed {
  if (leaves === 'at-once') return { view, wish: 'leave' }
  if (leaves === 'never') return { view: { ...view, over: null }, wish: 'told-never' }
  return { view: { ...view, over: 'leave', typing: false } }
}

function typed(view: View, key: Key, room: Room): View {
  const step = steps[key.name]
  if (key.name === 'escape') return { ...view, typing: false, filter: '' }
  if (isEnter(key)) return { ...view, typing: false }
  if (step && key.text === '') return moved(view, step, room)
  const filter = typedLine(view.filter, key, 60)
  return filter === null ? view : filtered(view, filter)
}

/** A new filter shows its best match, not the printer chosen before. */
const filtered = (view: View, filter: string): View => ({ ...view, filter, chosen: null })

const board = (view: View): View => ({ ...view, open: 'board', focus: 'printers', printerTop: 0 })

const ticketList = (view: View): View => ({ ...view, open: 'tickets', focus: 'tickets' })

/** A view by its digit. */
const views: Readonly<Record<string, (view: View, room: Room) => View>> = {
  1: board,
  2: printerView,
  3: ticketList,
  t: ticketList,
}

/** The chosen printer, or the one that the chosen ticket is about, whatever the filter hides. */
function printerView(view: View, { ids, ticketPrinter }: Room): View {
  const chosen = ticketPrinter ?? chosenOf(view.chosen, ids)
  if (chosen === null) return view
  const filter = ids.includes(chosen) ? view.filter : ''
  return { ...view, chosen, filter, open: 'printer', focus: 'printer', printerTop: 0 }
}

function back(view: View): View {
  if (view.open === 'ticket') return ticketList(view)
  if (view.open === 'printer' || view.focus !== 'printers') return board(view)
  if (view.filter !== '') return { ...view, filter: '' }
  return { ...view, chosen: null }
}

function moved(view: View, step: Step, room: Room): View {
  if (room.focus === 'activity')
    return { ...view, activityTop: stepped(view.activityTop, step, room.activityMost, room.page) }
  if (room.focus === 'printer')
    return { ...view, printerTop: stepped(view.printerTop, step, room.printerMost, room.page) }
  if (room.focus === 'ticket')
    return { ...view, ticketTop: stepped(view.ticketTop, step, room.ticketMost, room.page) }
  if (room.focus === 'tickets') {
    const at = room.tickets.indexOf(room.ticket ?? '')
    const ticket = room.tickets[stepped(at, step, room.tickets.length - 1, room.page)] ?? null
    return { ...view, ticket, ticketTop: 0 }
  }
  const at = room.ids.indexOf(chosenOf(view.chosen, room.ids) ?? '')
  const chosen = room.ids[stepped(at, step, room.ids.length - 1, room.page)] ?? null
  return { ...view, chosen, printerTop: 0 }
}

function turned(view: View, name: string, room: Room): View {
  const { panels } = room
  const at = Math.max(0, panels.indexOf(room.focus))
  const turn = (by: number): View => ({
    ...view,
    focus: panels[(at + by + panels.length) % panels.length] ?? 'printers',
  })
  if (name === 'tab') return turn(1)
  if (name === 'S-tab') return turn(-1)
  if (name === 'enter' || name === 'linefeed' || name === 'right' || name === 'l')
    return opened(view, room)
  if (name === 'left' || name === 'h')
    return view.open === 'ticket' ? ticketList(view) : board(view)
  return view
}

/** One step nearer to what is chosen. */
function opened(view: View, room: Room): View {
  if (room.ticket !== null) {
    if (view.open !== 'tickets' && view.open !== 'ticket')
      return { ...ticketList(view), ticket: room.ticket }
    return { ...view, ticket: room.ticket, open: 'ticket', focus: 'ticket' }
  }
  if (view.open !== 'board' || room.ids.length === 0) return view
  const chosen = chosenOf(view.chosen, room.ids)
  return { ...view, chosen, open: 'printer', focus: 'printer', printerTop: 0 }
}
