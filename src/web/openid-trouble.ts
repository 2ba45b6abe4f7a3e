import { Refusal } from '../core/refusal.ts'
import type { ProviderParts } from './openid.ts'

// What goes wrong between platen and the OpenID provider, as who wanted to sign in reads it. What the
// other side wrote is for the log alone: anybody can write into the address that a browser comes back by.

/** The refusal for what the library threw; told to the log with the cause. */
export function refusalOf(
  error: unknown,
  { settings, clock, log }: Pick<ProviderParts, 'settings' | 'clock' | 'log'>,
): Refusal {
  const causes = causesOf(error)
  const refusal = refusalFor(causes, settings, clock.trusted())
  const told = { issuer: settings.issuer, causes: causes.map(({ words }) => words) }
  if (causes.some(({ code }) => unknownThere.includes(code)))
    log.warn(told, 'the OpenID provider does not take PLATEN_OIDC_CLIENT_ID with its secret')
  else if (refusal.code === 'unreachable')
    log.warn(told, 'nobody can sign in at the OpenID provider')
  else log.info(told, 'a sign-in at the OpenID provider came to nothing')
  return refusal
}

function refusalFor(
  causes: readonly Cause[],
  { name, issuer }: ProviderParts['settings'],
  isTrusted: boolean,
): Refusal {
  const is = (...codes: string[]) => causes.some(({ code }) => codes.includes(code))
  if (is('access_denied'))
    return new Refusal('invalid', `Nobody was signed in: your ${name} did not agree to it.`)
  if (is('invalid_grant', 'OAUTH_INVALID_RESPONSE', ...otherClaims)) return notBegunHere()
  if (is('OAUTH_HTTP_REQUEST_FORBIDDEN'))
    return unreachable(
      `Your ${name} cannot be asked: PLATEN_OIDC_ISSUER is ${issuer}, and only https is safe. Tell whoever runs this platen.`,
    )
  if (!isTrusted)
    return unreachable(
      `Your ${name} cannot be used while the clock of this machine is not set, for nothing of it can be checked. Sign in with an account of this platen, or try again once the clock is right.`,
    )
  if (is('OAUTH_JWT_TIMESTAMP_CHECK_FAILED', 'CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'))
    return unreachable(
      `The clock of this machine and the one of your ${name} do not agree. Sign in with an account of this platen, and tell whoever runs it.`,
    )
  return unreachable(
    `Your ${name} cannot be reached, or is not set up for this platen. Sign in with an account of this platen, or try again in a minute.`,
  )
}

const unknownThere = ['invalid_client', 'OAUTH_WWW_AUTHENTICATE_CHALLENGE']

/** Another's answer, or another sign-in's: wrong issuer, audience or nonce. */
const otherClaims = ['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED']

export function notBegunHere(): Refusal {
  const sentence =
    'This sign-in was not begun at this browser, or too long ago, or it is over already. Begin again.'
  return new Refusal('expired', sentence)
}

const unreachable = (sentence: string) => new Refusal('unreachable', sentence)

interface Cause {
  readonly code: string
  readonly words: string
}

/** The error and what it was caused by, down to the socket's own. */
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let at = error; at instanceof Error && causes.length < 5; at = at.cause) {
    // What the provider answered has its own word, beside the library's.
    const code = 'error' in at ? at.error : 'code' in at ? at.code : ''
    causes.push({ code: String(code), words: `${code} ${at.message}`.trim().slice(0, 200) })
  }
  return causes
}
