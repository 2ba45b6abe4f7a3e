import type { State } from '../state.ts'

/**
 * The newest time that was right when it was written down here: it is not earlier now. Of an entry that does not
 * say where it came from nobody knows: platen did not look whether the time was right then.
 */
export function lastKnownTime(state: State): Date {
  let newest = ''
  for (const { at, clockTrusted, from } of Object.values(state.journal))
    if (clockTrusted && from !== null && at > newest) newest = at
  return new Date(newest || 0)
}
