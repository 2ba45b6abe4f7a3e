import type { Route } from './answer.ts'
import type { SignIn } from './session.ts'
import type { BoardParts } from './views.ts'

// One's own account: password, summary, tokens, browsers that are signed in.

export interface AccountParts extends BoardParts {
  readonly signIn: SignIn
}

export function accountRoutes(_parts: AccountParts): Route[] {
  return []
}
