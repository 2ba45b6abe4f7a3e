import { hash } from 'node:crypto'
import type { Entry } from './entry.ts'

// How entries hold together. What is hashed, and in which order, is for ever: a change here would make
// every journal that was ever written look forged.

/** The hash before the first entry. */
export const beginning = ''

/**
 * SHA-256 in base64url over the hash before it and the entry as JSON, names of details in the order of
 * the alphabet; of what is personal only its own hash is in there.
 */
export function linkOf(before: string, entry: Omit<Entry, 'hash' | 'id' | 'personal'>): string {
  const { number, at, clockTrusted, by, from, what, subject, details, changes, personalHash } =
    entry
  const said = [number, at, clockTrusted, by, from, what, subject]
  return hashOf(before, [...said, inOrder(details), inOrder(changes), personalHash])
}

/** Of what is personal in an entry; the salt keeps an address from being found by trying. */
export function personalHashOf({ salt, fields }: NonNullable<Entry['personal']>): string {
  return hashOf(salt, inOrder(fields))
}

const inOrder = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))

function hashOf(before: string, content: unknown): string {
  return hash('sha256', `${before}\n${JSON.stringify(content)}`, 'base64url')
}
