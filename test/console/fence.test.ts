import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Facts } from '../../src/console/facts.ts'
import { createPin } from '../../src/console/pin.ts'
import type { Past } from '../../src/core/counters/past.ts'
import { aPrinter, filed, someFacts, someFleet, someTickets } from './fleet.ts'
import { openConsole, type Wanted } from './terminal.ts'

// What breaks on the screen breaks alone. Each fault is a fact that cannot be read: its getter throws.

const open = (wanted: Wanted = {}) => openConsole({ columns: 128, rows: 37, ...wanted })

afterEach(() => {
  vi.useRealTimers()
})

const torn = (): never => {
  throw new Error('torn')
}

/** The same record, but for a field that throws when it is read. */
const hurt = <T extends object>(record: T, field: keyof T): T =>
  Object.defineProperty({ ...record }, field, { get: torn, enumerable: true })

const broken = 'This panel broke; the log says why.'

const [worst, ...others] = [...someFleet()].reverse()
if (!worst) throw new Error('nobody')
const withWorst = (each: typeof worst) => ({ printers: [...others, each] })
const [oldest, ...laterTickets] = filed(someTickets())
if (!oldest) throw new Error('no ticket')
const tickets = [oldest, ...laterTickets]
const withOldest = (field: keyof typeof oldest.ticket) => ({
  tickets: [{ ...oldest, ticket: hurt(oldest.ticket, field) }, ...laterTickets],
})
const [newest, ...earlier] = someFacts().activity
if (!newest) throw new Error('nothing happened')

/** Panel, the keys that show it, how its fact is broken, and what of the others is still there. */
const faults: readonly (readonly [string, string, () => Facts, RegExp])[] = [
  ['status', '1', () => hurt(someFacts(), 'sweep'), /Paper jam, tray 2/],
  [
    'trouble',
    '1',
    () => someFacts({ trouble: [hurt({ length: 1 }, 'length') as never] }),
    /Paper jam, tray 2/,
  ],
  [
    'printers',
    '1',
    () => someFacts(withWorst({ ...worst, status: hurt(worst.status, 'stale') })),
    /PLATEN/,
  ],
  [
    'printer',
    '1',
    () => someFacts(withWorst({ ...worst, status: hurt(worst.status, 'trays') })),
    /Needs/,
  ],
  ['tickets', '1', () => someFacts(withOldest('meToo')), /Paper jam, tray 2/],
  ['activity', '1', () => someFacts({ activity: [hurt(newest, 'at'), ...earlier] }), /Needs/],
  ['ticket', '3', () => someFacts(withOldest('notes')), /LIB-2F-1 +Library 2F/],
  ['box', '6', () => someFacts({ box: hurt(someFacts().box, 'version') }), /PLATEN/],
  ['notice', '1', () => hurt(someFacts(), 'address'), /Paper jam, tray 2/],
]

describe('an error in one panel', () => {
  test.each(faults)(
    '%s: it says so, it is logged once, the others live on',
    async (panel, key, facts, alive) => {
      const console = open({ facts })
      await console.press(key)
      await console.press('j', 'k')
      const text = await console.text()
      expect(text).toContain(broken)
      expect(text).toMatch(alive)
      expect(console.seen.logged.filter((line) => line === `${panel}: Error: torn`)).toHaveLength(1)
      await console.tell(() => someFacts({ tickets }))
      expect(await console.text()).not.toContain(broken)
    },
  )

  test('what became of the printer by day', async () => {
    const past = hurt<Past>({ days: [], silences: [], replaced: [] }, 'days')
    const console = open({ looks: { past: () => Promise.resolve(past) } })
    await console.press('2')
    await console.tell(() => someFacts())
    expect(await console.text()).toContain(broken)
    expect(await console.text()).toContain('ask now')
    expect(console.seen.logged).toContain('history: Error: torn')
  })

  test('the letters', async () => {
    const outbox = { waiting: 2, givenUp: 0, oldest: null, lastTrouble: null }
    const console = open({ facts: () => someFacts({ outbox: hurt(outbox, 'lastTrouble') }) })
    expect(await console.text()).toContain(broken)
    expect(await console.text()).toContain('Paper jam, tray 2')
    expect(console.seen.logged).toEqual(['outbox: Error: torn'])
  })

  test('what lies over the board; Esc goes back to it', async () => {
    const console = open({ looks: { pageOf: torn } })
    await console.press('2', 'c')
    expect(await console.text()).toContain(broken)
    await console.press('esc')
    expect(await console.text()).toContain('Magenta')
    expect(console.seen.logged).toEqual(['over: Error: torn'])
  })

  test('the wall; a key goes back to the board', async () => {
    const console = open({ facts: () => hurt(someFacts(), 'sweep'), wishes: { layout: 'wall' } })
    expect(await console.text()).toContain(broken)
    await console.press('j')
    expect(await console.text()).toContain('Activity')
    expect(console.seen.logged[0]).toBe('wall: Error: torn')
  })

  test('the keys, once a name acts, and the question over the board', async () => {
    const console = open({ facts: () => someFacts({ tickets }), acts: { names: () => ['Ada'] } })
    await console.press('3', 'w', 'A', 'enter', 'd')
    expect(await console.text()).toContain('w as A.')
    expect(await console.text()).toContain('Resolved by A.?')
    await console.tell(() => hurt(someFacts({ tickets }), 'names'))
    expect((await console.text()).split(broken)).toHaveLength(3)
    expect(console.seen.logged.toSorted()).toEqual(['keys: Error: torn', 'over: Error: torn'])
    await console.press('n')
    expect(await console.text()).toContain('It eats every second page')
  })
})

describe('facts that cannot be had', () => {
  test('leave the last picture, which works on and says after seconds how old it is', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const console = open({ columns: 80, rows: 24 })
    await console.settled()
    await console.tell(torn)
    await console.press('j')
    expect(await console.row('PLATEN')).toContain('14:02')
    expect((await console.lines())[3]).toContain('▶ EMPTY')
    vi.advanceTimersByTime(2000)
    const lines = await console.lines()
    expect(lines[0]).toMatch(/^ Not drawn since 14:02: this is old, the log says why\. +$/)
    expect(lines[3]).toContain('▶ EMPTY')
    expect(console.seen.logged).toEqual(['console: Error: torn'])
    await console.resize(100, 30)
    expect((await console.lines())[27]).toBe(`└${'─'.repeat(98)}┘`)
    await console.tell(() => someFacts())
    expect(await console.text()).not.toContain('Not drawn')
  })

  test('do not keep the door open: who has gone for ten minutes has to type the PIN again', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const acts = { checkPin: createPin('73519') }
    const console = open({ columns: 80, rows: 24, acts, wishes: { wallSeconds: 3600 } })
    await console.press('t', 'w', '73519', 'enter', 'Ada', 'enter')
    expect((await console.lines()).at(-1)).toContain('as A.')
    await console.tell(torn)
    vi.advanceTimersByTime(11 * 60_000)
    await console.press('w')
    expect(await console.text()).toContain('Asked before anything is changed here')
  })

  test('are no reason for an empty screen when all of it is sent anew', async () => {
    const console = open({ columns: 80, rows: 24 })
    await console.settled()
    await console.tell(torn)
    await console.press('ctrl-l')
    expect(await console.text()).toContain('LIB-2F-1')
  })

  test('from the beginning: a word, and an attached console can be left', async () => {
    const console = open({ columns: 80, rows: 24, facts: torn, leaves: 'at-once' })
    expect(await console.text()).toBe(
      ` Nothing could be drawn yet; the log says why.${'\n'.repeat(23)}`,
    )
    await console.press('j', 'q')
    expect(console.seen.left).toBe(1)
  })

  test('are logged once a minute at most, however they differ', async () => {
    let times = 0
    const console = open({ columns: 80, rows: 24 })
    for (let at = 0; at < 5; at++)
      await console.tell(() => {
        times += 1
        throw new Error(`the ${times}th`)
      })
    expect(times).toBe(5)
    expect(console.seen.logged).toEqual(['console: Error: the 1th'])
  })
})

describe('a terminal that cannot be drawn on', () => {
  test('ends nothing: the next drawing tries again', async () => {
    const console = open({ columns: 80, rows: 24 })
    await console.settled()
    const { write } = console.output
    console.output.write = torn
    await console.tell(() => someFacts({ printers: [aPrinter('ADM-1')] }))
    console.output.write = write
    expect(console.seen.logged).toEqual(['terminal: Error: torn'])
    await console.press('ctrl-l')
    expect(await console.text()).toContain('ADM-1')
  })
})
