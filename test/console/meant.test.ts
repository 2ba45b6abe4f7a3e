import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Refusal } from '../../src/core/refusal.ts'
import { openDesk } from './desk.ts'
import { aPrinter, aSupply, aTicket, filed, someFacts, someFleet, someTickets } from './fleet.ts'
import { openConsole } from './terminal.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** The same fleet after the jam was cleared. */
const cleared = () =>
  someFacts({
    printers: someFleet().map((each) =>
      each.status.printer.label === 'LIB-2F-1'
        ? aPrinter('LIB-2F-1', { building: 'Library' })
        : each,
    ),
  })

/** A new one that is worse than all others. */
const worse = () =>
  someFacts({
    printers: [
      aPrinter('AAA-0', { verdict: 'error', reasons: [['jam', 'Paper jam, tray 1']] }),
      ...someFleet(),
    ],
  })

describe('what the keys mean stays what it was', () => {
  test('the code on the screen is of the printer that it was asked for', async () => {
    const console = openConsole({
      columns: 100,
      rows: 30,
      looks: { pageOf: (id) => `HTTP://PRINT.SCHOOL.EXAMPLE/P/${id.toUpperCase()}` },
    })
    await console.press('c')
    expect(await console.text()).toContain('LIB-2F-1')
    await console.tell(worse)
    expect(await console.text()).toContain('LIB-2F-1')
    expect(await console.text()).not.toContain('AAA-0')
    const others = someFleet().filter(({ status }) => status.printer.label !== 'LIB-2F-1')
    await console.tell(() => someFacts({ printers: others }))
    expect(await console.text()).not.toContain('Any key goes back')
    await console.press('2')
    expect(await console.text()).toContain('DRP-204')
  })

  test('a printer one stands in front of stays on the screen when the filter matches it no more', async () => {
    const console = openConsole()
    await console.press('/', 'j', 'a', 'm', 'enter', 'enter')
    expect(await console.text()).toContain('Paper jam, tray 2')
    await console.tell(cleared)
    const text = await console.text()
    expect(text).not.toContain('No printer chosen')
    expect(text).toContain('LIB-2F-1')
    await console.press('r')
    expect(console.seen.polled).toEqual(['p-LIB-2F-1'])
    await console.press('J')
    expect(await console.row('╒')).toContain('LIB-2F-1')
  })

  test('r on a ticket of a printer that is gone asks no other printer', async () => {
    const ticket = aTicket('t-1', 5, { printer: 'p-GONE' })
    const console = openConsole({ facts: () => someFacts({ tickets: filed([ticket]) }) })
    await console.press('3', 'r')
    expect(console.seen.polled).toEqual([])
  })

  test('r where no supply is low asks no printer that is not on the screen', async () => {
    const console = openConsole({ facts: () => someFacts({ printers: [aPrinter('ADM-1')] }) })
    await console.press('4', 'r')
    expect(console.seen.polled).toEqual([])
  })

  test('z before an act is kept does not take back the one before it', async () => {
    let kept: () => void = () => {}
    const desk = await openDesk({
      acts: { take: () => new Promise<void>((done) => (kept = done)) },
    })
    await desk.press('3', 'd', 'Ada', 'enter', 'y')
    expect(desk.ticket('t-1').state).toBe('resolved')
    await desk.press('g', 'j', 'a', 'z')
    kept()
    await desk.settled()
    expect(desk.ticket('t-1').state).toBe('resolved')
  })
})

describe('what was done', () => {
  test('an answer to a question leaves what z takes back', async () => {
    const desk = await openDesk()
    await desk.press('3', 'd', 'Ada', 'enter', 'y', 'n', 'x', 'enter')
    expect((await desk.lines()).at(-1)).toContain('z undo')
  })

  test('what was refused leaves what z takes back', async () => {
    const desk = await openDesk({
      acts: { take: () => Promise.reject(new Refusal('conflict', 'No.')) },
    })
    await desk.press('3', 'd', 'Ada', 'enter', 'y', 'g', 'a')
    expect(await desk.text()).toContain('No.')
    await desk.press('z')
    expect(desk.ticket('t-1').state).toBe('open')
  })
  test('after the last one that is alive the keys are on one that is alive', async () => {
    const desk = await openDesk()
    await desk.press('3', 'j', 'j', 'j', 'd', 'Ada', 'enter', 'y')
    expect(await desk.row('▶')).not.toContain('resolved')
  })

  test('a ticket that went into another while one was in it: the list again, and no other in its place', async () => {
    const desk = await openDesk()
    await desk.press('3', 'j', 'j', 'enter')
    expect(await desk.text()).not.toContain('Tickets 4')
    await desk.store.update((tx) => {
      tx.put('tickets', { ...desk.ticket('t-3'), state: 'merged', mergedInto: 't-2' })
    })
    await desk.wait(0)
    expect(await desk.text()).toContain('Tickets 3')
    await desk.press('j')
    expect(await desk.row('▶')).toContain('DRP-204')
  })
})

test('Ctrl-C leaves an attached console of which nothing could be drawn yet', async () => {
  const console = openConsole({
    leaves: 'at-once',
    facts: () => {
      throw new Error('torn')
    },
  })
  await console.press('ctrl-c')
  expect(console.seen.left).toBe(1)
})

describe('words that were typed', () => {
  test('are there after a note was refused while nobody is named any more', async () => {
    let refuse: (error: Error) => void = () => {}
    const noted: string[] = []
    const desk = await openDesk({
      acts: {
        note: (_, words, by) => {
          noted.push(`${by}: ${words}`)
          return noted.length > 1
            ? Promise.resolve()
            : new Promise((_, failed) => {
                refuse = failed
              })
        },
      },
    })
    await desk.press('3', 'n', 'Ada', 'enter', ...'roller', 'enter')
    await desk.press('w', 'enter')
    refuse(new Refusal('unkeepable', 'The disk is full: nothing can be saved.'))
    await desk.settled()
    expect(await desk.text()).toContain('roller')
    await desk.press('enter')
    await desk.press('Ada', 'enter')
    await desk.press('enter')
    expect(noted).toEqual(['Ada: roller', 'Ada: roller'])
  })

  test('have keys of their own at the foot: letters are letters then', async () => {
    const desk = await openDesk()
    await desk.press('3', 'n', 'Ada', 'enter')
    const foot = (await desk.lines()).at(-1)
    expect(foot).toContain('Enter keep')
    expect(foot).toContain('Esc drop')
    expect(foot).not.toContain('d done')
  })
})

describe('a filter that is kept', () => {
  test('hides no outcome', async () => {
    const console = openConsole()
    await console.press('/', 'l', 'i', 'b', 'enter', 'r')
    await wait(20)
    expect(await console.text()).toContain('LIB-2F-1 answered')
  })

  test('hides no word of a wrong PIN', async () => {
    const console = openConsole({
      facts: () => someFacts({ tickets: filed([aTicket('t-1', 5)]) }),
      acts: {
        checkPin: () => {
          throw new Refusal('forbidden', 'That is not the PIN.')
        },
      },
    })
    await console.press('/', 'l', 'i', 'b', 'enter', '3', 'a', '1', 'enter')
    expect(await console.text()).toContain('That is not the PIN.')
  })

  test('goes with Esc among the supplies, as the screen says', async () => {
    const console = openConsole()
    await console.press('4', '/', 'a', 'd', 'm', 'enter')
    expect(await console.text()).toContain('Esc clears')
    await console.press('esc')
    await wait(600)
    expect(await console.text()).not.toContain('Filter:')
    expect(await console.text()).toContain('Supplies')
  })

  test('promises nothing in views that it does not filter', async () => {
    const console = openConsole()
    await console.press('/', 'l', 'i', 'b', 'enter')
    for (const view of ['3', '5', '6']) {
      await console.press(view)
      expect([view, (await console.text()).includes('Filter:')]).toEqual([view, false])
    }
  })
})

test.each(['1', '3', '4'])(
  'in view %s a row glows that was chosen by hand, and none that is merely the first',
  async (view) => {
    const console = openConsole({ facts: () => someFacts({ tickets: filed(someTickets()) }) })
    const glowing = async () => {
      const lines = await console.lines()
      const { active } = console.emulator.buffer
      return lines.filter((_, row) => active.getLine(row)?.getCell(40)?.isInverse())
    }
    await console.press(view)
    expect(await glowing()).toEqual([])
    await console.press('j')
    expect(await glowing()).toEqual([await console.row('▶')])
  },
)

test('a closed console draws no more when its window is drawn to another size', async () => {
  let asked = 0
  const console = openConsole({
    facts: () => {
      asked += 1
      return someFacts()
    },
  })
  await console.settled()
  console.close()
  await console.settled()
  const before = [asked, console.seen.sent.length]
  await console.resize(100, 30)
  expect([asked, console.seen.sent.length]).toEqual(before)
  expect(console.seen.logged).toEqual([])
})

test('the wall that comes by itself begins with who needs somebody most', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const printers = Array.from({ length: 7 }, (_, at) =>
    aPrinter(`ERR-${at}`, { verdict: 'error', reasons: [['jam', 'Paper jam']] }),
  )
  const console = openConsole({ facts: () => someFacts({ printers }), wishes: { wallSeconds: 80 } })
  await console.settled()
  vi.advanceTimersByTime(81_000)
  expect(await console.text()).toMatch(/1\/\d$/m)
  vi.advanceTimersByTime(15_000)
  expect(await console.text()).toMatch(/2\/\d$/m)
})

test.each([
  ['4', 9],
  ['4', 1],
  ['1b', 9],
  ['1b', 1],
])('pages leave out nobody: %s with %d to a building', async (keys, each) => {
  const printers = Array.from({ length: 90 }, (_, at) =>
    aPrinter(`X-${10 + at}`, {
      ...{ verdict: 'warning', reasons: [['low', 'Black toner at 8 %']] },
      building: `Building ${Math.floor(at / each)}`,
      supplies: [aSupply('Black', 8)],
    }),
  )
  const console = openConsole({ facts: () => someFacts({ printers }) })
  await console.press(...keys)
  const seen = new Set<string>()
  for (let page = 0; page < 20; page++) {
    for (const [label] of (await console.text()).matchAll(/X-\d\d/g)) seen.add(label)
    await console.press('pgdn')
  }
  const labels = printers.map(({ status }) => status.printer.label)
  expect(labels.filter((label) => !seen.has(label))).toEqual([])
})

describe('half a note', () => {
  const ticks = (count: number) => vi.advanceTimersByTime(count * 1000)

  test('is there while the wall would come, and goes with the name ten minutes later', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const desk = await openDesk({ wishes: { wallSeconds: 60 } })
    await desk.press('t', 'w', 'Ada', 'enter', 'n', 'Roller is')
    ticks(120)
    expect(await desk.row('Note on')).toContain('Roller is')
    ticks(500)
    await desk.press('x', 't')
    expect(await desk.text()).not.toContain('Roller is')
    expect((await desk.lines()).at(-1)).not.toContain('as A.')
  })

  test('is there again when one stays after Ctrl-C', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', 'Ada', 'enter', 'n', 'Roller is', 'ctrl-c')
    expect(await desk.text()).toContain('Stop platen and leave?')
    await desk.press('n', ' worn', 'enter')
    expect(desk.ticket('t-1').notes.at(-1)?.words).toBe('Roller is worn')
  })
})
