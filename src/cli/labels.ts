import { parseArgs } from 'node:util'
import {
  type Label,
  type LabelJob,
  mostOffsetMm,
  type SheetName,
  sheetNames,
  sheets,
} from '../core/printers/label-sheets.ts'
import { labelZpl } from '../core/printers/label-zpl.ts'
import { refuseUnprintable } from '../core/printers/labels.ts'
import { WrongUsage } from './verb.ts'

/** The labels of these groups and printers, all where none is named; refused as `labelsOf` does. */
export interface LabelList {
  readonly labels: readonly Label[]
  /** What is to be said all the same. */
  readonly warning: string | null
}

/** What the verb works with. */
export interface LabelDesk {
  /** To standard output. */
  out(file: string | Uint8Array): void
  err(text: string): void
  writeFile(path: string, file: string | Uint8Array): void
  ask(
    act: 'labels list',
    args: { readonly groups: readonly string[]; readonly printers: readonly string[] },
  ): Promise<LabelList>
  readonly labelPdf: (job: LabelJob) => Promise<Uint8Array>
  /** Whether somebody sits before standard output. */
  readonly isTerminal: boolean
}

/** The roll of most desktop label printers: 2 1/4 x 1 1/4 in, at 203 dpi. */
const roll = { width: 57, height: 32, dotsPerMm: 8 } as const

export const labelsVerb = {
  help: `platen labels [--sheet NAME] [--start N] [--offset=X,Y] [--group NAME]… [--printer LABEL]…
              [--calibration | --zpl] [--out FILE]

  Labels with the QR codes of printers, as a PDF to be printed at 100 %. Needs PLATEN_PUBLIC_URL.

  --sheet NAME      ${sheetNames.join(', ')}
  --start N         the first cell that is still on the sheet
  --offset=X,Y      move everything by so many mm to the right and down, ${mostOffsetMm} at most
  --group NAME      printers of this group; may be given several times
  --printer LABEL   this printer; may be given several times
  --calibration     frames and rulers in place of labels, to be held against a sheet
  --zpl             ZPL for a label printer, ${roll.width} x ${roll.height} mm at ${roll.dotsPerMm} dots to the mm
  --out FILE        write to this file, not to standard output
`,
  async run(args: readonly string[], desk: LabelDesk): Promise<number> {
    const { values } = parseArgs({
      args: [...args],
      options: {
        sheet: { type: 'string', default: sheetNames[0] },
        start: { type: 'string', default: '1' },
        offset: { type: 'string', default: '0,0' },
        group: { type: 'string', multiple: true, default: [] },
        printer: { type: 'string', multiple: true, default: [] },
        calibration: { type: 'boolean', default: false },
        zpl: { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    })
    if (values.calibration && values.zpl)
      throw new WrongUsage('A calibration page is for sheets; --zpl prints on a roll.')
    if (!values.out && !values.zpl && desk.isTerminal)
      throw new WrongUsage('A PDF says nothing on a terminal: give --out labels.pdf.')
    const wish = {
      ...{ sheet: sheetNamed(values.sheet), startCell: Number(values.start) },
      ...{ offsetMm: offsetOf(values.offset), isCalibration: values.calibration },
    }
    // Before anything is asked: a wrong cell is wrong for any printer.
    refuseUnprintable({ ...wish, labels: [], isCalibration: true })
    const labels = values.calibration ? [] : await listed(values, desk)
    const job = { ...wish, labels }
    refuseUnprintable(job)
    const file = values.zpl
      ? labels.map((label) => labelZpl(label, roll)).join('')
      : await desk.labelPdf(job)
    if (values.out) desk.writeFile(values.out, file)
    else desk.out(file)
    if (!values.zpl) desk.err(`${sheets[wish.sheet].words}. Print at 100 %, "actual size".\n`)
    return 0
  },
}

async function listed(
  values: { readonly group: readonly string[]; readonly printer: readonly string[] },
  desk: LabelDesk,
): Promise<readonly Label[]> {
  const wish = { groups: values.group, printers: values.printer }
  const { labels, warning } = await desk.ask('labels list', wish)
  if (warning !== null) desk.err(`${warning}\n`)
  return labels
}

function sheetNamed(name: string): SheetName {
  const found = sheetNames.find((each) => each === name || each === `avery-${name.toLowerCase()}`)
  if (found) return found
  throw new WrongUsage(`There is no sheet "${name}"; there are ${sheetNames.join(', ')}.`)
}

function offsetOf(typed: string): { x: number; y: number } {
  const [x, y, ...more] = typed.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (x === undefined || y === undefined || more.length > 0 || Number.isNaN(x + y))
    throw new WrongUsage(`The offset "${typed}" is not X,Y in mm, like 0.5,-1.`)
  return { x, y }
}
