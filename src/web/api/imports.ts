import { z } from 'zod'
import { refuseUnlessAll } from '../../core/people/access.ts'
import {
  countRows,
  importPrinters,
  type Preview,
  previewPrinters,
} from '../../core/printers/import.ts'
import { outcomes } from '../../core/printers/import-plan.ts'
import { importKinds } from '../../core/printers/table.ts'
import { printersFile, ticketExportQuery, ticketsFile } from '../exports.ts'
import { type ImportParts, refuseUnlessAllNow } from '../imports.ts'
import { soughtQuery } from '../printer-list.ts'
import { type Described, operation, Written } from './operation.ts'
import { searchOperations } from './searches.ts'

const text = z.string().nullable()

const imported = z.object({
  /** false: nothing was changed, for it was asked what would be. */
  imported: z.boolean(),
  counts: z.object({
    ...{ new: z.int(), changed: z.int(), same: z.int(), refused: z.int(), retired: z.int() },
  }),
  rows: z.array(
    z.object({
      row: z.int(),
      label: z.string(),
      outcome: z.enum(outcomes),
      says: z.string(),
      /** Of a community, which is a secret, both are null. */
      changes: z.array(z.object({ field: z.string(), was: text, is: text })),
      cleaned: z.array(z.string()),
    }),
  ),
  readAs: z.array(z.object({ header: z.string(), column: z.string() })),
  unknownColumns: z.array(z.string()),
  newGroups: z.array(z.string()),
  /** Labels. */
  retired: z.array(z.string()),
})

export function importOperations(parts: ImportParts): Described[] {
  const { store } = parts
  return [
    operation({
      ...{ method: 'POST', path: '/api/v1/imports', name: 'importPrinters' },
      says: 'Imports printers from a CSV or a printers.json, or tells what that would do.',
      needs: 'printers change',
      body: z.strictObject({
        text: z.string(),
        kind: z.enum(importKinds).default('printers'),
        dryRun: z.boolean().default(false),
        leaveRefused: z.boolean().default(false),
        retireMissing: z.boolean().default(false),
      }),
      answers: imported,
      refuses: ['invalid', 'too-large', 'unkeepable'],
      async run(ask, { body: { dryRun, ...file } }) {
        refuseUnlessAll(ask.person)
        if (dryRun) return { imported: false, ...told(previewPrinters(store.state, file)) }
        const preview = await store.update((tx) => {
          refuseUnlessAllNow(ask.asNow())
          return importPrinters(tx, file, ask.act())
        })
        return { imported: true, ...told(preview) }
      },
    }),
    ...searchOperations(parts),
    operation({
      ...{ method: 'GET', path: '/api/v1/printers.csv', name: 'exportPrinters' },
      says: 'The printers in reach as a CSV that an import takes, without communities.',
      needs: 'printers look',
      query: soughtQuery,
      answers: { type: 'text/csv' },
      run: ({ person }, { query }) => new Written(printersFile(parts, person, query)),
    }),
    operation({
      ...{ method: 'GET', path: '/api/v1/tickets.csv', name: 'exportTickets' },
      says: 'The tickets in reach as a CSV.',
      needs: 'tickets look',
      query: ticketExportQuery,
      answers: { type: 'text/csv' },
      run: ({ person }, { query }) => new Written(ticketsFile(parts, person, query)),
    }),
  ]
}

function told(preview: Preview) {
  const count = (outcome: (typeof outcomes)[number]) => countRows(preview, outcome)
  return {
    ...preview,
    counts: {
      ...{ new: count('new'), changed: count('changed'), same: count('same') },
      ...{ refused: count('refused'), retired: preview.retired.length },
    },
  }
}
