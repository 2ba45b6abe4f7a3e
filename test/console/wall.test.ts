import { afterEach, describe, expect, test, vi } from 'vitest'
import { ageWords } from '../../src/console/ages.ts'
import { bigRows } from '../../src/console/big.ts'
import type { Facts } from '../../src/console/facts.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { isNight } from '../../src/console/night.ts'
import { type Row, textOf, widthOf } from '../../src/console/rows.ts'
import { wallRows } from '../../src/console/wall.ts'
import type { Watched } from '../../src/core/status/status.ts'
import { aPrinter, aTicket, filed, noon, someFacts, someFleet, someTickets } from './fleet.ts'
import { openConsole } from './terminal.ts'

afterEach(() => {
  vi.useRealTimers()
})

const sizes = [
  [40, 12],
  [80, 24],
  [100, 30],
  [128, 37],
  [240, 67],
] as const

interface At {
  columns?: number
  rows?: number
  turn?: number
  shift?: number
  isNight?: boolean
}

const draw = (facts: Facts, { columns = 80, rows = 24, ...look }: At = {}): Row[] =>
  wallRows(facts, { turn: 0, shift: 0, isNight: false, ...look }, columns, rows)

const linesOf = (facts: Facts, at?: At): string[] => draw(facts, at).map(textOf)
const textAt = (facts: Facts, at?: At): string => linesOf(facts, at).join('\n')

/** Whether a text stands there in large letters, of any size. */
function shows(lines: readonly string[], text: string): boolean {
  return ([1, 2, 3] as const).some((scale) => {
    const letters = bigRows(text, 'plain', scale).map((row) => textOf(row).trimEnd())
    return lines.some((line, top) => {
      for (
        let at = line.indexOf(letters[0] ?? '');
        at >= 0;
        at = line.indexOf(letters[0] ?? '', at + 1)
      )
        if (letters.every((each, below) => lines[top + below]?.startsWith(each, at))) return true
      return false
    })
  })
}

const jammed = (label: string): Watched =>
  aPrinter(label, {
    verdict: 'error',
    reasons: [['jam', 'Paper jam, tray 2']],
    building: 'Library',
  })
const low = (label: string): Watched =>
  aPrinter(label, { verdict: 'warning', reasons: [['low', 'Cyan toner 14 % left']] })
const wellOnes = someFleet().filter(({ status }) => status.verdict === 'ok')
const allWell = (more: Partial<Facts> = {}): Facts => someFacts({ printers: wellOnes, ...more })
const heard = (seconds: number | null): Pick<Facts, 'sweep'> => ({
  sweep: { intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo: seconds },
})

const hostile = aPrinter(`\x1b]0;x\x07東京${'W'.repeat(700)}⣿`, {
  verdict: 'error',
  reasons: [
    ['jam', '\u202E⚠ Papierstau\x1b[2J in einem sehr langen Satz, der nirgends aufhört ▓▓'],
  ],
  building: '\x9b31mKöln',
})

describe('the wall', () => {
  test.each([...sizes, [39, 12], [40, 11], [20, 5], [3, 2], [1, 1], [0, 0]] as const)(
    'fills %ix%i and no cell more, with glyphs of the set alone',
    (columns, rows) => {
      const scenes: Facts[] = [
        someFacts(),
        allWell(),
        someFacts({ printers: [] }),
        someFacts({
          printers: [hostile, ...someFleet()],
          trouble: ['東京\x1b[2J'.repeat(40), 'x'],
        }),
        someFacts({ ...heard(720), tickets: filed(someTickets()), clockTrusted: false }),
        someFacts({ printers: [], address: '', site: '\x1b[2J' }),
        someFacts({ ...heard(null), printers: [aPrinter('NEW', { verdict: 'unknown' })] }),
      ]
      for (const [at, facts] of scenes.entries())
        for (const shift of [0, 1, 7, 1441]) {
          const drawn = draw(facts, { columns, rows, shift, turn: at })
          expect(drawn.length).toBe(rows)
          for (const row of drawn) {
            expect(widthOf(row)).toBeLessThanOrEqual(columns)
            expect([...textOf(row)].filter((glyph) => !isGlyph(glyph))).toEqual([])
          }
        }
    },
  )

  test.each(sizes)('at %ix%i tells who needs somebody, where and for what', (columns, rows) => {
    const lines = linesOf(someFacts(), { columns, rows })
    const text = lines.join('\n')
    const says = (words: string): boolean => shows(lines, words) || text.includes(words)
    for (const words of ['14:02', 'ERROR 2', 'SILENT 1', 'WARN 2', 'JAM', 'Paper jam, tray 2'])
      expect(says(words), words).toBe(true)
    expect(shows(lines, 'LIB-2F-1')).toBe(true)
    expect(text).toContain('Library 2F · read 4 min ago')
    expect(text.includes('1 more')).toBe(columns >= 80)
    expect(text).toContain('any key')
    expect(text).toContain(`last read ${ageWords(12)} ago`)
    if (columns >= 80)
      for (const words of ['14:02', 'ERROR 2', 'SILENT 1', 'WARN 2', 'JAM'])
        expect(shows(lines, words), words).toBe(true)
    expect(shows(lines, 'Paper jam, tray 2')).toBe(columns >= 100)
  })

  test('asks for nobody where nothing is to be done', () => {
    for (const [columns, rows] of sizes) {
      const lines = linesOf(allWell(), { columns, rows })
      expect(shows(lines, 'ALL WELL')).toBe(true)
      expect(shows(lines, '9 PRINTERS') || lines.join('\n').includes('9 printers')).toBe(true)
      expect(lines.join('\n')).not.toContain('ERROR')
    }
    const words = `9 printers, last read ${ageWords(12)} ago`
    expect(textAt(allWell())).toContain(words)
    expect(shows(linesOf(allWell(), { columns: 240, rows: 67 }), words)).toBe(true)
    const one = aPrinter('NEW-1', { verdict: 'unknown', ageSeconds: null })
    expect(textAt(allWell({ printers: [...wellOnes, one] }))).toContain('1 not read')
    expect(textAt(allWell(), { columns: 20, rows: 6 })).toMatch(/14:02.*\n *All well/)
  })

  test('says that all is well of nothing that was not read', () => {
    const unread = [aPrinter('NEW-1', { verdict: 'unknown', ageSeconds: null })]
    const first = someFacts({ ...heard(null), printers: unread })
    expect(shows(linesOf(first), 'NOT READ YET')).toBe(true)
    const stopped = linesOf(allWell(heard(720)), { columns: 100, rows: 30 })
    expect(shows(stopped, 'SWEEP STOPPED')).toBe(true)
    expect(shows(stopped, 'ALL WELL')).toBe(false)
    expect(stopped.join('\n')).toContain('last read 12 min ago')
  })

  test('says of those that answer without a word that they do not say how it is', () => {
    const mute = aPrinter('NEW-1', { verdict: 'unknown', ageSeconds: 12 })
    const never = aPrinter('NEW-2', { verdict: 'unknown', ageSeconds: null })
    const some = textAt(allWell({ printers: [...wellOnes, mute, never] }))
    expect(some).toContain('1 does not say how it is · 1 not read')
    const none = allWell({ printers: [mute, mute, never] })
    expect(shows(linesOf(none), 'NOTHING KNOWN')).toBe(true)
    expect(textAt(none)).toContain('2 printers answer, but do not say how it is')
    expect(textAt(none)).not.toContain('No printer was asked yet')
  })

  test('calls a ticket of this moment new, and not now old', () => {
    const fresh = allWell({ tickets: filed([aTicket('t-1', 0)]) })
    expect(shows(linesOf(fresh), 'NEW TICKET')).toBe(true)
  })

  test('says loudly that the sweep has stopped, whatever else there is', () => {
    for (const [columns, rows] of sizes.slice(1))
      expect(shows(linesOf(someFacts(heard(720)), { columns, rows }), 'SWEEP STOPPED')).toBe(true)
    expect(textAt(someFacts(heard(720)), { columns: 40, rows: 12 })).toContain('SWEEP STOPPED')
    expect(textAt(someFacts(heard(720)), { columns: 20, rows: 6 })).toContain('SWEEP STOPPED')
  })

  test('doubts the time where nothing vouches for the clock', () => {
    expect(shows(linesOf(allWell({ clockTrusted: false })), '14:02?')).toBe(true)
    expect(shows(linesOf(allWell()), '14:02?')).toBe(false)
  })

  test('tells what to do where there are no printers', () => {
    const lines = linesOf(someFacts({ printers: [], ...heard(null) }))
    expect(shows(lines, 'NO PRINTERS')).toBe(true)
    expect(shows(lines, '10.20.0.5:8080')).toBe(true)
    expect(lines.join('\n')).toContain('Add printers in a browser, or from a table')
    expect(lines.join('\n')).toContain('platen import FILE --as printers')
  })

  test('tells of the worst trouble of the box, and how many more there are', () => {
    const trouble = ['The disk is full: nothing can be saved', 'x', 'y']
    for (const [columns, rows] of sizes.slice(1)) {
      const text = textAt(someFacts({ trouble }), { columns, rows })
      expect(text).toContain('! The disk is full: nothing can be saved  +2')
      expect(text).toContain('any key')
      expect(text).toContain('Library 2F')
    }
    const small = { columns: 40, rows: 12 }
    const full = textAt(someFacts({ trouble, tickets: filed(someTickets()) }), small)
    expect(full).toContain('! The disk is full')
    expect(full).toContain('Library 2F · read 4 min ago')
  })

  test('names of tickets that nobody has taken how many there are and how old the oldest is', () => {
    const tickets = filed([
      ...someTickets(),
      aTicket('t-9', 10, { words: 'call me, Ada Lovelace, ada@school.example' }),
    ])
    const drawn = Array.from({ length: 4 }, (_, turn) =>
      linesOf(allWell({ tickets }), { columns: 128, rows: 37, turn }),
    )
    const plain = textAt(allWell({ tickets }))
    expect(plain).toContain('Not taken: 4 tickets, the oldest at LIB-2F-1')
    expect(shows(drawn[0] ?? [], 'TICKETS 4')).toBe(true)
    expect(shows(drawn[0] ?? [], 'TICKET 2 H OLD')).toBe(true)
    expect(shows(drawn[0] ?? [], 'NOT TAKEN: 4 TICKETS, THE')).toBe(true)
    expect(shows(drawn[0] ?? [], 'OLDEST AT LIB-2F-1')).toBe(true)
    expect(shows(drawn[0] ?? [], 'ALL WELL')).toBe(false)
    expect(plain).not.toMatch(/Jane|J\. D\.|Ada|Grace|second page|stripes|call me|@/)
    const taken = tickets.filter(({ ticket }) => ticket.state !== 'open')
    expect(shows(linesOf(allWell({ tickets: taken })), 'ALL WELL')).toBe(true)
  })

  test('says in plain words what has no room in large letters, and no half of one', () => {
    for (const [columns, rows] of [
      [80, 8],
      [30, 9],
      [18, 7],
    ] as const) {
      const text = textAt(someFacts(), { columns, rows })
      expect(text).not.toContain('█')
      for (const words of ['14:02', 'ERROR 2', 'SILENT 1', 'WARN 2', 'LIB-2F-1', 'any key'])
        expect(text).toContain(words)
      expect(text).toMatch(/any key[^ ]*( back)?( {2,}(last read \d+ s ago {3})?\d\/\d)? *$/m)
    }
  })

  test('breaks a long name where it may be broken, and else says it in plain letters', () => {
    const long = someFacts({ printers: [jammed('HAUPTGEBAEUDE-EG-LINKS')] })
    const lines = linesOf(long)
    expect(shows(lines, 'HAUPTGEBAEUDE-')).toBe(true)
    expect(shows(lines, 'EG-LINKS')).toBe(true)
    expect(shows(lines, 'JAM')).toBe(true)
    const small = linesOf(long, { columns: 40, rows: 12 })
    expect(small.join('\n')).toContain('HAUPTGEBAEUDE-EG-LINKS')
    expect(shows(small, 'JAM')).toBe(true)
    const narrow = linesOf(someFacts({ printers: [jammed('LIB-2F-1')] }), { columns: 40, rows: 12 })
    expect(shows(narrow, 'LIB-2F-1')).toBe(true)
    expect(narrow.join('\n')).toContain('JAM: Paper jam, tray 2')
  })
})

describe('the pages of the wall', () => {
  const labels = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7']
  const called = (facts: Facts, turn: number): string[] => {
    const lines = linesOf(facts, { columns: 240, rows: 55, turn })
    return [...labels, 'LOW-1', 'LOW-2', 'LOW-3'].filter((label) => shows(lines, label))
  }

  test('have each of seven within four turns, two a page, the worst first', () => {
    const silent = aPrinter('A-7', { verdict: 'offline', reasons: [['silent', 'No answer']] })
    const printers = [low('LOW-1'), silent, ...labels.slice(0, 6).map(jammed)]
    const facts = someFacts({ printers })
    const pages = [0, 1, 2, 3].map((turn) => called(facts, turn))
    expect(pages).toEqual([
      ['A-1', 'A-2'],
      ['A-3', 'A-4'],
      ['A-5', 'A-6'],
      ['A-7', 'LOW-1'],
    ])
    expect(called(facts, 4)).toEqual(pages[0])
    expect(textAt(facts, { columns: 240, rows: 55, turn: 6 })).toMatch(/3\/4 *$/m)
  })

  test('keep who is urgent on each of them while warnings turn beside', () => {
    const printers = [low('LOW-1'), low('LOW-2'), low('LOW-3'), jammed('A-1')]
    const pages = [0, 1, 2].map((turn) => called(someFacts({ printers }), turn))
    expect(pages).toEqual([
      ['A-1', 'LOW-1'],
      ['A-1', 'LOW-2'],
      ['A-1', 'LOW-3'],
    ])
  })

  test('have warnings alone where nothing is worse, and no number where one is enough', () => {
    const facts = someFacts({ printers: [low('LOW-1'), low('LOW-2'), ...wellOnes] })
    expect(called(facts, 0)).toEqual(['LOW-1', 'LOW-2'])
    expect(textAt(facts, { columns: 240, rows: 55 })).not.toMatch(/\d\/\d *$/m)
  })
})

describe('what stands on a wall for months', () => {
  /** How much of a cell's phosphor glows. */
  const ink = (text: string): number =>
    [...text].reduce((sum, glyph) => sum + ({ '█': 4, '▒': 2, '░': 1 }[glyph] ?? 0), 0)

  test.each(sizes)(
    'at %ix%i wanders, lights no cell all the time, and comes back',
    (columns, rows) => {
      const facts = rows % 2 === 0 ? someFacts() : allWell()
      const seen = Array.from({ length: 150 }, (_, shift) =>
        linesOf(facts, { columns, rows, shift }),
      )
      const texts = seen.map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
      for (const [at, text] of texts.entries()) expect(text).not.toBe(texts[at - 1])
      const cycle = texts.findIndex(
        (text, at) => at > 0 && text === texts[0] && texts[at + 1] === texts[1],
      )
      expect(cycle).toBeGreaterThan(4)
      const lit = new Map<string, number>()
      for (const [top, line] of seen.slice(0, cycle).flatMap((lines) => [...lines.entries()]))
        for (const { index: left } of line.matchAll(/█/g))
          lit.set(`${top},${left}`, (lit.get(`${top},${left}`) ?? 0) + 1)
      expect(Math.max(...lit.values()) / cycle).toBeLessThan(0.85)
    },
  )

  test('is no bar in reverse', () => {
    for (const facts of [someFacts({ trouble: ['x'] }), someFacts(heard(720))])
      for (const cell of draw(facts).flat()) {
        expect(cell.tone).not.toBe('alarm')
        expect(cell.chosen).toBeUndefined()
      }
  })

  test.each(sizes)('at %ix%i is half as bright by night, and says the same', (columns, rows) => {
    const facts = someFacts({ trouble: ['The disk is full'] })
    const day = draw(facts, { columns, rows })
    const night = draw(facts, { columns, rows, isNight: true })
    const inkOf = (drawn: readonly Row[]): number => ink(drawn.map(textOf).join(''))
    expect(inkOf(night)).toBeGreaterThan(0)
    expect(inkOf(night)).toBeLessThanOrEqual(inkOf(day) / 2)
    expect(night.map((row) => textOf(row).replaceAll('▒', '█'))).toEqual(day.map(textOf))
    for (const cell of night.flat()) if (cell.text.trim() !== '') expect(cell.tone).toBe('dim')
  })

  test('knows night over midnight and within a day, where the site is', () => {
    const at = (time: string, timeZone = 'UTC') => ({
      now: new Date(`2026-03-12T${time}:00Z`),
      timeZone,
      clockTrusted: true,
    })
    const night = '22:00-06:00'
    const times = ['21:59', '22:00', '23:59', '00:00', '05:59', '06:00', '12:00']
    expect(times.map((time) => isNight(night, at(time)))).toEqual([
      ...[false, true, true, true, true, false, false],
    ])
    expect(isNight('01:00-05:00', at('04:59'))).toBe(true)
    expect(isNight('01:00-05:00', at('05:00'))).toBe(false)
    expect(isNight('01:00-05:00', at('00:59'))).toBe(false)
    expect(isNight(night, at('21:30', 'Europe/Berlin'))).toBe(true)
    expect(isNight(night, at('02:30', 'America/New_York'))).toBe(true)
    expect(isNight(night, at('11:00', 'America/New_York'))).toBe(false)
    expect(isNight('off', at('23:00'))).toBe(false)
    expect(isNight(night, { ...at('23:00'), clockTrusted: false })).toBe(false)
  })
})

describe('a terminal that nobody sits at', () => {
  test('turns into the wall by itself, without the filter of who left, and any key wakes it only', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const console = openConsole({ columns: 100, rows: 30, wishes: { wallSeconds: 1 } })
    await console.press('/', 'S', 'C', 'I', 'enter')
    expect(await console.text()).toContain('Filter: SCI')
    vi.advanceTimersByTime(1000)
    expect(await console.text()).not.toContain('Filter')
    expect(shows(await console.lines(), 'ERROR 2')).toBe(true)
    await console.press('q')
    const text = await console.text()
    expect(text).toContain('Needs somebody 3')
    expect(text).not.toContain('Filter')
    expect(text).not.toContain('Stop platen')
    expect(console.seen.left).toBe(0)
    expect(console.seen.logged).toEqual([])
  })

  test.each(['enter', 'r', 'ctrl-c', '?', '0'])(
    'begins as the wall where the setting says so, and %s does nothing but leave it',
    async (key) => {
      const console = openConsole({ wishes: { layout: 'wall' } })
      expect(shows(await console.lines(), 'ERROR 2')).toBe(true)
      expect(await console.text()).not.toContain('Needs somebody')
      await console.press(key)
      const text = await console.text()
      expect(text).toContain('Needs somebody 3')
      expect(text).not.toContain('Keys and words')
      expect(console.seen.polled).toEqual([])
      expect(console.seen.left).toBe(0)
    },
  )

  test('is the wall at 0, at every size that its window is drawn to', async () => {
    const console = openConsole({ facts: () => someFacts({ printers: [hostile, ...someFleet()] }) })
    await console.press('0')
    for (const [columns, rows] of [...sizes, [20, 5], [1, 1], [80, 24]] as const) {
      await console.resize(columns, rows)
      if (columns < 40) continue
      const lines = await console.lines()
      expect(lines.some((line) => line.includes('any key'))).toBe(true)
      expect(shows(lines, 'ERROR 3') || lines.join('\n').includes('ERROR 3')).toBe(true)
      expect([...lines.join('')].filter((glyph) => !isGlyph(glyph))).toEqual([])
    }
    expect(console.seen.sent).not.toContain('\x1b]0;x')
    expect(console.seen.logged).toEqual([])
  })

  test.each([
    ['linux', false],
    ['xterm-256color', true],
  ])('is dim by night on %s: nothing bold, nothing in reverse', async (terminal, noColor) => {
    const console = openConsole({
      ...{ terminal, noColor },
      wishes: { layout: 'wall', night: '14:00-14:30' },
    })
    const lines = await console.lines()
    expect(lines.join('')).toContain('▒')
    expect(lines.join('')).not.toContain('█')
    expect(console.seen.sent).not.toMatch(/\x1b\[(?:\d+;)*[17](?:;\d+)*m/)
    await console.tell(() => someFacts({ now: new Date(noon.getTime() + 3_600_000) }))
    expect((await console.lines()).join('')).toContain('█')
  })
})
