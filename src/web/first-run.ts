import type { FirstCode } from '../core/people/first-code.ts'
import type { Route } from './answer.ts'
import type { SignIn } from './session.ts'
import type { BoardParts } from './views.ts'

// The first account, by the code that the console shows.

export interface FirstRunParts extends BoardParts {
  readonly signIn: SignIn
  readonly firstCode: FirstCode
  readonly publicUrl: string | null
}

export function firstRunRoutes(_parts: FirstRunParts): Route[] {
  return []
}
