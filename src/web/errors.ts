import type { Person } from '../core/people/person.ts'
import type { Refusal, RefusalCode } from '../core/refusal.ts'
import { type Answer, json, page } from './answer.ts'
import { errorPage } from './pages/error.ts'
import { placesOf } from './pages/places.ts'

/** The only place where a refusal becomes a number. */
export const statusOf = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  expired: 410,
  'too-large': 413,
  'too-many': 429,
  unreachable: 503,
  unkeepable: 503,
} as const satisfies Record<RefusalCode, number>

/** What the server itself declines, before any room is asked. */
const statusOfServer = {
  malformed: 400,
  'wrong-method': 405,
  'too-slow': 408,
  'too-long': 414,
  'wrong-type': 415,
  unexpected: 417,
  'header-too-large': 431,
} as const

type ServerCode = keyof typeof statusOfServer

/** Thrown by what reads a request, before any room is asked. */
export class Declined extends Error {
  override readonly name = 'Declined'
  readonly code: ServerCode

  constructor(code: ServerCode, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** The same answer as a page: the sentence for who asked, if known, the same status and headers. */
export function asPage({ status, headers, body }: Answer, person: Person | null): Answer {
  const { message = '' } = JSON.parse(String(body)) as { message?: string }
  const { 'Content-Type': _type, ...kept } = headers
  return page(status, errorPage(status, message, person ? placesOf(person) : []), kept)
}

export function answerRefusal(refusal: Refusal): Answer {
  const { code, message, details } = refusal
  return json(statusOf[code], { error: code, message, details }, headersOf(refusal))
}

/** Anything else is a bug: the person gets the id, the log has the rest. */
export function answerBroken(id: string): Answer {
  const message = `Something broke here (id ${id}). Tell whoever runs this platen; its log says more.`
  return json(500, { error: 'broken', message, details: { id } })
}

export function decline(
  code: ServerCode,
  message: string,
  headers: Answer['headers'] = {},
): Answer {
  return json(statusOfServer[code], { error: code, message, details: {} }, headers)
}

function headersOf({ code, details }: Refusal): Answer['headers'] {
  if (code === 'unauthenticated')
    return {
      'WWW-Authenticate': ['Basic realm="platen", charset="UTF-8"', 'Bearer realm="platen"'],
    }
  const seconds = details.retryAfterSeconds
  return typeof seconds === 'number' ? { 'Retry-After': String(seconds) } : {}
}
