import { z } from 'zod'

// What the two ends of an attached console say to each other. There: which terminal, and after the grant
// (`control.ts`) lines of JSON, keys or a size. Back: the bytes of the pictures as they are.

/** The largest screens there are, and more: each cell takes memory, and the time of a drawing. */
const most = { columns: 500, rows: 200 }
const columns = z.int().min(1).max(most.columns)
const rows = z.int().min(1).max(most.rows)

/** The arguments of the act `console`. */
export const wishForConsole = z.object({
  columns,
  rows,
  /** TERM. */
  terminal: z.string().regex(/^[\w.+-]{1,64}$/, 'TERM is no plain name'),
  noColor: z.boolean(),
})

/** Octets of one line from a terminal: a paste comes in several. */
export const longestHeard = 64 * 1024

const heard = z.union([
  z.strictObject({ keys: z.base64() }).transform(({ keys }) => ({
    keys: Buffer.from(keys, 'base64'),
  })),
  z.strictObject({ columns, rows }),
])

/** null: neither keys nor a size. */
export function heardLine(line: string): z.infer<typeof heard> | null {
  try {
    return heard.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** Of what a terminal reads at once; as base64 in JSON it stays below `longestHeard`. */
const mostKeys = 32 * 1024

export function* keyLines(keys: Buffer): Generator<string> {
  for (let at = 0; at < keys.length; at += mostKeys)
    yield `${JSON.stringify({ keys: keys.toString('base64', at, at + mostKeys) })}\n`
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

export const sizeLine = (size: Size): string => `${JSON.stringify(size)}\n`

/** A serial line says that it has no size. */
export const sizeOf = (screen: { readonly columns?: number; readonly rows?: number }): Size => ({
  columns: Math.min(most.columns, screen.columns || 80),
  rows: Math.min(most.rows, screen.rows || 24),
})

/** The last that is sent where somebody left at the keys: no picture holds it, no terminal shows it. */
export const leftMark = '\0'
