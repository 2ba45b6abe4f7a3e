import { type Act, actOf } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Clock } from '../core/clock.ts'
import { answerQuestion } from '../core/questions/questions.ts'
import { Refusal } from '../core/refusal.ts'
import type { Sweep } from '../core/status/poll.ts'
import type { Store } from '../core/store.ts'
import { getTicket } from '../core/tickets/find.ts'
import {
  giveBackTicket,
  noteTicket,
  notNow,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../core/tickets/settle.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import type { Undo } from './acting.ts'
import type { DeskActs } from './carried-out.ts'
import type { Names } from './facts.ts'
import { namedIn } from './filed.ts'

/**
 * What the keys do to tickets and questions, each in a change of its own; done when it is durable. A printer
 * that was answered about is read next. What is declined is for the screen: it may say who was faster.
 */
export function deskActs(
  store: Pick<Store, 'state' | 'update'>,
  clock: Pick<Clock, 'now' | 'trusted'>,
  sweep: Pick<Sweep, 'hint'>,
  names: Names = 'initials',
): DeskActs {
  async function on(
    { id, by, left }: { id: string; by: string; left?: Undo['left'] | undefined },
    does: (tx: Change, id: string, act: Act) => Ticket,
  ): Promise<void> {
    const change = store.update((tx) => {
      checkLeft(tx, id, left)
      does(tx, id, actOf(clock, { by, from: 'console' }))
    })
    await shown(id, change)
  }

  /** By the id of a ticket or a question: its people stand in what is declined. */
  async function shown<T>(id: string, change: Promise<T>): Promise<T> {
    try {
      return await change
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { tickets, questions } = store.state
      const people = [tickets[id]?.takenBy, tickets[id]?.resolvedBy, questions[id]?.answeredBy]
      throw new Refusal(error.code, namedIn(error.message, people, names), error.details)
    }
  }

  return {
    take: (id, by) => on({ id, by }, takeTicket),
    giveBack: (id, by, left) => on({ id, by, left }, giveBackTicket),
    note: (id, words, by) => on({ id, by }, (tx, id, act) => noteTicket(tx, id, words, act)),
    resolve: (id, by, left) => on({ id, by, left }, resolveTicket),
    reopen: (id, by, left) => on({ id, by, left }, reopenTicket),
    async answer(id, answer, by) {
      const act = actOf(clock, { by, from: 'console' })
      const change = store.update((tx) => answerQuestion(tx, { id, answer }, act))
      sweep.hint(await shown(id, change))
    },
  }
}

/** Refuses `conflict` to take back what somebody else has done since. */
function checkLeft({ state }: Change, id: string, left: Undo['left'] | undefined): void {
  if (left === undefined) return
  const ticket = getTicket(state, id)
  if ((ticket.resolvedBy ?? ticket.takenBy) !== left) throw notNow(ticket)
}
