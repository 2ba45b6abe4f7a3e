import { expect, test } from 'vitest'
import type { Epoch } from '../../src/core/counters/epoch.ts'
import { pastOf } from '../../src/core/counters/past.ts'
import { statisticsOf } from '../../src/core/status/statistics.ts'
import type { Watched } from '../../src/core/status/status.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { createAct } from '../parts/act.ts'
import { onePrinter } from '../parts/fleet.ts'
import { aSupply, silence } from '../parts/readings.ts'

// Figures out of made-up printers and tickets.

const now = new Date('2026-03-31T12:00:00.000Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()

/** As the fleet watches it after these readings. */
async function watched(
  words: object,
  ...heard: Parameters<Awaited<ReturnType<typeof onePrinter>>['hears']>
) {
  const one = await onePrinter()
  await one.says(words)
  for (let times = 0; times < 3; times++) one.hears(heard[0])
  const { reasons } = one.fleet.judgement(one.id)
  const status = one.fleet.status(one.id)
  return {
    status: { ...status, printer: { ...status.printer, ...words } },
    reasons,
    asking: false,
  } as Watched
}

async function aTicket(words: Partial<Ticket>): Promise<Ticket> {
  const one = await onePrinter()
  const { ticket } = await one.store.update((tx) =>
    openTicket(
      tx,
      one.printer(),
      {
        ...{ kind: 'issue', fault: 'jam', wants: null, words: '', form: null, printerThen: null },
        requester: { name: null, email: null },
      },
      createAct(),
    ),
  )
  return { ...ticket, ...words }
}

test('printers are counted by how they are, maker, model and group', async () => {
  const printers = [
    await watched({ id: 'p-1', make: 'Ink', model: 'A' }, { pageCount: 100 }),
    await watched(
      { id: 'p-2', make: 'Ink', model: 'B' },
      { pageCount: 50, errors: { raw: '04', flags: ['jammed'] } },
    ),
    await watched({ id: 'p-3', make: null, model: 'B' }, silence()),
  ]
  const figures = statisticsOf(printers, [], now)
  expect(figures.verdicts).toEqual({ error: 1, offline: 1, warning: 0, unknown: 0, ok: 1 })
  expect(figures.makers).toEqual([
    { name: 'Ink', count: 2 },
    { name: null, count: 1 },
  ])
  expect(figures.models).toEqual([
    { name: 'B', count: 2 },
    { name: 'A', count: 1 },
  ])
  expect(figures.pages).toEqual({ counted: 150, printers: 2 })
  expect(figures.silent.map(({ id }) => id)).toEqual(['p-3'])
})

test('low supplies are counted by colour and by model', async () => {
  const supplies = [
    aSupply({ percent: 5 }),
    aSupply({ index: '1.2', colour: 'cyan', percent: 15 }),
    aSupply({
      index: '1.3',
      kind: 'waste',
      colour: null,
      class: 'receptacleThatIsFilled',
      percent: 4,
    }),
    aSupply({ index: '1.4', colour: 'yellow', percent: 80 }),
  ]
  const { lowSupplies } = statisticsOf([await watched({ model: 'A' }, { supplies })], [], now)
  expect(lowSupplies.colours).toEqual([
    { name: 'black', count: 1 },
    { name: 'cyan', count: 1 },
    { name: 'waste', count: 1 },
  ])
  expect(lowSupplies.models).toEqual([{ name: 'A', count: 3 }])
})

test('tickets are counted by time, with how long they took in the middle', async () => {
  const settled = (opened: number, takenAfter: number, resolvedAfter: number) =>
    aTicket({
      ...{ state: 'resolved', openedAt: ago(opened), takenAt: ago(opened - takenAfter) },
      resolvedAt: ago(opened - resolvedAfter),
    })
  const tickets = [
    await settled(20, 1, 2),
    await settled(22, 3, 4),
    await settled(100, 2, 50),
    await settled(800, 1, 795),
    await settled(900, 1, 2),
    { ...(await settled(10, 9, 9)), clockTrusted: false },
    await aTicket({ state: 'open', openedAt: ago(1) }),
  ]
  const { spans, open } = statisticsOf([], tickets, now).tickets
  expect(open).toBe(1)
  expect(spans).toEqual([
    { hours: 24, opened: 4, resolved: 4, minutesUntilTaken: 120, minutesUntilResolved: 240 },
    { hours: 168, opened: 5, resolved: 5, minutesUntilTaken: 120, minutesUntilResolved: 1620 },
    { hours: 720, opened: 5, resolved: 5, minutesUntilTaken: 120, minutesUntilResolved: 1620 },
  ])
  expect(statisticsOf([], [], now).tickets.spans[0]?.minutesUntilTaken).toBeNull()
})

test('whose tickets are the most is told of those in sight alone', async () => {
  const printers = [
    await watched({ id: 'p-1', label: 'A' }, {}),
    await watched({ id: 'p-2', label: 'B' }, {}),
  ]
  const tickets = await Promise.all(
    ['p-2', 'p-2', 'p-1', 'p-9'].map((printer) => aTicket({ printer, openedAt: ago(5) })),
  )
  const old = await aTicket({ printer: 'p-1', openedAt: ago(24 * 31) })
  expect(statisticsOf(printers, [...tickets, old, old], now).tickets.most).toEqual([
    { id: 'p-2', label: 'B', count: 2 },
    { id: 'p-1', label: 'A', count: 1 },
  ])
})

test('pages of a day are what the counter grew, over a night, a silence and a new counter', () => {
  const edges = [1, 2, 3, 4, 5, 6].map((day) => new Date(Date.UTC(2026, 2, day)))
  const line = (at: string, pageCount: number, more = {}) => ({
    ...{ at: `2026-03-0${at}:00:00.000Z`, printer: 'p-1', ok: true, pageCount, ...more },
  })
  const silent = (at: string) => ({
    ...{ at: `2026-03-0${at}:00:00.000Z`, printer: 'p-1', ok: false, error: 'No answer' },
  })
  const lines = [
    line('1T08', 100),
    line('1T20', 150, { supplies: [['1.1', 40, 100, 40]] }),
    line('2T09', 180, { supplies: [['1.1', 38, 100, 38]], replaced: ['1.2'] }),
    line('2T10', 9_999_999, { clock: 'untrusted' }),
    silent('3T09'),
    line('5T09', 190),
    line('5T10', 7),
    line('5T12', 17),
  ] as const
  const epoch: Epoch = {
    ...{ id: 'e', printer: 'p-1', state: 'begun', why: 'counter-fell', last: 190 },
    ...{ startedAt: '2026-03-05T10:00:00.000Z', first: 7, lastAt: '2026-03-05T09:00:00.000Z' },
  }
  const first: Epoch = { ...epoch, id: 'f', why: 'first', startedAt: lines[0].at, first: 100 }
  const past = pastOf(lines, [{ ...first, last: null, lastAt: null }, epoch], edges)
  expect(past.days.map(({ pages }) => pages)).toEqual([50, 30, null, null, 20])
  expect(past.days.map(({ levels }) => levels.get('1.1'))).toEqual([
    40,
    38,
    ...Array(3).fill(undefined),
  ])
  expect(past.silences).toEqual([
    { from: '2026-03-03T09:00:00.000Z', to: '2026-03-05T09:00:00.000Z', why: 'No answer' },
  ])
  expect(past.replaced).toEqual([{ at: '2026-03-02T09:00:00.000Z', supplies: ['1.2'] }])
})

test('a day on which nobody printed has no pages, which is not the same as not known', () => {
  const edges = [1, 2, 3].map((day) => new Date(Date.UTC(2026, 2, day)))
  const lines = [{ at: '2026-03-01T08:00:00.000Z', printer: 'p-1', ok: true, pageCount: 5 }]
  expect(pastOf(lines, [], edges).days.map(({ pages }) => pages)).toEqual([null, 0])
  expect(pastOf([], [], edges).days.map(({ pages }) => pages)).toEqual([null, null])
})

test('a model that the office has not written down is the one that the printer tells, of supplies too', async () => {
  const one = await watched({ model: null }, { supplies: [aSupply({ percent: 5 })] })
  const device = { index: 1, model: 'Folio 400', status: null }
  const told = { ...one, status: { ...one.status, device } }
  const { models, lowSupplies } = statisticsOf([told], [], now)
  expect(models).toEqual([{ name: 'Folio 400', count: 1 }])
  expect(lowSupplies.models).toEqual([{ name: 'Folio 400', count: 1 }])
})
