import { parseArgs } from 'node:util'
import { decodeText, type Encoding, encodings } from '../core/decode-text.ts'
import { countRows, type Preview } from '../core/printers/import.ts'
import { importKinds } from '../core/printers/table.ts'
import { Refusal } from '../core/refusal.ts'
import { type Desk, printable, table, type Verb, WrongUsage } from './verb.ts'

const mostBytes = 10 * 1024 * 1024

export const importVerb: Verb = {
  help: `platen import FILE --as printers|tonertrack [--dry-run] [--leave-refused]
              [--retire-missing] [--encoding NAME]

  Takes in printers. As printers: a CSV with the columns label and ipAddress, and any of assetTag,
  make, model, building, location, macAddress, serial, group, organisation, community, snmpVersion,
  isActive. As tonertrack: the printers.json of a TonerTrack. A printer is known by its label. All
  rows are taken, or none.

  --dry-run          only tell what would change, row by row, and what was mended in the file
  --leave-refused    take the good rows and leave those that are refused
  --retire-missing   retire the printers that the file does not name
  --encoding NAME    what the file is written in, where it is no Unicode: ${encodings.slice(3).join(', ')}
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        encoding: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'leave-refused': { type: 'boolean', default: false },
        'retire-missing': { type: 'boolean', default: false },
      },
    })
    const [path, ...more] = positionals
    if (!path || more.length > 0) throw new WrongUsage('Name one file.')
    const kind = importKinds.find((each) => each === values.as)
    if (!kind) throw new WrongUsage(`Say what it is: --as ${importKinds.join(' or --as ')}.`)
    const bytes = desk.readFile(path)
    if (bytes.length > mostBytes) throw new Refusal('too-large', 'The file is larger than 10 MB.')
    const text = textOf(bytes, encodingOf(values.encoding), desk)
    const leaveRefused = values['leave-refused']
    const file = { text, kind, leaveRefused, retireMissing: values['retire-missing'] }
    if (values['dry-run']) {
      const preview = await desk.ask('printers preview', file)
      tell(preview, desk)
      const refused = countRows(preview, 'refused')
      desk.out(refused > 0 ? refusedWords(refused, leaveRefused) : 'Nothing was changed.\n')
      return refused > 0 && !leaveRefused ? 1 : 0
    }
    try {
      tell(await desk.ask('printers import', file), desk)
      return 0
    } catch (error) {
      if (error instanceof Refusal && isPreview(error.details.preview))
        tell(error.details.preview, desk)
      throw error
    }
  },
}

function refusedWords(refused: number, leaveRefused: boolean): string {
  return leaveRefused
    ? `${refused} rows would be left. Nothing was changed.\n`
    : `${refused} rows would be refused; nothing would be imported.\n`
}

function encodingOf(name: string | undefined): Encoding | null {
  if (name === undefined) return null
  const encoding = encodings.find((each) => each === name.toLowerCase())
  if (!encoding) throw new WrongUsage(`--encoding is one of ${encodings.join(', ')}.`)
  return encoding
}

function textOf(bytes: Uint8Array, wanted: Encoding | null, desk: Desk): string {
  const { text, encoding, isGuess } = decodeText(bytes, wanted)
  if (isGuess)
    desk.err(
      `The file is no Unicode; it was taken for ${encoding}. If letters come out wrong, name another with --encoding.\n`,
    )
  return text
}

/** The rows that do something or were mended, then the count of each outcome. */
function tell(preview: Preview, desk: Desk): void {
  const rows = preview.rows.filter(
    ({ outcome, says, cleaned }) => outcome !== 'same' || says !== '' || cleaned.length > 0,
  )
  if (rows.length > 0)
    desk.out(
      table([
        ['row', 'outcome', 'label', ''],
        ...rows.map(({ row, outcome, label, says, cleaned }) => [
          ...[String(row), outcome, label],
          [says, cleaned.length > 0 && `(${cleaned.join('; ')})`].filter(Boolean).join(' '),
        ]),
      ]),
    )
  for (const name of preview.newGroups) desk.out(`new group: ${printable(name)}\n`)
  for (const { header, column } of preview.readAs)
    desk.out(`column ${printable(header)} read as ${column}\n`)
  if (preview.unknownColumns.length > 0)
    desk.out(`columns passed over: ${printable(preview.unknownColumns.join(', '))}\n`)
  for (const label of preview.retired) desk.out(`not in the file, retired: ${printable(label)}\n`)
  const counts = (['new', 'changed', 'same', 'refused'] as const).map(
    (outcome) => `${countRows(preview, outcome)} ${outcome}`,
  )
  if (preview.retired.length > 0) counts.push(`${preview.retired.length} retired`)
  desk.out(`${counts.join(', ')}\n`)
}

function isPreview(details: unknown): details is Preview {
  return typeof details === 'object' && details !== null && 'rows' in details
}
