import { describe, expect, test } from 'vitest'
import { ageWords, agoWords, momentWords } from '../../src/console/ages.ts'
import { boardText } from '../../src/console/board.ts'
import { activityRows, activityTitle } from '../../src/console/panels/activity.ts'
import { statusLine } from '../../src/console/panels/status.ts'
import { textOf } from '../../src/console/rows.ts'
import { viewNames } from '../../src/console/view.ts'
import type { Verdict, Watched } from '../../src/core/status/status.ts'
import { aPrinter, aSupply, noon, someFacts, someFleet } from './fleet.ts'
import { openConsole } from './terminal.ts'

const openOf = (printers: readonly Watched[], columns = 80, rows = 24) =>
  openConsole({ columns, rows, facts: () => someFacts({ printers, activity: [] }) })

const headings = (text: string): string[] =>
  [...text.matchAll(/[╒├]═? ?─? ([A-Z][^═─]+?) [═─]/g)].map(([, words]) => words ?? '')

const labels = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.match(/^│.. ?\S+ +([A-Z]+-\S+)/)?.[1] ?? [])

const aJam = (label: string, building: string | null): Watched =>
  aPrinter(label, { verdict: 'error', reasons: [['jam', 'Paper jam']], building, location: '7' })

describe('the fleet by building', () => {
  test('each building says how many stand there and how many need somebody; those come first', async () => {
    const console = openOf([...someFleet(3), aJam('ADM-99', 'Admin'), aJam('LIB-9', 'Library')])
    await console.press('b')
    expect(headings(await console.text())).toEqual([
      'Admin 5, 1 needs somebody',
      'Draper 1, 1 needs somebody',
      'Gym 1, 1 needs somebody',
      'Library 2, 2 need somebody',
      'Science 1',
      'Activity',
    ])
    expect(labels(await console.lines()).slice(0, 3)).toEqual(['ADM-99', 'ADM-2', 'ADM-10'])
    await console.press('b')
    expect(headings(await console.text())[0]).toBe('Needs somebody 5')
  })

  test('a row tells the room, for the building stands above it', async () => {
    const console = openOf(someFleet(0))
    expect(await console.row('LIB-2F-1')).toContain('  Library 2F  ')
    await console.press('b')
    expect(await console.row('LIB-2F-1')).toMatch(/LIB-2F-1 {2}2F +Paper jam/)
  })

  test('the filter as one types works in both orders', async () => {
    const console = openOf([...someFleet(), aJam('LIB-9', 'Library')])
    await console.press('b', '/', ...'library')
    expect(labels(await console.lines())).toEqual(['LIB-2F-1', 'LIB-9'])
    expect(headings(await console.text())[0]).toBe('Library 2, 2 need somebody')
    await console.press('enter', 'b')
    expect(headings(await console.text())[0]).toBe('Needs somebody 2')
    expect(labels(await console.lines())).toEqual(['LIB-2F-1', 'LIB-9'])
  })

  test('whoever stands in no building comes last', async () => {
    const console = openOf([aJam('AAA-1', null), aPrinter('ZZZ-1', { building: 'Zoo' })])
    await console.press('b')
    expect(headings(await console.text()).slice(0, 2)).toEqual([
      'Zoo 1',
      'No building 1, 1 needs somebody',
    ])
  })

  test('a building is drawn as glyphs, and its count is whole however long its name', async () => {
    const console = openOf([aJam('A-1', `\x1b[2J\u202E東京 ${'annexe '.repeat(60)}`)], 60)
    await console.press('b')
    const title = (await console.lines())[1] ?? ''
    expect(title).toMatch(/^╒═ DongJing annexe [a-z ]+\.\. 1, 1 needs somebody ═+╕$/)
    expect(title).toHaveLength(60)
  })
})

describe('a row of the fleet', () => {
  const inNeed = (sentence: string, verdict: Verdict = 'error'): Watched =>
    aPrinter('P-1', {
      ...{ verdict, building: 'Library', location: 'Reading room' },
      reasons: [
        ['paper', sentence],
        ['low', 'Black toner at 8 %'],
      ],
    })
  const sentence = 'Out of paper of the size asked for: A3'

  test('is cut between words and marked, and says how much more there is all the same', async () => {
    const words = 'Tray 2 wants another size of paper than the one that lies in it, and it waits'
    const row = await openOf([inNeed(words)]).row('P-1')
    expect(row).toMatch(/Tray 2 [a-z0-9 ]+\.\. \+1 /)
    const shown = row.match(/Tray 2 [^.]+/)?.[0] ?? ''
    expect(words.startsWith(`${shown} `)).toBe(true)
  })

  test('gives up its place before its sentence, where somebody is needed', async () => {
    const row = await openOf([inNeed(sentence)]).row('P-1')
    expect(row).toContain(`${sentence} +1`)
    expect(row).not.toContain('Library')
    expect(await openOf([inNeed(sentence)], 100, 30).row('P-1')).toContain('Library Reading room')
  })

  test('keeps its place where nobody is needed today, or the sentence is cut in any case', async () => {
    expect(await openOf([inNeed(sentence, 'warning')]).row('P-1')).toContain('Library Reading room')
    const endless = inNeed('and on '.repeat(30))
    expect(await openOf([endless]).row('P-1')).toContain('Library Reading room')
  })

  test('has its label whole, and takes the room for it from nobody else', async () => {
    const long = aPrinter('READING-ROOM-OF-THE-LIBRARY-1', {
      ...{ verdict: 'error', building: 'Library' },
      reasons: [['jam', 'Paper jam']],
    })
    const console = openOf([long, aJam('LIB-2', 'Library')])
    expect(await console.row('READING')).toMatch(
      /JAM {5}READING-ROOM-OF-THE-LIBRARY-1 {2}Paper jam/,
    )
    expect(await console.row('LIB-2')).toMatch(/JAM {5}LIB-2 {3}Library 7 {2}Paper jam/)
  })

  test('shows all of its colours or none, as bars where there is room', () => {
    const facts = someFacts({ printers: [...someFleet()] })
    const drawn = new Set<string>()
    for (let columns = 32; columns <= 240; columns++) {
      const rows = boardText(facts, columns, 40).split('\n')
      const row = rows.find((each) => each.includes('ADM-10 ')) ?? ''
      const kind = / K \d/.test(row) ? 'percent' : / K █/.test(row) ? 'bars' : 'none'
      drawn.add(kind)
      expect([columns, / Y ?[\d█]/.test(row)]).toEqual([columns, kind !== 'none'])
    }
    expect([...drawn].sort()).toEqual(['bars', 'none', 'percent'])
  })

  test.each([
    [{ ageSeconds: 3 }, ' now '],
    [{ ageSeconds: 59 }, '50 s '],
    [{ ageSeconds: 400, stale: true }, '6 min!'],
    [{ ageSeconds: null }, 'never '],
    [{ asking: true }, 'asking '],
  ])('ends with the age of what it says: %j', async (made, age) => {
    expect((await openOf([aPrinter('P-1', made)]).row('P-1')).slice(0, -1)).toMatch(
      new RegExp(`${age}$`),
    )
  })

  test('an age is never more than six cells, and below a minute true for ten seconds', () => {
    for (const seconds of [-5, 0, 9.9, 10, 59, 60, 3599, 3600, 172_799, 172_800, 1e12])
      expect(ageWords(seconds).length).toBeLessThanOrEqual(6)
    expect([0, 9, 10, 19, 59, 60].map(ageWords)).toEqual([
      ...['now', 'now', '10 s', '10 s', '50 s', '1 min'],
    ])
    expect([4, 12].map(agoWords)).toEqual(['just now', '10 s ago'])
  })

  test('moments are a time today, and a day on any other one, a year ago too', () => {
    const words = (at: string) => momentWords(new Date(at), noon, 'Europe/Berlin')
    expect(words('2026-03-11T23:05:00Z')).toBe('00:05')
    expect(words('2026-03-11T22:55:00Z')).toBe('11 Mar')
    expect(words('2026-03-02T09:00:00Z')).toBe('2 Mar')
    expect(words('2025-03-12T14:02:00Z')).toBe('12 Mar')
  })
})

describe('the line at the top', () => {
  const line = (facts: Parameters<typeof someFacts>[0], width: number, open?: 'supplies') =>
    textOf(statusLine(someFacts(facts), width, open))
  const many = (verdict: Verdict, count: number): Watched[] =>
    Array.from({ length: count }, (_, at) => aPrinter(`${verdict}-${at}`, { verdict }))
  const big = [
    ...many('ok', 428),
    ...many('warning', 24),
    ...many('error', 16),
    ...many('offline', 12),
    ...many('unknown', 20),
  ]
  const counts = ['ok 428', 'warn 24', 'error 16', 'offline 12', 'unsure 20']

  test('has every count whole at 80, of five hundred printers and while the sweep has stopped', () => {
    for (const heard of [3, 290, 7000]) {
      const sweep = { intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo: heard }
      const words = line({ printers: big, sweep, clockTrusted: false }, 80)
      for (const count of counts) expect(words).toContain(` ${count} `)
      expect(words).toHaveLength(80)
      expect(words).toContain('14:02?')
      expect(words.includes('sweep stopped')).toBe(heard === 7000)
    }
    expect(line({ printers: big }, 80)).toContain('10 s ago')
  })

  test('keeps its age with less blank between the counts, and their order while all of them fit', () => {
    const less = line({ printers: big }, 64)
    for (const word of [...counts, '10 s ago']) expect(less).toContain(` ${word} `)
    const sweep = { intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo: 7000 }
    expect(line({ printers: big, sweep }, 70)).toMatch(/^ ok 428 warn 24 .* sweep stopped 14:02 $/)
  })

  test('has no half of a count on any screen, and the worst on the smallest', () => {
    const whole = [...counts, '10 s ago', '14:02', 'PLATEN', 'Print room North']
      .join(' ')
      .split(' ')
    for (let width = 16; width < 100; width++) {
      for (const word of line({ printers: big }, width).split(' ').filter(Boolean))
        expect([...whole, '']).toContain(word)
      expect(line({ printers: big }, width)).toContain('error 16')
    }
  })

  test('names the views where there is room, the open one in brackets, and moves nothing for it', () => {
    expect(line({}, 200, 'supplies')).toContain(
      '  1 fleet  2 printer  3 tickets [4 supplies] 5 activity  6 box ',
    )
    expect(line({}, 128, 'supplies')).toContain(' [4 supplies] ')
    expect(line({}, 128, 'supplies')).not.toContain('fleet')
    for (const open of viewNames)
      expect(textOf(statusLine(someFacts(), 80, open))).toBe(line({}, 80))
    for (const open of viewNames) {
      const words = textOf(statusLine(someFacts(), 200, open))
      expect(words.indexOf('10 s ago')).toBe(line({}, 200).indexOf('10 s ago'))
      expect(words.replace(/[[\]]/g, ' ')).toBe(line({}, 200, 'supplies').replace(/[[\]]/g, ' '))
    }
  })
})

describe('the activity', () => {
  const happened = (minutes: number, verdict: Verdict = 'error', label = 'LIB-2F-1') => ({
    ...{ at: new Date(noon.getTime() - minutes * 60_000), printer: `p-${label}`, label, verdict },
    sentence: `${minutes} min before noon`,
  })
  const told = (activity: ReturnType<typeof happened>[], timeZone = 'UTC') =>
    someFacts({ activity, timeZone })
  const day = 24 * 60

  test('is under its days, with the time of each', async () => {
    const activity = [happened(4), happened(day), happened(day + 60), happened(9 * day)]
    const console = openConsole({ facts: () => told([...activity, happened(400 * day)]) })
    await console.press('5')
    const lines = (await console.lines()).slice(2, 11).map((line) => line.slice(0, 22))
    expect(lines).toEqual([
      '│ 13:58  ERROR   LIB-2',
      '├─ Yesterday ─────────',
      '│ 14:02  ERROR   LIB-2',
      '│ 13:02  ERROR   LIB-2',
      '├─ 3 Mar ─────────────',
      '│ 14:02  ERROR   LIB-2',
      '├─ 5 Feb 2025 ────────',
      '│ 14:02  ERROR   LIB-2',
      `│${' '.repeat(21)}`,
    ])
  })

  test('knows the day of the site: what is today here was yesterday there', () => {
    const rows = (zone: string) => activityRows(told([happened(5 * 60)], zone), 77).map(textOf)
    expect(rows('UTC')).toEqual([expect.stringMatching(/^ 09:02 /)])
    expect(rows('Pacific/Auckland')).toEqual([
      expect.stringContaining('─ Yesterday ─'),
      expect.stringMatching(/^ 22:02 /),
    ])
  })

  test('the title has the day where no line says it', () => {
    const facts = told([happened(4), happened(day), happened(day + 60), happened(9 * day)])
    expect([0, 1, 2, 3, 4, 5].map((top) => activityTitle(facts, top))).toEqual([
      ...['Activity today', 'Activity', 'Activity yesterday', 'Activity yesterday'],
      ...['Activity', 'Activity 3 Mar'],
    ])
    expect(activityTitle(told([]), 0)).toBe('Activity')
  })

  test('tells the verdict by a word, and by a shape where there is no room for words', () => {
    const all = [happened(1), happened(2, 'offline'), happened(3, 'warning'), happened(4, 'ok')]
    const words = (width: number) =>
      activityRows(told(all), width).map((row) => textOf(row).slice(8, 15).trim())
    expect(words(77)).toEqual(['ERROR', 'SILENT', 'WARN', 'ok'])
    expect(words(45).map((each) => each.slice(0, 2))).toEqual(['■ ', '? ', '▲ ', 'LI'])
  })

  test('tells the place where the sentence leaves room for it', () => {
    const facts = told([happened(4)])
    expect(textOf(activityRows(facts, 77)[0] ?? [])).toMatch(/LIB-2F-1 {2}Library 2F {2}4 min/)
    expect(textOf(activityRows(facts, 50)[0] ?? [])).not.toContain('Library')
  })

  test('says what will be there where nothing has happened', async () => {
    const console = openConsole({ facts: () => told([]) })
    await console.press('5')
    expect(await console.text()).toContain('Nothing has changed since platen started.')
    expect(await console.text()).toContain('What jams, runs out, falls silent or is well again')
  })
})

test('an ink of which only some is known to be left is told so, with the others beside it', () => {
  const supplies = [
    aSupply('Black', null, { levelState: 'someRemaining' }),
    aSupply('Cyan', 40, { colour: 'cyan' }),
  ]
  const text = boardText(someFacts({ printers: [aPrinter('P-1', { supplies })] }), 80, 24)
  expect(text).toMatch(/ K some +C ███░░░░ /)
})
