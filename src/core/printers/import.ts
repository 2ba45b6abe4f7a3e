import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { type CsvRow, readCsv, writeCsv } from '../csv.ts'
import { changesBetween, note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { addressKey } from './address.ts'
import {
  columns,
  type Header,
  type RowFacts,
  readHeader,
  readRow,
  writeRow,
} from './csv-columns.ts'
import { newToken } from './labels.ts'
import type { Printer } from './printer.ts'
import { ensureGroup, findGroup, groupOf, inOrder } from './printers.ts'

/** What one row of the file would do, or does. `says`: what changes, or why it is refused. */
export interface PreviewRow {
  readonly row: number
  readonly label: string
  readonly outcome: 'new' | 'changed' | 'same' | 'refused'
  readonly says: string
}

export interface Preview {
  readonly rows: readonly PreviewRow[]
  /** Columns of the file that mean nothing to platen and are passed over. */
  readonly unknownColumns: readonly string[]
  readonly newGroups: readonly string[]
}

interface Step extends PreviewRow {
  readonly facts: RowFacts | null
  readonly known: Printer | null
}

interface Plan {
  readonly header: Header
  readonly steps: readonly Step[]
}

const mostRows = 10_000
/** Cells and their words for a person; a community is a secret, so only that it changed is told. */
const secret: ReadonlySet<string> = new Set(['community'])
const open = columns.filter((column) => !secret.has(column))

/** What the file would do, row by row; changes nothing. Refuses `invalid` a file that is no such table. */
export function previewPrinters(state: State, text: string): Preview {
  return previewOf(state, readPlan(state, text))
}

/**
 * Imports all rows or none: one that is refused refuses the file (`invalid`, the preview in its
 * details). A printer is known by its label; a column that the file lacks stays as it is, an empty
 * cell clears.
 */
export function importPrinters(tx: Change, text: string, act: Act): Preview {
  const plan = readPlan(tx.state, text)
  const preview = previewOf(tx.state, plan)
  const refused = plan.steps.filter(({ outcome }) => outcome === 'refused').length
  if (refused > 0)
    throw new Refusal(
      'invalid',
      `Nothing was imported: ${refused} of ${plan.steps.length} rows cannot be taken. ` +
        'Mend them and import the file again.',
      { preview },
    )
  for (const { facts, known, outcome } of plan.steps) {
    if (!facts || outcome === 'same') continue
    const before = known ?? newPrinter(act)
    const printer = { ...before, ...facts, group: groupFor(tx, facts, before, act) }
    tx.put('printers', printer)
    noteImported(tx, act, known, printer)
  }
  return preview
}

/** The printers as the CSV that importPrinters takes back unchanged, communities included. */
export function exportPrinters(state: State): string {
  const rows = inOrder(Object.values(state.printers)).map((printer) =>
    writeRow({ ...printer, group: groupOf(state, printer)?.name ?? null }),
  )
  return writeCsv([columns, ...rows])
}

/** The group by its name: its id says nothing to anybody. */
function noteImported(tx: Change, act: Act, before: Printer | null, after: Printer): void {
  const written = (printer: Printer) => ({
    ...printer,
    group: groupOf(tx.state, printer)?.name ?? null,
  })
  const changes = changesBetween(before && written(before), written(after), open)
  const isChanged = (before?.community ?? null) !== after.community
  note(tx, act, {
    what: before ? 'changed' : 'added',
    subject: after.id,
    details: { label: after.label, ...(isChanged && { community: 'changed' }) },
    changes,
  })
}

function readPlan(state: State, text: string): Plan {
  const [first, ...rows] = readCsv(text)
  if (!first) throw new Refusal('invalid', 'The file is empty.')
  if (rows.length > mostRows)
    throw new Refusal('too-large', `The file has ${rows.length} rows; ${mostRows} are the most.`)
  const header = readHeader(first.cells)
  const seen = { label: new Map<string, number>(), ipAddress: new Map<string, number>() }
  const steps = rows.map((row) => step(state, header, row, seen))
  const stepOf = new Map(steps.flatMap((one) => (one.known ? [[one.known.id, one]] : [])))
  return { header, steps: steps.map((one) => refuseTakenAddress(state, one, stepOf)) }
}

function step(
  state: State,
  header: Header,
  { row, cells, broken }: CsvRow,
  seen: Record<'label' | 'ipAddress', Map<string, number>>,
): Step {
  const facts = broken ? [broken] : readRow(header, cells)
  const label = cells[header.at.get('label') ?? -1] ?? ''
  const refused = (says: string): Step => ({
    row,
    label,
    outcome: 'refused',
    says,
    facts: null,
    known: null,
  })
  if (Array.isArray(facts)) return refused(facts.join('; '))
  const doubles = (['label', 'ipAddress'] as const).flatMap((column) => {
    const key = column === 'label' ? label.toLowerCase() : addressKey(facts.ipAddress ?? '')
    const earlier = seen[column].get(key)
    if (earlier === undefined) seen[column].set(key, row)
    return earlier === undefined ? [] : [`${column} ${facts[column]} is in row ${earlier} already`]
  })
  if (doubles.length > 0) return refused(doubles.join('; '))
  const [id] = state.by.printersByLabel.get(label.toLowerCase()) ?? []
  const known = (id && state.printers[id]) || null
  const changes = known ? changesOf(state, known, facts) : []
  const outcome = !known ? 'new' : changes.length > 0 ? 'changed' : 'same'
  return { row, label, outcome, says: changes.join(', '), facts, known }
}

/** An address may move from one printer to another within a file, but never belong to two. */
function refuseTakenAddress(state: State, one: Step, stepOf: ReadonlyMap<string, Step>): Step {
  const address = one.facts?.ipAddress
  if (!address) return one
  for (const id of state.by.printersByAddress.get(addressKey(address)) ?? []) {
    const holder = state.printers[id]
    if (!holder || id === one.known?.id) continue
    const moved = stepOf.get(id)?.facts?.ipAddress
    if (moved && addressKey(moved) !== addressKey(address)) continue
    return {
      ...one,
      outcome: 'refused',
      says: `ipAddress ${address} belongs to ${holder.label}`,
      facts: null,
    }
  }
  return one
}

function changesOf(state: State, known: Printer, facts: RowFacts): string[] {
  const before = { ...known, group: groupOf(state, known)?.name ?? null }
  return columns
    .filter((column) => facts[column] !== undefined && facts[column] !== before[column])
    .filter(
      (column) => column !== 'group' || before.group?.toLowerCase() !== facts.group?.toLowerCase(),
    )
    .map((column) =>
      secret.has(column)
        ? `${column} changed`
        : `${column} ${before[column] ?? '(none)'} -> ${facts[column] ?? '(none)'}`,
    )
}

function previewOf(state: State, { header, steps }: Plan): Preview {
  const groups = new Map<string, string>()
  for (const { facts } of steps)
    if (facts?.group && !findGroup(state, facts.group) && !groups.has(facts.group.toLowerCase()))
      groups.set(facts.group.toLowerCase(), facts.group)
  return {
    rows: steps.map(({ row, label, outcome, says }) => ({ row, label, outcome, says })),
    unknownColumns: header.unknown,
    newGroups: [...groups.values()],
  }
}

/** The id of the row's group, made where it is new; the printer's own where the file has no such column. */
function groupFor(tx: Change, facts: RowFacts, before: Printer, act: Act): string | null {
  if (facts.group === undefined) return before.group
  return facts.group && ensureGroup(tx, facts.group, facts.building ?? null, act).id
}

function newPrinter(act: Act): Printer {
  return {
    id: act.newId('p'),
    label: '',
    assetTag: null,
    make: null,
    model: null,
    building: null,
    location: null,
    ipAddress: '',
    macAddress: null,
    serial: null,
    group: null,
    organisation: null,
    community: null,
    snmpVersion: null,
    isActive: true,
    device: null,
    stranger: null,
    supplies: {},
    token: newToken(act),
    formerTokens: [],
    createdAt: act.now.toISOString(),
  }
}
