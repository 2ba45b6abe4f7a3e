import { z } from 'zod'
import type { Html } from '../core/html.ts'
import { outboxFacts } from '../core/outbox/outbox.ts'
import { getVisiblePrinter, may } from '../core/people/access.ts'
import { answerQuestion, getQuestion, questionsToAnswer } from '../core/questions/questions.ts'
import { Refusal } from '../core/refusal.ts'
import { ticketsOf } from '../core/tickets/of-printer.ts'
import { isAlive } from '../core/tickets/ticket.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import type { FleetList } from './fleet-lists.ts'
import { overviewPage } from './pages/overview.ts'
import { type Done, dones, printerPage } from './pages/printer.ts'
import { listPath, printersPage, printersPerPage } from './pages/printers.ts'
import type { Round } from './polls.ts'
import { groupsFor, printerFormRoutes } from './printer-forms.ts'
import { answerHistory } from './printer-history.ts'
import { filterQuery, wanted } from './printer-list.ts'
import { pageNumber, readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { supplyRuleRoutes } from './supply-rules.ts'
import { aliveFor, askedOf, type FleetParts, filed, nothingFor, viewOf } from './views.ts'

// The fleet and one printer, for who is signed in.

export function printerRoutes(parts: FleetParts): Route[] {
  const room = createRoom(parts)
  const look = { as: 'page', who: 'signed in', needs: 'printers look' } as const
  const change = { ...look, needs: 'printers change' } as const
  const path = '/printers/:printer'
  return [
    { ...look, needs: null, method: 'GET', path: '/', answer: room.overview },
    { ...look, method: 'GET', path: '/printers', answer: room.list },
    { ...look, method: 'POST', path: '/printers/poll', answer: room.askAll },
    { ...look, method: 'GET', path: '/printers/poll', answer: () => seeOther('/printers') },
    ...printerFormRoutes(parts),
    { ...look, method: 'GET', path, answer: room.one },
    { ...look, method: 'POST', path: `${path}/poll`, answer: room.askNow },
    { ...look, method: 'GET', path: `${path}/history`, answer: room.history },
    { ...look, method: 'GET', path: `${path}/questions`, answer: room.questions },
    { ...change, method: 'POST', path: `${path}/questions/:question`, answer: room.answer },
    ...supplyRuleRoutes(parts),
  ]
}

const asked = z.enum(['1'], 'is 1').optional()
const done = z.enum(dones, 'is no word of ours').optional()
const mostSettled = 20
/** What came of a round is told for so long. */
const toldForMs = 120_000
const noPrinters: FleetList = { watched: [], low: [] }

function createRoom(parts: FleetParts) {
  const { store, fleet, force, clock, lists, polls } = parts

  const listFor = ({ person }: SignedAsk): FleetList =>
    may(person, 'printers look') ? lists.of(person) : noPrinters

  function whole(
    ask: SignedAsk,
    news: {
      readonly asked: 'just now' | 'no'
      readonly done: Done | null
      readonly refused: string | null
    },
  ): Html {
    const { person } = ask
    const printer = getVisiblePrinter(store.state, person, ask.params.printer ?? '')
    const tickets = may(person, 'tickets look') ? ticketsOf(store.state, printer) : []
    const byAge = tickets.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
    const settled = byAge.filter((ticket) => !isAlive(ticket)).reverse()
    return printerPage(viewOf(parts, ask), {
      printer: fleet.watched(printer.id),
      device: printer.device,
      questions: questionsToAnswer(store.state, printer),
      tickets: byAge.filter(isAlive).map((ticket) => filed(store, ticket)),
      settled: settled.slice(0, mostSettled).map((ticket) => filed(store, ticket)),
      qrPath: `/p/${printer.token}`,
      formerCodes: printer.formerTokens.length,
      ...news,
    })
  }

  function roundOf({ id }: SignedAsk['person']): Round | null {
    const round = polls.latest(id)
    const endedMs = Date.parse(round?.endedAt ?? '')
    // A clock that was set meanwhile hides one too early, and no more.
    return clock.now().getTime() - endedMs > toldForMs ? null : round
  }

  function list(ask: SignedAsk): Answer {
    const { person } = ask
    const { page: number, ...filter } = readQuery(ask.query, { ...filterQuery, page: pageNumber })
    const all = listFor(ask)
    const found = wanted(parts, { list: all, person }, filter)
    const last = Math.max(1, Math.ceil(found.length / printersPerPage))
    if (number > last) return seeOther(listPath(filter, last))
    const buildings = new Set(all.watched.map(({ status }) => status.printer.building ?? ''))
    return page(
      200,
      printersPage(viewOf(parts, ask), filter, {
        count: found.length,
        shown: found.slice((number - 1) * printersPerPage, number * printersPerPage),
        nothing: nothingFor(parts, all.watched),
        page: number,
        groups: groupsFor(store.state, person),
        buildings: [...buildings].filter(Boolean).sort(),
        round: roundOf(person),
      }),
    )
  }

  return {
    overview(ask: SignedAsk): Answer {
      const { person } = ask
      const { watched, low } = listFor(ask)
      const letters = may(person, 'system look') ? outboxFacts(store.state) : null
      return page(
        200,
        overviewPage(viewOf(parts, ask), {
          ...{ printers: watched, low, nothing: nothingFor(parts, watched) },
          tickets: aliveFor(parts, person),
          asked: askedOf(parts, person),
          letters: letters?.lastTrouble ? letters : null,
        }),
      )
    },
    list,
    history: (ask: SignedAsk) => answerHistory(parts, ask),
    askAll(ask: SignedAsk): Answer {
      const ids = listFor(ask).watched.map(({ status }) => status.printer.id)
      if (ids.length > 0) polls.start(ask.person.id, ids)
      return seeOther('/printers')
    },
    one(ask: SignedAsk): Answer {
      const query = readQuery(ask.query, { asked, done })
      const came = query.asked ? 'just now' : 'no'
      return page(200, whole(ask, { asked: came, done: query.done ?? null, refused: null }))
    },
    askNow(ask: SignedAsk): Promise<Answer> {
      return showAgain(
        async () => {
          const { id, label, isActive } = getVisiblePrinter(
            store.state,
            ask.person,
            ask.params.printer ?? '',
          )
          if (!isActive)
            throw new Refusal('conflict', `${label} is retired, and is not asked any more.`)
          await force.one(id)
          return seeOther(`/printers/${id}?asked=1`)
        },
        ({ message }) => whole(ask, { asked: 'no', done: null, refused: message }),
      )
    },
    /** Where somebody lands who was signed out while answering. */
    questions({ person, params }: SignedAsk): Answer {
      const { id } = getVisiblePrinter(store.state, person, params.printer ?? '')
      return seeOther(`/printers/${id}`)
    },
    answer(ask: SignedAsk): Promise<Answer> {
      const id = ask.params.question ?? ''
      return showAgain(
        async () => {
          const printer = await store.update((tx) => {
            const printer = getVisiblePrinter(tx.state, ask.person, ask.params.printer ?? '')
            if (getQuestion(tx.state, id).printer !== printer.id)
              throw new Refusal('missing', 'There is no such question.')
            return answerQuestion(tx, { id, answer: ask.form.get('answer') ?? '' }, ask.act())
          })
          fleet.hint(printer)
          return seeOther(`/printers/${printer}`)
        },
        ({ message }) => whole(ask, { asked: 'no', done: null, refused: message }),
      )
    },
  }
}
