import { z } from 'zod'
import type { Act } from '../core/act.ts'
import { may, refuseUnlessAll } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { type Erased, eraseRequester, heldAbout } from '../core/tickets/erasure.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { type EraseFacts, erasePage } from './pages/tickets-erase.ts'
import { readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// Whoever reported something and asks to be forgotten, by the address that was left.

export interface EraseParts extends BoardParts {
  /** After this, what was erased is in none of the files. */
  readonly rewrite: () => Promise<void>
}

export function eraseRoutes(parts: EraseParts): Route[] {
  const room = { path: '/tickets/erase', as: 'page', who: 'signed in' } as const
  const needs = 'tickets change'
  return [
    { ...room, needs, method: 'GET', answer: (ask: SignedAsk) => show(parts, ask) },
    { ...room, needs, method: 'POST', answer: (ask: SignedAsk) => send(parts, ask) },
  ]
}

/** It touches the tickets of all printers. */
export const mayErase = (person: Person): boolean =>
  may(person, 'tickets change') && person.reach === 'all'

/** What was held, once it is in no file any more. */
export async function erase(
  { store, rewrite }: Pick<EraseParts, 'store' | 'rewrite'>,
  email: string,
  act: Act,
): Promise<Erased> {
  const erased = await store.update((tx) => eraseRequester(tx, email, act))
  await rewrite()
  return erased
}

const done = z.enum(['1'], 'is 1').optional()

function show(parts: EraseParts, ask: SignedAsk): Answer {
  refuseUnlessAll(ask.person)
  const isDone = readQuery(ask.query, { done }).done !== undefined
  return page(200, erasePage(viewOf(parts, ask), { ...nothingAsked, isDone }))
}

/**
 * The first form only asks what is held. It is a POST all the same: the address of a page is written down,
 * in the browser and on the way, and this one would hold a person's.
 */
function send(parts: EraseParts, ask: SignedAsk): Promise<Answer> {
  refuseUnlessAll(ask.person)
  const email = (ask.form.get('email') ?? '').trim()
  const shown = (facts: Partial<EraseFacts>) =>
    erasePage(viewOf(parts, ask), { ...nothingAsked, email, ...facts })
  return showAgain(
    async () => {
      const held = heldAbout(parts.store.state, email)
      if (!ask.form.has('erase')) return page(200, shown({ held }))
      await erase(parts, email, ask.act())
      return seeOther('/tickets/erase?done=1')
    },
    ({ message }) => shown({ refused: message }),
  )
}

const nothingAsked: EraseFacts = { email: '', held: null, isDone: false, refused: null }
