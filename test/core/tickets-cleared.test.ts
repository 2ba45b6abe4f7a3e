import { beforeEach, expect, test } from 'vitest'
import type { Judgement, Reason, Status } from '../../src/core/status/status.ts'
import type { Store } from '../../src/core/store.ts'
import { clearedBy } from '../../src/core/tickets/cleared.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const printer = aPrinter({ id: 'p-1', label: 'LIB-1' })
const at = new Date('2026-03-02T10:42:00Z')
const answered = { snmp: { ok: true, version: '2c', message: null }, stale: false }
const act = createAct('platen', at)

let store: Store
beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => tx.put('printers', printer))
})

const because = (...words: Reason['word'][]): Judgement => {
  const reasons = words.map(
    (word) => ({ word, weight: 'error', sentence: `It says ${word}` }) as const,
  )
  return { verdict: reasons.length > 0 ? 'error' : 'ok', attention: reasons.length > 0, reasons }
}

/** A ticket of a printer that said so of itself. */
async function reported(
  matter: Pick<TicketWords, 'fault' | 'wants'>,
  words: readonly string[],
  verdict: NonNullable<Ticket['printerThen']>['verdict'] = 'error',
): Promise<string> {
  const reasons = words.map((word) => ({ word, sentence: `It says ${word}` }))
  const printerThen = { verdict, reasons, alerts: [], supplies: [], readAt: null }
  const kind = matter.fault ? 'issue' : 'supply'
  const nobody = { requester: { name: null, email: null }, words: '', form: null }
  const { ticket } = await store.update((tx) =>
    openTicket(tx, printer, { kind, ...matter, ...nobody, printerThen }, act),
  )
  return ticket.id
}
const jam = { fault: 'jam', wants: null } as const
const toner = { fault: null, wants: 'toner' } as const

async function hears(
  judgement: Judgement,
  status: Pick<Status, 'snmp' | 'stale'> = answered,
): Promise<'kept' | 'nothing'> {
  const keep = clearedBy(store.state, printer, judgement, status, at)
  if (keep) await store.update((tx) => keep(tx, act))
  return keep ? 'kept' : 'nothing'
}
const clearedAt = (id: string) => store.state.tickets[id]?.clearedAt
const whatHappened = () => Object.values(store.state.journal).map(({ what }) => what)

test('a jam that is gone is told once, with the time of the reading', async () => {
  const id = await reported(jam, ['jam'])
  expect(await hears(because('jam'))).toBe('nothing')
  expect(await hears(because())).toBe('kept')
  expect(clearedAt(id)).toBe('2026-03-02T10:42:00.000Z')
  expect(await hears(because())).toBe('nothing')
  expect(whatHappened()).toEqual(['ticket opened', 'ticket cleared'])
})

test('a fault that is back takes it back', async () => {
  const id = await reported(jam, ['jam'])
  await hears(because())
  expect(await hears(because('jam'))).toBe('kept')
  expect(clearedAt(id)).toBeNull()
  expect(whatHappened().at(-1)).toBe('ticket not cleared')
})

test('a jam is over though the toner stays low', async () => {
  const id = await reported(jam, ['jam', 'low'])
  await hears(because('low'))
  expect(clearedAt(id)).not.toBeNull()
})

test('a trouble that the printer has no word for waits until all it named then is gone', async () => {
  const id = await reported({ fault: 'poor-print', wants: null }, ['waste', 'low'])
  await hears(because('low'))
  expect(clearedAt(id)).toBeNull()
  await hears(because('paper'))
  expect(clearedAt(id)).not.toBeNull()
})

test('toner that was asked for has come when neither empty nor low is said', async () => {
  const id = await reported(toner, ['low', 'paper'])
  await hears(because('empty'))
  expect(clearedAt(id)).not.toBeNull()
  const other = await reported({ fault: null, wants: 'paper' }, ['low'])
  await hears(because())
  expect(clearedAt(other)).toBeNull()
})

test.each<[string, Judgement, Pick<Status, 'snmp' | 'stale'>]>([
  [
    'a printer that is silent',
    { ...because('silent'), verdict: 'offline' },
    { ...answered, snmp: { ...answered.snmp, ok: false } },
  ],
  [
    'a printer whose last poll failed',
    because(),
    { ...answered, snmp: { ...answered.snmp, ok: false } },
  ],
  ['a printer that does not say how it is', { ...because(), verdict: 'unknown' }, answered],
  ['another device that answers in its place', because(), { ...answered, stale: true }],
])('%s clears nothing', async (_who, judgement, status) => {
  const id = await reported(jam, ['jam'])
  expect(await hears(judgement, status)).toBe('nothing')
  expect(clearedAt(id)).toBeNull()
})

test.each<[string, readonly string[], NonNullable<Ticket['printerThen']>['verdict']]>([
  ['nothing was wrong by its own word', [], 'ok'],
  ['it was silent', ['silent'], 'offline'],
  ['it did not say how it was', ['alert'], 'unknown'],
  ['an older platen kept no word', [''], 'error'],
])('a ticket of a time when %s is not cleared', async (_when, words, verdict) => {
  const id = await reported(jam, words, verdict)
  expect(await hears(because())).toBe('nothing')
  expect(clearedAt(id)).toBeNull()
})

test('what is settled, and what is of another printer, is left alone', async () => {
  const id = await reported(jam, ['jam'])
  expect(clearedBy(store.state, { id: 'p-2' }, because(), answered, at)).toBeNull()
  const keep = clearedBy(store.state, printer, because(), answered, at)
  await store.update((tx) => resolveTicket(tx, id, act))
  expect(await hears(because())).toBe('nothing')
  // Found before somebody was faster.
  await store.update((tx) => keep?.(tx, act))
  expect(clearedAt(id)).toBeNull()
})
