import type { Act } from '../act.ts'

/** What the QR code on a printer carries: 16 upper-case characters that nobody can guess. */
export function newToken(act: Act): string {
  return act.newId('q').slice('q-'.length)
}
