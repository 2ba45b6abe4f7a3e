import { may, maySee } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import type { Answer, Outlet, Route, SignedAsk } from './answer.ts'

// Server-sent events: that something changed, not what it is now. `web/board.js` fetches its page
// anew, so that what a page shows is decided in one place.

export interface Events {
  readonly routes: readonly Route[]
  /** A fact of this printer is new. */
  heard(printerId: string): void
  close(): void
}

interface Listener {
  readonly out: Outlet
  /** Id of the person. */
  readonly of: string
  /** null once it may not listen any more. */
  readonly asNow: () => Person | null
}

/** News of half a second go out together: a sweep brings them by the dozen. */
const gatherMs = 500
/** Proxies end what is silent for a minute; and an ended session is noticed in this time. */
const heartbeatMs = 20_000
const most = 200
/** A browser opens six connections at most; a person has a few browsers. */
const mostOfOnePerson = 12

export function createEvents(parts: { store: Store; heartbeatMs?: number }): Events {
  const { store } = parts
  const listeners = new Set<Listener>()
  const printers = new Set<string>()
  let records: 'changed' | 'same' = 'same'
  let gathering: NodeJS.Timeout | null = null
  let beating: NodeJS.Timeout | null = null
  let door: 'open' | 'closed' = 'open'
  const stopWatching = store.onChange(() => {
    if (listeners.size > 0) records = 'changed'
    gather()
  })

  function gather(): void {
    if (listeners.size > 0) gathering ??= setTimeout(tell, gatherMs)
  }

  function tell(): void {
    gathering = null
    for (const listener of [...listeners]) {
      const person = listener.asNow()
      if (!person) {
        listener.out.end()
        continue
      }
      const seen = [...printers].filter((id) => {
        const printer = store.state.printers[id]
        return printer && may(person, 'printers look') && maySee(store.state, person, printer)
      })
      if (seen.length === 0 && records === 'same') continue
      const news = JSON.stringify({ printers: seen, records: records === 'changed' })
      listener.out.write(`event: changed\ndata: ${news}\n\n`)
    }
    printers.clear()
    records = 'same'
  }

  function beat(): void {
    for (const listener of [...listeners])
      if (listener.asNow()) listener.out.write(': still here\n\n')
      else listener.out.end()
  }

  function listen({ person, asNow }: SignedAsk): Answer {
    const ofThisPerson = [...listeners].filter(({ of }) => of === person.id).length
    if (listeners.size >= most || ofThisPerson >= mostOfOnePerson)
      throw new Refusal('too-many', 'Too many pages are open and wait for news; close some.', {
        retryAfterSeconds: 30,
      })
    return {
      status: 200,
      // nginx would gather what is to be sent at once.
      headers: {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
      body(out) {
        if (door === 'closed') out.end()
        const listener = { out, of: person.id, asNow }
        listeners.add(listener)
        beating ??= setInterval(beat, parts.heartbeatMs ?? heartbeatMs)
        out.write('retry: 3000\n\n')
        return () => {
          listeners.delete(listener)
          if (listeners.size === 0) rest()
        }
      },
    }
  }

  function rest(): void {
    if (beating) clearInterval(beating)
    if (gathering) clearTimeout(gathering)
    beating = null
    gathering = null
    printers.clear()
    records = 'same'
  }

  return {
    routes: [
      { method: 'GET', path: '/events', as: 'json', who: 'signed in', needs: null, answer: listen },
    ],
    heard(printerId) {
      if (listeners.size > 0) printers.add(printerId)
      gather()
    },
    close() {
      door = 'closed'
      stopWatching()
      for (const { out } of listeners) out.end()
      rest()
    },
  }
}
