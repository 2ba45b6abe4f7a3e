import { type Html, html, type Part } from '../../core/html.ts'
import { type Discovered, isShown, meaningWords } from '../../core/printers/discovered.ts'
import { type RunningSearch, searchState } from '../searches.ts'
import { board, button, proof, type View } from './board.ts'

export interface TypedSearch {
  readonly range: string
  readonly link: boolean
}

export interface DiscoverFacts {
  readonly search: RunningSearch | null
  /** What was found is to the office; empty while it runs. */
  readonly discovered: readonly Discovered[]
  /** What stands in the form; the community that was typed is not shown again. */
  readonly typed: TypedSearch
  readonly refused: string | null
}

const mostShown = 200

/** A search of the network: begun here, watched, and its result taken on. */
export function discoverPage(view: View, facts: DiscoverFacts): Html {
  const { search, refused } = facts
  const isRunning = search !== null && searchState(search) === 'running'
  return board(view, {
    title: 'Search for printers',
    under: '/printers',
    use: 'typing',
    body: html`${refused && html`<p class="notice bad" id="trouble" role="alert">${refused}</p>`}
${search && isRunning && running(view, search)}
${search && !isRunning && ended(view, search, facts.discovered)}
${!isRunning && searchForm(view, facts)}`,
  })
}

function running(view: View, { range, link, by, progress }: RunningSearch): Html {
  const { asked, of, answered } = progress
  const where = [range, link && 'the own link'].filter(Boolean).join(' and ')
  return html`<h2 id="running">${by} is searching ${where}</h2>
<p><label for="progress">${asked} of ${of} questions asked, ${answered} answered</label>
<progress id="progress" value="${asked}" max="${Math.max(1, of)}"></progress></p>
<p>This page shows by itself how it gets on. The search goes on without it.</p>
${button(view, '/printers/discover/stop', 'Stop the search')}`
}

function ended(view: View, search: RunningSearch, discovered: readonly Discovered[]): Html {
  const { found, broke } = search
  if (!found) return html`<p class="notice bad">${broke}</p>`
  const shown = discovered.filter(isShown)
  const others = discovered.length - shown.length
  return html`<h2 id="found">Found <span class="count">${shown.length}</span></h2>
${found.trouble !== null && html`<p class="notice">Not everything could be asked from here (${found.trouble}).</p>`}
${
  shown.length === 0
    ? html`<p>No printer answered. Look whether the range is right, whether this machine reaches it, and whether the printers answer another community.</p>`
    : html`${button(view, '/printers/discover/rows', 'Look at what would be imported')}
<ul class="rows" id="found-rows">
${shown.slice(0, mostShown).map(foundRow)}</ul>
${shown.length > mostShown && html`<p>and ${shown.length - mostShown} more</p>`}`
}
${others > 0 && html`<p>${others} more answered and ${others === 1 ? 'is no printer' : 'are no printers'}.</p>`}`
}

function foundRow(one: Discovered): Html {
  const { address, name, make, model, serial } = one.device
  const what = [make, model].filter(Boolean).join(' ')
  return html`<li><span class="count">${one.meaning === 'new' ? 'new' : one.meaning}</span>
<div class="what"><strong>${address}</strong> <span class="aside">${name}</span></div>
<div class="why">${[what, serial && `serial ${serial}`, one.meaning !== 'new' && meaningWords(one)].filter(Boolean).join(', ')}${one.meaning === 'other' && ': left out, for a person decides about it'}</div></li>
`
}

function searchForm(view: View, { typed, refused }: DiscoverFacts): Html {
  const described: Part = refused !== null && html` aria-describedby="trouble"`
  return html`<h2 id="begin">Begin a search</h2>
<p>Each address of the range is asked whether it answers SNMP, and nothing outside of it: 4,094 addresses (a /20) at most, no more than 200 questions a second.</p>
<form method="post" action="/printers/discover">${proof(view)}
<label for="range">Range</label>
<input id="range" name="range" value="${typed.range}" maxlength="100" placeholder="10.0.0.0/24" autocomplete="off"${described}>
<label for="link">Also what announces itself on this machine’s own link</label>
<select id="link" name="link"><option value="">no</option><option value="1"${typed.link && html` selected`}>yes</option></select>
<label for="community">Community, tried beside the site’s</label>
<input id="community" name="community" maxlength="100" autocomplete="off">
<button>Search</button>
</form>
<p>Or <a href="/printers/import">import a list</a>.</p>`
}
