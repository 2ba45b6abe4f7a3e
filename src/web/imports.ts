import type { Html } from '../core/html.ts'
import { refuseUnless, refuseUnlessAll } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import {
  countRows,
  importPrinters,
  type Preview,
  previewPrinters,
} from '../core/printers/import.ts'
import { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { discoverRoutes } from './discover.ts'
import {
  fingerprint,
  lookQuery,
  orderOf,
  readChosen,
  readSent,
  sentTable,
  textOf,
} from './import-file.ts'
import { importPage } from './pages/import.ts'
import { donePage } from './pages/import-done.ts'
import { type Choices, previewPage } from './pages/imports.ts'
import { readQuery } from './query.ts'
import type { Searches } from './searches.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'
import { createWaitingImports, type DoneImport, type WaitingImport } from './waiting-imports.ts'

// Printers in: a file or a search of the network, looked over row by row, then taken. What is looked over
// waits in memory; what is done with it is made anew from what is known at that moment.

export interface ImportParts extends BoardParts {
  /** The pages and `/api/v1` watch the same search. */
  readonly searches: Searches
}

export function importRoutes(parts: ImportParts): Route[] {
  const room = createRoom(parts)
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'printers change' } as const
  const post = { ...get, method: 'POST' } as const
  const path = '/printers/import'
  return [
    { ...get, path, answer: room.form },
    { ...post, path, takes: 'file', answer: room.send },
    { ...get, path: `${path}/:import`, answer: room.look },
    { ...post, path: `${path}/:import`, answer: room.take },
    ...discoverRoutes({ ...parts, waiting: room.waiting }),
  ]
}

function createRoom(parts: ImportParts) {
  const { store } = parts
  const waiting = createWaitingImports(parts.clock)

  function formAgain(ask: SignedAsk, refused: string | null): Html {
    const { form } = ask
    const typed = {
      text: form.get('text') ?? '',
      kind: form.get('kind') ?? '',
      encoding: form.get('encoding') ?? '',
    }
    return importPage(viewOf(parts, ask), { typed, refused })
  }

  function shown(
    ask: SignedAsk,
    one: WaitingImport,
    choices: Choices,
    refused: string | null,
  ): Html {
    const view = viewOf(parts, ask)
    const { text, ...decoded } = textOf(one, choices)
    const told = { ...one, decoded, choices }
    try {
      const preview = previewPrinters(store.state, orderOf(one, choices, text))
      return previewPage(view, { ...told, refused, preview, seen: fingerprint(preview) })
    } catch (error) {
      // Read in another way it may be no table at all; what can be chosen stays in sight.
      if (!(error instanceof Refusal)) throw error
      return previewPage(view, { ...told, refused: error.message, preview: null, seen: '' })
    }
  }

  return {
    waiting,
    form(ask: SignedAsk): Answer {
      refuseUnlessAll(ask.person)
      readQuery(ask.query, {})
      return page(200, formAgain(ask, null))
    },
    send(ask: SignedAsk): Promise<Answer> {
      refuseUnlessAll(ask.person)
      return showAgain(
        () => {
          const { kind, encoding } = readSent(ask.form)
          const table = sentTable(ask)
          const choices = {
            encoding: table.as === 'file' ? encoding : '',
            missing: 'stay',
            outcome: '',
          } as const
          const { text } = textOf(table, choices)
          // What is no table at all is told here, where another file can be chosen.
          previewPrinters(store.state, { text, kind })
          const { id } = waiting.keep(ask.person, { ...table, kind })
          const query = choices.encoding && `?encoding=${choices.encoding}`
          return seeOther(`/printers/import/${id}${query}`)
        },
        ({ message }) => formAgain(ask, message),
      )
    },
    look(ask: SignedAsk): Answer {
      refuseUnlessAll(ask.person)
      const one = waiting.get(ask.person, ask.params.import ?? '')
      const { anew, ...choices } = readQuery(ask.query, lookQuery)
      if (one.done)
        return page(200, donePage(viewOf(parts, ask), { done: one.done, state: store.state }))
      const news = anew
        ? 'What is known has changed since you looked. Look again before you import.'
        : null
      return page(200, shown(ask, one, choices, news))
    },
    take(ask: SignedAsk): Promise<Answer> {
      refuseUnlessAll(ask.person)
      const one = waiting.get(ask.person, ask.params.import ?? '')
      const here = `/printers/import/${one.id}`
      if (one.done) return Promise.resolve(seeOther(here))
      const choices = { ...readChosen(ask.form), outcome: '' } as const
      return showAgain(
        async () => {
          const { text } = textOf(one, choices)
          const leaveRefused = ask.form.get('refused') === 'leave'
          const order = { ...orderOf(one, choices, text), leaveRefused }
          const seen = ask.form.get('seen')
          const preview = await store.update((tx) => {
            refuseUnlessAllNow(ask.asNow())
            if (fingerprint(previewPrinters(tx.state, order)) !== seen) return null
            return importPrinters(tx, order, ask.act())
          })
          if (preview) waiting.finish(ask.person, one.id, doneOf(store.state, preview))
          const anew = new URLSearchParams({ ...readChosen(ask.form), anew: '1' })
          return seeOther(preview ? here : `${here}?${anew}`)
        },
        ({ message }) => shown(ask, one, choices, message),
      )
    },
  }
}

/** Refuses who may not import any more by the time that all is there. */
export function refuseUnlessAllNow(person: Person | null): void {
  if (!person) throw new Refusal('unauthenticated', 'You are not signed in any more.')
  refuseUnless(person, 'printers change')
  refuseUnlessAll(person)
}

function doneOf(state: State, preview: Preview): DoneImport {
  const taken = preview.rows.filter(({ outcome }) => outcome === 'new' || outcome === 'changed')
  return {
    added: countRows(preview, 'new'),
    changed: countRows(preview, 'changed'),
    retired: preview.retired.length,
    left: countRows(preview, 'refused'),
    printers: taken.flatMap(({ label }) => [
      ...(state.by.printersByLabel.get(label.toLowerCase()) ?? []),
    ]),
  }
}
