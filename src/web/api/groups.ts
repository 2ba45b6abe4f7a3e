import { z } from 'zod'
import { getVisibleGroup, refuseUnlessAll } from '../../core/people/access.ts'
import { managersOf, setManagers } from '../../core/people/managers.ts'
import { addGroup, changeGroup, printersOf, removeGroup } from '../../core/printers/groups.ts'
import type { RecordOf, State } from '../../core/state.ts'
import type { SignedAsk } from '../answer.ts'
import { visibleGroups } from '../people-form.ts'
import { stillMay } from '../still-may.ts'
import type { BoardParts } from '../views.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery } from './operation.ts'

// Groups of printers, for scripts.

const groupTold = z.strictObject({
  id: z.string(),
  name: z.string(),
  building: z.string().nullable(),
  printers: z.int().describe('With those that are retired'),
  managers: z.array(z.strictObject({ id: z.string(), name: z.string() })),
})
const building = z.string().min(1).nullable()
const newGroup = z.strictObject({ name: z.string(), building: building.default(null) })
const groupChanges = z.strictObject({ name: z.string().optional(), building: building.optional() })
const printersTo = z
  .string()
  .optional()
  .describe('Id of the group that its printers go to, or “none”; left out: it has to have none')

const path = '/api/v1/groups'
const one = `${path}/:group` as const

export function groupOperations({ store }: BoardParts): Described[] {
  const idOf = ({ params }: SignedAsk) => params.group ?? ''
  const told = (ask: SignedAsk, id = idOf(ask)) =>
    factsOf(store.state, getVisibleGroup(store.state, ask.person, id))
  const [look, change] = ['printers look', 'printers change'] as const

  return [
    operation({
      ...{ method: 'GET', path, name: 'listGroups', needs: look },
      says: 'The groups in your reach, by name.',
      query: pageQuery,
      answers: z.object({ groups: z.array(groupTold), ...pageFacts }),
      run(ask, { query }) {
        const { shown, facts } = pageOf(visibleGroups(store.state, ask.person), query)
        return { groups: shown.map((group) => factsOf(store.state, group)), ...facts }
      },
    }),
    operation({
      ...{ method: 'POST', path, name: 'addGroup', needs: change, status: 201 },
      says: 'Makes a group; for who looks after all printers.',
      body: newGroup,
      answers: groupTold,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const { id } = await store.update((tx) => {
          refuseUnlessAll(stillMay(ask, change))
          return addGroup(tx, body, ask.act())
        })
        return told(ask, id)
      },
    }),
    operation({
      ...{ method: 'GET', path: one, name: 'getGroup', needs: look },
      says: 'One group.',
      answers: groupTold,
      run: (ask) => told(ask),
    }),
    operation({
      ...{ method: 'PATCH', path: one, name: 'changeGroup', needs: change },
      says: 'Changes name or building; what is not said stays. For who looks after all printers.',
      body: groupChanges,
      answers: groupTold,
      refuses: ['conflict'],
      async run(ask, { body: { name, building } }) {
        await store.update((tx) => {
          const { id } = getWhole(tx.state, ask)
          const changes = {
            ...(name !== undefined && { name }),
            ...(building !== undefined && { building }),
          }
          changeGroup(tx, { group: id, changes }, ask.act())
        })
        return told(ask)
      },
    }),
    operation({
      ...{ method: 'DELETE', path: one, name: 'removeGroup', needs: change },
      says: 'Removes a group; its printers go where it is said. For who looks after all printers.',
      query: { printersTo },
      answers: null,
      refuses: ['conflict'],
      run: (ask, { query }) =>
        store.update((tx) => {
          const { id } = getWhole(tx.state, ask)
          const to = query.printersTo ?? 'stay'
          removeGroup(tx, { group: id, printersTo: to === 'none' ? null : to }, ask.act())
        }),
    }),
    operation({
      ...{ method: 'PUT', path: `${one}/managers`, name: 'setManagers', needs: 'people change' },
      says: 'Says who looks after a group from now on.',
      body: z.strictObject({ managers: z.array(z.string()).max(1000).describe('Ids of people') }),
      answers: groupTold,
      async run(ask, { body: { managers } }) {
        await store.update((tx) => {
          const giver = stillMay(ask, 'people change')
          setManagers(tx, { giver, group: idOf(ask), managers }, ask.act())
        })
        return told(ask)
      },
    }),
  ]

  function getWhole(state: State, ask: SignedAsk): RecordOf<'groups'> {
    const person = stillMay(ask, change)
    const group = getVisibleGroup(state, person, idOf(ask))
    refuseUnlessAll(person)
    return group
  }
}

function factsOf(state: State, group: RecordOf<'groups'>) {
  const { id, name, building } = group
  const managers = managersOf(state, group).map((each) => ({ id: each.id, name: each.name }))
  return { id, name, building, printers: printersOf(state, group).length, managers }
}
