import { refuseUnlessAll } from '../core/people/access.ts'
import { tellFound } from '../core/printers/found-rows.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { discoverPage, type TypedSearch } from './pages/discover.ts'
import { readQuery } from './query.ts'
import { type Searches, searchState } from './searches.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'
import type { WaitingImports } from './waiting-imports.ts'

// Printers found: a search of the network that runs while people look elsewhere, and what it found as rows
// to look over.

export interface DiscoverParts extends BoardParts {
  readonly searches: Searches
  readonly waiting: WaitingImports
}

const path = '/printers/discover'
/** Seconds until a page that shows a search under way is fetched again, with script and without. */
const again = { Refresh: '3' } as const

export function discoverRoutes(parts: DiscoverParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'printers change' } as const
  const post = { ...get, method: 'POST' } as const
  return [
    { ...get, path, answer: (ask: SignedAsk) => show(parts, ask) },
    { ...post, path, answer: (ask: SignedAsk) => start(parts, ask) },
    { ...post, path: `${path}/stop`, answer: (ask: SignedAsk) => stop(parts, ask) },
    { ...post, path: `${path}/rows`, answer: (ask: SignedAsk) => toRows(parts, ask) },
  ]
}

function show(parts: DiscoverParts, ask: SignedAsk): Answer {
  refuseUnlessAll(ask.person)
  readQuery(ask.query, {})
  const search = parts.searches.latest()
  const isRunning = search !== null && searchState(search) === 'running'
  const typed = { range: search?.range ?? '', link: search?.link ?? false }
  return page(200, whole(parts, ask, { typed, refused: null }), isRunning ? again : {})
}

function whole(
  parts: DiscoverParts,
  ask: SignedAsk,
  said: { readonly typed: TypedSearch; readonly refused: string | null },
) {
  const search = parts.searches.latest()
  const found = search?.found ? tellFound(parts.store.state, search.found.devices) : null
  const discovered = found?.discovered ?? []
  return discoverPage(viewOf(parts, ask), { search, discovered, ...said })
}

function start(parts: DiscoverParts, ask: SignedAsk): Promise<Answer> {
  refuseUnlessAll(ask.person)
  const typed = {
    range: (ask.form.get('range') ?? '').trim().slice(0, 100),
    link: ask.form.get('link') === '1',
  }
  return showAgain(
    async () => {
      if (!typed.range && !typed.link)
        throw new Refusal('invalid', 'Name a range like 10.0.0.0/24, or look on the own link.', {
          field: 'range',
        })
      const community = (ask.form.get('community') ?? '').trim().slice(0, 100) || null
      const { link } = typed
      await parts.searches.start({ range: typed.range || null, link, community }, ask.person.name)
      return seeOther(path)
    },
    ({ message }) => whole(parts, ask, { typed, refused: message }),
  )
}

function stop({ searches }: DiscoverParts, { person }: SignedAsk): Answer {
  refuseUnlessAll(person)
  searches.stop()
  return seeOther(path)
}

/** What was found, as a file that somebody sent. */
function toRows(parts: DiscoverParts, ask: SignedAsk): Promise<Answer> {
  refuseUnlessAll(ask.person)
  const search = parts.searches.latest()
  const typed = { range: search?.range ?? '', link: search?.link ?? false }
  return showAgain(
    () => {
      if (!search?.found)
        throw new Refusal('conflict', 'There is no search that has ended; begin one.')
      const { csv } = tellFound(parts.store.state, search.found.devices)
      const name = `A search of ${search.range ?? 'the own link'}`
      const table = { bytes: Buffer.from(csv), kind: 'printers', name, as: 'text' } as const
      return seeOther(`/printers/import/${parts.waiting.keep(ask.person, table).id}`)
    },
    ({ message }) => whole(parts, ask, { typed, refused: message }),
  )
}
