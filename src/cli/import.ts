import { parseArgs } from 'node:util'
import type { Preview } from '../core/printers/import.ts'
import { Refusal } from '../core/refusal.ts'
import { type Desk, printable, table, type Verb, WrongUsage } from './verb.ts'

const mostBytes = 10 * 1024 * 1024

export const importVerb: Verb = {
  help: `platen import FILE --as printers [--dry-run]

  Takes in a CSV of printers: columns label and ipAddress, and any of assetTag, make, model,
  building, location, macAddress, serial, group, organisation, community, snmpVersion, isActive.
  A printer is known by its label. All rows are taken, or none.

  --dry-run   only tell what would change, row by row
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { as: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    })
    const [path, ...more] = positionals
    if (!path || more.length > 0) throw new WrongUsage('Name one file.')
    if (values.as !== 'printers') throw new WrongUsage('Say what it is: --as printers.')
    const bytes = desk.readFile(path)
    if (bytes.length > mostBytes) throw new Refusal('too-large', 'The file is larger than 10 MB.')
    const text = new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8').decode(bytes)
    if (values['dry-run']) {
      const preview = await desk.ask('printers preview', { text })
      tell(preview, desk)
      const refused = count(preview, 'refused')
      desk.out(
        refused > 0
          ? `${refused} rows would be refused; nothing would be imported.\n`
          : 'Nothing was changed.\n',
      )
      return refused > 0 ? 1 : 0
    }
    try {
      tell(await desk.ask('printers import', { text }), desk)
      return 0
    } catch (error) {
      if (error instanceof Refusal && isPreview(error.details.preview))
        tell(error.details.preview, desk)
      throw error
    }
  },
}

/** Excel's "Unicode text". */
function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe
}

/** The rows that do something, then the count of each outcome. */
function tell(preview: Preview, desk: Desk): void {
  const rows = preview.rows.filter(({ outcome }) => outcome !== 'same')
  if (rows.length > 0)
    desk.out(
      table([
        ['row', 'outcome', 'label', ''],
        ...rows.map(({ row, outcome, label, says }) => [String(row), outcome, label, says]),
      ]),
    )
  for (const name of preview.newGroups) desk.out(`new group: ${printable(name)}\n`)
  if (preview.unknownColumns.length > 0)
    desk.out(`columns passed over: ${printable(preview.unknownColumns.join(', '))}\n`)
  const outcomes = ['new', 'changed', 'same', 'refused'] as const
  desk.out(`${outcomes.map((outcome) => `${count(preview, outcome)} ${outcome}`).join(', ')}\n`)
}

function count(preview: Preview, outcome: Preview['rows'][number]['outcome']): number {
  return preview.rows.filter((row) => row.outcome === outcome).length
}

function isPreview(details: unknown): details is Preview {
  return typeof details === 'object' && details !== null && 'rows' in details
}
