import { answer, begin } from './acting.ts'
import { lineOf, typedBy } from './keys.ts'
import { isEnter, typedLine } from './line.ts'
import { moved } from './moves.ts'
import { stepped, steps } from './steps.ts'
import type { Key, Pressed, Room, View } from './view.ts'

// A key -> what is chosen from then on, pure. What lies over the board hears it first.

export function press(view: View, key: Key, room: Room): Pressed {
  if (view.wall) return { view: { ...view, wall: false } }
  if (key.name === 'C-l') return { view, wish: 'repaint' }
  if (view.over === 'leave') return answerLeave(view, key, room)
  if (view.over !== null) return { view: overPressed(view, key, room) }
  if (view.asking && key.name !== 'C-c') return answer(view, view.asking, key, room)
  if (view.typing && key.name !== 'C-c') return { view: typed(view, key, room) }
  return lineOf(view, key)?.does(view, room, key) ?? { view }
}

/** What is longer than the screen is read on; any other key closes it. */
function overPressed(view: View, key: Key, room: Room): View {
  const step = steps[typedBy(key)]
  const most = view.over === 'help' && step ? room.most() : 0
  if (step && most > 0) return { ...view, top: stepped(view.top, step, most, room.page) }
  return { ...view, over: null, top: 0 }
}

function answerLeave(view: View, key: Key, room: Room): Pressed {
  const yes = key.text.toLowerCase() === 'y' || key.name === 'C-c'
  const next = { ...view, over: null }
  return yes ? begin(next, { act: 'leave' }, room) : { view: next }
}

function typed(view: View, key: Key, room: Room): View {
  const step = steps[key.name]
  if (key.name === 'escape') return { ...view, typing: false, filter: '' }
  if (isEnter(key)) return { ...view, typing: false }
  if (step && key.text === '') return moved(view, step, room)
  const filter = typedLine(view.filter, key, 60)
  // A new filter shows its best match, not what was chosen before.
  return filter === null ? view : { ...view, filter, chosen: null, supply: null }
}
