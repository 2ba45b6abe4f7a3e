import { type Answer, answersTo, type Question } from '../core/questions/question.ts'
import { isPerson } from './filed.ts'
import { isEnter, typedLine, typedWords } from './line.ts'
import type { Key, Pressed, Room, View } from './view.ts'

// What is done with tickets and answered to questions at the keys, and under whose name: keys -> view, pure.

export type TicketAct = 'take' | 'note' | 'resolve' | 'reopen'

/** What was begun on a ticket, by its id, or otherwise needs the PIN. */
export type Intent =
  | { readonly act: Exclude<TicketAct, 'note'>; readonly id: string }
  /** `words`: those that were typed already. */
  | { readonly act: 'note'; readonly id: string; readonly words?: string }
  | { readonly act: 'answer'; readonly question: Question }
  | { readonly act: 'undo'; readonly undo: Undo }
  | { readonly act: 'name' }
  | { readonly act: 'leave' }

/** A question that the keys answer now. */
export type Asking =
  | { readonly what: 'pin'; readonly text: string; readonly next: Intent }
  | {
      readonly what: 'who'
      readonly text: string
      /** The name that the arrows stand on; null: what is typed. */
      readonly picked: string | null
      readonly next: Intent | null
    }
  | { readonly what: 'note'; readonly id: string; readonly text: string }
  | { readonly what: 'resolve'; readonly id: string }
  | { readonly what: 'question'; readonly question: Question }

type Done =
  | Undo
  | { readonly act: Exclude<TicketAct, 'note'>; readonly id: string }
  | { readonly act: 'note'; readonly id: string; readonly words: string }
  | { readonly act: 'answer'; readonly id: string; readonly answer: Answer }
export type Deed = Done & { readonly by: string }

/** What takes back the last act here, on which ticket. */
export interface Undo {
  readonly act: 'give back' | 'reopen' | 'resolve'
  readonly id: string
  /** Whose it was after that act, null: nobody's. What became of it since is not taken back. */
  readonly left: string | null
}

const mostName = 64
const mostNote = 1000
const mostPin = 12

export function answer(view: View, asking: Asking, key: Key, room: Room): Pressed {
  if (key.name === 'escape') return { view: { ...view, asking: null } }
  if (asking.what === 'pin') return answerPin(view, asking, key)
  if (asking.what === 'who') return answerWho(view, asking, key, room)
  if (asking.what === 'resolve') return answerResolve(view, asking.id, key, room)
  if (asking.what === 'question') return answerQuestion(view, asking, key)
  const { id } = asking
  if (isEnter(key))
    return view.actor === null
      ? begin(view, { act: 'note', id, words: asking.text }, room)
      : done(view, { act: 'note', id, words: typedWords(asking.text) })
  const text = typedLine(asking.text, key, mostNote)
  return { view: text === null ? view : { ...view, asking: { ...asking, text } } }
}

/** Names that go with what is typed. */
export function namesFor(text: string, names: readonly string[]): readonly string[] {
  const typed = typedWords(text).toLowerCase()
  return names.filter((name) => name.toLowerCase().startsWith(typed))
}

/**
 * The one way to a change: the PIN first, where one is set, then a name, for every act carries one. Names of
 * who works here are not shown before the PIN either.
 */
export function begin(view: View, intent: Intent, room: Pick<Room, 'needsPin'>): Pressed {
  if (room.needsPin && !view.unlocked)
    return { view: { ...view, asking: { what: 'pin', text: '', next: intent } } }
  if (intent.act === 'leave') return { view, wish: 'leave' }
  if (intent.act === 'name') return { view: asked(view, null) }
  if (view.actor === null) return { view: asked(view, intent) }
  if (intent.act === 'answer')
    return { view: { ...view, asking: { what: 'question', question: intent.question } } }
  // What is taken back is not asked about once more; the keys go back to its ticket.
  if (intent.act === 'undo') return done({ ...view, ticket: intent.undo.id, top: 0 }, intent.undo)
  if (intent.act === 'note') {
    const { id, words = '' } = intent
    return { view: { ...view, asking: { what: 'note', id, text: words } } }
  }
  const { act, id } = intent
  if (act === 'resolve') return { view: { ...view, asking: { what: 'resolve', id } } }
  return done(view, { act, id })
}

const asked = (view: View, next: Intent | null): View => ({
  ...view,
  asking: { what: 'who', text: '', picked: null, next },
})

function answerPin(view: View, asking: Extract<Asking, { what: 'pin' }>, key: Key): Pressed {
  const { text, next } = asking
  if (isEnter(key))
    return text === '' ? { view } : { view, wish: { act: 'pin', typed: text, next } }
  const typed = typedLine(text, key, mostPin)
  if (typed === null || /\D/.test(typed)) return { view }
  return { view: { ...view, asking: { ...asking, text: typed } } }
}

function answerWho(
  view: View,
  asking: Extract<Asking, { what: 'who' }>,
  key: Key,
  room: Room,
): Pressed {
  const { names } = room
  if (isEnter(key)) {
    const typed = typedWords(asking.text)
    const known = names.find((name) => name.toLowerCase() === typed.toLowerCase())
    const actor = asking.picked ?? known ?? typed
    if (!isPerson(actor)) return { view }
    if (actor !== '') {
      const next = { ...view, actor, asking: null }
      return asking.next ? begin(next, asking.next, room) : { view: next }
    }
    // An act waits for the name; without one, who was there has gone and the door is shut.
    return { view: asking.next ? view : { ...view, actor: null, unlocked: false, asking: null } }
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
  // It leaves its place in the list: the keys go on to the next one that is alive.
  const at = room.tickets.indexOf(id)
  const ticket = room.tickets[at + 1 < room.alive ? at + 1 : at - 1] ?? null
  return done({ ...view, inside: false, ticket, top: 0 }, { act: 'resolve', id })
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
