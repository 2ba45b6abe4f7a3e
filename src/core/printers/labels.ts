import type { Act } from '../act.ts'
import type { State } from '../state.ts'
import type { Printer } from './printer.ts'

/** What the QR code on a printer carries: 16 upper-case characters that nobody can guess. */
export function newToken(act: Act): string {
  return act.newId('q').slice('q-'.length)
}

/** The printer whose code was scanned; a scanner may give lower case. */
export function findByToken(state: State, token: string): Printer | null {
  const [id] = state.by.printersByToken.get(token.toUpperCase()) ?? []
  return (id && state.printers[id]) || null
}
