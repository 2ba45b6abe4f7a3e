import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { Entry } from '../journal/entry.ts'
import { changesBetween, note, type Words } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import type { Person } from './person.ts'
import { areas, type Role } from './rights.ts'

interface Noted {
  readonly before: Person
  readonly after: Person
  readonly details?: Words['details']
  /** What became different elsewhere: the groups. */
  readonly changes?: Entry['changes']
}

/** What was done to an account: of a password whether there is one, of tokens how many there are. */
export function notePerson(tx: Change, act: Act, what: Deed, noted: Noted): void {
  const { before, after, details, changes } = noted
  const isMoved = before.email !== after.email
  note(tx, act, {
    ...{ what, subject: after.id, details: { name: after.name, ...details } },
    changes: { ...changesBetween(written(before), written(after), fields), ...changes },
    ...(isMoved && { personal: { email: after.email, emailBefore: before.email } }),
  })
}

/** Each area by itself, for nobody reads what eight of them were in one value. */
export function writtenRights({ reach, rights }: Role): Record<string, string> {
  return {
    reach,
    ...Object.fromEntries(areas.map((area) => [`rights.${area}`, rights[area]])),
  }
}

function written(person: Person): Record<string, string | number | boolean | null> {
  const { name, summary, openId, disabledAt, password, tokens } = person
  const counted = { password: password ? 'set' : 'none', tokens: tokens.length }
  return { name, ...writtenRights(person), summary, openId, disabledAt, ...counted }
}

const fields: readonly string[] = [
  ...['name', 'reach', ...areas.map((area) => `rights.${area}`)],
  ...['summary', 'openId', 'disabledAt', 'password', 'tokens'],
]
