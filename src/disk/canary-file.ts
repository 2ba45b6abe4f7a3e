import { createHash } from 'node:crypto'
import { z } from 'zod'
import { codeOf, type Files } from './files.ts'

// `canary`: one line, `sha256 json`, what a start and a clean stop leave for the next start to find.

const canary = z.object({
  /** Of the folder, for as long as there is one: tells two appliances of one name apart. */
  of: z.string(),
  /** New at each writing: what was written before never passes for this one. */
  word: z.string(),
  /** How many starts there were, this one too. */
  starts: z.int().positive(),
  /** Of the machine's start; null where the system has none. */
  bootId: z.string().nullable(),
  at: z.iso.datetime(),
  clockTrusted: z.boolean(),
  /** The last change that was durable then, and the epoch of its log. */
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
})

export type Canary = Readonly<z.infer<typeof canary>>

/** `damaged`: not what was written, to the last bit, or the disk does not give it; null: there is none. */
export type ReadCanary = Canary | 'damaged' | null

export async function readCanary(files: Files, path: string): Promise<ReadCanary> {
  try {
    return parseCanary(await files.read(path))
  } catch (error) {
    if (codeOf(error) === '') throw error
    return 'damaged'
  }
}

export const parseCanary = (bytes: Buffer | null): ReadCanary =>
  bytes && (decode(bytes.toString()) ?? 'damaged')

/** On the disk when it resolves, but for its name: that needs the folder flushed. */
export async function writeCanary(files: Files, path: string, text: string): Promise<void> {
  const file = await files.open(`${path}.new`, 'anew')
  try {
    await file.append(text)
    await file.flush()
  } finally {
    await file.close()
  }
  await files.rename(`${path}.new`, path)
}

export function canaryText(of: Canary): string {
  const json = JSON.stringify(of)
  return `${sum(json)} ${json}\n`
}

function decode(text: string): Canary | null {
  const json = text.slice(65, -1)
  if (text !== `${sum(json)} ${json}\n`) return null
  return canary.safeParse(JSON.parse(json)).data ?? null
}

const sum = (json: string): string => createHash('sha256').update(json).digest('hex')
