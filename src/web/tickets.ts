import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { entriesAbout } from '../core/journal/journal.ts'
import { getVisibleTicket, may } from '../core/people/access.ts'
import { actingAs, actorsFor, type DeskAct } from '../core/tickets/acting.ts'
import { othersAlive } from '../core/tickets/find.ts'
import { mergeTicket } from '../core/tickets/merge.ts'
import {
  giveBackTicket,
  noteTicket,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../core/tickets/settle.ts'
import { printerThenOf } from '../core/tickets/then.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { ownPath } from './own-path.ts'
import { type TicketFacts, ticketPage } from './pages/ticket.ts'
import { mergePage } from './pages/ticket-merge.ts'
import { plainWords } from './portal-form.ts'
import { anyWords, readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { type EraseParts, eraseRoutes } from './tickets-erase.ts'
import { listTickets } from './tickets-list.ts'
import { type BoardParts, filed, viewOf } from './views.ts'

// Tickets, for who is signed in: found, taken, noted, put together, resolved, opened again.

export function ticketRoutes(parts: EraseParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'tickets look' } as const
  const post = { ...get, method: 'POST', needs: 'tickets change' } as const
  const acting = (does: TicketAct) => (ask: SignedAsk) => perform(parts, ask, does)
  const noting = (ask: SignedAsk) =>
    perform(parts, ask, (tx, id, act) => noteTicket(tx, id, noteIn(ask), act))
  const one = '/tickets/:ticket'
  return [
    { ...get, path: '/tickets', answer: (ask: SignedAsk) => listTickets(parts, ask) },
    ...eraseRoutes(parts),
    { ...get, path: one, answer: (ask: SignedAsk) => page(200, shown(parts, ask)) },
    { ...post, path: `${one}/take`, answer: acting(takeTicket) },
    { ...post, path: `${one}/give-back`, answer: acting(giveBackTicket) },
    { ...post, path: `${one}/resolve`, answer: acting(resolveTicket) },
    { ...post, path: `${one}/reopen`, answer: acting(reopenTicket) },
    { ...post, path: `${one}/note`, answer: noting },
    {
      ...{ ...get, path: `${one}/merge`, needs: 'tickets change' },
      answer: (ask: SignedAsk) => page(200, choice(parts, ask, null)),
    },
    { ...post, path: `${one}/merge`, answer: (ask: SignedAsk) => merge(parts, ask) },
  ]
}

export type TicketAct = (tx: Change, id: string, act: DeskAct) => Ticket

/** Does it to the ticket that the path names, in reach of who asks, in the name of `as`. */
export function onTicket(
  { store }: Pick<BoardParts, 'store'>,
  ask: SignedAsk,
  as: string,
  does: TicketAct,
): Promise<Ticket> {
  return store.update((tx) => {
    const ticket = getVisibleTicket(tx.state, ask.person, ask.params.ticket ?? '')
    return does(tx, ticket.id, actingAs(tx.state, ask.act(), { as, ticket }))
  })
}

/** Into one that is in reach as well: what is not, is not there. */
export const mergingInto =
  ({ person }: SignedAsk, into: string): TicketAct =>
  (tx, id, act) => {
    getVisibleTicket(tx.state, person, into)
    return mergeTicket(tx, { id, into }, act)
  }

function perform(parts: BoardParts, ask: SignedAsk, does: TicketAct): Promise<Answer> {
  const as = ask.form.get('as') ?? ''
  return showAgain(
    async () => seeOther(after(ask, await onTicket(parts, ask, as, does))),
    ({ message }) => whole(parts, ask, { as: '', refused: { message, words: noteIn(ask) } }),
  )
}

/** Back to where the button stood; a list offers to undo what it does not show any more. */
function after({ form }: SignedAsk, ticket: Ticket): string {
  const back = form.get('back')
  if (back === null) return pathOf(ticket.id, form)
  const [path = '', query = ''] = ownPath(back).split('?', 2)
  const wanted = new URLSearchParams(query)
  wanted.delete('undo')
  if (path === '/tickets' && ticket.state === 'resolved') wanted.set('undo', ticket.id)
  return wanted.size > 0 ? `${path}?${wanted}` : path
}

function pathOf(id: string, form: URLSearchParams): string {
  const as = form.get('as')
  return as ? `/tickets/${id}?${new URLSearchParams({ as })}` : `/tickets/${id}`
}

/** In the name that the address has, which is carried on by each form of the page. */
function shown(parts: BoardParts, ask: SignedAsk): Html {
  const { as } = readQuery(ask.query, { as: anyWords })
  const { state } = parts.store
  const ticket = getVisibleTicket(state, ask.person, ask.params.ticket ?? '')
  const name = as && actingAs(state, ask.act(), { as, ticket }).by
  return whole(parts, ask, { as: name === ask.person.name ? '' : name, refused: null })
}

function whole(parts: BoardParts, ask: SignedAsk, form: Pick<TicketFacts, 'as' | 'refused'>): Html {
  const { store, fleet } = parts
  const { person } = ask
  const ticket = getVisibleTicket(store.state, person, ask.params.ticket ?? '')
  const told = filed(store, ticket)
  const seesNow = told.printer && may(person, 'printers look')
  return ticketPage(viewOf(parts, ask), {
    ...{ ...told, ...form, entries: entriesAbout(store.state, ticket.id) },
    actors: actorsFor(store.state, ticket).flatMap(({ id, name }) =>
      id === person.id ? [] : name,
    ),
    now: seesNow
      ? {
          said: printerThenOf(fleet.status(ticket.printer), fleet.judgement(ticket.printer)),
          ageSeconds: fleet.status(ticket.printer).ageSeconds,
        }
      : null,
    others: othersAlive(store.state, ticket).length,
  })
}

/** What may take it in; with one chosen, what comes together. */
function choice(parts: BoardParts, ask: SignedAsk, refused: string | null): Html {
  const { store } = parts
  const { into: chosen, as } = readQuery(ask.query, { into: anyWords, as: anyWords })
  const wanted = chosen || (ask.form.get('into') ?? '')
  const ticket = getVisibleTicket(store.state, ask.person, ask.params.ticket ?? '')
  const others = othersAlive(store.state, ticket)
  return mergePage(viewOf(parts, ask), {
    ...filed(store, ticket),
    ...{ others, into: others.find(({ id }) => id === wanted) ?? null },
    ...{ as: as || (ask.form.get('as') ?? ''), refused },
  })
}

function merge(parts: BoardParts, ask: SignedAsk): Promise<Answer> {
  const { form } = ask
  const into = form.get('into') ?? ''
  return showAgain(
    async () => {
      await onTicket(parts, ask, form.get('as') ?? '', mergingInto(ask, into))
      return seeOther(pathOf(into, form))
    },
    ({ message }) => choice(parts, ask, message),
  )
}

/** A line break counts one to the browser and comes as two. */
const noteIn = ({ form }: SignedAsk): string => plainWords(form.get('words') ?? '')
