import type { Entry } from './entry.ts'

/** What of an entry tells of a person, in lower case: what is looked for when one asks to be forgotten. */
export function personalWords({ personal }: Entry): string[] {
  return Object.values(personal?.fields ?? {}).flatMap((value) =>
    typeof value === 'string' ? value.toLowerCase() : [],
  )
}
