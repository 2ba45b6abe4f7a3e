import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import type { Cookie } from './cookie.ts'

// A sign-in that was begun at this browser and goes on at the OpenID provider. Its cookie is all that is
// kept: what the provider is told, and has to say again, is reckoned from it with a key of this process.
// So nobody fills a memory by beginning, and a cookie that was changed or made up fits no answer.

export interface Begun {
  /** Path to go to afterwards. */
  readonly to: string
  /** What binds the answer to this browser (OpenID Connect Core 3.1.2.1), and the code (RFC 7636). */
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface BegunSignIns {
  /** Answers what the cookie is to hold, too. */
  begin(to: string): Begun & { readonly cookie: string }
  /** null: none, or too long ago. */
  find(cookie: string | null): Begun | null
}

const lastsSeconds = 600

export const begunCookie: Cookie = { name: 'platen-openid', lastsSeconds }

const kept = z.tuple([z.number(), z.string(), z.string()])

export function createBegun(clock: Clock): BegunSignIns {
  const key = randomBytes(32)

  function begunBy(cookie: string, to: string): Begun {
    const made = (what: string) =>
      createHmac('sha256', key)
        .update(JSON.stringify([what, cookie]))
        .digest('base64url')
    return { to, state: made('state'), nonce: made('nonce'), verifier: made('verifier') }
  }

  return {
    begin(to) {
      const words = JSON.stringify([Math.round(clock.monotonicMs()), to, randomCode(40)])
      const cookie = Buffer.from(words).toString('base64url')
      return { ...begunBy(cookie, to), cookie }
    },
    find(cookie) {
      const words = cookie && read(cookie)
      if (!words) return null
      const [beganMs, to] = words
      const isFresh = clock.monotonicMs() - beganMs < lastsSeconds * 1000
      return isFresh ? begunBy(cookie, to) : null
    },
  }
}

function read(cookie: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()))
  } catch {
    return null
  }
}
