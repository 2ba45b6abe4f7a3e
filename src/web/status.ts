import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { Store } from '../core/store.ts'
import { createActivePrinters } from './active-printers.ts'
import type { Answer, SignedAsk } from './answer.ts'
import { type Described, operation, Written } from './api/operation.ts'
import { feedSchema, statusSchema } from './api/status-schema.ts'
import { askNow } from './asked-now.ts'
import type { FleetView } from './fleet-view.ts'
import type { Force } from './force.ts'
import { createStatusLists } from './status-lists.ts'
import { stillMay } from './still-may.ts'
import { tagged, tagOf } from './tagged.ts'

// The manager's feed (B6): the printers that a person may see, as the one payload (B5). Retired
// printers are left out of the list, for nothing asks them and they would look broken for ever; by
// their id they are still answered, and say `isActive: false`.

interface StatusParts {
  readonly store: Store
  readonly clock: Clock
  readonly fleet: FleetView
  readonly force: Force
}

export function statusRoutes(parts: StatusParts): Described[] {
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

function createFeed(parts: StatusParts) {
  const { store } = parts
  const lists = createStatusLists(parts)

  async function asked(ask: SignedAsk, id: string, force: boolean): Promise<Printer> {
    const found = getVisiblePrinter(store.state, ask.person, id)
    return force ? askNow(parts, ask, found) : found
  }

  const activePrinters = createActivePrinters(store)

  return {
    async list(ask: SignedAsk, wanted: { printer?: string | undefined; force: boolean }) {
      const { person, headers } = ask
      const asksSo = unlessForced(wanted, headers)
      if (wanted.printer) {
        const { tag, body } = await lists.write([await asked(ask, wanted.printer, wanted.force)])
        return tagged(tag, asksSo, { body })
      }
      if (wanted.force) await parts.force.all(person.id, activePrinters(person).map(idOf))
      const shown = activePrinters(wanted.force ? stillMay(ask, 'printers look') : person)
      const { tag, body } = await (wanted.force ? lists.write(shown) : lists.lately(shown))
      return tagged(tag, asksSo, { body })
    },
    async one(ask: SignedAsk, wanted: { force: boolean }): Promise<Answer> {
      const { params, headers } = ask
      const shown = await asked(ask, params.printer ?? '', wanted.force)
      const text = lists.textOf(shown)
      const body = () => Buffer.concat(text.json)
      return tagged(tagOf(text.tag), unlessForced(wanted, headers), { body })
    },
  }
}

/** A forced answer is always whole. */
function unlessForced(wanted: { readonly force: boolean }, headers: SignedAsk['headers']) {
  return wanted.force ? undefined : headers['if-none-match']
}
