import { z } from 'zod'
import { getVisiblePrinter, visiblePrinters } from '../../core/people/access.ts'
import type { Person } from '../../core/people/person.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Round } from '../polls.ts'
import type { FleetParts } from '../views.ts'
import { type Described, operation } from './operation.ts'

// Many printers asked in the background, with progress to ask for.

export function pollOperations({ store, polls }: FleetParts): Described[] {
  function idsOf(person: Person, wanted: readonly string[] | undefined): string[] {
    if (wanted) return [...new Set(wanted)].map((id) => activeId(person, id))
    return visiblePrinters(store.state, person).flatMap(({ id, isActive }) =>
      isActive ? [id] : [],
    )
  }

  function activeId(person: Person, wanted: string): string {
    const { id, label, isActive } = getVisiblePrinter(store.state, person, wanted)
    if (isActive) return id
    throw new Refusal('conflict', `${label} is retired, and is not asked any more.`)
  }

  return [
    operation({
      ...{ method: 'POST', path: '/api/v1/polls', name: 'pollPrinters', needs: 'printers look' },
      says: 'Asks all printers in reach, or these, in the background. The same again joins it while it is under way.',
      status: 202,
      body: z
        .strictObject({
          printers: z
            .array(z.string())
            .min(1)
            .max(10_000)
            .optional()
            .describe('Ids; left out: all'),
        })
        .prefault({}),
      answers: roundSchema,
      refuses: ['conflict', 'missing', 'too-many'],
      run: ({ person }, { body }) => told(polls.start(person.id, idsOf(person, body.printers))),
    }),
    operation({
      ...{ method: 'GET', path: '/api/v1/polls/:poll', name: 'getPoll', needs: 'printers look' },
      says: 'How far that is, for who began it.',
      answers: roundSchema,
      run: ({ person, params }) => told(polls.get(person.id, params.poll ?? '')),
    }),
  ]
}

const roundSchema = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  total: z.int(),
  done: z.int().describe('Asked, whether they answered or not'),
  silent: z.int().describe('Of these: that did not answer'),
  endedAt: z.iso.datetime().nullable(),
})

const told = ({ id, startedAt, total, done, silent, endedAt }: Round) => ({
  ...{ id, startedAt, total, done, silent, endedAt },
})
