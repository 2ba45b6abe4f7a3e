import { type Answer, answersTo, type Question } from '../core/questions/question.ts'
import { isEnter, typedLine, typedWords } from './line.ts'
import type { Key, Pressed, Room, View } from './view.ts'

// What is done with tickets and answered to questions at the keys, and under whose name: keys -> view, pure.

/** What was begun on a ticket or a question, by its id. */
export type Intent =
  | { readonly act: 'take' | 'note' | 'resolve' | 'reopen'; readonly id: string }
  | { readonly act: 'answer'; readonly question: Question }

/** A question that the keys answer now. */
export type Asking =
  | {
      readonly what: 'who'
      readonly text: string
      /** The name that the arrows stand on; null: what is typed. */
      readonly picked: string | null
      readonly then: Intent | null
    }
  | { readonly what: 'note'; readonly id: string; readonly text: string }
  | { readonly what: 'resolve'; readonly id: string }
  | { readonly what: 'question'; readonly question: Question }

type Done =
  | { readonly act: 'take' | 'resolve' | 'reopen'; readonly id: string }
  | { readonly act: 'note'; readonly id: string; readonly words: string }
  | { readonly act: 'answer'; readonly id: string; readonly answer: Answer }
export type Deed = Done & { readonly by: string }

const mostName = 64
const mostNote = 1000

const begins: Readonly<Record<string, Exclude<Intent['act'], 'answer'>>> = {
  a: 'take',
  n: 'note',
  d: 'resolve',
  u: 'reopen',
}

/** null: the key is for something else. */
export function pressAct(view: View, key: Key, room: Room): Pressed | null {
  if (key.text === 'w') return { view: asked(view, null) }
  if (key.text === 'z')
    return view.undo === null || !room.tickets.includes(view.undo)
      ? { view, wish: 'nothing-to-undo' }
      : begin(view, { act: 'reopen', id: view.undo })
  const { question } = room
  if (key.text === 'a' && question) return begin(view, { act: 'answer', question })
  const act = begins[key.text]
  return act && room.ticket !== null ? begin(view, { act, id: room.ticket }) : null
}

export function answer(view: View, asking: Asking, key: Key, room: Room): Pressed {
  if (key.name === 'escape') return { view: { ...view, asking: null } }
  if (asking.what === 'who') return answerWho(view, asking, key, room)
  if (asking.what === 'resolve') return answerResolve(view, asking.id, key, room)
  if (asking.what === 'question') return answerQuestion(view, asking, key)
  if (isEnter(key))
    return done(view, { act: 'note', id: asking.id, words: typedWords(asking.text) })
  const text = typedLine(asking.text, key, mostNote)
  return { view: text === null ? view : { ...view, asking: { ...asking, text } } }
}

/** Names that go with what is typed. */
export function namesFor(text: string, names: readonly string[]): readonly string[] {
  const typed = typedWords(text).toLowerCase()
  return names.filter((name) => name.toLowerCase().startsWith(typed))
}

/** Every act carries a name, so that is asked for first. */
function begin(view: View, intent: Intent): Pressed {
  if (view.actor === null) return { view: asked(view, intent) }
  if (intent.act === 'answer')
    return { view: { ...view, asking: { what: 'question', question: intent.question } } }
  const { act, id } = intent
  if (act === 'note') return { view: { ...view, asking: { what: 'note', id, text: '' } } }
  if (act === 'resolve') return { view: { ...view, asking: { what: 'resolve', id } } }
  return done(view, { act, id })
}

const asked = (view: View, then: Intent | null): View => ({
  ...view,
  asking: { what: 'who', text: '', picked: null, then },
})

function answerWho(
  view: View,
  asking: Extract<Asking, { what: 'who' }>,
  key: Key,
  { names }: Room,
): Pressed {
  if (isEnter(key)) {
    const typed = typedWords(asking.text)
    const known = names.find((name) => name.toLowerCase() === typed.toLowerCase())
    const actor = asking.picked ?? known ?? typed
    if (actor !== '') {
      const next = { ...view, actor, asking: null }
      return asking.then ? begin(next, asking.then) : { view: next }
    }
    // An act waits for the name; without one, the name of before is taken off.
    return asking.then ? { view } : { view: { ...view, actor: null, asking: null } }
  }
  if (key.name === 'up' || key.name === 'down') {
    const at = asking.picked === null ? -1 : names.indexOf(asking.picked)
    const to = Math.max(-1, Math.min(names.length - 1, at + (key.name === 'down' ? 1 : -1)))
    return { view: { ...view, asking: { ...asking, picked: names[to] ?? null } } }
  }
  const text = typedLine(asking.text, key, mostName)
  return { view: text === null ? view : { ...view, asking: { ...asking, text, picked: null } } }
}

function answerResolve(view: View, id: string, key: Key, room: Room): Pressed {
  if (key.text.toLowerCase() !== 'y') return { view: { ...view, asking: null } }
  // It leaves its place in the list: the keys go on to the next one.
  const at = room.tickets.indexOf(id)
  const ticket = room.tickets[at + 1] ?? room.tickets[at - 1] ?? null
  const list = { open: 'tickets', focus: 'tickets' } as const
  const next = { ...view, ...(view.open === 'ticket' && list), ticket, ticketTop: 0 }
  return done(next, { act: 'resolve', id })
}

/** By the digit of an answer; any other key leaves it for later. */
function answerQuestion(
  view: View,
  { question }: Extract<Asking, { what: 'question' }>,
  key: Key,
): Pressed {
  const answer = answersTo(question)[Number(key.text || Number.NaN) - 1]
  if (!answer) return { view: { ...view, asking: null } }
  return done(view, { act: 'answer', id: question.id, answer })
}

function done(view: View, act: Done): Pressed {
  const { actor } = view
  return { view: { ...view, asking: null }, ...(actor !== null && { wish: { ...act, by: actor } }) }
}
