import { asCounted } from '../core/as-counted.ts'
import { getVisibleGroup, maySeeGroup } from '../core/people/access.ts'
import type { PersonChanges } from '../core/people/changed.ts'
import type { Person } from '../core/people/person.ts'
import {
  areas,
  degrees,
  noRights,
  type Rights,
  type RoleName,
  reaches,
  roleNames,
  roles,
} from '../core/people/rights.ts'
import type { Group } from '../core/printers/group.ts'
import { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'
import type { TypedPerson } from './pages/person-form.ts'

// The form of an account, read: a form is only text, and may hold anything.

export function typedPerson(form: URLSearchParams): TypedPerson {
  const role = form.get('role') ?? ''
  return {
    name: (form.get('name') ?? '').trim().slice(0, 100),
    email: (form.get('email') ?? '').trim().slice(0, 254),
    role: isRole(role) ? role : role === 'own' ? 'own' : null,
    reach: reaches.find((reach) => reach === form.get('reach')) ?? 'groups',
    rights: typedRights(form),
    groups: form.getAll('group'),
    summary: form.get('summary') === '1',
    openId: form.get('openid') === '1',
  }
}

/** What is not said is nothing. */
export function typedRights(form: URLSearchParams): Rights {
  const given = areas.map((area) => {
    const degree = degrees.find((each) => each === form.get(`rights.${area}`))
    return [area, degree ?? 'none'] as const
  })
  return { ...noRights, ...Object.fromEntries(given) }
}

/** A role's name stands for its rights; the table counts for who has rights of their own. */
export function personFields(typed: TypedPerson): Required<Omit<PersonChanges, 'groups'>> {
  const { name, email, role, summary, openId } = typed
  if (role === null) throw new Refusal('invalid', 'Say what the person may do.', { field: 'role' })
  const { reach, rights } = role === 'own' ? typed : roles[role]
  return { name, email: email || null, reach, rights, summary, openId }
}

/** All in sight; or those of these ids, refusing `missing` as `getVisibleGroup`. By name. */
export function visibleGroups(state: State, person: Person, ids?: readonly string[]): Group[] {
  const found = ids
    ? [...new Set(ids)].map((id) => getVisibleGroup(state, person, id))
    : Object.values(state.groups).filter((group) => maySeeGroup(person, group))
  return found.sort((a, b) => asCounted(a.name, b.name))
}

const isRole = (role: string): role is RoleName => roleNames.some((each) => each === role)
