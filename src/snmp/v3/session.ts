import type { Binding } from '../bindings.ts'
import { afterHearing } from '../loop.ts'
import type { Place } from '../place.ts'
import { type Answer, columnsOf } from '../session.ts'
import { type Heard, readHeard } from './heard.ts'
import { readMessage } from './message.ts'
import { aStranger, engineNow, forget, learn, meet, type Peer } from './peer.ts'
import type { Refused } from './refused.ts'
import { openSender, type SenderSettings } from './sender.ts'
import { V3Socket } from './socket.ts'

// One printer asked by one user of SNMP 3 (RFC 3414). Before it answers, its engine must be known, and its
// clock where requests are signed; both are found out when they are missing, and again when it was reset.

export interface UserSession {
  readonly version: '3'
  /** Datagrams sent so far. */
  sent(): number
  getNext(oids: readonly string[]): Promise<Answer | Refused>
  /** The first `single` names once each, the others up to `repetitions` times. */
  getBulk(oids: readonly string[], single: number, repetitions: number): Promise<Answer | Refused>
  /** What is under way ends as `closed`, and so does all that follows. */
  close(): void
}

/** The time that a good answer has after a rubbish one: noise comes beside answers, not instead. */
const graceMs = 50

/** Who is there, what time it is there, the request; and one more, should it be reset in between. */
const mostTurns = 4

/** RFC 3416, 3. */
const authorizationError = 16

/** One request at a time. It may be kept from poll to poll. */
export function openUserSession(
  place: Place,
  settings: SenderSettings & { readonly peer?: Peer },
): UserSession {
  const { user, peer = aStranger() } = settings
  let settle: ((heard: Ended) => void) | null = null
  let grace: NodeJS.Timeout | undefined
  let isClosed = false
  const socket = new V3Socket(place, {
    heard: hear,
    unreachable: (code) => end({ kind: 'unreachable', code }),
  })
  const sender = openSender(socket, place, {
    ...settings,
    onEnd(why) {
      const waiting = settle
      if (why === 'unmade') end({ kind: 'garbled' })
      else afterHearing(() => settle === waiting && end({ kind: 'silent' }))
    },
  })

  function end(ended: Ended): void {
    clearTimeout(grace)
    grace = undefined
    const waiting = settle
    settle = null
    if (waiting === null) return
    sender.withdraw()
    waiting(ended)
  }

  function hear(datagram: Buffer): void {
    const asked = settle && socket.asked && readMessage(socket.asked)
    const heard = asked && readHeard(datagram, asked, user)
    if (heard?.kind === 'garbled') grace ??= setTimeout(() => end(heard), graceMs)
    else if (heard) end(heard)
  }

  async function ask({ send, size, columnsOf }: Question): Promise<Answer | Refused> {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      if (isClosed) return { kind: 'closed' }
      sender.face(engineNow(peer))
      const isFirstWord = peer.engine === null
      const ended = await new Promise<Ended>((resolve) => {
        settle = resolve
        send()
      })
      if (ended.kind === 'answer') {
        learn(peer, ended.engine)
        const { errorStatus: status, errorIndex: index, bindings, octets } = ended
        if (status === authorizationError) return { kind: 'refused', why: 'rights' }
        if (status !== 0) return { kind: 'declined', status, index }
        return { kind: 'bindings', columns: columnsOf(bindings), octets }
      }
      if (ended.kind === 'silent') {
        // It is off, or another stands there and passes over what is not for its own engine.
        const wasMet = peer.engine !== null && !peer.isTrusted
        forget(peer)
        // A large request may have been too large for it; that is not the user's fault.
        return wasMet && size === 1 ? { kind: 'refused', why: 'unheard' } : { kind: 'silent' }
      }
      if (ended.kind !== 'report') return ended
      const { report, engine } = ended
      if (isFirstWord || report === 'engine' || report === 'clock') meet(peer, engine)
      else return { kind: 'refused', why: report }
    }
    forget(peer)
    return { kind: 'refused', why: 'clock' }
  }

  return {
    version: '3',
    sent: () => socket.sent,
    getNext: (oids) =>
      ask({
        send: () => sender.getNext(oids),
        size: oids.length,
        columnsOf: (bindings) => columnsOf(bindings, { oids }),
      }),
    getBulk: (oids, single, repetitions) =>
      ask({
        send: () => sender.getBulk(oids, single, repetitions),
        size: oids.length,
        columnsOf: (bindings) => columnsOf(bindings, { oids, single }),
      }),
    close: () => {
      isClosed = true
      end({ kind: 'closed' })
      sender.close()
    },
  }
}

interface Question {
  send(): void
  /** How many names. */
  readonly size: number
  columnsOf(bindings: readonly Binding[]): readonly (readonly Binding[])[]
}

type Ended = Heard | Exclude<Answer, { kind: 'bindings' | 'declined' }>
