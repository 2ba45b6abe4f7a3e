// The cookie of a session. `Lax`: a link in a letter finds its reader signed in, another site's form
// does not. No end date: closing the browser of a shared computer signs out.

/** `__Host-`: no other host of the domain can plant one (RFC 6265bis); browsers want TLS for it. */
export function cookieName(publicUrl: string | null): string {
  return isProtected(publicUrl) ? '__Host-platen' : 'platen'
}

/** Set-Cookie; `null` takes it away. */
export function writeCookie(secret: string | null, publicUrl: string | null): string {
  const parts = [`${cookieName(publicUrl)}=${secret ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (isProtected(publicUrl)) parts.push('Secure')
  if (secret === null) parts.push('Max-Age=0')
  return parts.join('; ')
}

/** From the Cookie header. */
export function readCookie(header: string | undefined, publicUrl: string | null): string | null {
  const name = `${cookieName(publicUrl)}=`
  const ours = header?.split(/; */).find((each) => each.startsWith(name))
  return ours?.slice(name.length) || null
}

/** Whether people reach the site over TLS, as far as it was told. */
export function isProtected(publicUrl: string | null): boolean {
  return publicUrl?.startsWith('https:') ?? false
}
