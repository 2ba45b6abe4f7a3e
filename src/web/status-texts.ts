import { createHash } from 'node:crypto'
import type { Printer } from '../core/printers/printer.ts'
import { alike } from '../core/status/alike.ts'
import type { Status } from '../core/status/status.ts'

// Statuses as JSON text, made anew only when a fact changed: a list of 1,000 printers is 2 MB, and
// ten screens that ask for it every few seconds should cost a Pi a copy, not the writing.

export interface StatusText {
  /** The JSON of the status as it is now, to be joined: before the age, the age, behind it. */
  readonly json: readonly [Buffer, Buffer, Buffer]
  /** Of the facts: all but the age, which grows by itself. */
  readonly tag: string
}

export function createStatusTexts(): (printer: Printer, status: Status) => StatusText {
  /** By the printer's record: a changed or dropped printer takes its text along. */
  const held = new WeakMap<Printer, { status: Status; text: StatusText }>()

  return (printer, status) => {
    const before = held.get(printer)
    const text =
      before && sameFacts(before.status, status)
        ? aged(before.text, before.status, status)
        : write(status)
    held.set(printer, { status, text })
    return text
  }
}

function aged(text: StatusText, before: Status, now: Status): StatusText {
  if (before.ageSeconds === now.ageSeconds) return text
  const [head, , tail] = text.json
  return { json: [head, Buffer.from(String(now.ageSeconds)), tail], tag: text.tag }
}

const ageKey = '"ageSeconds":'

function write(status: Status): StatusText {
  // Within a text of the printer's the quotes would be escaped: this is the key, and there is one.
  const json = JSON.stringify({ ...status, ageSeconds: null })
  const at = json.lastIndexOf(ageKey) + ageKey.length
  const head = Buffer.from(json.slice(0, at))
  const tail = Buffer.from(json.slice(at + 'null'.length))
  const tag = createHash('sha256').update(json).digest('base64url').slice(0, 16)
  return { json: [head, Buffer.from(String(status.ageSeconds)), tail], tag }
}

/** Alike but for the age. Parts of one reading are the same objects, so this is quick. */
function sameFacts(a: Status, b: Status): boolean {
  for (const key of Object.keys(a) as (keyof Status)[])
    if (key !== 'ageSeconds' && !alike(a[key], b[key])) return false
  return true
}
