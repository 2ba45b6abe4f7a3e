import type { Act } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { getVisibleGroup, refuseUnlessAll } from '../core/people/access.ts'
import { managersOf, setManagers } from '../core/people/managers.ts'
import type { Person } from '../core/people/person.ts'
import type { Needs } from '../core/people/rights.ts'
import type { Group } from '../core/printers/group.ts'
import { addGroup, changeGroup, printersOf, removeGroup } from '../core/printers/groups.ts'
import type { Verdict } from '../core/status/status.ts'
import { verdicts } from '../core/status/status.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { type GroupRefused, groupPage, type TypedGroup } from './pages/group.ts'
import { type GroupRow, groupsPage } from './pages/groups.ts'
import { everybody } from './people-facts.ts'
import { visibleGroups } from './people-form.ts'
import { readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { stillMay } from './still-may.ts'
import { type BoardParts, viewOf, watchedBy } from './views.ts'

// Groups of printers and who looks after them. What a group is, is for who looks after all printers;
// who looks after it, for who looks after accounts.

export interface GroupParts extends BoardParts {}

export function groupRoutes(parts: GroupParts): Route[] {
  const look = { as: 'page', who: 'signed in', needs: 'printers look', method: 'GET' } as const
  const change = { ...look, method: 'POST', needs: 'printers change' } as const
  const path = '/groups/:group'
  const list = (ask: SignedAsk) => {
    readQuery(ask.query, {})
    return page(200, listed(parts, ask, null))
  }
  const one = (ask: SignedAsk) => {
    readQuery(ask.query, {})
    return page(200, whole(parts, ask, null))
  }
  const managers = (ask: SignedAsk) => perform(parts, ask, 'people change', keepManagers)
  return [
    { ...look, path: '/groups', answer: list },
    { ...change, path: '/groups/add', answer: (ask: SignedAsk) => add(parts, ask) },
    { ...look, path, answer: one },
    {
      ...change,
      path: `${path}/change`,
      answer: (ask: SignedAsk) => perform(parts, ask, 'printers change', keepWords),
    },
    {
      ...change,
      path: `${path}/remove`,
      answer: (ask: SignedAsk) => perform(parts, ask, 'printers change', remove),
    },
    { ...change, needs: 'people change', path: `${path}/managers`, answer: managers },
  ]
}

interface Doing {
  readonly ask: SignedAsk
  readonly giver: Person
  readonly group: Group
  readonly act: Act
}
/** Answers where to go then. */
type GroupAct = (tx: Change, doing: Doing) => string

const keepWords: GroupAct = (tx, { ask, giver, group, act }) => {
  refuseUnlessAll(giver)
  changeGroup(tx, { group: group.id, changes: wordsOf(typedGroup(ask)) }, act)
  return `/groups/${group.id}`
}

const remove: GroupAct = (tx, { ask, giver, group, act }) => {
  refuseUnlessAll(giver)
  const to = ask.form.get('to') ?? 'stay'
  removeGroup(tx, { group: group.id, printersTo: to === 'none' ? null : to || 'stay' }, act)
  return '/groups'
}

const keepManagers: GroupAct = (tx, { ask, giver, group, act }) => {
  setManagers(tx, { giver, group: group.id, managers: ask.form.getAll('manager') }, act)
  return `/groups/${group.id}`
}

function perform(
  parts: GroupParts,
  ask: SignedAsk,
  needs: Needs,
  change: GroupAct,
): Promise<Answer> {
  return showAgain(
    async () => {
      const to = await parts.store.update((tx) => {
        const giver = stillMay(ask, needs)
        const group = getVisibleGroup(tx.state, giver, ask.params.group ?? '')
        return change(tx, { ask, giver, group, act: ask.act() })
      })
      return seeOther(to)
    },
    ({ message, details }) =>
      whole(parts, ask, { sentence: message, field: details.field, typed: typedGroup(ask) }),
  )
}

function add(parts: GroupParts, ask: SignedAsk): Promise<Answer> {
  return showAgain(
    async () => {
      const { id } = await parts.store.update((tx) => {
        refuseUnlessAll(stillMay(ask, 'printers change'))
        return addGroup(tx, wordsOf(typedGroup(ask)), ask.act())
      })
      return seeOther(`/groups/${id}`)
    },
    ({ message, details }) =>
      listed(parts, ask, { sentence: message, field: details.field, typed: typedGroup(ask) }),
  )
}

function typedGroup({ form }: SignedAsk): TypedGroup {
  const words = (name: string) => (form.get(name) ?? '').trim().normalize('NFC').slice(0, 200)
  return { name: words('name'), building: words('building') }
}

const wordsOf = ({ name, building }: TypedGroup) => ({ name, building: building || null })

function listed(parts: GroupParts, ask: SignedAsk, refused: GroupRefused | null): Html {
  const counts = countsByGroup(parts, ask.person)
  const groups = visibleGroups(parts.store.state, ask.person).map((group) =>
    rowOf(parts, group, counts),
  )
  return groupsPage(viewOf(parts, ask), { groups, isForAll: ask.person.reach === 'all', refused })
}

/** By group and verdict; those that are watched. */
type Counts = ReadonlyMap<string, ReadonlyMap<Verdict, number>>

function countsByGroup(parts: GroupParts, person: Person): Counts {
  const counts = new Map<string, Map<Verdict, number>>()
  for (const { status } of watchedBy(parts, person)) {
    const group = status.printer.group?.id
    if (!group) continue
    const of = counts.get(group) ?? new Map<Verdict, number>()
    counts.set(group, of.set(status.verdict, (of.get(status.verdict) ?? 0) + 1))
  }
  return counts
}

function rowOf({ store }: GroupParts, group: Group, counts: Counts): GroupRow {
  const of = counts.get(group.id)
  return {
    ...{ id: group.id, name: group.name, building: group.building },
    counts: verdicts.flatMap((verdict) => {
      const count = of?.get(verdict)
      return count ? [{ verdict, count }] : []
    }),
    managers: managersOf(store.state, group).map(({ name }) => name),
  }
}

function whole(parts: GroupParts, ask: SignedAsk, refused: GroupRefused | null): Html {
  const { state } = parts.store
  const group = getVisibleGroup(state, ask.person, ask.params.group ?? '')
  const printers = watchedBy(parts, ask.person)
  return groupPage(viewOf(parts, ask), {
    group,
    printers: printers.filter(({ status }) => status.printer.group?.id === group.id),
    printersInAll: printersOf(state, group).length,
    managers: managersOf(state, group).map(({ id, name }) => ({ id, name })),
    people: everybody(state)
      .filter(({ disabledAt, id }) => !disabledAt || group.managers.includes(id))
      .map(({ id, name }) => ({ id, name })),
    others: visibleGroups(state, ask.person).filter(({ id }) => id !== group.id),
    isForAll: ask.person.reach === 'all',
    refused,
  })
}
