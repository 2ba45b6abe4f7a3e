import {
  type Area,
  areas,
  type Degree,
  degrees,
  type Rights,
  reaches,
} from '../core/people/rights.ts'
import type { ListedPerson } from './acts.ts'
import { type Desk, printable, WrongUsage } from './verb.ts'

// Rights as they are typed and listed.

/** Of areas that are not named they stay. */
export async function giveRights(
  { name, given, reach: wanted }: { name: string; given: readonly string[]; reach?: string },
  desk: Desk,
): Promise<number> {
  const reach = reaches.find((each) => each === wanted)
  if (wanted !== undefined && !reach)
    throw new WrongUsage(`--reach is ${reaches.join(' or ')}, not "${wanted}".`)
  if (given.length === 0 && !reach)
    throw new WrongUsage('Say which rights: printers=change tickets=look')
  const rights = rightsIn(given)
  const now = await desk.ask('people rights', { name, rights, ...(reach && { reach }) })
  desk.out(`${printable(now.name)}: ${roleOf(now)}; ${reachOf(now)}.\n`)
  return 0
}

/** Each as `printers=change`. */
export function rightsIn(given: readonly string[]): { [A in Area]?: Degree } {
  const pairs = given.map((each) => {
    const [left = '', right = ''] = each.split('=', 2)
    const area = areas.find((known) => known === left)
    const degree = degrees.find((known) => known === right)
    if (!area) throw new WrongUsage(`"${left}" is no area; they are ${areas.join(', ')}.`)
    if (!degree) throw new WrongUsage(`Say ${area}=none, ${area}=look or ${area}=change.`)
    return [area, degree] as const
  })
  return Object.fromEntries(pairs)
}

export const roleOf = ({ role, rights }: ListedPerson): string => role ?? rightsWords(rights)

export function rightsWords(rights: Rights): string {
  const given = areas.filter((area) => rights[area] !== 'none')
  return given.map((area) => `${area}=${rights[area]}`).join(' ') || 'no rights'
}

export const reachOf = ({ reach, groups }: ListedPerson): string =>
  reach === 'all' ? 'all' : groups.join(', ') || 'none'
