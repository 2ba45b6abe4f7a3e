import { describe, expect, it } from 'vitest'
import { dueSlot, markDone, type Rule } from '../../src/core/schedule/slots.ts'
import { createMemoryStore } from '../parts/store.ts'

const berlin = 'Europe/Berlin'
const minute = 60_000
const day = 24 * 60 * minute

/** The slots that are begun when it is asked each quarter of an hour, with the time that each began. */
function begun(rule: Rule, from: string, to: string, timeZone: string | null = berlin) {
  const found: [slot: string, at: string][] = []
  const done = [dueSlot(rule, new Date(from), { timeZone, done: [] }) ?? '']
  for (let at = Date.parse(from); at <= Date.parse(to); at += 15 * minute) {
    const slot = dueSlot(rule, new Date(at), { timeZone, done })
    if (slot === null) continue
    done.push(slot)
    found.push([slot, new Date(at).toISOString().slice(0, 16)])
  }
  return found
}

describe('a day', () => {
  it('begins at the time of day that was set, in the zone of the site', () => {
    expect(begun({ daily: '03:00' }, '2026-01-01T12:00Z', '2026-01-03T12:00Z')).toEqual([
      ['2026-01-02', '2026-01-02T02:00'],
      ['2026-01-03', '2026-01-03T02:00'],
    ])
    expect(begun({ daily: '00:00' }, '2026-01-01T12:00Z', '2026-01-02T12:00Z')).toEqual([
      ['2026-01-02', '2026-01-01T23:00'],
    ])
  })

  it('begins at three where summer time leaves half past two out', () => {
    expect(begun({ daily: '02:30' }, '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
      ['2026-03-29', '2026-03-29T01:00'],
      ['2026-03-30', '2026-03-30T00:30'],
    ])
  })

  it('begins once where half past two comes twice, at the first', () => {
    expect(begun({ daily: '02:30' }, '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([
      ['2026-10-25', '2026-10-25T00:30'],
      ['2026-10-26', '2026-10-26T01:30'],
    ])
  })

  it('is the same between the two times of half past two, for a platen that starts then', () => {
    for (const at of ['2026-10-25T00:45Z', '2026-10-25T01:15Z', '2026-10-25T01:45Z'])
      expect(dueSlot({ daily: '02:30' }, new Date(at), { timeZone: berlin, done: [] })).toBe(
        '2026-10-25',
      )
  })

  it('that its zone leaves out is done when there is a day again; half an hour of change is no trouble', () => {
    const samoa = begun(
      { daily: '12:00' },
      '2011-12-29T12:00Z',
      '2012-01-01T12:00Z',
      'Pacific/Apia',
    )
    expect(samoa).toEqual([
      ['2011-12-29', '2011-12-29T22:00'],
      ['2011-12-30', '2011-12-30T10:00'],
      ['2011-12-31', '2011-12-30T22:00'],
      ['2012-01-01', '2011-12-31T22:00'],
    ])
    const howe = begun(
      { daily: '01:45' },
      '2026-04-04T00:00Z',
      '2026-04-06T00:00Z',
      'Australia/Lord_Howe',
    )
    expect(howe).toEqual([
      ['2026-04-05', '2026-04-04T14:45'],
      ['2026-04-06', '2026-04-05T15:15'],
    ])
  })

  it('is not done twice when the time of day or the zone is set anew', () => {
    const at = (iso: string) => new Date(iso)
    const done = ['2026-03-02']
    const rule = { daily: '03:00' }
    const later = { timeZone: berlin, done }
    expect(dueSlot({ daily: '05:00' }, at('2026-03-02T05:00Z'), later)).toBeNull()
    const farEast = { timeZone: 'Pacific/Auckland', done }
    expect(dueSlot(rule, at('2026-03-02T10:00Z'), farEast)).toBeNull()
    expect(dueSlot(rule, at('2026-03-02T20:00Z'), farEast)).toBe('2026-03-03')
    const back = { timeZone: berlin, done: [...done, '2026-03-03'] }
    expect(dueSlot(rule, at('2026-03-02T21:00Z'), back)).toBeNull()
    expect(dueSlot(rule, at('2026-03-03T03:00Z'), back)).toBeNull()
    expect(dueSlot(rule, at('2026-03-04T02:00Z'), back)).toBe('2026-03-04')
  })
})

describe('a month', () => {
  it('begins on its first day, after months of every length', () => {
    expect(begun({ monthly: '04:00' }, '2027-12-31T12:00Z', '2028-03-01T12:00Z')).toEqual([
      ['2028-01', '2028-01-01T03:00'],
      ['2028-02', '2028-02-01T03:00'],
      ['2028-03', '2028-03-01T03:00'],
    ])
  })

  it('is still the last one on the first, before the time of day', () => {
    const asked = { timeZone: berlin, done: [] }
    const at = (iso: string) => dueSlot({ monthly: '04:00' }, new Date(iso), asked)
    expect([at('2026-03-01T02:59Z'), at('2026-03-31T23:00Z')]).toEqual(['2026-02', '2026-03'])
  })
})

it('what was off at its time is done at the next start; of two years, the newest only', () => {
  const rule = { daily: '03:00' }
  const done = ['2026-03-01', '2026-03-02']
  const asked = (at: string) => dueSlot(rule, new Date(at), { timeZone: berlin, done })
  expect(asked('2026-03-03T01:59Z')).toBeNull()
  expect(asked('2026-03-03T09:00Z')).toBe('2026-03-03')
  expect(asked('2028-03-03T09:00Z')).toBe('2028-03-03')
})

it('keeps what was done last, however the clock had run, and not for ever', async () => {
  const store = createMemoryStore()
  const slotOf = (n: number) => new Date(n * day).toISOString().slice(0, 10)
  // A clock that was wrong for two months, and was then set back.
  for (const n of [...Array.from({ length: 70 }, (_, n) => 30_000 + n), 20_000, 20_001, 20_001])
    await store.update((tx) => markDone(tx, 'backup', slotOf(n)))
  const done = store.state.schedule.backup?.done ?? []
  expect(done).toHaveLength(64)
  expect(done.slice(-3)).toEqual([slotOf(30_069), slotOf(20_000), slotOf(20_001)])
})

/** Slot by slot, when it begins: each five minutes the clock on the wall is looked at. */
function slotsByLooking(timeOfDay: string, timeZone: string, fromMs: number, toMs: number) {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const slots: { readonly id: string; readonly atMs: number }[] = []
  for (let atMs = fromMs; atMs <= toMs; atMs += 5 * minute) {
    const [id = '', time = ''] = wall.format(atMs).split(' ')
    if (time >= timeOfDay && id > (slots.at(-1)?.id ?? '')) slots.push({ id, atMs })
  }
  return slots
}

it.each([
  ['02:30', berlin, '2026-03-20T00:00Z'],
  ['02:30', berlin, '2026-10-16T00:00Z'],
  ['00:00', 'America/Havana', '2026-10-23T00:00Z'],
  ['00:15', 'Africa/Cairo', '2026-04-15T00:00Z'],
])(
  'at %s in %s no jump of the clock makes a slot twice, nor drops one that comes',
  (timeOfDay, timeZone, from) => {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(from) + 20 * day]
    const slots = slotsByLooking(timeOfDay, timeZone, fromMs, toMs)
    expect(slots.length).toBeGreaterThan(18)
    for (let seed = 1; seed <= 12; seed++) {
      const next = numbersFrom(seed)
      let atMs = fromMs + 3 * day
      const done: string[] = []
      for (let step = 0; step < 120; step++) {
        const isJump = next() < 0.2
        const width = next() < 0.5 ? 6 * 60 * minute : 12 * day
        const jumpMs = Math.round(((next() - 0.5) * width) / (5 * minute)) * 5 * minute
        atMs += isJump ? jumpMs : 5 * minute * Math.ceil(next() * 12)
        atMs = Math.min(Math.max(atMs, fromMs + 2 * day), toMs)
        const slot = dueSlot({ daily: timeOfDay }, new Date(atMs), { timeZone, done })
        const newest = slots.findLast((each) => each.atMs <= atMs)?.id ?? ''
        const story = `seed ${seed}, step ${step}, ${new Date(atMs).toISOString()}`
        expect(slot, story).toBe(done.includes(newest) ? null : newest)
        if (slot !== null) done.push(slot)
      }
      expect(new Set(done).size).toBe(done.length)
    }
  },
)

/** Numbers below one, the same for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0
    return (state >>> 0) / 2 ** 32
  }
}
