import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { writeCsv } from '../csv.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { keepPrinter } from './changes.ts'
import { type Column, columns, type RowFacts, writeRow } from './csv-columns.ts'
import { mostOfGroup } from './groups.ts'
import {
  type ImportFile,
  type Outcome,
  type Plan,
  type PreviewRow,
  planImport,
  type Step,
  secret,
} from './import-plan.ts'
import { newPrinter } from './new-printer.ts'
import type { Printer } from './printer.ts'
import { ensureGroup, findGroup, groupOf, inOrder } from './printers.ts'

export interface Preview {
  readonly rows: readonly PreviewRow[]
  /** Columns of the file that mean nothing to platen and are passed over. */
  readonly unknownColumns: readonly string[]
  /** Columns that go by another name in the file. */
  readonly readAs: readonly { readonly header: string; readonly column: string }[]
  readonly newGroups: readonly string[]
  /** Labels of the printers that the file does not name, where those are to be retired. */
  readonly retired: readonly string[]
}

const open = columns.filter((column) => !secret.has(column))

/** What the file would do, row by row; changes nothing. Refuses `invalid` a file that is no such table. */
export function previewPrinters(state: State, file: string | ImportFile): Preview {
  return previewOf(state, planImport(state, fileOf(file)))
}

/**
 * Imports all rows or none, unless the file says `leaveRefused`: one that is refused refuses it
 * (`invalid`, the preview in its details). A printer is known by its label; a column that the file
 * lacks stays as it is, an empty cell clears.
 */
export function importPrinters(tx: Change, file: string | ImportFile, act: Act): Preview {
  const order = fileOf(file)
  const plan = planImport(tx.state, order)
  const preview = previewOf(tx.state, plan)
  refuseUnready(plan, preview, order)
  for (const { facts, known, outcome } of plan.steps) {
    if (!facts || outcome === 'same') continue
    const before = known ?? newPrinter(act)
    const printer = { ...before, ...facts, group: groupFor(tx, facts, before, act) }
    keepPrinter(tx, act, known ? 'changed' : 'added', { before: known, after: printer })
  }
  for (const { id } of plan.retired) {
    const before = tx.state.printers[id]
    if (!before) continue
    const printer = { ...before, isActive: false }
    keepPrinter(tx, act, 'changed', { before, after: printer })
  }
  return preview
}

/** How many rows are of an outcome. */
export function countRows({ rows }: Pick<Preview, 'rows'>, outcome: Outcome): number {
  return rows.filter((row) => row.outcome === outcome).length
}

export interface ExportOrder {
  /** null: all. */
  readonly printers: readonly Printer[] | null
  /** Without communities a file may lie about; importing it leaves them alone. */
  readonly communities: 'with' | 'without'
}

/** The printers as the CSV that importPrinters takes back unchanged. */
export function exportPrinters(
  state: State,
  { printers, communities }: ExportOrder = { printers: null, communities: 'with' },
): string {
  const written: readonly Column[] = communities === 'with' ? columns : open
  const rows = inOrder(printers ?? Object.values(state.printers)).map((printer) =>
    writeRow({ ...printer, group: groupOf(state, printer)?.name ?? null }, written),
  )
  return writeCsv([written, ...rows])
}

/** A text alone is a CSV, taken as a whole. */
const fileOf = (file: string | ImportFile): ImportFile =>
  typeof file === 'string' ? { text: file } : file

function refuseUnready({ steps, retired }: Plan, preview: Preview, file: ImportFile): void {
  const refused = countRows(preview, 'refused')
  if (refused > 0 && !file.leaveRefused)
    throw new Refusal(
      'invalid',
      `Nothing was imported: ${refused} of ${steps.length} rows cannot be taken. ` +
        'Mend them and import the file again.',
      { preview },
    )
  if (retired.length === 0) return
  const why = whyNotRetire(preview)
  if (why !== null) throw new Refusal('invalid', `Nothing was imported: ${why}`, { preview })
}

/** A row that cannot be read may name a printer that would be retired. null: nothing speaks against it. */
export function whyNotRetire(preview: Pick<Preview, 'rows'>): string | null {
  if (preview.rows.length === 0) return 'the file names no printer, and all would be retired.'
  if (countRows(preview, 'refused') === 0) return null
  return (
    'printers that are not in the file are retired only where every row can be taken, for a row that ' +
    'cannot may name one of them. Mend the rows, or let the others stay.'
  )
}

function previewOf(state: State, { header, steps, retired }: Plan): Preview {
  const groups = new Map<string, string>()
  for (const { facts } of steps)
    if (facts?.group && !findGroup(state, facts.group) && !groups.has(facts.group.toLowerCase()))
      groups.set(facts.group.toLowerCase(), facts.group)
  return {
    rows: steps.map((step) => {
      const { row, label, outcome, changes, cleaned } = step
      return { row, label, outcome, says: saidOf(step), changes, cleaned }
    }),
    unknownColumns: header.unknown,
    readAs: header.readAs,
    newGroups: [...groups.values()],
    retired: retired.map(({ label }) => label),
  }
}

function saidOf({ outcome, says, changes }: Step): string {
  if (outcome !== 'changed') return says
  return changes
    .map(({ field, was, is }) =>
      secret.has(field) ? `${field} changed` : `${field} ${was ?? '(none)'} -> ${is ?? '(none)'}`,
    )
    .join(', ')
}

/** The id of the row's group, made where it is new; the printer's own where the file has no such column. */
function groupFor(tx: Change, facts: RowFacts, before: Printer, act: Act): string | null {
  if (facts.group === undefined) return before.group
  const building = facts.building && facts.building.length <= mostOfGroup ? facts.building : null
  return facts.group && ensureGroup(tx, facts.group, building, act).id
}
