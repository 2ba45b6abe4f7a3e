import type * as OpenIdClient from 'openid-client'
import type { Log } from '../core/log.ts'
import { isOfThisMachine } from '../core/people/issuer.ts'
import type { Told } from '../core/people/openid.ts'
import type { Route } from './answer.ts'
import type { Begun } from './begun.ts'
import { openIdSignInRoutes } from './openid-sign-in.ts'
import { refusalOf } from './openid-trouble.ts'
import type { SignIn } from './session.ts'
import type { BoardParts } from './views.ts'

// The OpenID provider: the only file that touches the library, which is loaded with the first sign-in
// there, for most Pis never need it.

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
  readonly log: Log
}

/** Each refuses `unreachable` while the provider, or the way to it, is in no order. */
export interface Provider {
  /** Where the browser goes to sign in. */
  leadTo(begun: Begun): Promise<string>
  /** Who came back with this address. Refuses `expired` what does not belong to what was begun. */
  finish(cameBack: URL, begun: Begun): Promise<Visitor>
}

export interface Visitor extends Told {
  /** What they are called there: the address, else a name. */
  readonly called: string
}

export interface ProviderParts {
  readonly settings: OpenIdSettings
  /** Where the provider sends people back to: it has to know it. */
  readonly back: string
  readonly clock: BoardParts['clock']
  readonly log: Log
  /** For each answer of the provider. */
  readonly patienceSeconds?: number
}

export function openIdRoutes(parts: OpenIdParts): Route[] {
  const { openId: settings, publicUrl, clock } = parts
  if (!settings || publicUrl === null) return []
  const back = new URL('/login/openid/back', publicUrl).href
  const log = parts.log.room('openid')
  const provider = createProvider({ settings, back, clock, log })
  return openIdSignInRoutes({ ...parts, openId: settings, publicUrl }, { provider, back })
}

/** What the provider says of itself is asked again after an hour: keys and addresses change. */
const knownMs = 3_600_000

export function createProvider(parts: ProviderParts): Provider {
  const { back, clock } = parts
  let known: { readonly atMs: number; readonly about: Promise<OpenIdClient.Configuration> } | null =
    null

  /** One question for all who wait; where it failed the next one asks again. */
  function about(): Promise<OpenIdClient.Configuration> {
    if (known && clock.monotonicMs() - known.atMs < knownMs) return known.about
    const asked = { atMs: clock.monotonicMs(), about: discover(parts) }
    known = asked
    asked.about.catch(() => {
      if (known === asked) known = null
    })
    return asked.about
  }

  /** The one place where what the provider does wrong becomes a refusal. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw refusalOf(error, parts)
    }
  }

  return {
    leadTo: ({ state, nonce, verifier }) =>
      told(async () => {
        const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library()
        const url = buildAuthorizationUrl(await about(), {
          ...{ redirect_uri: back, scope: 'openid email profile', state, nonce },
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        })
        return url.href
      }),
    finish: (cameBack, { state, nonce, verifier }) =>
      told(async () => {
        const { authorizationCodeGrant, fetchUserInfo } = await library()
        const provider = await about()
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
        const tokens = await authorizationCodeGrant(provider, cameBack, checks)
        const claims = tokens.claims()
        if (!claims) throw new Error('the provider sent no ID token')
        // OpenID Connect Core 5.4: beside an access token most providers tell the address only there.
        const asks = claims.email === undefined && provider.serverMetadata().userinfo_endpoint
        const more = asks ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : {}
        return visitorOf({ ...more, ...claims })
      }),
  }
}

async function discover({
  settings,
  patienceSeconds = 5,
}: ProviderParts): Promise<OpenIdClient.Configuration> {
  const { allowInsecureRequests, clockTolerance, discovery, ...ways } = await library()
  const { issuer, clientId, clientSecret } = settings
  // A Pi without a clock of its own is off by some seconds until NTP has slewed it.
  const client = { [clockTolerance]: 60 }
  return discovery(new URL(issuer), clientId, client, authentication(ways, clientSecret), {
    timeout: patienceSeconds,
    // On this machine nobody listens in; elsewhere the library refuses what is not TLS.
    execute: isOfThisMachine(issuer) ? [allowInsecureRequests] : [],
  })
}

type Ways = Pick<typeof OpenIdClient, 'None' | 'ClientSecretBasic' | 'ClientSecretPost'>

/** RFC 6749, 2.3.1: in the header, unless the provider says that it takes it in the body alone. */
function authentication(ways: Ways, secret: string | null): OpenIdClient.ClientAuth {
  if (secret === null) return ways.None()
  return (server, ...more) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const way = taken.includes('client_secret_basic') ? 'ClientSecretBasic' : 'ClientSecretPost'
    ways[way](secret)(server, ...more)
  }
}

const library = () => import('openid-client')

function visitorOf(claims: { readonly [claim: string]: unknown }): Visitor {
  const text = (name: string) => {
    const value = claims[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const [issuer, subject, email] = [text('iss') ?? '', text('sub') ?? '', text('email')]
  const called = email ?? text('preferred_username') ?? text('name') ?? subject
  return { issuer, subject, email, isVerified: claims.email_verified === true, called }
}
