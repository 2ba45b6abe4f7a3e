import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Whose request it is. `X-Forwarded-For` is believed where the proxy of PLATEN_PROXY sent it, and of it
 * the last address alone, which is the one that the proxy itself has seen.
 */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxy: string | null,
): string {
  const peer = plain(socket.remoteAddress ?? '')
  if (proxy === null || peer !== plain(proxy)) return peer
  const told =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? ''
  return isIP(told) ? plain(told) : peer
}

/** An IPv4 address stays the same in IPv6 dress. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')
