import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { getVisiblePrinter, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { Printer } from '../core/printers/printer.ts'
import { inOrder } from '../core/printers/printers.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { type Answer, jsonType, type Route, type SignedAsk } from './answer.ts'
import type { FleetView } from './fleet-view.ts'
import { createForce } from './force.ts'
import { readQuery } from './query.ts'
import { createStatusTexts } from './status-texts.ts'

// The manager's feed (B6): the printers that a person may see, as the one payload (B5). Retired
// printers are left out of the list, for nothing asks them and they would look broken for ever; by
// their id they are still answered, and say `isActive: false`.

export function statusRoutes(parts: { store: Store; clock: Clock; fleet: FleetView }): Route[] {
  const feed = createFeed(parts)
  return [
    { method: 'GET', path: '/api/v1/status', as: 'json', who: 'signed in', answer: feed.list },
    {
      method: 'GET',
      path: '/api/v1/status/:printer',
      as: 'json',
      who: 'signed in',
      answer: feed.one,
    },
  ]
}

const idOf = (printer: Printer) => printer.id
const comma = Buffer.from(',')
const close = Buffer.from(']}\n')

const flag = z.enum(['0', '1'], 'is 1 or 0').transform((value) => value === '1')
const force = flag.default(false)
const printer = z.string().min(1, 'is the id of a printer').optional()

function createFeed({ store, clock, fleet }: { store: Store; clock: Clock; fleet: FleetView }) {
  const forced = createForce(fleet)
  const textOf = createStatusTexts()
  const ordered = createOrder()

  async function ask(person: Person, id: string, force: boolean): Promise<Printer> {
    const found = getVisiblePrinter(store.state, person, id)
    if (!force) return found
    if (!found.isActive)
      throw new Refusal('conflict', `${found.label} is retired, and is not asked any more.`)
    const came = await forced.one(found.id)
    // Much may have changed while it was asked: the printer, the person, the reach.
    const present = getVisiblePrinter(store.state, asNow(person), id)
    const status = fleet.status(present.id)
    if (came === 'asked' && status.snmp.ok) return present
    const message = status.snmp.message === 'No answer' ? null : status.snmp.message
    const why = came === 'asked' ? message : 'It is still being asked.'
    const sentence = `${present.label} did not answer. ${why ?? ''}`.trimEnd()
    throw new Refusal('unreachable', sentence, { status })
  }

  const asNow = (person: Person) => store.state.people[person.id] ?? person
  const activePrinters = (person: Person) =>
    visiblePrinters(store.state, person).filter(({ isActive }) => isActive)
  const textsOf = (printers: readonly Printer[]) =>
    printers.map((each) => textOf(each, fleet.status(each.id)))

  return {
    async list({ person, query, headers }: SignedAsk): Promise<Answer> {
      const wanted = readQuery(query, { printer, force })
      const freshness = wanted.force ? 'forced' : headers['if-none-match']
      let shown: readonly Printer[]
      if (wanted.printer) shown = [await ask(person, wanted.printer, wanted.force)]
      else {
        if (wanted.force) await forced.all(person.id, activePrinters(person).map(idOf))
        shown = ordered(activePrinters(asNow(person)))
      }
      const texts = textsOf(shown)
      const clockTrusted = clock.trusted()
      const tag = tagOf([String(clockTrusted), ...texts.map((text) => text.tag)])
      return feedAnswer(tag, freshness, () => {
        const head = JSON.stringify({ schema: 1, generatedAt: clock.now(), clockTrusted })
        const printers = texts.flatMap(({ json }, at) => (at > 0 ? [comma, ...json] : json))
        const open = Buffer.from(`${head.slice(0, -1)},"printers":[`)
        return Buffer.concat([open, ...printers, close])
      })
    },
    async one({ person, params, query, headers }: SignedAsk): Promise<Answer> {
      const wanted = readQuery(query, { force })
      const shown = await ask(person, params.printer ?? '', wanted.force)
      const text = textOf(shown, fleet.status(shown.id))
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
  if (asksSo && matches(freshness, tag)) return { status: 304, headers, body: null }
  return { status: 200, headers: { ...headers, 'Content-Type': jsonType }, body: body() }
}

/** Weak: the same facts, not the same bytes, for the ages differ. */
function tagOf(tags: readonly string[]): string {
  return `W/"${createHash('sha256').update(tags.join()).digest('base64url').slice(0, 22)}"`
}

/** RFC 9110, If-None-Match: `*`, or a list of tags of which the weakness does not count. */
function matches(wanted: string, tag: string): boolean {
  const bare = (each: string) => each.trim().replace(/^W\//, '')
  return wanted.trim() === '*' || wanted.split(',').map(bare).includes(bare(tag))
}

/** Sorting 1,000 labels costs more than all the rest, so the last orders are kept, by their records. */
function createOrder(): (printers: readonly Printer[]) => readonly Printer[] {
  let before: readonly Printer[] = []
  let ordered: readonly Printer[] = []
  return (printers) => {
    const same =
      printers.length === before.length && printers.every((each, at) => each === before[at])
    if (!same) {
      before = printers
      ordered = inOrder(printers)
    }
    return ordered
  }
}
