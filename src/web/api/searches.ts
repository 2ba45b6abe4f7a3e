import { z } from 'zod'
import { refuseUnlessAll } from '../../core/people/access.ts'
import { type Discovered, meanings, recogniseDevices } from '../../core/printers/discovered.ts'
import { Refusal } from '../../core/refusal.ts'
import type { State } from '../../core/state.ts'
import type { ImportParts } from '../imports.ts'
import { type RunningSearch, searchState } from '../searches.ts'
import { type Described, operation } from './operation.ts'

const text = z.string().nullable()

const searched = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'broken']),
  range: text,
  link: z.boolean(),
  /** Who began it. */
  by: z.string(),
  asked: z.int(),
  of: z.int(),
  answered: z.int(),
  /** Why not all could be asked. */
  trouble: text,
  devices: z.array(
    z.object({
      ...{ address: z.string(), isPrinter: z.boolean(), name: text, make: text, model: text },
      ...{ description: text, location: text, serial: text, macAddresses: z.array(z.string()) },
      ...{ answers: z.boolean(), meaning: z.enum(meanings), label: text, from: text },
    }),
  ),
})

export function searchOperations(parts: ImportParts): Described[] {
  const { store, searches } = parts
  return [
    operation({
      ...{ method: 'POST', path: '/api/v1/searches', name: 'searchForPrinters', status: 202 },
      says: 'Begins to search a range, or the own link, for printers; one search runs at a time.',
      needs: 'printers change',
      body: z.strictObject({
        range: z.string().max(100).nullable().default(null),
        link: z.boolean().default(false),
        community: z.string().max(100).nullable().default(null),
      }),
      answers: searched,
      refuses: ['invalid', 'conflict'],
      async run(ask, { body }) {
        refuseUnlessAll(ask.person)
        if (body.range === null && !body.link)
          throw new Refusal('invalid', 'Name a range, or say that the own link is searched.', {
            field: 'range',
          })
        return search(store.state, await searches.start(body, ask.person.name))
      },
    }),
    operation({
      ...{ method: 'GET', path: '/api/v1/searches/:search', name: 'getSearch' },
      says: 'How a search gets on, and once it has ended what was found.',
      needs: 'printers change',
      answers: searched,
      refuses: ['missing'],
      run(ask) {
        refuseUnlessAll(ask.person)
        return search(store.state, searches.get(ask.params.search ?? ''))
      },
    }),
    operation({
      ...{ method: 'DELETE', path: '/api/v1/searches/:search', name: 'stopSearch', status: 204 },
      says: 'Ends a search with what was found by then.',
      needs: 'printers change',
      answers: null,
      refuses: ['missing'],
      run(ask) {
        refuseUnlessAll(ask.person)
        searches.get(ask.params.search ?? '')
        searches.stop()
        return null
      },
    }),
  ]
}

function search(state: State, of: RunningSearch) {
  const { id, range, link, by, progress, found, broke } = of
  return {
    ...{ id, state: searchState(of), range, link, by, ...progress },
    trouble: found?.trouble ?? broke,
    devices: found ? recogniseDevices(state, found.devices).map(deviceOf) : [],
  } as const
}

/** What it answered to is a secret. */
function deviceOf({ device, meaning, label, from }: Discovered) {
  const { community: _, ...facts } = device
  return { ...facts, meaning, label, from }
}
