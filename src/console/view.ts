// What the person at the keys has chosen: keys -> view, pure. The screen keeps one view a terminal.

export type Panel = 'printers' | 'printer' | 'activity'
/** What happens at `q`: an attached console leaves at once, the appliance's own screen never. */
export type Leaves = 'asks' | 'at-once' | 'never'

export interface View {
  /** Id of the chosen printer; null: whoever needs somebody most. */
  readonly chosen: string | null
  readonly open: 'board' | 'printer'
  readonly focus: Panel
  readonly over: null | 'help' | 'leave'
  readonly filter: string
  readonly typing: boolean
  /** First row shown of each panel that scrolls. */
  readonly printerTop: number
  readonly activityTop: number
}

export const firstView: View = {
  chosen: null,
  open: 'board',
  focus: 'printers',
  over: null,
  filter: '',
  typing: false,
  printerTop: 0,
  activityTop: 0,
}

/** What the last drawing knew, and keys need. */
export interface Room {
  /** Ids in the order drawn, after the filter. */
  readonly ids: readonly string[]
  /** Panels on the screen, in the order of Tab. */
  readonly panels: readonly Panel[]
  /** Rows of one page in the fleet. */
  readonly page: number
  readonly printerMost: number
  readonly activityMost: number
}

export interface Key {
  /** As blessed names it: 'up', 'S-tab', 'C-l', 'g'. */
  readonly name: string
  /** The character, where the key makes one. */
  readonly text: string
}

export type Wish = 'poll' | 'leave' | 'repaint' | 'told-never'
export interface Pressed {
  readonly view: View
  readonly wish?: Wish
}

export function press(view: View, key: Key, room: Room, leaves: Leaves): Pressed {
  if (key.name === 'C-l') return { view, wish: 'repaint' }
  if (view.over === 'leave') return answerLeave(view, key)
  if (key.name === 'C-c') return askLeave(view, leaves)
  if (view.over === 'help') return { view: { ...view, over: null } }
  if (view.typing) return { view: typed(view, key, room) }
  if (key.text === 'q') return askLeave(view, leaves)
  if (key.text === '?') return { view: { ...view, over: 'help' } }
  if (key.text === '/') return { view: { ...board(view), typing: true } }
  if (key.text === 'r') return { view, wish: 'poll' }
  if (key.name === 'escape') return { view: back(view) }
  const step = steps[key.name]
  if (step) return { view: moved(view, step, room) }
  return { view: turned(view, key.name, room) }
}

/** The id that keys and details mean, with nothing chosen or the chosen one gone. */
export function chosenOf(view: View, ids: readonly string[]): string | null {
  return view.chosen !== null && ids.includes(view.chosen) ? view.chosen : (ids[0] ?? null)
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
  if (key.name === 'enter' || key.name === 'linefeed') return { ...view, typing: false }
  if (key.name === 'backspace') return filtered(view, [...view.filter].slice(0, -1).join(''))
  if (key.name === 'C-u') return filtered(view, '')
  if (step && key.text === '') return moved(view, step, room)
  if (key.text === '' || key.text < ' ' || key.text === '\x7f') return view
  return view.filter.length < 60 ? filtered(view, view.filter + key.text) : view
}

/** A new filter shows its best match, not the printer chosen before. */
const filtered = (view: View, filter: string): View => ({ ...view, filter, chosen: null })

const board = (view: View): View => ({ ...view, open: 'board', focus: 'printers', printerTop: 0 })

function back(view: View): View {
  if (view.open === 'printer' || view.focus !== 'printers') return board(view)
  if (view.filter !== '') return { ...view, filter: '' }
  return { ...view, chosen: null }
}

type Step = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'

const steps: Readonly<Record<string, Step>> = {
  up: 'up',
  k: 'up',
  down: 'down',
  j: 'down',
  pageup: 'page-up',
  'C-b': 'page-up',
  pagedown: 'page-down',
  'C-f': 'page-down',
  space: 'page-down',
  home: 'first',
  g: 'first',
  end: 'last',
  'S-g': 'last',
}

function moved(view: View, step: Step, room: Room): View {
  if (view.focus === 'activity')
    return { ...view, activityTop: stepped(view.activityTop, step, room.activityMost, room.page) }
  if (view.focus === 'printer')
    return { ...view, printerTop: stepped(view.printerTop, step, room.printerMost, room.page) }
  const at = room.ids.indexOf(chosenOf(view, room.ids) ?? '')
  const chosen = room.ids[stepped(at, step, room.ids.length - 1, room.page)] ?? null
  return { ...view, chosen, printerTop: 0 }
}

function stepped(at: number, step: Step, last: number, page: number): number {
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -last, last }
  return Math.max(0, Math.min(last, Math.min(at, last) + by[step]))
}

function turned(view: View, name: string, room: Room): View {
  const { panels } = room
  const at = Math.max(0, panels.indexOf(view.focus))
  const turn = (by: number): View => ({
    ...view,
    focus: panels[(at + by + panels.length) % panels.length] ?? 'printers',
  })
  if (name === 'tab') return turn(1)
  if (name === 'S-tab') return turn(-1)
  if (name === 'enter' || name === 'linefeed' || name === 'right' || name === 'l') {
    if (view.open === 'printer' || room.ids.length === 0) return view
    const chosen = chosenOf(view, room.ids)
    return { ...view, chosen, open: 'printer', focus: 'printer', printerTop: 0 }
  }
  if (name === 'left' || name === 'h') return board(view)
  return view
}
