import { type Html, html, type Part } from '../../core/html.ts'
import type { Verdict } from '../../core/status/status.ts'
import { board, proof, type View } from './board.ts'
import { type GroupRefused, groupFields } from './group.ts'
import { peopleLooks, troubleNotice } from './person-form.ts'

export interface GroupRow {
  readonly id: string
  readonly name: string
  readonly building: string | null
  /** Worst first; those of which there are none left out. */
  readonly counts: readonly { readonly verdict: Verdict; readonly count: number }[]
  /** Names. */
  readonly managers: readonly string[]
}

export interface GroupsFacts {
  readonly groups: readonly GroupRow[]
  /** Whether who looks sees all printers. */
  readonly isForAll: boolean
  readonly refused: GroupRefused | null
}

/** The groups in sight, by name. */
export function groupsPage(view: View, { groups, isForAll, refused }: GroupsFacts): Html {
  const mayAdd = isForAll && view.may('printers change')
  return board(view, {
    title: 'Groups',
    under: '/groups',
    use: mayAdd ? 'typing' : 'reading',
    head: peopleLooks,
    body: html`${troubleNotice(refused)}
${
  groups.length === 0
    ? none({ isForAll, mayAdd })
    : html`<ul class="rows reasons" id="groups">
${groups.map(row)}</ul>`
}
${
  mayAdd &&
  html`<h2 id="add">Add a group</h2>
<form method="post" action="/groups/add" aria-labelledby="add">${proof(view)}
${groupFields(refused?.typed ?? { name: '', building: '' }, refused)}
<button>Add the group</button>
</form>`
}`,
  })
}

function row({ id, name, building, counts, managers }: GroupRow): Html {
  const worst = counts[0]?.verdict ?? 'unknown'
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  return html`<li id="row-${id}"><strong class="badge ${worst}">${all}<span class="away"> printers, the worst: ${countWords[worst]}</span></strong>
<div class="what"><a href="/groups/${id}">${name}</a> <span class="aside">${building}</span>
<div>${counts.map(({ verdict, count }) => `${count} ${countWords[verdict]}`).join(', ') || 'no printers'}</div>
<div class="aside">${managersWords(managers)}</div></div></li>
`
}

const countWords: Readonly<Record<Verdict, string>> = {
  error: 'with an error',
  offline: 'silent',
  warning: 'with a warning',
  unknown: 'not read yet',
  ok: 'well',
}

function managersWords(managers: readonly string[]): string {
  if (managers.length === 0) return 'nobody looks after it'
  return `looked after by ${managers.join(', ')}`
}

function none({ isForAll, mayAdd }: { isForAll: boolean; mayAdd: boolean }): Part {
  if (!isForAll)
    return html`<p>You are in the managers of no group. Whoever looks after the accounts here can add you to one.</p>`
  const make = mayAdd
    ? 'Add one below, or import'
    : 'Whoever changes printers here adds them, or imports'
  return html`<p>No groups yet. ${make} printers with a column <code>group</code>.</p>`
}
