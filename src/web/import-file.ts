import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type DecodedText, decodeText, encodings } from '../core/decode-text.ts'
import type { Preview } from '../core/printers/import.ts'
import { type ImportFile, outcomes } from '../core/printers/import-plan.ts'
import { importKinds } from '../core/printers/table.ts'
import { Refusal } from '../core/refusal.ts'
import type { SignedAsk } from './answer.ts'
import type { Choices } from './pages/imports.ts'
import type { WaitingImport } from './waiting-imports.ts'

// What came to be imported, and how a person says that it is read.

const encoding = z.enum(['', ...encodings], `is one of ${encodings.join(', ')}`).default('')
const missing = z.enum(['stay', 'retire'], 'is stay or retire').default('stay')
export const lookQuery = {
  ...{ encoding, missing },
  outcome: z.enum(['', ...outcomes], `is one of ${outcomes.join(', ')}`).default(''),
  anew: z.enum(['1'], 'is 1').optional(),
} as const

export function readSent(form: URLSearchParams) {
  const kind = importKinds.find((each) => each === form.get('kind'))
  if (!kind) throw new Refusal('invalid', 'Say what kind of file it is.', { field: 'kind' })
  return { kind, encoding: encoding.catch('').parse(form.get('encoding') ?? '') }
}

export function readChosen(form: URLSearchParams) {
  return {
    encoding: encoding.catch('').parse(form.get('encoding') ?? ''),
    missing: missing.catch('stay').parse(form.get('missing') ?? 'stay'),
  }
}

export function sentTable({ file, form }: SignedAsk) {
  const text = form.get('text') ?? ''
  if (file && text.trim())
    throw new Refusal('invalid', 'Choose a file or paste rows, not both.', { field: 'file' })
  // Its name is of no use but to be read.
  if (file) return { bytes: file.bytes, name: file.name.slice(0, 100), as: 'file' } as const
  if (!text.trim()) throw new Refusal('invalid', 'Choose a file, or paste rows.', { field: 'file' })
  return { bytes: Buffer.from(text), name: 'What was pasted', as: 'text' } as const
}

export function textOf(
  { bytes, as }: Pick<WaitingImport, 'bytes' | 'as'>,
  choices: Choices,
): DecodedText {
  return decodeText(bytes, as === 'text' ? 'utf-8' : choices.encoding || null)
}

export function orderOf({ kind }: WaitingImport, { missing }: Choices, text: string): ImportFile {
  return { text, kind, retireMissing: missing === 'retire' }
}

/** Of what somebody saw: the same where nothing has changed meanwhile. */
export function fingerprint(preview: Preview): string {
  return createHash('sha256').update(JSON.stringify(preview)).digest('base64url').slice(0, 22)
}
