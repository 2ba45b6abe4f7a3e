import { describe, expect, it } from 'vitest'
import { importPrinters } from '../../src/core/printers/import.ts'
import { createFleet } from '../../src/core/status/fleet.ts'
import { createSweep, pauseMs } from '../../src/core/status/poll.ts'
import type { Reading, Target } from '../../src/core/status/reading.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'
import { aReading, aSupply, silence } from '../parts/readings.ts'
import { createMemoryStore } from '../parts/store.ts'

const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10 }
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** A fleet whose printers answer when the test says so. */
async function aFleet(labels: readonly string[], concurrency = 4) {
  const store = createMemoryStore()
  const clock = createTestClock()
  const csv = labels
    .map((label, at) => `${label},10.0.${(at + 1) >> 8}.${(at + 1) & 255}\n`)
    .join('')
  await store.update((tx) => importPrinters(tx, `label,ipAddress\n${csv}`, createAct()))
  const fleet = createFleet({ store, clock, rules })
  const asked: { target: Target; answer: (reading: Reading | Promise<Reading>) => void }[] = []
  const kept: string[] = []
  const news: string[] = []
  const sweep = createSweep({
    store,
    fleet,
    clock,
    log: quiet,
    intervalSeconds: 300,
    errorIntervalSeconds: 60,
    concurrency,
    defaults: { community: 'public', version: 'auto' },
    readPrinter: (target) => new Promise((answer) => asked.push({ target, answer })),
    onHeard: (printer, _, { isNews, toKeep }) => {
      if (isNews) news.push(printer.label)
      if (toKeep) kept.push(printer.label)
    },
  })
  const idOf = (label: string) =>
    [...(store.state.by.printersByLabel.get(label.toLowerCase()) ?? [])][0] ?? ''
  const labelOf = (target: Target) =>
    Object.values(store.state.printers).find((printer) => printer.ipAddress === target.address)
      ?.label
  const answerAll = async (reading: Reading) => {
    while (asked.length > 0) {
      asked.shift()?.answer(reading)
      await settle()
    }
  }
  return { store, clock, fleet, sweep, asked, kept, news, idOf, labelOf, answerAll }
}

describe('the sweep', () => {
  it('asks every printer at the start and again when its interval is over', async () => {
    const { sweep, clock, asked, answerAll } = await aFleet(['A', 'B'])
    sweep.tick()
    expect(asked).toHaveLength(2)
    await answerAll(aReading())
    clock.advance(299_000)
    sweep.tick()
    expect(asked).toHaveLength(0)
    clock.advance(1000)
    sweep.tick()
    expect(asked).toHaveLength(2)
  })

  it('goes by the time that never jumps when the clock is set', async () => {
    const { sweep, clock, asked, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading())
    clock.set(new Date('2031-01-01T00:00:00Z'))
    sweep.tick()
    expect(asked).toHaveLength(0)
    clock.set(new Date('1970-01-01T00:00:00Z'))
    clock.advance(300_000)
    sweep.tick()
    expect(asked).toHaveLength(1)
  })

  it('asks no more printers at once than it may', async () => {
    const { sweep, asked, answerAll } = await aFleet(['A', 'B', 'C', 'D', 'E'], 2)
    sweep.tick()
    expect(asked).toHaveLength(2)
    expect(sweep.progress()).toMatchObject({ running: 2, waiting: 3 })
    await answerAll(aReading())
    expect(sweep.progress()).toMatchObject({ running: 0, waiting: 0 })
  })

  it('asks first what a person asked for', async () => {
    const { sweep, asked, idOf, labelOf } = await aFleet(['A', 'B', 'C', 'D'], 1)
    sweep.tick()
    const wanted = sweep.pollNow(idOf('D'))
    asked.shift()?.answer(aReading())
    await settle()
    expect(asked.map(({ target }) => labelOf(target))).toEqual(['D'])
    asked.shift()?.answer(aReading())
    await wanted
  })

  it('asks a printer once when two people want it', async () => {
    const { sweep, asked, idOf } = await aFleet(['A'])
    const both = Promise.all([sweep.pollNow(idOf('A')), sweep.pollNow(idOf('A'))])
    expect(asked).toHaveLength(1)
    asked.shift()?.answer(aReading())
    await both
  })

  it('asks a silent printer soon again, and then ever more rarely', () => {
    const minutes = [0, 1, 2, 3, 4, 5, 9].map((failures) => pauseMs(failures, 300_000) / 60_000)
    expect(minutes).toEqual([5, 0.5, 5, 10, 15, 15, 15])
  })

  it('asks a printer with an error each minute, and in its interval when it is well again', async () => {
    const { sweep, clock, asked, answerAll } = await aFleet(['A'])
    const jammed = aReading({ errors: { raw: '04', flags: ['jammed'] } })
    const askedAfter = (seconds: number) => {
      clock.advance(seconds * 1000)
      sweep.tick()
      return asked.length
    }
    sweep.tick()
    await answerAll(jammed)
    expect([askedAfter(59), askedAfter(1)]).toEqual([0, 1])
    await answerAll(aReading())
    expect([askedAfter(59), askedAfter(1)]).toEqual([0, 1])
    await answerAll(aReading())
    expect([askedAfter(60), askedAfter(239), askedAfter(1)]).toEqual([0, 0, 1])
  })

  it('looks again soon at what only one reading has said', async () => {
    const { sweep, clock, fleet, idOf, asked, answerAll } = await aFleet(['A'])
    const low = aReading({ supplies: [aSupply({ percent: 15 })] })
    for (const reading of [aReading({ supplies: [aSupply()] }), low]) {
      clock.advance(300_000)
      sweep.tick()
      await answerAll(reading)
    }
    expect(fleet.status(idOf('A')).verdict).toBe('ok')
    clock.advance(60_000)
    sweep.tick()
    expect(asked).toHaveLength(1)
    await answerAll(low)
    expect(fleet.status(idOf('A')).verdict).toBe('warning')
  })

  it('tells the reader how long a printer was silent, but not when somebody waits for it', async () => {
    const { sweep, clock, asked, idOf, answerAll } = await aFleet(['A'])
    const seen: (number | undefined)[] = []
    for (let poll = 0; poll < 3; poll++) {
      clock.advance(3_600_000)
      sweep.tick()
      seen.push(asked[0]?.target.silentPolls)
      await answerAll(silence())
    }
    const wanted = sweep.pollNow(idOf('A'))
    seen.push(asked[0]?.target.silentPolls)
    await answerAll(silence())
    await wanted
    expect(seen).toEqual([0, 1, 2, 0])
  })

  it('asks one that somebody wants out of a round of a thousand once, and next', async () => {
    const labels = Array.from({ length: 1000 }, (_, at) => `P${at}`)
    const { sweep, asked, idOf, labelOf, answerAll } = await aFleet(labels, 1)
    sweep.tick()
    const wanted = [sweep.pollNow(idOf('P998')), sweep.pollNow(idOf('P999'))]
    expect(sweep.progress()).toMatchObject({ running: 1, waiting: 999 })
    const order: (string | undefined)[] = []
    while (asked[0]) {
      order.push(labelOf(asked[0].target))
      asked.shift()?.answer(aReading())
      await settle()
    }
    await Promise.all(wanted)
    expect(order.slice(0, 4)).toEqual(['P0', 'P998', 'P999', 'P1'])
    expect(order).toHaveLength(1000)
    expect(sweep.progress()).toMatchObject({ running: 0, waiting: 0 })
    await answerAll(aReading())
  })

  it('lets nobody wait for ever when it stops', async () => {
    const { sweep, asked, idOf } = await aFleet(['A', 'B', 'C'], 1)
    sweep.tick()
    const wanted = sweep.pollNow(idOf('C'))
    const stopped = sweep.stop()
    await wanted
    asked.shift()?.answer(aReading())
    await stopped
    expect(asked).toHaveLength(0)
  })

  it('leaves a printer alone that is not active', async () => {
    const { sweep, store, asked, idOf } = await aFleet(['A'])
    const printer = store.state.printers[idOf('A')]
    if (printer) await store.update((tx) => tx.put('printers', { ...printer, isActive: false }))
    sweep.tick()
    expect(asked).toHaveLength(0)
  })

  it('asks a printer with a new address at once, and forgets what the old one said', async () => {
    const { sweep, store, fleet, asked, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading({ pageCount: 7 }))
    expect(fleet.status(idOf('A')).pageCount).toBe(7)
    await store.update((tx) => importPrinters(tx, 'label,ipAddress\nA,10.9.9.9\n', createAct()))
    expect(fleet.status(idOf('A'))).toMatchObject({
      verdict: 'unknown',
      pageCount: null,
      fetchedAt: null,
    })
    sweep.tick()
    expect(asked.map(({ target }) => target.address)).toEqual(['10.9.9.9'])
  })

  it('goes on with the others when reading one breaks', async () => {
    const { sweep, fleet, asked, idOf } = await aFleet(['A', 'B'], 1)
    sweep.tick()
    asked.shift()?.answer(Promise.reject(new Error('a bug of ours')))
    await settle()
    expect(asked).toHaveLength(1)
    expect(fleet.status(idOf('A')).snmp).toMatchObject({
      ok: false,
      message: 'Reading it broke here; the log says why',
    })
  })

  it('remembers the version that answered, and finds out again after three silent polls', async () => {
    const { sweep, clock, asked, idOf } = await aFleet(['A'])
    const seen: (string | null)[] = []
    for (const reading of [aReading(), silence(), silence(), silence(), silence()]) {
      clock.advance(3_600_000)
      const polled = sweep.pollNow(idOf('A'))
      seen.push(asked[0]?.target.known ?? null)
      asked.shift()?.answer(reading)
      await polled
    }
    expect(seen).toEqual([null, '2c', '2c', '2c', null])
  })
})

describe('a printer that hints at news', () => {
  it('is the next of the round, behind what people asked for', async () => {
    const { sweep, asked, labelOf, answerAll, idOf } = await aFleet(['A', 'B', 'C', 'D'], 1)
    sweep.tick()
    const wanted = sweep.pollNow(idOf('C'))
    await answerAll(aReading())
    await wanted
    sweep.hint(idOf('B'))
    expect(asked.map(({ target }) => labelOf(target))).toEqual(['B'])
    sweep.hint(idOf('D'))
    const other = sweep.pollNow(idOf('A'))
    const order: unknown[] = []
    while (asked.length > 0) {
      const [first] = asked.splice(0, 1)
      order.push(first && labelOf(first.target))
      first?.answer(aReading())
      await settle()
    }
    await other
    expect(order).toEqual(['B', 'A', 'D'])
  })

  it('is read once more where it was being asked, for the answer may have been too early', async () => {
    const { sweep, asked, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    sweep.hint(idOf('A'))
    sweep.hint(idOf('A'))
    await answerAll(aReading())
    sweep.tick()
    expect(asked).toHaveLength(1)
    await answerAll(aReading())
    sweep.tick()
    expect(asked).toHaveLength(0)
  })

  it('is not read when it is retired, or unknown', async () => {
    const { sweep, store, asked, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading())
    const printer = store.state.printers[idOf('A')]
    await store.update((tx) => printer && tx.put('printers', { ...printer, isActive: false }))
    sweep.hint(idOf('A'))
    sweep.hint('p-nobody')
    expect(asked).toHaveLength(0)
  })
})

describe('a printer whose settings are mended', () => {
  it('is asked at once, though it was silent for long', async () => {
    const { sweep, store, clock, asked, answerAll } = await aFleet(['A'])
    for (let poll = 0; poll < 5; poll++) {
      clock.advance(3_600_000)
      sweep.tick()
      await answerAll(silence())
    }
    clock.advance(1000)
    await store.update((tx) =>
      importPrinters(tx, 'label,ipAddress,community\nA,10.0.0.1,right\n', createAct()),
    )
    sweep.tick()
    expect(asked.map(({ target }) => target.community)).toEqual(['right'])
  })
})

describe('what is known of a printer', () => {
  it('is nothing before it was ever asked', async () => {
    const { fleet, idOf } = await aFleet(['A'])
    expect(fleet.status(idOf('A'))).toMatchObject({
      verdict: 'unknown',
      attention: false,
      reasons: [],
      snmp: { ok: null, message: null },
      ageSeconds: null,
    })
  })

  it('keeps the last good values with their age when a poll fails, and says that it failed', async () => {
    const { sweep, clock, fleet, idOf, asked } = await aFleet(['A'])
    const poll = async (reading: Reading) => {
      const polled = sweep.pollNow(idOf('A'))
      asked.shift()?.answer(reading)
      await polled
    }
    await poll(aReading({ pageCount: 4711 }))
    clock.advance(12 * 60_000)
    await poll(silence())
    expect(fleet.status(idOf('A'))).toMatchObject({
      verdict: 'offline',
      attention: true,
      reasons: ['No answer for 12 minutes'],
      pageCount: 4711,
      snmp: { ok: false, version: '2c', message: 'No answer' },
      fetchedAt: '2026-03-02T08:00:00.000Z',
      ageSeconds: 720,
      stale: true,
    })
    await poll(aReading({ pageCount: 4712 }))
    expect(fleet.status(idOf('A'))).toMatchObject({
      verdict: 'ok',
      ageSeconds: 0,
      stale: false,
      snmp: { ok: true, message: null },
    })
    expect(fleet.activity().map(({ sentence }) => sentence)).toEqual([
      'Answers again',
      'Does not answer',
    ])
  })

  it('is stale when the sweep has not come by', async () => {
    const { sweep, clock, fleet, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading())
    clock.advance(451_000)
    expect(fleet.status(idOf('A'))).toMatchObject({
      stale: true,
      ageSeconds: 451,
      snmp: { ok: true },
    })
  })

  it('counts as changed when a fact is new, not when only time has passed', async () => {
    const { sweep, clock, kept, answerAll } = await aFleet(['A'])
    const system = { description: null, objectId: null, name: null, location: null }
    for (const [pageCount, uptimeSeconds] of [
      [1, 10],
      [1, 310],
      [2, 610],
    ]) {
      sweep.tick()
      await answerAll(
        aReading({ pageCount, system: { ...system, uptimeSeconds: uptimeSeconds ?? null } }),
      )
      clock.advance(300_000)
    }
    expect(kept).toEqual(['A', 'A'])
  })

  it('shows what is new on its panel, but has nothing to keep of it', async () => {
    const { sweep, clock, kept, news, answerAll } = await aFleet(['A'])
    for (const time of ['10:00', '10:05', '10:10']) {
      sweep.tick()
      await answerAll(aReading({ console: [time] }))
      clock.advance(300_000)
    }
    expect(kept).toEqual(['A'])
    expect(news).toEqual(['A', 'A', 'A'])
  })

  it('is still silent after a restart', async () => {
    const { sweep, store, clock, fleet, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading())
    clock.advance(300_000)
    sweep.tick()
    await answerAll(silence())
    const next = createFleet({ store, clock, rules })
    next.restore(JSON.parse(JSON.stringify(fleet.save())))
    expect(next.status(idOf('A'))).toEqual(fleet.status(idOf('A')))
    expect(next.status(idOf('A'))).toMatchObject({ verdict: 'offline', snmp: { ok: false } })
  })

  it('is forgotten when the clock was set back, for nobody can say how old it is', async () => {
    const { sweep, store, clock, fleet, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading())
    clock.set(new Date('2026-01-01T00:00:00Z'))
    const next = createFleet({ store, clock, rules })
    next.restore(fleet.save())
    expect(next.status(idOf('A'))).toMatchObject({ verdict: 'unknown', fetchedAt: null })
  })

  it('is there again after a restart, with its age', async () => {
    const { sweep, store, clock, fleet, idOf, answerAll } = await aFleet(['A'])
    sweep.tick()
    await answerAll(aReading({ pageCount: 4711 }))
    clock.advance(60_000)
    const next = createFleet({ store, clock, rules })
    next.restore(JSON.parse(JSON.stringify(fleet.save())))
    expect(next.status(idOf('A'))).toEqual(fleet.status(idOf('A')))
    expect(next.status(idOf('A'))).toMatchObject({ pageCount: 4711, ageSeconds: 60 })
  })
})
