import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { getVisiblePrinter, refuseUnless, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { Printer } from '../core/printers/printer.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { type Answer, jsonType, type Route, type SignedAsk } from './answer.ts'
import { isMatch } from './api/operation.ts'
import type { FleetView } from './fleet-view.ts'
import { createForce } from './force.ts'
import { readQuery } from './query.ts'
import { createStatusLists, tagOf } from './status-lists.ts'

// The manager's feed (B6): the printers that a person may see, as the one payload (B5). Retired
// printers are left out of the list, for nothing asks them and they would look broken for ever; by
// their id they are still answered, and say `isActive: false`.

export function statusRoutes(parts: { store: Store; clock: Clock; fleet: FleetView }): Route[] {
  const feed = createFeed(parts)
  return [
    { ...look, path: '/api/v1/status', answer: feed.list },
    { ...look, path: '/api/v1/status/:printer', answer: feed.one },
  ]
}

const look = { method: 'GET', as: 'json', who: 'signed in', needs: 'printers look' } as const

const idOf = (printer: Printer) => printer.id

const flag = z.enum(['0', '1'], 'is 1 or 0').transform((value) => value === '1')
const force = flag.default(false)
const printer = z.string().min(1, 'is the id of a printer').optional()

function createFeed({ store, clock, fleet }: { store: Store; clock: Clock; fleet: FleetView }) {
  const forced = createForce(fleet)
  const lists = createStatusLists({ store, clock, fleet })

  async function asked(ask: SignedAsk, id: string, force: boolean): Promise<Printer> {
    const found = getVisiblePrinter(store.state, ask.person, id)
    if (!force) return found
    if (!found.isActive)
      throw new Refusal('conflict', `${found.label} is retired, and is not asked any more.`)
    const came = await forced.one(found.id)
    // Much may have changed while it was asked: the printer, the person, the reach.
    const present = getVisiblePrinter(store.state, stillMay(ask), id)
    const status = fleet.status(present.id)
    if (came === 'asked' && status.snmp.ok) return present
    const message = status.snmp.message === 'No answer' ? null : status.snmp.message
    const why = came === 'asked' ? message : 'It is still being asked.'
    const sentence = `${present.label} did not answer. ${why ?? ''}`.trimEnd()
    throw new Refusal('unreachable', sentence, { status })
  }

  const activePrinters = (person: Person) =>
    visiblePrinters(store.state, person).filter(({ isActive }) => isActive)

  return {
    async list(ask: SignedAsk): Promise<Answer> {
      const { person, query, headers } = ask
      const wanted = readQuery(query, { printer, force })
      const freshness = wanted.force ? 'forced' : headers['if-none-match']
      if (wanted.printer) {
        const { tag, body } = await lists.write([await asked(ask, wanted.printer, wanted.force)])
        return feedAnswer(tag, freshness, body)
      }
      if (wanted.force) await forced.all(person.id, activePrinters(person).map(idOf))
      const shown = activePrinters(wanted.force ? stillMay(ask) : person)
      const { tag, body } = await (wanted.force ? lists.write(shown) : lists.lately(shown))
      return feedAnswer(tag, freshness, body)
    },
    async one(ask: SignedAsk): Promise<Answer> {
      const { params, query, headers } = ask
      const wanted = readQuery(query, { force })
      const shown = await asked(ask, params.printer ?? '', wanted.force)
      const text = lists.textOf(shown)
      const freshness = wanted.force ? 'forced' : headers['if-none-match']
      return feedAnswer(tagOf([text.tag]), freshness, () => Buffer.concat(text.json))
    },
  }
}

/** Much may happen to an account while printers are asked. */
function stillMay({ asNow }: SignedAsk): Person {
  const person = asNow()
  if (!person) throw new Refusal('unauthenticated', 'Sign in again: the account has changed.')
  refuseUnless(person, 'printers look')
  return person
}

/**
 * The feed is kept by nobody on the way (B6: no-store), and by no browser of a shared computer. Who
 * keeps it knowingly, and asks with the ETag, may go on keeping it and is told 304 while no fact
 * changed. A forced answer is always whole.
 */
function feedAnswer(
  tag: string,
  freshness: 'forced' | string | undefined,
  body: () => Buffer,
): Answer {
  const asksSo = freshness !== undefined && freshness !== 'forced'
  const headers = { 'Cache-Control': asksSo ? 'private, no-cache' : 'no-store', ETag: tag }
  if (asksSo && isMatch(freshness, tag)) return { status: 304, headers, body: null }
  return { status: 200, headers: { ...headers, 'Content-Type': jsonType }, body: body() }
}
