import { createHash } from 'node:crypto'
import { type Answer, jsonType } from './answer.ts'

/**
 * JSON with the ETag of what it says. It is kept by nobody on the way (B6: no-store), and by no browser of
 * a shared computer; who keeps it knowingly, and asks with the tag, may go on keeping it and is told 304
 * while it says the same. `asksSo`: If-None-Match, where that is to count.
 */
export function tagged(
  tag: string,
  asksSo: string | undefined,
  { status = 200, body }: { readonly status?: number; body(): Buffer | string },
): Answer {
  const isKept = asksSo !== undefined
  const headers = { 'Cache-Control': isKept ? 'private, no-cache' : 'no-store', ETag: tag }
  if (isKept && isMatch(asksSo, tag)) return { status: 304, headers, body: null }
  return { status, headers: { ...headers, 'Content-Type': jsonType }, body: body() }
}

/** Of a text that says the same whenever the facts are the same. */
export const tagOf = (text: string): string =>
  `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

/** RFC 9110, If-None-Match: `*`, or a list of tags of which the weakness does not count. */
function isMatch(wanted: string, tag: string): boolean {
  const bare = (each: string) => each.trim().replace(/^W\//, '')
  return wanted.trim() === '*' || wanted.split(',').map(bare).includes(bare(tag))
}
