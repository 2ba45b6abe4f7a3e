import { z } from 'zod'
import { Refusal } from '../core/refusal.ts'

/**
 * What stands behind the question mark, read with a schema. Refuses `invalid`, with the field, what
 * is unknown, given twice, or no value that the schema takes: a mistyped `?froce=1` is told, not
 * answered with something else.
 */
export function readQuery<Shape extends z.ZodRawShape>(
  query: URLSearchParams,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const known = Object.keys(shape)
  for (const field of new Set(query.keys())) {
    if (!known.includes(field)) {
      const choice = known.length > 0 ? `known are ${known.join(', ')}` : 'none is known here'
      throw invalid(field, `The address has a part "${field}" that means nothing; ${choice}.`)
    }
    if (query.getAll(field).length > 1)
      throw invalid(field, `The address has "${field}" more than once.`)
  }
  const parsed = z.object(shape).safeParse(Object.fromEntries(query))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = String(issue?.path[0])
  throw invalid(field, `"${field}" in the address ${issue?.message ?? 'is wrong'}.`)
}

/** What is looked for, or an id: empty where a form left it so. */
export const anyWords = z.string().max(200, 'is too long').default('')

/** Refuses any other with those that there are; the empty one, as a form sends it, needs no telling. */
export const oneOf = <const T extends readonly [string, ...string[]]>(of: T) =>
  z.enum(of, `is one of ${of.filter(Boolean).join(', ')}`)

/** `?page=2` of a list. */
export const pageNumber = z.coerce
  .number('is a number')
  .int('is a number')
  .min(1, 'begins at 1')
  .max(10_000, 'is too far')
  .default(1)

const invalid = (field: string, sentence: string) => new Refusal('invalid', sentence, { field })
