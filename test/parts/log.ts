import type { Log } from '../../src/core/log.ts'

const silent = () => {}

/** A log that nobody reads. */
export const quiet: Log = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  room: () => quiet,
}
