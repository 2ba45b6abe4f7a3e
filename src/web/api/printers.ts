import { z } from 'zod'
import { refuseUnlessAll } from '../../core/people/access.ts'
import { addPrinter, changePrinter, removePrinter } from '../../core/printers/changes.ts'
import { type Printer, snmpVersions } from '../../core/printers/printer.ts'
import { groupOf } from '../../core/printers/printers.ts'
import type { Typed } from '../../core/printers/typed.ts'
import type { State } from '../../core/state.ts'
import { askNow } from '../asked-now.ts'
import { printerAt as at } from '../printer-at.ts'
import { withinOf } from '../printer-forms.ts'
import { filterQuery, wanted } from '../printer-list.ts'
import { stillMay } from '../still-may.ts'
import type { FleetParts } from '../views.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery } from './operation.ts'
import { printerFacts, statusSchema } from './status-schema.ts'

// Printers for scripts. `:printer` is an id, or the address that it is asked at.

export function printerOperations(parts: FleetParts): Described[] {
  const { store, lists, fleet } = parts
  const path = '/api/v1/printers/:printer'
  const look = { needs: 'printers look' } as const
  const change = { needs: 'printers change' } as const
  return [
    operation({
      ...{ ...look, method: 'GET', path: '/api/v1/printers', name: 'listPrinters' },
      says: 'The printers in reach, as far as they are wished for.',
      query: { ...filterQuery, ...pageQuery },
      answers: z.object({ ...pageFacts, printers: z.array(printerSchema) }),
      run({ person }, { query: { page, limit, ...filter } }) {
        const all = wanted(parts, { list: lists.of(person), person }, filter)
        const { facts, shown } = pageOf(all, { page, limit })
        const records = shown.flatMap(({ status }) => store.state.printers[status.printer.id] ?? [])
        return { ...facts, printers: records.map((each) => told(store.state, each)) }
      },
    }),
    operation({
      ...{ ...look, method: 'GET', path, name: 'getPrinter' },
      says: 'One printer, by its id or its address.',
      answers: printerSchema,
      run: ({ person, params }) => told(store.state, at(store.state, person, params.printer)),
    }),
    operation({
      ...{ ...change, method: 'POST', path: '/api/v1/printers', name: 'addPrinter', status: 201 },
      says: 'Adds a printer. Who looks after some groups names one of these.',
      body: z.strictObject({ ...bodyFacts, label: z.string(), ipAddress: z.string() }),
      answers: printerSchema,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const asked = { typed: typedOf(body), within: withinOf(ask.person) }
        const printer = await store.update((tx) => addPrinter(tx, asked, ask.act()))
        if (printer.isActive) fleet.hint(printer.id)
        return told(store.state, printer)
      },
    }),
    operation({
      ...{ ...change, method: 'PATCH', path, name: 'changePrinter' },
      says: 'Changes what is sent and nothing else; null clears. isActive: false retires it.',
      body: z.strictObject(bodyFacts),
      answers: printerSchema,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const asked = { typed: typedOf(body), within: withinOf(ask.person) }
        const printer = await store.update((tx) =>
          changePrinter(tx, at(tx.state, ask.person, ask.params.printer), asked, ask.act()),
        )
        if (printer.isActive) fleet.hint(printer.id)
        return told(store.state, printer)
      },
    }),
    operation({
      ...{ ...change, method: 'DELETE', path, name: 'removePrinter' },
      says: 'Removes a printer that is retired; its tickets stay. For who looks after all.',
      answers: null,
      refuses: ['conflict'],
      async run(ask) {
        refuseUnlessAll(ask.person)
        await store.update((tx) =>
          removePrinter(tx, at(tx.state, ask.person, ask.params.printer), ask.act()),
        )
        return undefined
      },
    }),
    operation({
      ...{ ...look, method: 'POST', path: `${path}/poll`, name: 'pollPrinter' },
      says: 'Asks the printer now, and waits; 503 with its last status where it stays silent.',
      answers: statusSchema,
      refuses: ['conflict', 'unreachable'],
      async run(ask) {
        const printer = at(store.state, ask.person, ask.params.printer)
        return fleet.status((await askNow(parts, ask, printer)).id)
      },
    }),
    operation({
      ...{ ...look, method: 'GET', path: `${path}/history`, name: 'getHistory' },
      says: 'What the printer said of late, this month and the one before: each silence and replaced supply, of the rest the last of each hour.',
      query: { limit: pageQuery.limit.unwrap().max(1500, 'is 1500 at most').default(500) },
      answers: z.object({ printer: z.string(), lines: z.array(lineSchema) }),
      async run(ask, { query }) {
        const { id } = at(store.state, ask.person, ask.params.printer)
        const lines = await parts.history(id)
        at(store.state, stillMay(ask, 'printers look'), id)
        return { printer: id, lines: lines.slice(-query.limit) }
      },
    }),
  ]
}

const text = z.string().nullable()
const number = z.number().nullable()

export const printerSchema = z.object({
  ...printerFacts,
  snmpVersion: z.enum(snmpVersions).nullable(),
  hasOwnCommunity: z.boolean(),
  createdAt: z.iso.datetime(),
})

const bodyFacts = {
  label: z.string().optional(),
  ipAddress: z.string().optional(),
  assetTag: text.optional(),
  make: text.optional(),
  model: text.optional(),
  building: text.optional(),
  location: text.optional(),
  macAddress: text.optional(),
  serial: text.optional(),
  /** Its id. */
  group: text.optional(),
  organisation: text.optional(),
  community: text.optional().describe('A secret: it is kept, and never told'),
  snmpVersion: z.enum(snmpVersions).nullable().optional(),
  isActive: z.boolean().optional(),
} as const

const lineSchema = z.object({
  at: z.iso.datetime(),
  clock: z.literal('untrusted').optional(),
  printer: z.string(),
  ok: z.boolean(),
  error: text.optional(),
  pageCount: number.optional(),
  status: text.optional(),
  errors: z.array(z.string()).optional(),
  alerts: z.array(text).optional(),
  supplies: z
    .array(z.tuple([z.string(), number, number, number]))
    .optional()
    .describe('Index, level, capacity, percent'),
  replaced: z.array(z.string()).optional(),
})

/** Field by field: a secret that is added one day is not told by itself. */
function told(state: State, printer: Printer) {
  const { id, label, assetTag, make, model, building, location } = printer
  const { ipAddress, macAddress, serial, organisation, isActive, snmpVersion, createdAt } = printer
  const group = groupOf(state, printer)
  return {
    ...{ id, label, assetTag, make, model, building, location, ipAddress, macAddress, serial },
    group: group && { id: group.id, name: group.name },
    ...{ organisation, isActive, snmpVersion, createdAt },
    hasOwnCommunity: printer.community !== null,
  }
}

function typedOf(body: Readonly<Record<string, string | boolean | null | undefined>>): Typed {
  const sent = Object.entries(body).filter(([, value]) => value !== undefined)
  return Object.fromEntries(sent.map(([field, value]) => [field, String(value ?? '')]))
}
