import { describe, expect, test } from 'vitest'
import type { Epoch } from '../../src/core/counters/epoch.ts'
import { usage } from '../../src/core/counters/usage.ts'
import { noticed, type Polled } from '../../src/core/questions/noticed.ts'
import { answerQuestion, openQuestions } from '../../src/core/questions/questions.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { createAct } from '../parts/act.ts'
import { aReading } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const start = Date.UTC(2026, 2, 2, 8)
const at = (minutes: number): Date => new Date(start + minutes * 60_000)

type Count = number | null | { readonly pages: number; readonly after: number }

/** Reads a printer's counter each five minutes, or after as many as it says. */
async function aCounter(unit: string | null = 'impressions') {
  const store = createMemoryStore()
  await store.update((tx) => tx.put('printers', aPrinter()))
  const points: { at: Date; pageCount: number }[] = []
  let minutes = 0
  let writes = 0
  let before: Polled['before'] = null
  const desk = createAct()
  const epochs = (): Epoch[] =>
    Object.values(store.state.epochs).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  const questions = () => openQuestions(store.state)
  return {
    epochs,
    questions,
    writes: () => writes,
    pages: () => usage(points, epochs()),
    whys: () => epochs().map(({ why, state }) => (state === 'begun' ? why : `${why}?`)),
    kinds: () => questions().map(({ kind }) => kind),
    /** platen starts anew and its status file was lost. */
    forget: () => {
      before = null
    },
    async says(...counts: Count[]) {
      for (const count of counts) {
        minutes += typeof count === 'object' ? (count?.after ?? 5) : 5
        const pageCount = typeof count === 'object' ? (count?.pages ?? null) : count
        const markers: Reading['markers'] = [{ index: '1.1', lifeCount: pageCount, unit }]
        const polled = { reading: aReading({ pageCount, markers }), readAt: at(minutes), before }
        if (pageCount !== null) points.push({ at: at(minutes), pageCount })
        const printer = store.state.printers['p-1'] ?? aPrinter()
        const keep = noticed(store.state, printer, polled)
        const act = { ...desk, by: 'platen', now: at(minutes) }
        if (keep) await store.update((tx) => keep(tx, act))
        if (keep) writes++
        before = polled
      }
    },
    answer: (answer: string) =>
      store.update((tx) =>
        answerQuestion(
          tx,
          { id: questions()[0]?.id ?? '', answer },
          {
            ...{ ...desk, by: 'ada', now: at(minutes) },
          },
        ),
      ),
  }
}

describe('a page counter', () => {
  test('that grows as printers print is written down once', async () => {
    const counter = await aCounter()
    await counter.says(9000, 9000, 9100, 10_000, 10_000, { pages: 200_000, after: 60 * 24 })
    expect(counter.whys()).toEqual(['first'])
    expect([counter.writes(), counter.kinds(), counter.pages()]).toEqual([1, [], 191_000])
  })

  test('that fell is believed at the second reading, and a person is asked', async () => {
    const counter = await aCounter()
    await counter.says(9000, 9005, 3)
    expect([counter.whys(), counter.kinds()]).toEqual([['first', 'counter-fell?'], []])
    await counter.says(4)
    expect([counter.whys(), counter.kinds()]).toEqual([['first', 'counter-fell'], ['counter-fell']])
    expect(counter.questions()[0]?.facts).toMatchObject({
      known: { pageCount: 9005, at: at(10).toISOString() },
      heard: { pageCount: 4 },
    })
    await counter.answer('new-counter')
    await counter.says(10)
    expect([counter.pages(), counter.kinds()]).toEqual([5 + 7, []])
  })

  test.each([
    ['zero pages once', [9000, 0, 9001]],
    ['zero pages, then a big spike', [9000, 0, 5_000_000, 9001]],
    ['a big spike', [9000, 5_000_000, 9001]],
    ['a big spike, then zero pages', [9000, 5_000_000, 0, 9001]],
    ['one page less', [9000, 8999, 9001]],
    ['no count at all for a while', [9000, null, null, 9001]],
  ])('is not taken at its word for %s', async (_words, counts) => {
    const counter = await aCounter()
    await counter.says(...counts, 9002)
    expect([counter.whys(), counter.kinds(), counter.pages()]).toEqual([['first'], [], 2])
  })

  test('that jumped higher than any printer prints begins anew, and a person may say it did print', async () => {
    const counter = await aCounter()
    await counter.says(9000, 90_000, 90_001)
    expect([counter.whys(), counter.kinds()]).toEqual([
      ['first', 'counter-jumped'],
      ['counter-jumped'],
    ])
    expect(counter.pages()).toBe(1)
    await counter.answer('same-counter')
    await counter.says(90_002)
    expect([counter.whys(), counter.kinds()]).toEqual([['first'], []])
  })

  test('that goes on where it was takes its question back', async () => {
    const counter = await aCounter()
    await counter.says(9000, 0, 0, 0)
    expect(counter.kinds()).toEqual(['counter-fell'])
    await counter.says(9001, 9002)
    expect([counter.whys(), counter.kinds(), counter.pages()]).toEqual([['first'], [], 2])
  })

  test('that was set back and in time counts more than before keeps its question', async () => {
    const counter = await aCounter()
    await counter.says(2000, 0, 500, 1500, 2500, 3500)
    expect([counter.kinds(), counter.pages()]).toEqual([['counter-fell'], 3500])
  })

  test('that says anything at all is asked about once, and begins no epoch a reading', async () => {
    const counter = await aCounter()
    let number = 4711
    for (let time = 0; time < 300; time++) {
      number = (number * 48_271) % 2_147_483_647
      await counter.says(number % 5000)
      expect(counter.epochs().length).toBeLessThanOrEqual(2)
      expect(counter.kinds().length).toBeLessThanOrEqual(1)
    }
    expect(counter.pages() ?? -1).toBeGreaterThanOrEqual(0)
  })

  test('that fell while platen had forgotten the last reading is noticed all the same', async () => {
    const counter = await aCounter()
    await counter.says(9000, 9100)
    counter.forget()
    await counter.says(12, 13)
    expect(counter.kinds()).toEqual(['counter-fell'])
  })

  test('that fell after a first reading under a clock that ran ahead is asked about all the same', async () => {
    const counter = await aCounter()
    await counter.says({ pages: 9000, after: 60 * 24 * 365 })
    await counter.says({ pages: 9100, after: -60 * 24 * 365 }, 12, 13, 14)
    expect([counter.kinds(), counter.epochs().length]).toEqual([['counter-fell'], 2])
  })

  test('that counts a length, or tells rubbish, counts no pages', async () => {
    for (const unit of ['meters', 'tenThousandthsOfInches']) {
      const plotter = await aCounter(unit)
      await plotter.says(9000, 0, 0)
      expect([plotter.writes(), plotter.pages()]).toEqual([0, null])
    }
    const broken = await aCounter()
    await broken.says(-2, 1.5, Number.MAX_VALUE)
    expect(broken.writes()).toBe(0)
  })

  test('of a printer without a serial that another one took the place of', async () => {
    const counter = await aCounter()
    await counter.says(9000, 3, 4)
    await counter.answer('replaced')
    expect(counter.whys()).toEqual(['first', 'other-device'])
  })
})

describe('pages between two times', () => {
  const anEpoch = (words: Partial<Epoch>): Epoch => ({
    ...{ id: 'e-1', printer: 'p-1', state: 'begun', why: 'first' },
    ...{ startedAt: at(0).toISOString(), first: 1000, last: null, lastAt: null },
    ...words,
  })
  const second = anEpoch({
    ...{ id: 'e-2', why: 'other-device', startedAt: at(60).toISOString(), first: 7 },
    ...{ last: 1200, lastAt: at(50).toISOString() },
  })
  const count = (minutes: number, pageCount: number) => ({ at: at(minutes), pageCount })

  test.each([
    ['nothing was read', [], [anEpoch({})], null],
    ['it was read once', [count(10, 1100)], [anEpoch({})], null],
    ['no epoch is known', [count(10, 1100), count(20, 1200)], [], null],
    ['in one epoch', [count(10, 1100), count(20, 1150)], [anEpoch({})], 50],
    ['over two', [count(10, 1100), count(70, 10)], [second, anEpoch({})], 100 + 3],
    ['from before the first', [count(-30, 900), count(20, 1150)], [anEpoch({})], 250],
    [
      'what is held back is no epoch',
      [count(10, 1100), count(70, 1300)],
      [anEpoch({}), { ...second, state: 'held-back' as const }],
      200,
    ],
    ['never less than none', [count(10, 1100), count(20, 1000)], [anEpoch({})], 0],
    [
      'a spike at the start',
      [count(5, 9_000_000), count(10, 1100), count(20, 1150)],
      [anEpoch({})],
      50,
    ],
    [
      'a spike at the end',
      [count(5, 1000), count(10, 1100), count(20, 9_000_000)],
      [anEpoch({})],
      100,
    ],
  ])('%s', (_words, points, epochs, pages) => {
    expect(usage(points, epochs)).toBe(pages)
  })
})
