import { z } from 'zod'
import { figuresFor } from '../figures.ts'
import type { FleetParts } from '../views.ts'
import { type Described, operation } from './operation.ts'

export function reportOperations(parts: FleetParts): Described[] {
  return [
    operation({
      ...{ method: 'GET', path: '/api/v1/statistics', name: 'getStatistics' },
      needs: 'reports look',
      says: 'Figures of the printers and tickets in reach.',
      answers: statisticsSchema,
      run: ({ person }) => figuresFor(parts, person),
    }),
  ]
}

const counts = z.array(z.object({ name: z.string().nullable(), count: z.int() }))
const minutes = z.int().nullable()

const statisticsSchema = z.object({
  printers: z.int(),
  verdicts: z.object({
    ...{ error: z.int(), offline: z.int(), warning: z.int(), unknown: z.int(), ok: z.int() },
  }),
  ...{ makers: counts, models: counts, groups: counts },
  lowSupplies: z.object({ colours: counts, models: counts }),
  pages: z.object({ counted: z.number(), printers: z.int() }),
  tickets: z.object({
    ...{ open: z.int(), taken: z.int() },
    spans: z.array(
      z.object({
        ...{ hours: z.int(), opened: z.int(), resolved: z.int() },
        ...{ minutesUntilTaken: minutes, minutesUntilResolved: minutes },
      }),
    ),
    most: z.array(z.object({ id: z.string(), label: z.string(), count: z.int() })),
  }),
  silent: z.array(
    z.object({ id: z.string(), label: z.string(), readAt: z.iso.datetime().nullable() }),
  ),
})
