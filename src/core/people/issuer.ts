/** What an OpenID provider says over http can be made up on the way, unless it stays within the machine. */
export const isGuarded = (issuer: string): boolean =>
  issuer.startsWith('https:') || isOfThisMachine(issuer)

/** By http, where nobody listens in. */
export const isOfThisMachine = (issuer: string): boolean =>
  /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?=[:/]|$)/.test(issuer)
