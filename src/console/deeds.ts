import type { Act } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Clock } from '../core/clock.ts'
import { newId } from '../core/ids.ts'
import { answerQuestion } from '../core/questions/questions.ts'
import type { Store } from '../core/store.ts'
import { noteTicket, reopenTicket, resolveTicket, takeTicket } from '../core/tickets/tickets.ts'
import type { ConsoleParts } from './console.ts'

/** What the keys do to tickets and questions, each in a change of its own; done when it is durable. */
export function deskActs(
  store: Pick<Store, 'update'>,
  clock: Pick<Clock, 'now'>,
): Pick<ConsoleParts['acts'], 'take' | 'note' | 'resolve' | 'reopen' | 'answer'> {
  const as = async (by: string, does: (tx: Change, act: Act) => unknown): Promise<void> => {
    const act = { by, now: clock.now(), newId }
    await store.update((tx) => {
      does(tx, act)
    })
  }
  return {
    take: (id, by) => as(by, (tx, act) => takeTicket(tx, id, act)),
    note: (id, words, by) => as(by, (tx, act) => noteTicket(tx, id, words, act)),
    resolve: (id, by) => as(by, (tx, act) => resolveTicket(tx, id, act)),
    reopen: (id, by) => as(by, (tx, act) => reopenTicket(tx, id, act)),
    answer: (id, answer, by) => as(by, (tx, act) => answerQuestion(tx, { id, answer }, act)),
  }
}
