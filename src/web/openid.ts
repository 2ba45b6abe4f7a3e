import type { Route } from './answer.ts'
import type { SignIn } from './session.ts'
import type { BoardParts } from './views.ts'

// Signing in at an OpenID provider.

/** PLATEN_OIDC_*. */
export interface OpenIdSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** What people call the account there. */
  readonly name: string
  readonly email: 'verified' | 'any'
}

export interface OpenIdParts extends BoardParts {
  readonly signIn: SignIn
  readonly openId: OpenIdSettings | null
  readonly publicUrl: string | null
}

export function openIdRoutes(_parts: OpenIdParts): Route[] {
  return []
}
