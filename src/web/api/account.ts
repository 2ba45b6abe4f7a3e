import { z } from 'zod'
import { groupsOf } from '../../core/people/find.ts'
import { reaches, rights } from '../../core/people/rights.ts'
import type { BoardParts } from '../views.ts'
import { type Described, operation } from './operation.ts'

/** Who a script is here. It changes nothing of its own account: a token that was stolen must not. */
export function accountOperations({ store }: BoardParts): Described[] {
  return [
    operation({
      ...{ method: 'GET', path: '/api/v1/account', name: 'getAccount', needs: null },
      says: 'Who asks, and what may be done with what was shown.',
      answers: z.object({
        id: z.string(),
        name: z.string(),
        email: z.string().nullable(),
        reach: z.enum(reaches),
        rights: rights.describe('No more than the token has that was sent'),
        groups: z.array(z.object({ id: z.string(), name: z.string() })),
        summary: z.boolean(),
      }),
      run({ person }) {
        const { id, name, email, reach, rights, summary } = person
        const groups = groupsOf(store.state, person).map((group) => ({
          id: group.id,
          name: group.name,
        }))
        return { id, name, email, reach, rights, groups, summary }
      },
    }),
  ]
}
