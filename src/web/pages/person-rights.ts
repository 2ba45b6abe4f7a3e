import { type Html, html, type Part } from '../../core/html.ts'
import {
  type Area,
  areas,
  type Degree,
  degrees,
  isEnough,
  type Reach,
  type Rights,
  type RoleName,
} from '../../core/people/rights.ts'

// What somebody may do, for people: said, and chosen.

export const areaWords: Readonly<Record<Area, string>> = {
  printers: 'Printers and groups',
  tickets: 'Tickets',
  inventory: 'Inventory',
  contracts: 'Contracts',
  reports: 'Reports',
  jobs: '3D-print jobs',
  people: 'Accounts',
  system: 'Settings and system',
}

const degreeWords: Readonly<Record<Degree, string>> = {
  none: 'nothing',
  look: 'look',
  change: 'change',
}

/** 'administrator', or 'own rights: printers look, tickets change'. */
export function roleWords(role: RoleName | null, rights: Rights): string {
  return role ?? `own rights: ${rightsWords(rights)}`
}

export function rightsWords(rights: Rights): string {
  const given = areas.filter((area) => rights[area] !== 'none')
  return given.map((area) => `${area} ${rights[area]}`).join(', ') || 'none'
}

/** 'all printers', 'Library, Gym', 'no group'. */
export function reachWords(reach: Reach, groups: readonly { readonly name: string }[]): string {
  if (reach === 'all') return 'all printers'
  return groups.map(({ name }) => name).join(', ') || 'no group'
}

/** A choice for each area, of no more than `most`: what may not be given is not offered. */
export function rightsTable(id: string, rights: Rights, most: Rights): Html {
  return html`<table class="rights">
<thead><tr><th scope="col">Area</th><th scope="col">May</th></tr></thead>
<tbody>
${areas.map((area) => most[area] !== 'none' && areaRow(id, area, rights[area], most[area]))}</tbody>
</table>
`
}

function areaRow(id: string, area: Area, given: Degree, most: Degree): Part {
  const field = `${id}-${area}`
  const offered = degrees.filter((degree) => isEnough(most, degree))
  return html`<tr><th scope="row"><label for="${field}">${areaWords[area]}</label></th>
<td><select id="${field}" name="rights.${area}">${offered.map(
    (degree) =>
      html`<option value="${degree}"${degree === given && html` selected`}>${degreeWords[degree]}</option>`,
  )}</select></td></tr>
`
}
