import { type Html, html, type Part } from '../../core/html.ts'
import type { Group } from '../../core/printers/group.ts'
import type { Watched } from '../../core/status/status.ts'
import { board, proof, type View } from './board.ts'
import { marker, peopleLooks, troubleNotice } from './person-form.ts'
import { printerRows, printersLooks } from './printers.ts'

export interface TypedGroup {
  readonly name: string
  /** Empty: none. */
  readonly building: string
}

/** Why a form was refused, of which field, and what it held. */
export interface GroupRefused {
  readonly sentence: string
  readonly field: unknown
  readonly typed: TypedGroup
}

interface Named {
  readonly id: string
  readonly name: string
}

export interface GroupFacts {
  readonly group: Group
  /** Those that are watched, worst first. */
  readonly printers: readonly Watched[]
  /** With those that are retired. */
  readonly printersInAll: number
  readonly managers: readonly Named[]
  /** Who may be made one: everybody. */
  readonly people: readonly Named[]
  /** The groups that its printers could go to. */
  readonly others: readonly Named[]
  /** Whether who looks sees all printers. */
  readonly isForAll: boolean
  readonly refused: GroupRefused | null
}

/** One group: its printers, and who looks after them. */
export function groupPage(view: View, facts: GroupFacts): Html {
  const { group, printers, printersInAll, refused } = facts
  const mayChange = view.may('printers change') && facts.isForAll
  const mayStaff = view.may('people change')
  const retired = printersInAll - printers.length
  return board(view, {
    title: group.name,
    under: '/groups',
    use: mayChange || mayStaff ? 'typing' : 'reading',
    head: html`${peopleLooks}${printersLooks}`,
    body: html`<p><a href="/groups">All groups</a></p>
${group.building !== null && html`<p class="place">${group.building}</p>`}
${troubleNotice(refused)}
<h2 id="printers">Printers <span class="count">${printers.length}</span></h2>
${printers.length === 0 ? html`<p>No printer of it is watched. A printer's own page, or an import, puts it into a group.</p>` : printerRows(printers, 'group-rows')}
${retired > 0 && html`<p class="aside">and ${retired} retired</p>`}
<h2 id="managers">Managers</h2>
${mayStaff ? managersForm(view, facts) : managersList(facts)}
${mayChange && changing(view, facts)}`,
  })
}

/** The fields of what a group is. */
export function groupFields({ name, building }: TypedGroup, refused: GroupRefused | null): Html {
  const mark = marker(refused)
  return html`<label for="name">Name</label>
<input id="name" name="name" value="${name}" maxlength="64" required${mark('name')}>
<label for="building">Building</label>
<input id="building" name="building" value="${building}" maxlength="64"${mark('building')}>`
}

function managersList({ managers }: GroupFacts): Html {
  if (managers.length === 0) return html`<p>Nobody looks after it.</p>`
  return html`<ul>${managers.map(({ name }) => html`<li>${name}</li>`)}</ul>`
}

function managersForm(view: View, { group, people, managers }: GroupFacts): Html {
  const isOne = (id: string) => managers.some((each) => each.id === id)
  return html`<form method="post" action="/groups/${group.id}/managers">${proof(view)}
<fieldset class="checks"><legend>Who looks after it</legend>
${people.map(
  ({
    id,
    name,
  }) => html`<label><input type="checkbox" name="manager" value="${id}"${isOne(id) && html` checked`}> ${name}</label>
`,
)}</fieldset>
<button>Keep the managers</button>
</form>`
}

function changing(view: View, facts: GroupFacts): Html {
  const { group, refused } = facts
  const kept = { name: group.name, building: group.building ?? '' }
  const typed = refused?.typed.name ? refused.typed : kept
  return html`<h2 id="words">Name and building</h2>
<form method="post" action="/groups/${group.id}/change" aria-labelledby="words">${proof(view)}
${groupFields(typed, refused)}
<button>Keep this</button>
</form>
<h2 id="remove">Remove the group</h2>
<form method="post" action="/groups/${group.id}/remove" aria-labelledby="remove">${proof(view)}
${whereTo(facts)}<button>Remove the group</button>
</form>`
}

/** Printers are never lost with their group. */
function whereTo({ printersInAll, others, refused }: GroupFacts): Part {
  if (printersInAll === 0)
    return html`<p>No printer is in it.</p>
`
  return html`<label for="to">Its printers (${printersInAll}) go to</label>
<select id="to" name="to" required${marker(refused)('printersTo')}><option value="">choose</option>
${others.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
<option value="none">no group</option></select>
`
}
