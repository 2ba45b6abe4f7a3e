import type { State } from '../state.ts'
import { cleanRow } from './clean-up.ts'
import { type Column, columns, type RowFacts, readRow } from './csv-columns.ts'
import { type FileHeader, readHeader } from './csv-header.ts'
import { mostOfGroup } from './groups.ts'
import type { Printer } from './printer.ts'
import { findGroup, groupOf, inOrder } from './printers.ts'
import { type ImportKind, readTable, type TableRow } from './table.ts'
import { refuseTaken } from './taken.ts'

// What a file of printers would do to what is known, row by row. Changes nothing.

export interface ImportFile {
  readonly text: string
  /** The printer CSV where nothing is said. */
  readonly kind?: ImportKind
  /** Takes the good rows, and leaves those that are refused; else one refused row refuses the file. */
  readonly leaveRefused?: boolean
  /** Retires the printers that the file does not name; else they stay as they are. */
  readonly retireMissing?: boolean
}

export const outcomes = ['refused', 'new', 'changed', 'same'] as const
export type Outcome = (typeof outcomes)[number]

export interface FieldChange {
  readonly field: Column
  /** Of a community, which is a secret, both are null. */
  readonly was: string | null
  readonly is: string | null
}

/** What one row of the file would do, or does. */
export interface PreviewRow {
  readonly row: number
  readonly label: string
  readonly outcome: Outcome
  /** Why it is refused, or what it is. */
  readonly says: string
  /** Field by field; of a new printer, what is told of it. */
  readonly changes: readonly FieldChange[]
  /** What was mended before it was read. */
  readonly cleaned: readonly string[]
}

export interface Step extends PreviewRow {
  /** null: there is nothing to be done. */
  readonly facts: RowFacts | null
  readonly known: Printer | null
}

export interface Plan {
  readonly header: FileHeader
  readonly steps: readonly Step[]
  /** Printers that the file does not name, where those are to be retired. */
  readonly retired: readonly Printer[]
}

/** Cells and their words for a person; a community is a secret, so only that it changed is told. */
export const secret: ReadonlySet<Column> = new Set<Column>(['community'])

/** Refuses `invalid` a file that is no such table, `too-large` one of too many rows. */
export function planImport(state: State, file: ImportFile): Plan {
  const table = readTable(file.text, file.kind ?? 'printers')
  const header = readHeader(table.header)
  const seen: Seen = { label: new Map(), whole: new Map() }
  const read = table.rows.map((row) => step(state, header, row, seen))
  const steps = refuseTaken(state, read)
  return { header, steps, retired: file.retireMissing ? missingFrom(state, steps) : [] }
}

interface Seen {
  readonly label: Map<string, number>
  readonly whole: Map<string, number>
}

function step(
  state: State,
  header: FileHeader,
  { row, cells, broken }: TableRow,
  seen: Seen,
): Step {
  const clean = cleanRow(header.at, cells)
  const label = clean.cells[header.at.get('label') ?? -1] ?? ''
  const told = { row, label, cleaned: clean.told, changes: [], facts: null, known: null }
  const facts = broken ? [broken] : readRow(header, clean.cells)
  if (Array.isArray(facts)) return { ...told, outcome: 'refused', says: facts.join('; ') }
  if (facts.group && facts.group.length > mostOfGroup && !findGroup(state, facts.group))
    return { ...told, outcome: 'refused', says: 'group is longer than 64 characters' }
  const whole = JSON.stringify(facts)
  const twin = seen.whole.get(whole)
  if (twin !== undefined)
    return { ...told, outcome: 'same', says: `the same as row ${twin}, and left out` }
  seen.whole.set(whole, row)
  const earlier = seen.label.get(label.toLowerCase())
  if (earlier !== undefined)
    return { ...told, outcome: 'refused', says: `label ${label} is in row ${earlier} already` }
  seen.label.set(label.toLowerCase(), row)
  const [id] = state.by.printersByLabel.get(label.toLowerCase()) ?? []
  const known = (id && state.printers[id]) || null
  const changes = changesOf(state, known, facts)
  const outcome = !known ? 'new' : changes.length > 0 ? 'changed' : 'same'
  return { ...told, outcome, says: '', changes, facts, known }
}

function changesOf(state: State, known: Printer | null, facts: RowFacts): FieldChange[] {
  const before = known && { ...known, group: groupOf(state, known)?.name ?? null }
  return columns.flatMap((field) => {
    const [was, is] = [before?.[field] ?? null, facts[field]]
    // Of a new one its label is told already, and that it is watched goes without saying.
    if (is === undefined || is === was) return []
    if (!before && (field === 'label' || is === true)) return []
    const isSameGroup =
      field === 'group' && before?.group?.toLowerCase() === facts.group?.toLowerCase()
    if (before && isSameGroup) return []
    return [
      secret.has(field) ? { field, was: null, is: null } : { field, was: text(was), is: text(is) },
    ]
  })
}

const text = (value: string | boolean | null) => (value === null ? null : String(value))

function missingFrom(state: State, steps: readonly Step[]): Printer[] {
  const named = new Set(steps.flatMap(({ known }) => known?.id ?? []))
  return inOrder(Object.values(state.printers)).filter(
    ({ id, isActive }) => isActive && !named.has(id),
  )
}
