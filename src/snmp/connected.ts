import { createSocket, type Socket } from 'node:dgram'
import type { Place } from './place.ts'

/**
 * A UDP socket to one printer. Connected, so that the kernel takes answers from the asked address and port
 * alone and tells when nobody listens there. An address where nobody listens shows at the next sending:
 * whoever sends gives a callback.
 */
export function connectTo(place: Place): Socket {
  const socket = createSocket({
    type: place.family === 6 ? 'udp6' : 'udp4',
    // The address is a number: without this each send would wait for a turn of the resolver.
    lookup: (host, _options, found) => found(null, host, place.family),
  })
  socket.connect(place.port, place.address)
  return socket
}

/** The network's word: ECONNREFUSED, EHOSTUNREACH … */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
