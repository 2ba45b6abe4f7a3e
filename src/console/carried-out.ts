import type { Answer } from '../core/questions/question.ts'
import type { Deed, Undo } from './acting.ts'
import type { Facts } from './facts.ts'
import { nameOf } from './filed.ts'

// What a person at the keys has decided: whom it is about, how it is done, and what can be undone after.

/** Throw a Refusal for what is declined. */
export interface DeskActs {
  /**
   * On a ticket, by its id, under the name of who is at the keys. `left`, of what is taken back: whose it has
   * to be still.
   */
  take(id: string, by: string): Promise<void>
  giveBack(id: string, by: string, left: Undo['left']): Promise<void>
  note(id: string, words: string, by: string): Promise<void>
  resolve(id: string, by: string, left?: Undo['left']): Promise<void>
  reopen(id: string, by: string, left?: Undo['left']): Promise<void>
  /** To what platen asks about a printer, by the question's id. */
  answer(id: string, answer: Answer, by: string): Promise<void>
}

export function carryOut(deed: Deed, acts: DeskActs): Promise<void> {
  if (deed.act === 'answer') return acts.answer(deed.id, deed.answer, deed.by)
  if (deed.act === 'note') return acts.note(deed.id, deed.words, deed.by)
  if (deed.act === 'take') return acts.take(deed.id, deed.by)
  if (deed.act === 'give back') return acts.giveBack(deed.id, deed.by, deed.left)
  return acts[deed.act](deed.id, deed.by, 'left' in deed ? deed.left : undefined)
}

/** The printer's name of a question, the ticket's else; undefined: it is not there any more. */
export function nameFor(
  { act, id }: Pick<Deed, 'act' | 'id'>,
  { tickets, questions, printers }: Facts,
): string | undefined {
  if (act !== 'answer') {
    const filed = tickets.find(({ ticket }) => ticket.id === id)
    return filed && nameOf(filed)
  }
  const asked = questions.find((question) => question.id === id)
  return printers.find(({ status }) => status.printer.id === asked?.printer)?.status.printer.label
}

/**
 * What `z` does next. What was taken back is not brought back, for that would be a switch; a note stays, and
 * after it `z` still takes back what was done before.
 */
export function undoAfter(deed: Deed, undo: Undo | null): Undo | null {
  const { act, id, by } = deed
  if ('left' in deed) return null
  if (act === 'take') return { act: 'give back', id, left: by }
  if (act === 'resolve') return { act: 'reopen', id, left: by }
  return act === 'reopen' ? { act: 'resolve', id, left: null } : undo
}
