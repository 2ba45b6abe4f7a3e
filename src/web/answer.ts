import type { IncomingHttpHeaders } from 'node:http'
import type { Act } from '../core/act.ts'
import type { Html } from '../core/html.ts'
import type { Person } from '../core/people/person.ts'
import type { Needs } from '../core/people/rights.ts'

// What a room is asked and what it answers: values, so that no room touches the library or a socket.

export interface Ask {
  /** Of this one request: on its answer, its line in the log, and its trouble. */
  readonly id: string
  /** The parts of the path that the route names with a colon. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Address of the connection. */
  readonly address: string
  /** What a form sent; empty where none did. */
  readonly form: URLSearchParams
  /** What was sent as JSON, as it came; undefined where nothing was. */
  readonly json: unknown
  /** What a form sent as a file; null where none came. */
  readonly file: SentFile | null
}

export interface SentFile {
  /** As the browser told it; may be anything. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface SignedAsk extends Ask {
  /** No more than the token allows that was sent. */
  readonly person: Person
  /** Id of the session; null for who sent a password or a token with the request. */
  readonly session: string | null
  /** For the hidden field of each form; empty without a session. */
  readonly proof: string
  /** As the account and its token are at this moment; null: they open nothing any more. */
  asNow(): Person | null
  /** By this person, through this door, now. */
  act(): Act
}

/** What is sent bit by bit after the headers, until either side ends it. */
export interface Outlet {
  write(text: string): void
  end(): void
}

/** Begins to send; what it returns is called once when it has ended, whoever ended it. */
export type Stream = (out: Outlet) => () => void

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer | string | Stream | null
}

/**
 * One line at the top of a room's file. HEAD and OPTIONS come with a GET. `as: 'page'`: what is declined
 * or breaks is told as a page, and whoever is not signed in is sent to sign in.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly as: 'json' | 'page'
  /** What may come with it where it is no GET; `form` where nothing is said. */
  readonly takes?: 'form' | 'json' | 'file' | 'nothing'
} & (
  | { readonly who: 'anybody'; answer(ask: Ask): Answer | Promise<Answer> }
  | {
      readonly who: 'signed in'
      /** null: whoever is signed in. */
      readonly needs: Needs | null
      answer(ask: SignedAsk): Answer | Promise<Answer>
    }
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

/**
 * Everything that a page needs comes from here and is a file: no inline script, no inline style, no
 * other site.
 */
const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export function page(status: number, html: Html, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': pagePolicy,
      // With no-referrer a browser would not say either which site a form is of (`forgery.ts`).
      'Referrer-Policy': 'same-origin',
      ...headers,
    },
    body: html.text,
  }
}

/** A file that is kept or shown by itself; `name` is ours, of plain letters. */
export function fileAnswer(
  file: Buffer | string,
  {
    type,
    name,
    how,
  }: { readonly type: string; readonly name: string; readonly how: 'attachment' | 'inline' },
): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Disposition': `${how}; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
    body: file,
  }
}

/** After a form: the browser gets the next page by itself, and a reload sends nothing twice. */
export function seeOther(path: string, headers: Answer['headers'] = {}): Answer {
  return {
    status: 303,
    headers: { Location: path, 'Cache-Control': 'no-store', ...headers },
    body: null,
  }
}
