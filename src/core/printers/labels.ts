import type { Act } from '../act.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import {
  cellsOf,
  type Label,
  type LabelJob,
  mostLabels,
  mostOffsetMm,
  sheets,
} from './label-sheets.ts'
import { type LabelSettings, labelUrl } from './label-url.ts'
import type { Printer } from './printer.ts'
import { findGroup, inOrder } from './printers.ts'

/** What the QR code on a printer carries: 16 upper-case characters that nobody can guess. */
export function newToken(act: Act): string {
  return act.newId('q').slice('q-'.length)
}

/** The printer whose code was scanned; a scanner may give lower case. */
export function findByToken(state: State, token: string): Printer | null {
  const [id] = state.by.printersByToken.get(token.toUpperCase()) ?? []
  return (id && state.printers[id]) || null
}

/** Refuses `conflict` while there is no address to print. */
export function labelOf(printer: Printer, settings: LabelSettings): Label {
  const { label, building, location, token } = printer
  const place = [building, location].filter(Boolean).join(', ')
  return { label, place, url: labelUrl(settings, token) }
}

/** Of each that is in use, in their order. */
export function labelsOf(printers: Iterable<Printer>, settings: LabelSettings): Label[] {
  const active = inOrder(printers).filter(({ isActive }) => isActive)
  return active.map((printer) => labelOf(printer, settings))
}

/**
 * The active printers of these groups and those with these labels; all where neither is named.
 * Refuses `missing` a group or a printer that is not known, or not in use.
 */
export function printersNamed(
  state: State,
  {
    groups,
    printers,
  }: { readonly groups: readonly string[]; readonly printers: readonly string[] },
): Printer[] {
  const active = Object.values(state.printers).filter(({ isActive }) => isActive)
  if (groups.length + printers.length === 0) return active
  const ids = groups.map((name) => {
    const group = findGroup(state, name)
    if (!group) throw new Refusal('missing', `There is no group "${name}".`)
    return group.id
  })
  const named = printers.map((name) => {
    const printer = active.find(({ label }) => label.toLowerCase() === name.toLowerCase())
    if (!printer) throw new Refusal('missing', `There is no printer "${name}" in use.`)
    return printer
  })
  return active.filter((each) => named.includes(each) || (each.group && ids.includes(each.group)))
}

/** Refuses `invalid` what stands on no sheet, nothing to print, and too much at once. */
export function refuseUnprintable({ sheet, startCell, offsetMm, ...job }: LabelJob): void {
  const cells = cellsOf(sheets[sheet])
  if (!Number.isInteger(startCell) || startCell < 1 || startCell > cells)
    throw invalid('start', `A sheet of ${sheets[sheet].words} has cells 1 to ${cells}.`)
  for (const way of ['x', 'y'] as const)
    if (!(Math.abs(offsetMm[way]) <= mostOffsetMm))
      throw invalid(way, `Labels can be moved by ${mostOffsetMm} mm at most.`)
  if (!job.isCalibration) refuseCount(job.labels)
}

/** Refuses `invalid` nothing, and more than a Pi draws while somebody waits. */
export function refuseCount({ length }: readonly Label[]): void {
  if (length === 0) throw invalid('printer', 'No printer in use is among these.')
  if (length > mostLabels)
    throw invalid(
      'printer',
      `${length} labels are too many at once; ${mostLabels} are let through. Choose a group or a building.`,
    )
}

const invalid = (field: string, sentence: string) => new Refusal('invalid', sentence, { field })
