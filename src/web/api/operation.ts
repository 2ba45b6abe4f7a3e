import { z } from 'zod'
import type { Needs } from '../../core/people/rights.ts'
import { Refusal, type RefusalCode } from '../../core/refusal.ts'
import { type Answer, type Ask, json, type Route, type SignedAsk } from '../answer.ts'
import { readQuery } from '../query.ts'
import { tagged, tagOf } from '../tagged.ts'

// An act or a fact of `/api/v1`, declared once: from this come the route, what is refused, the types and
// its part of openapi.json.

/** An answer that is no JSON of a schema: a table, a picture. */
export interface AsFile {
  readonly type: 'text/csv' | 'application/pdf' | 'text/plain'
}

interface Declared<Q extends z.ZodRawShape, B extends z.ZodType, R extends z.ZodType> {
  readonly method: Route['method']
  /** With a colon before what changes: `/api/v1/printers/:printer`. */
  readonly path: `/api/v1/${string}`
  /** Its operationId: 'getPrinter'. */
  readonly name: string
  /** What it does, in a sentence. */
  readonly says: string
  readonly query?: Q
  readonly body?: B
  /** Of its success; 200 where nothing is said. */
  readonly status?: 200 | 201 | 202 | 204
  /** What it answers; null: nothing. */
  readonly answers: R | AsFile | null
  /** Another status that the same facts come with. */
  readonly elseStatus?: 503
  /** Beside those that every one has. */
  readonly refuses?: readonly RefusalCode[]
}

/** What it is asked, read by its schemas. */
export interface Asked<Q extends z.ZodRawShape, B extends z.ZodType> {
  readonly query: z.output<z.ZodObject<Q>>
  readonly body: z.output<B>
}

export type SignedOperation<
  Q extends z.ZodRawShape,
  B extends z.ZodType,
  R extends z.ZodType,
> = Declared<Q, B, R> & {
  /** null: whoever is signed in. */
  readonly needs: Needs | null
  /** What it answers, or an answer that is written already. */
  run(ask: SignedAsk, asked: Asked<Q, B>): Told<R> | Promise<Told<R>>
}

export type OpenOperation<
  Q extends z.ZodRawShape,
  B extends z.ZodType,
  R extends z.ZodType,
> = Declared<Q, B, R> & { run(ask: Ask, asked: Asked<Q, B>): Told<R> | Promise<Told<R>> }

/** Wrapped, so that no fact can be taken for an answer. */
export class Written {
  readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }
}

/** Plain facts; what is not of the schema does not compile. */
type Told<R extends z.ZodType> = Readonlyish<z.input<R>> | Written

/** Our records are deeply readonly, and a schema's type is not. */
type Readonlyish<T> = T extends (infer E)[]
  ? readonly Readonlyish<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Readonlyish<T[K]> }
    : T

type AnyDeclared = Declared<z.ZodRawShape, z.ZodType, z.ZodType>

export type Described = Route & {
  readonly described: AnyDeclared & {
    /** `anybody`, or what is needed. */
    readonly needs: Needs | null | 'anybody'
  }
}

/** For who is signed in. */
export function operation<
  Q extends z.ZodRawShape = Record<never, never>,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType,
>(of: SignedOperation<Q, B, R>): Described {
  return {
    ...{ ...routeOf(of, of.needs), who: 'signed in', needs: of.needs },
    answer: async (ask: SignedAsk) => written(of, ask, await of.run(ask, read(of, ask))),
  }
}

/** For anybody: monitors, the document itself. */
export function openOperation<
  Q extends z.ZodRawShape = Record<never, never>,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType,
>(of: OpenOperation<Q, B, R>): Described {
  return {
    ...{ ...routeOf(of, 'anybody'), who: 'anybody' },
    answer: async (ask: Ask) => written(of, ask, await of.run(ask, read(of, ask))),
  }
}

function routeOf(of: AnyDeclared, needs: Described['described']['needs']) {
  const { method, path, body } = of
  const takes = body ? 'json' : 'nothing'
  return { method, path, as: 'json', takes, described: { ...of, needs } } as const
}

/** `?page=1&limit=50` of every list. */
export const pageQuery = {
  page: z.coerce
    .number('is a number')
    .int('is a number')
    .min(1, 'begins at 1')
    .max(100_000, 'is too far')
    .default(1),
  limit: z.coerce
    .number('is a number')
    .int('is a number')
    .min(1, 'is 1 at least')
    .max(500, 'is 500 at most')
    .default(50),
} as const

/** Of a list: which page this is, and how many there are on all pages. */
export const pageFacts = { page: z.int(), limit: z.int(), total: z.int() } as const

/** That page of a list, and what is told of it. */
export function pageOf<T>(all: readonly T[], { page, limit }: { page: number; limit: number }) {
  return {
    facts: { page, limit, total: all.length },
    shown: all.slice((page - 1) * limit, page * limit),
  }
}

function read<Q extends z.ZodRawShape, B extends z.ZodType>(
  { query, body }: { readonly query?: Q; readonly body?: B },
  ask: Ask,
): Asked<Q, B> {
  const asked = readQuery(ask.query, query ?? ({} as Q))
  return { query: asked, body: body ? readJson(body, ask.json) : (undefined as z.output<B>) }
}

/** Refuses `invalid`, with the first field that is wrong. */
function readJson<B extends z.ZodType>(schema: B, came: unknown): z.output<B> {
  const parsed = schema.safeParse(came)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null
  const sentence = unknown
    ? `"${unknown}" in what was sent means nothing.`
    : `${field ? `"${field}" in what` : 'What'} was sent ${wrongWords(issue)}.`
  throw new Refusal('invalid', sentence, field || unknown ? { field: unknown ?? field } : {})
}

/** What a schema misses, where the library's own words are of its language. */
function wrongWords(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== 'invalid_type') return `is wrong: ${issue?.message ?? 'not of this shape'}`
  return issue.message.endsWith('received undefined') ? 'is missing' : `is no ${issue.expected}`
}

/** A GET with an ETag over all of it. */
function written(
  { method, status = 200, answers }: AnyDeclared,
  { headers }: Ask,
  told: unknown,
): Answer {
  if (told instanceof Written) return told.answer
  if (answers === null)
    return {
      status: status === 200 ? 204 : status,
      headers: { 'Cache-Control': 'no-store' },
      body: null,
    }
  if (method !== 'GET') return json(status, told)
  const body = `${JSON.stringify(told)}\n`
  return tagged(tagOf(body), headers['if-none-match'], { status, body: () => body })
}
