import type { State } from '../state.ts'
import type { Letter } from './letter.ts'

/** Addresses, or what has to be done before there are any. */
export type Recipients =
  | { readonly to: readonly string[] }
  | { readonly to: null; readonly missing: string }

/**
 * Looked up when a letter is sent, for managers come and go: the group's managers who have an address
 * and are not disabled; else `fallback` (EMAIL_TO, one address or several with commas between).
 */
export function recipientsOf(state: State, letter: Letter, fallback: string | null): Recipients {
  if ('email' in letter.to) return { to: [letter.to.email] }
  const group = letter.to.group === null ? undefined : state.groups[letter.to.group]
  const managers = (group?.managers ?? []).flatMap((id) => {
    const person = state.people[id]
    return person?.email && !person.disabledAt ? [person.email] : []
  })
  const to = managers.length > 0 ? managers : addressesIn(fallback ?? '')
  if (to.length > 0) return { to: [...new Set(to)] }
  const remedy = group
    ? `give a manager of ${group.name} an e-mail address, or set EMAIL_TO`
    : 'the printer is in no group; set EMAIL_TO'
  return { to: null, missing: `Nobody to send it to: ${remedy}.` }
}

/** Of a setting: one address, or several with commas between. */
export function addressesIn(list: string): string[] {
  return list
    .split(/[,;]/)
    .map((address) => address.trim())
    .filter((address) => address !== '')
}
