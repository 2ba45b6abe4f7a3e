import type { Act } from '../core/act.ts'
import type { Made } from '../core/backup/made.ts'
import type { Route } from './answer.ts'
import type { BoxFacts } from './box.ts'
import type { BoardParts } from './views.ts'

// The box itself: parts, letters, backups, the journal.

export interface SystemParts extends BoardParts {
  readonly box: () => BoxFacts
  readonly makeBackup: (act: Act) => Promise<Made>
  /** After this, what was erased is in none of the files. */
  readonly rewrite: () => Promise<void>
}

export function systemRoutes(_parts: SystemParts): Route[] {
  return []
}
