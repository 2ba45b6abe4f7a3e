import { type Html, html, type Part } from '../../core/html.ts'
import type { Person } from '../../core/people/person.ts'
import {
  areas,
  isEnough,
  type Reach,
  type Rights,
  type RoleName,
  roleNames,
  roles,
} from '../../core/people/rights.ts'
import type { Group } from '../../core/printers/group.ts'
import { reachWords, rightsTable } from './person-rights.ts'

// The fields of an account. A role's name stands for all of its rights; who wants others takes the
// table below it.

/** As it is typed; `role: null` where nothing is chosen. */
export interface TypedPerson {
  readonly name: string
  readonly email: string
  readonly role: RoleName | 'own' | null
  readonly reach: Reach
  readonly rights: Rights
  /** Ids. */
  readonly groups: readonly string[]
  readonly summary: boolean
  readonly openId: boolean
}

/** Why a form was refused, of which field, and what it held. */
export interface Refused {
  readonly sentence: string
  readonly field: unknown
  readonly typed: TypedPerson | null
}

/** What somebody who gives rights may choose from. */
export interface Choices {
  readonly giver: Person
  readonly groups: readonly Pick<Group, 'id' | 'name'>[]
  /** What people call the account at the OpenID provider; null: there is none. */
  readonly openIdName: string | null
  readonly refused: Refused | null
}

export function personFields(person: TypedPerson, choices: Choices): Html {
  const { giver, groups, openIdName, refused } = choices
  const mark = marker(refused)
  return html`<label for="name">Name</label>
<input id="name" name="name" value="${person.name}" autocomplete="off" autocapitalize="none"
spellcheck="false" maxlength="64" required${mark('name')}>
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" value="${person.email}" autocomplete="off" maxlength="254"${mark('email')}>
<fieldset class="checks"><legend>Letters and signing in</legend>
${check('summary', 'Gets the daily summary', person.summary)}
${(openIdName !== null || person.openId) && check('openid', `Signs in with ${openIdName ?? 'OpenID'}`, person.openId)}
</fieldset>
<fieldset class="checks"><legend>What the person may do</legend>
${roleNames.filter((name) => mayGive(giver, name)).map((name) => roleChoice(name, person))}
${roleChoice('own', person)}
</fieldset>
${ownRights(person, giver)}
${
  groups.length > 0 &&
  html`<fieldset class="checks"><legend>Looks after these groups</legend>
${groups.map(
  ({
    id,
    name,
  }) => html`<label><input type="checkbox" name="group" value="${id}"${person.groups.includes(id) && html` checked`}> ${name}</label>
`,
)}</fieldset>
`
}`
}

/** The attributes of the field that was refused. */
export function marker(refused: Pick<Refused, 'field'> | null): (field: string) => Part {
  return (field) =>
    refused?.field === field && html` aria-invalid="true" aria-describedby="trouble"`
}

export function troubleNotice(refused: Pick<Refused, 'sentence'> | null): Part {
  return (
    refused !== null &&
    html`<p class="notice bad" id="trouble" role="alert">${refused.sentence}</p>`
  )
}

/** simple.css has no looks for what stands beside a box. */
export const peopleLooks = html`<link rel="stylesheet" href="/people.css">`

function check(name: string, words: string, isOn: boolean): Html {
  return html`<label><input type="checkbox" name="${name}" value="1"${isOn && html` checked`}> ${words}</label>`
}

function mayGive(giver: Person, name: RoleName): boolean {
  const { reach, rights } = roles[name]
  const fits = areas.every((area) => isEnough(giver.rights[area], rights[area]))
  return fits && (giver.reach === 'all' || reach === 'groups')
}

const roleSays: Readonly<Record<RoleName | 'own', string>> = {
  administrator: 'administrator: everything',
  manager: 'manager: printers and tickets of some groups',
  reader: 'reader: looks at all printers, changes nothing',
  own: 'own rights, as the table says',
}

function roleChoice(name: RoleName | 'own', { role }: TypedPerson): Html {
  return html`<label><input type="radio" name="role" value="${name}" required${name === role && html` checked`}> ${roleSays[name]}</label>
`
}

function ownRights({ rights, reach }: TypedPerson, giver: Person): Html {
  const choice = (value: Reach, words: string) =>
    html`<option value="${value}"${value === reach && html` selected`}>${words}</option>`
  return html`<h2 id="own-rights">Own rights</h2>
<p class="aside">They count where “own rights” is chosen above.</p>
<div role="group" aria-labelledby="own-rights">
<label for="reach">Of which printers</label>
<select id="reach" name="reach">${giver.reach === 'all' && choice('all', reachWords('all', []))}${choice('groups', 'those of the groups below')}</select>
${rightsTable('rights', rights, giver.rights)}</div>
`
}
