import type { Route } from './answer.ts'
import type { OpenIdSettings } from './openid.ts'
import type { SignIn } from './session.ts'
import type { BoardParts } from './views.ts'

// Accounts, for who looks after them: what each may do, sessions, tokens.

export interface PeopleParts extends BoardParts {
  readonly signIn: SignIn
  readonly openId: OpenIdSettings | null
}

export function peopleRoutes(_parts: PeopleParts): Route[] {
  return []
}
