import { z } from 'zod'
import { getVisibleGroup, getVisiblePrinter, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { plainLetters } from '../core/plain-letters.ts'
import {
  type Label,
  type LabelJob,
  mostOffsetMm,
  type SheetName,
  sheetNames,
} from '../core/printers/label-sheets.ts'
import type { LabelSettings } from '../core/printers/label-url.ts'
import { labelsOf, refuseUnprintable } from '../core/printers/labels.ts'
import type { Printer } from '../core/printers/printer.ts'
import { inOrder } from '../core/printers/printers.ts'
import { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'

// Which labels are wanted, and on what: the query of every page, file and operation of labels.

const text = z.string().default('')
const offset = z.coerce
  .number('is a number of mm')
  .min(-mostOffsetMm, `is -${mostOffsetMm} mm at least`)
  .max(mostOffsetMm, `is ${mostOffsetMm} mm at most`)
  .default(0)
const side = (least: number) =>
  z.coerce
    .number('is a number of mm')
    .min(least, `is ${least} mm at least`)
    .max(110, 'is 110 mm at most')

/** Of which printers. */
export const chosenQuery = { printer: text, group: text, building: text, q: text } as const

export const sheetQuery = {
  ...chosenQuery,
  sheet: z.enum(sheetNames, `is one of ${sheetNames.join(', ')}`).default('avery-5160'),
  start: z.coerce.number('is a number').int('is a number').min(1, 'begins at 1').default(1),
  x: offset,
  y: offset,
  calibration: z.enum(['1'], 'is 1').optional(),
} as const

export const rollQuery = {
  dpmm: z.enum(['8', '12'], 'is 8 or 12').default('8'),
  width: side(20).default(57),
  height: side(12).default(32),
} as const

/** A form sends all of its fields, whichever button was pressed. */
export const formQuery = { ...sheetQuery, ...rollQuery } as const

export type Chosen = z.output<z.ZodObject<typeof chosenQuery>>
export type SheetWish = z.output<z.ZodObject<typeof sheetQuery>>
export type RollWish = z.output<z.ZodObject<typeof rollQuery>>

/** Those in use and in reach, in their order. Refuses `missing`, and `conflict` one that is retired. */
export function chosenPrinters(state: State, person: Person, chosen: Chosen): Printer[] {
  if (chosen.printer !== '') {
    const printer = getVisiblePrinter(state, person, chosen.printer)
    if (printer.isActive) return [printer]
    throw new Refusal('conflict', `${printer.label} is retired, and gets no label.`)
  }
  const group = chosen.group === '' ? null : getVisibleGroup(state, person, chosen.group).id
  const words = plain(chosen.q).split(/\s+/).filter(Boolean)
  return inOrder(visiblePrinters(state, person)).filter((printer) => {
    if (!printer.isActive || (group !== null && printer.group !== group)) return false
    if (chosen.building !== '' && printer.building !== chosen.building) return false
    const { label, assetTag, make, model, building, location } = printer
    const all = plain([label, assetTag, make, model, building, location].filter(Boolean).join(' '))
    return words.every((word) => all.includes(word))
  })
}

const plain = (words: string) =>
  plainLetters(words, (character) => character < '\x7f').toLowerCase()

/** Refuses what no sheet is to be had for, as `refuseUnprintable` and `labelUrl` do. */
export function jobOf(
  wish: SheetWish,
  printers: readonly Printer[],
  settings: LabelSettings,
): LabelJob {
  const isCalibration = wish.calibration !== undefined
  const labels: readonly Label[] = isCalibration ? [] : labelsOf(printers, settings)
  const sheet: SheetName = wish.sheet
  const offsetMm = { x: wish.x, y: wish.y }
  const job = { sheet, labels, startCell: wish.start, offsetMm, isCalibration }
  refuseUnprintable(job)
  return job
}
