import { type Html, html, type Part } from '../../core/html.ts'
import type { PersonFacts } from '../people-facts.ts'
import { board, type View } from './board.ts'
import { moment } from './moments.ts'
import { reachWords, roleWords } from './person-rights.ts'

export interface PeopleList {
  readonly people: readonly PersonFacts[]
  /** What was looked for; empty: all. */
  readonly q: string
  readonly page: number
  readonly pages: number
}

/** Who has an account, by name. */
export function peoplePage(view: View, list: PeopleList): Html {
  return board(view, {
    title: 'People',
    under: '/people',
    use: 'reading',
    body: html`${view.may('people change') && html`<p><a href="/people/new">Add a person</a></p>`}
<form method="get" action="/people" role="search" class="filter">
<div><label for="q">Name, address, role or group</label>
<input id="q" name="q" type="search" value="${list.q}" maxlength="100"></div>
<button>Show</button>
</form>
${
  list.people.length === 0
    ? nobody(list)
    : html`<ul class="rows" id="people">
${list.people.map((person) => row(view, person))}</ul>
${turns(list)}`
}`,
  })
}

/** 'password', 'OpenID', both, or that there is none. */
export function waysWords({ signsInBy }: PersonFacts): string {
  const ways = signsInBy.map((way) => (way === 'password' ? 'password' : 'OpenID'))
  return ways.join(' and ') || 'no way to sign in'
}

function row(view: View, person: PersonFacts): Html {
  const isOff = person.disabledAt !== null
  return html`<li id="row-${person.id}"><strong class="badge ${isOff ? 'unknown' : 'ok'}">${isOff ? 'disabled' : 'active'}</strong>
<div class="what"><a href="/people/${person.id}">${person.name}</a> <span class="aside">${person.email}</span></div>
<div class="why"><div>${roleWords(person.role, person.rights)}; ${reachWords(person.reach, person.groups)}</div>
<div class="aside">${waysWords(person)}${person.tokens > 0 && `, ${counted(person.tokens, 'token')}`}${seen(view, person)}</div></div></li>
`
}

function seen(view: View, { lastSeenAt, browsers }: PersonFacts): Part {
  if (lastSeenAt === null) return ', signed in nowhere'
  return html`, signed in at ${counted(browsers, 'browser')}, seen ${moment(lastSeenAt, view)} or later`
}

const counted = (count: number, what: string) => (count === 1 ? `1 ${what}` : `${count} ${what}s`)

function nobody({ q, page }: PeopleList): Html {
  if (q || page > 1)
    return html`<p>Nobody matches${q && ` “${q}”`}. <a href="/people">Show everybody</a></p>`
  return html`<p>Nobody has an account yet.</p>`
}

function turns({ q, page, pages }: PeopleList): Part {
  const to = (number: number, words: string) =>
    html`<a href="/people?${new URLSearchParams({ q, page: String(number) }).toString()}">${words}</a> `
  return html`<p>${page > 1 && to(page - 1, 'Those before')}${page < pages && to(page + 1, 'Those after')}</p>`
}
