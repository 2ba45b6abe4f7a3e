import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { required } from './csv-columns.ts'
import type { Table } from './table.ts'

// The `printers.json` of TonerTrack: printers by their address, each with what it last read of them.

/** Its words, and our columns. */
const fields = [
  ['name', 'label'],
  ['ip', 'ipAddress'],
  ['model', 'model'],
  ['serial', 'serial'],
  ['mac', 'macAddress'],
  ['location', 'location'],
  ['community', 'community'],
] as const

const record = z.record(z.string(), z.unknown())
const shape = z.record(z.string(), record)

/** What it writes where a printer did not tell. */
const untold = /^(?:n\/?a|unknown|none|null|-)?$/i

/**
 * As it lies in the data folder, or as its `GET /api/printers` answers, inside of `printers`. Refuses
 * `invalid` what is neither.
 */
export function readTonerTrack(text: string): Table {
  const printers = printersIn(text)
  const used = fields.filter(
    ([field, column]) => required.has(column) || printers.some(([, one]) => field in one),
  )
  const known = new Set<string>(fields.map(([field]) => field))
  const others = new Set(printers.flatMap(([, one]) => Object.keys(one)))
  const unknown = [...others].filter((field) => !known.has(field))
  return {
    header: [...used.map(([, column]) => column), ...unknown],
    rows: printers.map(([key, one], at) => ({
      row: at + 1,
      broken: null,
      cells: used.map(([field]) => cellOf(one[field]) ?? (field === 'ip' ? key : undefined)),
    })),
  }
}

function printersIn(text: string): [string, z.output<typeof record>][] {
  const refused = new Refusal(
    'invalid',
    'This is no printers.json of TonerTrack. Take the file from its data folder; a table goes in as "printers".',
  )
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw refused
  }
  const answered = z.object({ printers: z.unknown() }).safeParse(json)
  const read = shape.safeParse(answered.success ? answered.data.printers : json)
  if (!read.success) throw refused
  return Object.entries(read.data)
}

/** undefined: it says nothing, and what the office knows stays. */
function cellOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  return untold.test(text.trim()) ? undefined : text
}
