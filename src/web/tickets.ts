import { z } from 'zod'
import type { Act } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { entriesAbout } from '../core/journal/journal.ts'
import { getVisibleTicket, maySeeTicket } from '../core/people/access.ts'
import { ticketTitle } from '../core/tickets/ticket.ts'
import { noteTicket, reopenTicket, resolveTicket, takeTicket } from '../core/tickets/tickets.ts'
import { type Answer, json, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { ownPath } from './own-path.ts'
import { type TicketFacts, ticketPage } from './pages/ticket.ts'
import { resolvedPage, ticketsPage } from './pages/tickets.ts'
import { plainWords } from './portal-form.ts'
import { pageNumber, readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { aliveFor, type BoardParts, filed, viewOf } from './views.ts'

// Tickets, for who is signed in: read, taken, noted, resolved, opened again.

export function ticketRoutes(parts: BoardParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'tickets look' } as const
  const post = { ...get, method: 'POST', needs: 'tickets change' } as const
  const show = (ask: SignedAsk) => page(200, whole(parts, ask, null))
  const acting = (act: TicketAct) => (ask: SignedAsk) => perform(parts, ask, act)
  const noting = (ask: SignedAsk) =>
    perform(parts, ask, (tx, id, act) => noteTicket(tx, id, wordsOf(ask), act))
  return [
    { ...get, path: '/api/v1/tickets', as: 'json', answer: (ask: SignedAsk) => feed(parts, ask) },
    { ...get, path: '/tickets', answer: (ask: SignedAsk) => list(parts, ask) },
    { ...get, path: '/tickets/:ticket', answer: show },
    { ...post, path: '/tickets/:ticket/take', answer: acting(takeTicket) },
    { ...post, path: '/tickets/:ticket/resolve', answer: acting(resolveTicket) },
    { ...post, path: '/tickets/:ticket/reopen', answer: acting(reopenTicket) },
    { ...post, path: '/tickets/:ticket/note', answer: noting },
  ]
}

type TicketAct = (tx: Change, id: string, act: Act) => unknown

/** For scripts: the tickets that somebody has to do something about, the oldest first. */
function feed(parts: BoardParts, ask: SignedAsk): Answer {
  readQuery(ask.query, {})
  const tickets = aliveFor(parts, ask.person).map(({ ticket, printer }) => {
    // The receipt is the student's, the form's id nobody's.
    const { form: _form, receipt: _receipt, meToo, ...told } = ticket
    return { ...told, title: ticketTitle(ticket), printer, meToo: meToo.length }
  })
  return json(200, { schema: 1, generatedAt: parts.clock.now().toISOString(), tickets })
}

const state = z.enum(['resolved'], 'is resolved, or left out').optional()
const perPage = 50

function list(parts: BoardParts, ask: SignedAsk): Answer {
  const wanted = readQuery(ask.query, { state, page: pageNumber })
  const view = viewOf(parts, ask)
  if (!wanted.state) return page(200, ticketsPage(view, aliveFor(parts, ask.person)))
  const { store } = parts
  const resolved = [...(store.state.by.ticketsByState.get('resolved') ?? [])]
    .flatMap((id) => store.state.tickets[id] ?? [])
    .filter((ticket) => maySeeTicket(store.state, ask.person, ticket))
    .sort((a, b) => ((a.resolvedAt ?? '') > (b.resolvedAt ?? '') ? -1 : 1))
  const from = (wanted.page - 1) * perPage
  const tickets = resolved.slice(from, from + perPage).map((ticket) => filed(store, ticket))
  const pages = Math.ceil(resolved.length / perPage)
  return page(200, resolvedPage(view, { tickets, page: wanted.page, pages }))
}

function whole(parts: BoardParts, ask: SignedAsk, refused: TicketFacts['refused']): Html {
  const { store } = parts
  const ticket = getVisibleTicket(store.state, ask.person, ask.params.ticket ?? '')
  const entries = entriesAbout(store.state, ticket.id)
  return ticketPage(viewOf(parts, ask), { ...filed(store, ticket), entries, refused })
}

function perform(parts: BoardParts, ask: SignedAsk, act: TicketAct): Promise<Answer> {
  const { store } = parts
  const id = ask.params.ticket ?? ''
  return showAgain(
    async () => {
      await store.update((tx) => {
        getVisibleTicket(tx.state, ask.person, id)
        act(tx, id, ask.act())
      })
      return seeOther(ask.form.has('back') ? ownPath(ask.form.get('back')) : `/tickets/${id}`)
    },
    ({ message }) => whole(parts, ask, { sentence: message, words: wordsOf(ask) }),
  )
}

/** A line break counts one to the browser and comes as two. */
const wordsOf = ({ form }: SignedAsk): string => plainWords(form.get('words') ?? '')
