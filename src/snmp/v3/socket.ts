import { createSocket, type Socket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import type { Place } from '../place.ts'

// The socket that net-snmp is given for its own. It sends for the library and hands it nothing: what comes
// is read here, by what reads the other versions too. Connected, so that the kernel takes answers from the
// asked address and port alone and tells at once when nobody listens there.

export interface V3Listener {
  heard(datagram: Buffer): void
  /** The network's word for why it cannot be: ECONNREFUSED, EHOSTUNREACH … */
  unreachable(code: string): void
}

type Done = (error: Error | null) => void

export class V3Socket extends EventEmitter {
  /** Datagrams sent, repeats included. */
  sent = 0
  /** The last of them. */
  asked: Buffer | null = null
  #socket: Socket
  #state: 'connecting' | 'open' | 'closed' = 'connecting'
  #waiting: Buffer[] = []
  #listener: V3Listener

  constructor(place: Place, listener: V3Listener) {
    super()
    this.#listener = listener
    this.#socket = createSocket({
      type: place.family === 6 ? 'udp6' : 'udp4',
      // The address is a number: without this each send would wait for a turn of the resolver.
      lookup: (host, _options, found) => found(null, host, place.family),
    })
    this.#socket.on('message', (datagram) => this.#listener.heard(datagram))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('connect', () => this.#open())
    this.#socket.connect(place.port, place.address)
  }

  /** As net-snmp calls it. Done at once: its clock starts now, and an answer cannot overtake it. */
  send(buffer: Buffer, offset: number, length: number, _port: number, _to: string, done: Done) {
    const datagram = buffer.subarray(offset, offset + length)
    this.sent += 1
    this.asked = datagram
    done(null)
    if (this.#state === 'open') this.#send(datagram)
    else if (this.#state === 'connecting') this.#waiting.push(datagram)
  }

  close() {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#socket.close()
    this.emit('close')
  }

  ref() {
    if (this.#state !== 'closed') this.#socket.ref()
  }

  unref() {
    if (this.#state !== 'closed') this.#socket.unref()
  }

  #open() {
    if (this.#state === 'closed') return
    this.#state = 'open'
    for (const datagram of this.#waiting.splice(0)) this.#send(datagram)
  }

  #send(datagram: Buffer) {
    // Without a callback: what goes wrong comes as the socket's error.
    this.#socket.send(datagram)
  }

  #fail(error: Error) {
    if (this.#state === 'closed') return
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message
    this.#listener.unreachable(code)
  }
}
