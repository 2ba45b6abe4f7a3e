import type { State } from '../state.ts'

/** The newest time that was right when it was written down here: it is not earlier now. */
export function lastKnownTime(state: State): Date {
  let newest = ''
  for (const { at, clockTrusted } of Object.values(state.journal))
    if (clockTrusted && at > newest) newest = at
  return new Date(newest || 0)
}
