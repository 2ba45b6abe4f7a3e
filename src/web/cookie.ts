// The cookie of a session. `Lax`: a link in a letter finds its reader signed in, another site's form
// does not. No end date: closing the browser of a shared computer signs out.

/** Of whom it is, and how long a browser keeps it; null: until it is closed. */
export interface Cookie {
  readonly name: string
  readonly lastsSeconds: number | null
}

const ofSession: Cookie = { name: 'platen', lastsSeconds: null }

/** `__Host-`: no other host of the domain can plant one (RFC 6265bis); browsers want TLS for it. */
export function cookieName(publicUrl: string | null, { name } = ofSession): string {
  return isProtected(publicUrl) ? `__Host-${name}` : name
}

/** Set-Cookie; `null` takes it away. */
export function writeCookie(
  secret: string | null,
  publicUrl: string | null,
  cookie = ofSession,
): string {
  const named = `${cookieName(publicUrl, cookie)}=${secret ?? ''}`
  const parts = [named, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (isProtected(publicUrl)) parts.push('Secure')
  const lasts = secret === null ? 0 : cookie.lastsSeconds
  if (lasts !== null) parts.push(`Max-Age=${lasts}`)
  return parts.join('; ')
}

/** From the Cookie header. */
export function readCookie(
  header: string | undefined,
  publicUrl: string | null,
  cookie = ofSession,
): string | null {
  const name = `${cookieName(publicUrl, cookie)}=`
  const ours = header?.split(/; */).find((each) => each.startsWith(name))
  return ours?.slice(name.length) || null
}

/** Whether people reach the site over TLS, as far as it was told. */
export function isProtected(publicUrl: string | null): boolean {
  return publicUrl?.startsWith('https:') ?? false
}
