import { createSocket, type Socket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import { type Envelope, getResponse, readEnvelope } from './envelope.ts'

// The socket that net-snmp is given for its own: one to a session, connected, so that the kernel takes
// answers from the asked address and port alone and tells at once when nobody listens there. A stalled
// event loop then loses nothing either: each printer's answers wait in a buffer of their own.

/** Where one printer is: a numeric address, for names are looked up once, before. */
export interface Place {
  readonly address: string
  readonly family: 4 | 6
  readonly port: number
}

export interface Listener {
  /** An answer to the last request that could not be read. */
  garbled(): void
  /** The network's word for why it cannot be: ECONNREFUSED, EHOSTUNREACH … */
  unreachable(code: string): void
}

type Done = (error: Error | null) => void

export class PrinterSocket extends EventEmitter {
  /** Datagrams sent, repeats included. */
  sent = 0
  /** The outside of the answer that is being handed over. */
  heard: Envelope | null = null
  #asked: Envelope | null = null
  #socket: Socket
  #state: 'connecting' | 'open' | 'closed' = 'connecting'
  #waiting: Buffer[] = []
  #listener: Listener

  constructor(place: Place, listener: Listener) {
    super()
    this.#listener = listener
    this.#socket = createSocket({
      type: place.family === 6 ? 'udp6' : 'udp4',
      // The address is a number: without this each send would wait for a turn of the resolver.
      lookup: (host, _options, found) => found(null, host, place.family),
    })
    this.#socket.on('message', (datagram) => this.#hear(datagram))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('connect', () => this.#flush())
    this.#socket.connect(place.port, place.address)
  }

  /** As net-snmp calls it. Done at once: its clock starts now, and an answer cannot overtake it. */
  send(buffer: Buffer, offset: number, length: number, _port: number, _to: string, done: Done) {
    const datagram = buffer.subarray(offset, offset + length)
    this.sent += 1
    this.#asked = readEnvelope(datagram)
    this.heard = null
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

  #flush() {
    if (this.#state === 'closed') return
    this.#state = 'open'
    for (const datagram of this.#waiting.splice(0)) this.#send(datagram)
  }

  #send(datagram: Buffer) {
    this.#socket.send(datagram, (error) => {
      if (error) this.#fail(error)
    })
  }

  #fail(error: Error) {
    if (this.#state === 'closed') return
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message
    this.#listener.unreachable(code)
  }

  /** What is no answer to the last request is passed over; the good answer may still come. */
  #hear(datagram: Buffer) {
    const answer = readEnvelope(datagram)
    if (answer === null || this.#asked === null || !answers(answer, this.#asked)) return
    if (!answer.whole) return this.#listener.garbled()
    this.heard = answer
    try {
      this.emit('message', datagram)
    } catch {
      // Whatever the library makes of a printer's octets, it is that printer's loss alone.
      this.#listener.garbled()
    }
  }
}

const answers = (answer: Envelope, asked: Envelope): boolean =>
  answer.pduType === getResponse &&
  answer.requestId === asked.requestId &&
  answer.sender.equals(asked.sender)
