import type { Socket } from 'node:dgram'
import { codeOf, connectTo } from './connected.ts'
import { type Envelope, getResponse, readEnvelope } from './envelope.ts'
import { afterHearing } from './loop.ts'
import type { Place } from './place.ts'
import { numberAnew, type Request } from './request.ts'

// The way to one printer: a connected UDP socket that is kept from poll to poll, with any number of
// requests under way. Connected, so that the kernel takes answers from the asked address and port alone
// and tells at once when nobody listens there; and each printer's answers wait in a buffer of their own
// while the loop is busy.

export type Heard =
  | {
      readonly kind: 'answer'
      readonly datagram: Buffer
      readonly envelope: Envelope
      /** From the first sending to here, in milliseconds: too long rather than too short for ever. */
      readonly tripMs: number
    }
  /** What came as an answer could not be read. */
  | { readonly kind: 'garbled' }
  | { readonly kind: 'silent' }
  /** The network's word: ECONNREFUSED, EHOSTUNREACH … */
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'closed' }

interface Waiting {
  readonly request: Request
  readonly settle: (heard: Heard) => void
  /** Milliseconds of the tries that are left. */
  readonly tries: number[]
  readonly sentMs: number
  timer: NodeJS.Timeout | undefined
  isGarbled: boolean
}

/** The time that a good answer has after a rubbish one: noise comes beside answers, not instead. */
const graceMs = 50

export class Channel {
  /** Datagrams sent, repeats included. */
  sent = 0
  #socket: Socket
  #state: 'connecting' | 'open' | 'closed' = 'connecting'
  /** By request-id. */
  #waiting = new Map<number, Waiting>()

  constructor(place: Place) {
    this.#socket = connectTo(place)
    this.#socket.on('message', (datagram) => this.#hear(datagram))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('connect', () => this.#open())
  }

  get isOpen(): boolean {
    return this.#state !== 'closed'
  }

  /** `tries`: how long each waits, in milliseconds; after the last it is silent. */
  ask(request: Request, tries: readonly number[]): Promise<Heard> {
    if (this.#state === 'closed') return Promise.resolve({ kind: 'closed' })
    return new Promise((resolve) => {
      const number = numberAnew(request)
      const waiting: Waiting = {
        request,
        tries: [...tries],
        sentMs: performance.now(),
        timer: undefined,
        isGarbled: false,
        settle: (heard) => {
          clearTimeout(waiting.timer)
          this.#waiting.delete(number)
          resolve(heard)
        },
      }
      this.#waiting.set(number, waiting)
      this.#try(waiting)
    })
  }

  /** What is under way ends as `closed`. */
  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#socket.close()
    for (const { settle } of [...this.#waiting.values()]) settle({ kind: 'closed' })
  }

  #try(waiting: Waiting): void {
    const ms = waiting.tries.shift()
    if (ms === undefined) {
      afterHearing(() => waiting.settle({ kind: 'silent' }))
      return
    }
    waiting.timer = setTimeout(() => this.#try(waiting), ms)
    this.sent += 1
    if (this.#state === 'open') this.#send(waiting.request.datagram)
  }

  #open(): void {
    if (this.#state === 'closed') return
    this.#state = 'open'
    for (const { request } of this.#waiting.values()) this.#send(request.datagram)
  }

  #send(datagram: Buffer): void {
    this.#socket.send(datagram, this.#sent)
  }

  /** An address where nobody listens shows at the next sending. */
  #sent = (error: Error | null): void => {
    if (error) this.#fail(error)
  }

  #fail(error: Error): void {
    const code = codeOf(error)
    for (const { settle } of [...this.#waiting.values()]) settle({ kind: 'unreachable', code })
  }

  /** What is no answer to a request under way is passed over; the good answer may still come. */
  #hear(datagram: Buffer): void {
    const envelope = readEnvelope(datagram)
    if (envelope?.pduType !== getResponse) return
    const waiting = this.#waiting.get(envelope.requestId)
    if (waiting === undefined || !envelope.sender.equals(waiting.request.sender)) return
    if (envelope.whole) {
      const tripMs = performance.now() - waiting.sentMs
      waiting.settle({ kind: 'answer', datagram, envelope, tripMs })
      return
    }
    if (waiting.isGarbled) return
    waiting.isGarbled = true
    clearTimeout(waiting.timer)
    waiting.timer = setTimeout(() => waiting.settle({ kind: 'garbled' }), graceMs)
  }
}
