/**
 * Where to go after a form, when the request names it: a path of ours, whatever it was made to look
 * like. `//evil.example` and `/\evil.example` are other sites to a browser.
 */
export function ownPath(wanted: string | null): string {
  const here = 'http://platen.invalid'
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, here)) return '/'
  const { origin, pathname, search } = new URL(wanted, here)
  // `/.//evil.example` is a path of ours until a browser has taken its dots away.
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/'
}
