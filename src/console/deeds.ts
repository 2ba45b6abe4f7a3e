import { type Act, actOf } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Clock } from '../core/clock.ts'
import { answerQuestion } from '../core/questions/questions.ts'
import type { Sweep } from '../core/status/poll.ts'
import type { Store } from '../core/store.ts'
import {
  giveBackTicket,
  noteTicket,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../core/tickets/settle.ts'
import type { DeskActs } from './carried-out.ts'

/**
 * What the keys do to tickets and questions, each in a change of its own; done when it is durable. A printer
 * that was answered about is read next.
 */
export function deskActs(
  store: Pick<Store, 'update'>,
  clock: Pick<Clock, 'now' | 'trusted'>,
  sweep: Pick<Sweep, 'hint'>,
): DeskActs {
  const as = async (by: string, does: (tx: Change, act: Act) => unknown): Promise<void> => {
    const act = actOf(clock, { by, from: 'console' })
    await store.update((tx) => {
      does(tx, act)
    })
  }
  return {
    take: (id, by) => as(by, (tx, act) => takeTicket(tx, id, act)),
    giveBack: (id, by) => as(by, (tx, act) => giveBackTicket(tx, id, act)),
    note: (id, words, by) => as(by, (tx, act) => noteTicket(tx, id, words, act)),
    resolve: (id, by) => as(by, (tx, act) => resolveTicket(tx, id, act)),
    reopen: (id, by) => as(by, (tx, act) => reopenTicket(tx, id, act)),
    async answer(id, answer, by) {
      const act = actOf(clock, { by, from: 'console' })
      sweep.hint(await store.update((tx) => answerQuestion(tx, { id, answer }, act)))
    },
  }
}
