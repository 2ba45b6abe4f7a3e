import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { Store } from '../core/store.ts'
import { createActivePrinters } from './active-printers.ts'
import { type Answer, jsonType, type SignedAsk } from './answer.ts'
import { type Described, isMatch, operation, Written } from './api/operation.ts'
import { feedSchema, statusSchema } from './api/status-schema.ts'
import { askNow } from './asked-now.ts'
import type { FleetView } from './fleet-view.ts'
import { createForce } from './force.ts'
import { createStatusLists, tagOf } from './status-lists.ts'
import { stillMay } from './still-may.ts'

// The manager's feed (B6): the printers that a person may see, as the one payload (B5). Retired
// printers are left out of the list, for nothing asks them and they would look broken for ever; by
// their id they are still answered, and say `isActive: false`.

export function statusRoutes(parts: { store: Store; clock: Clock; fleet: FleetView }): Described[] {
  const feed = createFeed(parts)
  return [
    operation({
      ...{ method: 'GET', path: '/api/v1/status', name: 'listStatuses', needs: 'printers look' },
      says: 'How every printer in reach is, in the order of their labels. With If-None-Match: 304 while no fact changed.',
      query: { printer, force },
      answers: feedSchema,
      refuses: ['conflict', 'unreachable'],
      run: async (ask, { query }) => new Written(await feed.list(ask, query)),
    }),
    operation({
      ...{ method: 'GET', path: '/api/v1/status/:printer', name: 'getStatus' },
      needs: 'printers look',
      says: 'How one printer is. With force=1 it is asked first.',
      query: { force },
      answers: statusSchema,
      refuses: ['conflict', 'unreachable'],
      run: async (ask, { query }) => new Written(await feed.one(ask, query)),
    }),
  ]
}

const idOf = (printer: Printer) => printer.id

const flag = z.enum(['0', '1'], 'is 1 or 0').transform((value) => value === '1')
const force = flag.default(false)
const printer = z.string().min(1, 'is the id of a printer').optional()

function createFeed({ store, clock, fleet }: { store: Store; clock: Clock; fleet: FleetView }) {
  const forced = createForce(fleet)
  const lists = createStatusLists({ store, clock, fleet })

  async function asked(ask: SignedAsk, id: string, force: boolean): Promise<Printer> {
    const found = getVisiblePrinter(store.state, ask.person, id)
    return force ? askNow({ store, fleet, force: forced }, ask, found) : found
  }

  const activePrinters = createActivePrinters(store)

  return {
    async list(ask: SignedAsk, wanted: { printer?: string | undefined; force: boolean }) {
      const { person, headers } = ask
      const freshness = wanted.force ? 'forced' : headers['if-none-match']
      if (wanted.printer) {
        const { tag, body } = await lists.write([await asked(ask, wanted.printer, wanted.force)])
        return feedAnswer(tag, freshness, body)
      }
      if (wanted.force) await forced.all(person.id, activePrinters(person).map(idOf))
      const shown = activePrinters(wanted.force ? stillMay(ask, 'printers look') : person)
      const { tag, body } = await (wanted.force ? lists.write(shown) : lists.lately(shown))
      return feedAnswer(tag, freshness, body)
    },
    async one(ask: SignedAsk, wanted: { force: boolean }): Promise<Answer> {
      const { params, headers } = ask
      const shown = await asked(ask, params.printer ?? '', wanted.force)
      const text = lists.textOf(shown)
      const freshness = wanted.force ? 'forced' : headers['if-none-match']
      return feedAnswer(tagOf([text.tag]), freshness, () => Buffer.concat(text.json))
    },
  }
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
