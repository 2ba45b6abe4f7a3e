import type { IncomingHttpHeaders } from 'node:http'
import type { Person } from '../core/people/person.ts'

// What a room is asked and what it answers: values, so that no room touches the library or a socket.

export interface Ask {
  /** Of this one request: on its answer, its line in the log, and its trouble. */
  readonly id: string
  /** The parts of the path that the route names with a colon. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
}

export interface SignedAsk extends Ask {
  readonly person: Person
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer | string | null
}

/** One line at the top of a room's file. HEAD and OPTIONS come with it. */
export type Route = { readonly method: 'GET'; readonly path: string } & (
  | { readonly who: 'anybody'; answer(ask: Ask): Answer | Promise<Answer> }
  | { readonly who: 'signed in'; answer(ask: SignedAsk): Answer | Promise<Answer> }
)

export const jsonType = 'application/json; charset=utf-8'

/** Not to be kept by anybody on the way, unless the headers say otherwise. */
export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': jsonType, 'Cache-Control': 'no-store', ...headers },
    body: `${JSON.stringify(value)}\n`,
  }
}
