import type { Socket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import { codeOf, connectTo } from '../connected.ts'
import type { Place } from '../place.ts'

// The socket that net-snmp is given for its own. It sends for the library and hands it nothing: what comes
// is read here, by what reads the other versions too.

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
    this.#socket = connectTo(place)
    this.#socket.on('message', (datagram) => this.#listener.heard(datagram))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('connect', () => this.#open())
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
    this.#socket.send(datagram, (error) => {
      if (error) this.#fail(error)
    })
  }

  #fail(error: Error) {
    if (this.#state === 'closed') return
    this.#listener.unreachable(codeOf(error))
  }
}
