import { z } from 'zod'
import type { Html } from '../core/html.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import { answerQuestion, getQuestion, questionsToAnswer } from '../core/questions/questions.ts'
import { Refusal } from '../core/refusal.ts'
import { searchText } from '../core/status/need.ts'
import { verdicts, type Watched } from '../core/status/status.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { createForce } from './force.ts'
import { overviewPage } from './pages/overview.ts'
import { printerPage } from './pages/printer.ts'
import { type Filter, printersPage } from './pages/printers.ts'
import { pageNumber, readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { supplyRuleRoutes } from './supply-rules.ts'
import { aliveFor, askedOf, type BoardParts, nothingFor, viewOf, watchedBy } from './views.ts'

// The fleet and one printer, for who is signed in.

export function printerRoutes(parts: BoardParts): Route[] {
  const room = createRoom(parts)
  const look = { as: 'page', who: 'signed in', needs: 'printers look' } as const
  const change = { ...look, needs: 'printers change' } as const
  const path = '/printers/:printer'
  return [
    { ...look, needs: null, method: 'GET', path: '/', answer: room.overview },
    { ...look, method: 'GET', path: '/printers', answer: room.list },
    { ...look, method: 'GET', path, answer: room.one },
    { ...look, method: 'POST', path: `${path}/poll`, answer: room.askNow },
    { ...look, method: 'GET', path: `${path}/questions`, answer: room.questions },
    { ...change, method: 'POST', path: `${path}/questions/:question`, answer: room.answer },
    ...supplyRuleRoutes(parts),
  ]
}

const text = z.string().default('')
const verdict = z.enum([...verdicts, ''], `is one of ${verdicts.join(', ')}`).default('')
const asked = z.enum(['1'], 'is 1').optional()

function createRoom(parts: BoardParts) {
  const { store, fleet } = parts
  const force = createForce(fleet)

  function whole(
    ask: SignedAsk,
    news: { readonly asked: 'just now' | 'no'; readonly refused: string | null },
  ): Html {
    const printer = getVisiblePrinter(store.state, ask.person, ask.params.printer ?? '')
    const tickets = aliveFor(parts, ask.person)
    return printerPage(viewOf(parts, ask), {
      printer: fleet.watched(printer.id),
      device: printer.device,
      questions: questionsToAnswer(store.state, printer),
      tickets: tickets.filter(({ ticket }) => ticket.printer === printer.id),
      qrPath: `/p/${printer.token}`,
      ...news,
    })
  }

  return {
    overview(ask: SignedAsk): Answer {
      const printers = watchedBy(parts, ask.person)
      const nothing = nothingFor(parts, printers)
      const tickets = aliveFor(parts, ask.person)
      const asked = askedOf(parts, ask.person)
      return page(200, overviewPage(viewOf(parts, ask), { printers, nothing, tickets, asked }))
    },
    list(ask: SignedAsk): Answer {
      const { page: number, ...filter } = readQuery(ask.query, {
        q: text,
        verdict,
        page: pageNumber,
      })
      const all = watchedBy(parts, ask.person)
      const nothing = nothingFor(parts, all)
      const printers = matching(all, filter)
      return page(
        200,
        printersPage(viewOf(parts, ask), filter, { printers, nothing, page: number }),
      )
    },
    one(ask: SignedAsk): Answer {
      const came = readQuery(ask.query, { asked }).asked ? 'just now' : 'no'
      return page(200, whole(ask, { asked: came, refused: null }))
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
        ({ message }) => whole(ask, { asked: 'no', refused: message }),
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
        ({ message }) => whole(ask, { asked: 'no', refused: message }),
      )
    },
  }
}

/** Every word stands in what a person sees of it; accents and case are the same. */
function matching(printers: readonly Watched[], { q, verdict }: Filter): readonly Watched[] {
  const words = plain(q).split(/\s+/).filter(Boolean)
  return printers.filter((each) => {
    if (verdict && each.status.verdict !== verdict) return false
    const all = plain(searchText(each))
    return words.every((word) => all.includes(word))
  })
}

const plain = (words: string) => words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
