import { describe, expect, test } from 'vitest'
import { bar, levelWords } from '../../src/console/bars.ts'
import type { PastLook } from '../../src/console/facts.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { dayChart } from '../../src/console/panels/day-chart.ts'
import { dayWords } from '../../src/console/panels/days.ts'
import { historyRows } from '../../src/console/panels/history.ts'
import { printerRows } from '../../src/console/panels/printer.ts'
import { textOf } from '../../src/console/rows.ts'
import type { Epoch } from '../../src/core/counters/epoch.ts'
import { pastOf } from '../../src/core/counters/past.ts'
import { lastDays } from '../../src/core/schedule/days.ts'
import type { HistoryLine } from '../../src/core/status/history.ts'
import type { KnownBetter } from '../../src/core/status/known-better.ts'
import type { Watched } from '../../src/core/status/status.ts'
import { aPrinter, aSupply, aTray, noon, someFacts, someFleet } from './fleet.ts'
import { openConsole } from './terminal.ts'

const times = { now: noon, timeZone: 'UTC' }
const nothing = { asked: [], tickets: [], history: [], past: null, times }

const details = (printer: Watched, width = 60, past: PastLook | null = null): string =>
  printerRows(printer, width, { ...nothing, past })
    .map((row) => textOf(row).trimEnd())
    .join('\n')

const fleetOf = (name: string): Watched => {
  const found = someFleet().find((each) => each.status.printer.label === name)
  if (!found) throw new Error(name)
  return found
}

/** So many days before noon of Thursday, 12 March. */
const daysAgo = (days: number): string => new Date(noon.getTime() - days * 86_400_000).toISOString()

type Levels = Readonly<Record<string, number | null>>

const line = (days: number, levels: Levels, more: Partial<HistoryLine> = {}): HistoryLine => ({
  ...{ at: daysAgo(days), printer: 'p-LIB-2F-1', ok: true },
  supplies: Object.entries(levels).map(
    ([index, percent]) => [index, percent, 100, percent] as const,
  ),
  ...more,
})

const silent = (days: number, error = 'No answer'): HistoryLine => ({
  ...{ at: daysAgo(days), printer: 'p-LIB-2F-1', ok: false, error },
})

const counting: Epoch = {
  ...{ id: 'e', printer: 'p-LIB-2F-1', state: 'begun', why: 'first', first: 0 },
  ...{ startedAt: daysAgo(60), last: null, lastAt: null },
}

function known(lines: readonly HistoryLine[], office: KnownBetter = {}): PastLook {
  return { is: 'known', past: pastOf(lines, [counting], lastDays(noon, 'UTC'), office), at: noon }
}

describe('the details of a printer', () => {
  test('show every supply with its age, and no number that the printer did not give', () => {
    expect(details(fleetOf('LIB-2F-1'))).toBe(
      [
        ' JAM     Paper jam, tray 2',
        ' LOW     Black toner 8 % left',
        ' Library 2F',
        ' Read 4 min ago by SNMP v2c',
        '',
        ' Supplies',
        '  Black toner    ██░░░░░░░░░░░░░░░░░░░░░░░       8 %    4 min',
        '  Cyan toner     ██████████████████░░░░░░░      71 %    4 min',
        '  Magenta toner  ██████████████░░░░░░░░░░░      55 %    4 min',
        '  Yellow toner   ███████████████████████░░      90 %    4 min',
        '  Waste box                                some left    4 min',
        '  Fuser          ███████████░░░░░░░░░░░░░░      43 %    4 min',
        '  Staples                                          ?    4 min',
        '  Black drum                                     n/a    4 min',
        '',
        ' Trays',
        '  Tray 1, Letter █████████████████████████     100 %    4 min',
        '  Tray 2, Letter ░░░░░░░░░░░░░░░░░░░░░░░░░       0 %    4 min',
        '  Tray 3, A4                               some left    4 min',
        '',
        ' Alerts',
        '  critical: Jam in tray 2 (jam, code 8)',
        '',
        ' On its panel',
        '  Paper jam',
        '  Open tray 2',
        '',
        ' It says',
        '  Status   idle                                         4 min',
        '  Pages    1 234 567                                    4 min',
        '',
        ' Written down of it',
        '  Model    HP LaserJet 600 M602',
        '  Address  10.20.3.4',
        '  Serial   CNDX000123',
      ].join('\n'),
    )
  })

  test('keep the last good values of a silent one, as what was, with their age and why', () => {
    const text = details(fleetOf('GYM-1'))
    expect(text).toContain('Last poll failed: No answer within 3 s, asked twice')
    expect(text).toContain('What follows was read 26 min ago.')
    expect(text).toMatch(/Black toner +█+░+ was 40 % +26 min!/)
    expect(text).toMatch(/Status +was idle +26 min!/)
    expect(text).toMatch(/Pages +was 1 234 567 +26 min!/)
    expect(details(fleetOf('LIB-2F-1'))).not.toContain('was')
  })

  test('name each cover that is open, and count the others; and pages by kind, with whose count', () => {
    const cover = (description: string | null, status: string | null) => ({
      ...{ index: '1.1', description, status },
    })
    const printer = aPrinter('X', {
      covers: [
        cover('Front cover', 'coverOpen'),
        cover(null, 'interlockOpen'),
        cover('Rear cover', 'coverClosed'),
        cover('Duct', 'interlockClosed'),
        cover('Left cover', 'unknown'),
        cover('Flap', 'other'),
      ],
      counters: {
        ...{ total: 1_234_600, mono: 1_000_000, colour: 234_600, duplex: null },
        source: 'konica-minolta',
      },
      ageSeconds: 180,
    })
    const lines = details(printer).split('\n')
    const from = lines.indexOf(' It says') + 1
    expect(lines.slice(from, lines.indexOf('', from))).toEqual([
      '  Status   idle                                         3 min',
      '  Cover    Front cover open                             3 min',
      '  Cover    A cover open                                 3 min',
      '  Cover    2 closed                                     3 min',
      '  Cover    1 neither open nor closed                    3 min',
      '  Cover    1 not told                                   3 min',
      '  Pages    1 234 567                                    3 min',
      '  In all   1 234 600 by Konica Minolta                  3 min',
      '  Mono     1 000 000 by Konica Minolta                  3 min',
      '  Colour   234 600 by Konica Minolta                    3 min',
    ])
    expect(details({ ...fleetOf('GYM-1'), covers: printer.covers })).toMatch(
      /Cover +was Front cover open +26 min!/,
    )
  })

  test('say that nothing was read yet, and of no supply that there is none', () => {
    const text = details(fleetOf('NEW-1'))
    expect(text).toContain('Nothing has been read from it yet.')
    expect(text).not.toContain('Supplies')
    expect(details(aPrinter('X'))).toContain('It tells of no supplies.')
  })

  test('call the level of a waste box the room that is left', () => {
    const waste = aSupply('Waste', 30, { class: 'receptacleThatIsFilled' })
    expect(levelWords(waste)).toBe('30 % free')
  })

  test('tell supplies of one name apart, whose a percent is, and what the office turned round', () => {
    const drum = { kind: 'drum', colour: null } as const
    const waste = { index: '1.9', kind: 'waste' } as const
    const supplies = [
      aSupply('Drum Cartridge', 80, { ...drum, index: '1.5', source: 'ipp' }),
      aSupply('Drum Cartridge', 70, { ...drum, index: '1.6', source: 'konica-minolta' }),
      { ...aSupply('Waste', 4, waste), inverted: true },
    ]
    const lines = details(aPrinter('X', { supplies, ageSeconds: 180 })).split('\n')
    const from = lines.indexOf(' Supplies') + 1
    expect(lines.slice(from, from + 4).map((each) => each.replace(/ [█░]+ +/, ' | '))).toEqual([
      '  Drum 5    | 80 % by IPP    3 min',
      '  Drum 6    | 70 % by Konica Minolta    3 min',
      '  Waste box | 4 % free    3 min',
      expect.stringMatching(/^ +turned round by the office$/),
    ])
  })

  test.each([
    ['na_letter_8.5x11in', 'Letter'],
    ['iso_a4_210x297mm', 'A4'],
    ['iso-a4-white', 'A4 white'],
    ['iso_sra3_320x450mm', 'SRA3'],
    ['iso_dl_110x220mm', 'DL'],
    ['iso-designated-long', 'Designated long'],
    ['na_number-10_4.125x9.5in', 'Number 10'],
    ['jis_b4_257x364mm', 'JIS B4'],
    ['Plain 2', 'Plain 2'],
    ['iso', 'iso'],
    ['name-badge', 'name-badge'],
    ['custom_x_1x2mm', 'custom_x_1x2mm'],
  ])('call what lies in a tray by its name: %s is %s', (media, words) => {
    expect(details(aPrinter('X', { trays: [aTray('Tray 1', 50, { media })] }))).toMatch(
      new RegExp(`^  Tray 1, ${words} +█`, 'm'),
    )
  })

  test('give the bare level where the printer tells no capacity', () => {
    const told = { level: 120, levelState: 'value' } as const
    expect(levelWords(aTray('1', null, told))).toBe('120 sheets')
    // Sharp's waste box: no percent, however much it looks like one.
    expect(levelWords(aTray('1', null, { ...told, level: 100, unit: null }))).toBe('level 100')
  })

  test.each([
    [0, '░░░░░░░░░░'],
    [1, '█░░░░░░░░░'],
    [50, '█████░░░░░'],
    [99, '█████████░'],
    [100, '██████████'],
  ])('draw %i %% honestly', (percent, drawn) => {
    expect(bar(percent, 10).text).toBe(drawn)
  })

  test('say which tray is fed by hand, where that fits', () => {
    const trays = [aTray('Tray 1', 0, { maxCapacity: 100 }), aTray('Tray 2', 50)]
    expect(details(aPrinter('X', { trays }), 76)).toContain('Tray 1, Letter, by hand')
    expect(details(aPrinter('X', { trays }), 76)).not.toContain('Tray 2, Letter, by hand')
    expect(details(aPrinter('X', { trays }), 34)).toMatch(/^ {2}Tray 1 +░+ +0 % /m)
  })

  test('call no tray fed by hand that is large, or does not tell how much it holds', () => {
    const nameless = { name: null, description: null, media: null }
    const trays = [
      aTray('', 75, { ...nameless, index: '1.1', maxCapacity: 600 }),
      aTray('', 50, { ...nameless, index: '1.2', maxCapacity: 1420 }),
      aTray('', 0, { ...nameless, index: '1.3', maxCapacity: 180 }),
      aTray('Roll 1', null, { index: '1.4', maxCapacity: -2 }),
    ]
    const byHand = details(aPrinter('X', { trays }), 76).match(/\S.*, by hand/g)
    expect(byHand).toEqual(['Tray 3, by hand'])
  })

  test('say of a silent one what was, but nothing of what it never told', () => {
    const supplies = [aSupply('Black', 42), aSupply('Cyan', null, { index: '1.2', colour: 'cyan' })]
    const text = details(aPrinter('X', { supplies, failed: 'No answer' }), 76)
    expect(text).toMatch(/Black toner .* was 42 % /)
    expect(text).toMatch(/Cyan toner +\? /)
  })

  test('say in words what the printer says of itself', () => {
    const printer = aPrinter('X', { state: 'warmup' })
    const errors = { flags: ['serviceRequested', 'lowToner'] } as never
    const said = { ...printer, status: { ...printer.status, errors } }
    expect(details(said)).toMatch(/^ {2}Status {3}warmup, service requested, low toner /m)
  })

  test('call what nobody knows by the word of the list, and not an alert', () => {
    const sentence = 'Answers, but does not say how it is'
    const mute = aPrinter('X', { verdict: 'unknown', reasons: [['alert', sentence]] })
    expect(details(mute).split('\n')[0]).toBe(` ----    ${sentence}`)
  })

  test('tell an alert without words by its code, in words', () => {
    const silent = {
      index: '1.1',
      group: 'input',
      groupIndex: 2,
      location: null,
      description: null,
    }
    const alerts = [
      { ...silent, severity: 'warning', code: 1104, codeName: 'inputMediaSupplyLow' },
      { ...silent, severity: 'warningBinaryChangeEvent', code: 40_001, codeName: null },
    ]
    const text = details(aPrinter('X', { alerts }), 76)
    expect(text).toContain('  warning: Paper low (input media supply low, code 1104)')
    expect(text).toContain('  warning binary change event: no words (code 40001)')
  })

  test('have all that the office has written down', () => {
    const one = aPrinter('X')
    const printer = {
      ...one.status.printer,
      ...{ make: 'Kyocera', model: 'P3145dn', macAddress: '00:17:C8:01:02:03', assetTag: 'A-77' },
      ...{ group: { id: 'g', name: 'Second floor' }, organisation: 'School of Science' },
    }
    const text = details({ ...one, status: { ...one.status, printer } })
    for (const told of [
      'Kyocera P3145dn',
      '00:17:C8:01:02:03',
      'A-77',
      'Second floor',
      'School of Science',
    ])
      expect(text).toContain(told)
  })

  test('stand in two columns from a hundred columns on, and in one below', () => {
    const both = /Supplies +Alerts/
    expect(details(fleetOf('LIB-2F-1'), 96)).toMatch(both)
    expect(details(fleetOf('LIB-2F-1'), 76)).not.toMatch(both)
  })

  test('cut no name of a supply on a narrow panel: the age goes first, then the bar', () => {
    const jam = fleetOf('LIB-2F-1')
    const row = (width: number): string => /^ {2}Magenta.*$/m.exec(details(jam, width))?.[0] ?? ''
    expect(row(46)).toMatch(/^ {2}Magenta toner +█+░+ +55 % +4 min$/)
    expect(row(36)).toMatch(/^ {2}Magenta toner +█+░+ +55 %$/)
    expect(row(27)).toMatch(/^ {2}Magenta toner +55 %$/)
  })

  test('stay in their panel, whatever a printer says', () => {
    const evil = `\x1b[2J{red-fg}東京\u202E\n${'x'.repeat(2000)}`
    const hostile = aPrinter(evil, {
      ...{ model: evil, building: evil, address: evil, panel: [evil], state: evil },
      supplies: [
        aSupply(evil, 3),
        aSupply(evil, null, { index: evil, colour: null, kind: 'other' }),
      ],
      trays: [aTray(evil, 10, { media: evil })],
    })
    const past = known([line(2, { '1.1': 50, [evil]: 20 }, { replaced: [evil] }), silent(1, evil)])
    for (const width of [20, 36, 42, 60, 76, 96, 136]) {
      const history = historyRows(hostile, past, times, width)
      const rows = printerRows(hostile, width, { ...nothing, past, history }).map(textOf)
      for (const row of rows) {
        expect(row.length, row).toBeLessThanOrEqual(width + 1)
        for (const glyph of row) expect(isGlyph(glyph)).toBe(true)
      }
    }
  })
})

describe('a level that a printer does not tell now', () => {
  const asleep = (supplies = [aSupply('Black', null)]): Watched =>
    aPrinter('X', {
      ...{ ageSeconds: 180, supplies },
      alerts: [
        {
          ...{ index: '1', severity: 'other', code: 35, codeName: 'subunitPowerSaver' },
          ...{ group: null, groupIndex: null, location: null, description: null },
        },
      ],
    })

  test('is what it was last, and when that was', () => {
    const past = known([line(9, { '1.1': 60 }), line(2, { '1.1': 42 }), line(1, { '1.1': null })])
    expect(details(asleep(), 60, past)).toMatch(/Black toner +\? asleep, was 42 % on Tue +3 min/)
    const older = known([line(9, { '1.1': 60 }), line(8, { '1.1': null })])
    expect(details(asleep(), 60, older)).toMatch(/\? asleep, was 60 % on 3 Mar +3 min/)
    const today = known([line(0.1, { '1.1': 41 }), line(0.05, { '1.1': null })])
    expect(details(asleep(), 60, today)).toMatch(/\? asleep, was 41 % today +3 min/)
  })

  test('is told without it while the past is read, or cannot be', () => {
    for (const past of [{ is: 'loading' }, { is: 'unreadable' }, known([])] as const)
      expect(details(asleep(), 60, past)).toMatch(/Black toner +\? asleep +3 min/)
  })

  test('is not overtaken by it where the printer tells one', () => {
    const past = known([line(2, { '1.1': 42 })])
    expect(details(asleep([aSupply('Black', 7)]), 60, past)).not.toContain('was')
  })

  test('says so of what is only "some left" too', () => {
    const some = aSupply('Black', null, { levelState: 'someRemaining' })
    const past = known([line(2, { '1.1': 42 }), line(1, { '1.1': null })])
    expect(details(asleep([some]), 60, past)).toContain('some left, was 42 % on Tue')
    expect(details(asleep([some]), 40, past)).toMatch(/Black toner +some left +3 min$/m)
  })

  test('is the room that was left in a waste box', () => {
    const waste = aSupply('Waste', null, { kind: 'waste', colour: null })
    const past = known([line(2, { '1.1': 30 }), line(1, { '1.1': null })])
    expect(details(asleep([waste]), 60, past)).toContain('? asleep, was 30 % free on Tue')
  })

  test('is turned round where the office says that it counts the other way', () => {
    const rule = {
      ignore: false,
      warningPercent: null,
      errorPercent: null,
      kind: null,
      colour: null,
    }
    const office = { '1.1': { invert: true, ...rule } }
    const past = known([line(2, { '1.1': 42 }), line(1, { '1.1': null })], office)
    expect(details(asleep(), 60, past)).toContain('was 58 % on Tue')
  })
})

describe('what became of a printer by day', () => {
  const jam = fleetOf('LIB-2F-1')
  const drawn = (look: PastLook, width = 76, height: number | null = null): string[] =>
    historyRows(jam, look, times, width, height).map((row) => textOf(row).trimEnd())

  /** The columns of a chart, from the row after its name on. */
  const chartOf = (rows: readonly string[], name: string, high = 3): string[] => {
    const at = rows.findIndex((row) => row.startsWith(` ${name}`))
    return rows.slice(at + 1, at + 1 + high).map((row) => row.slice(row.indexOf('│') + 1))
  }

  test('is drawn a column a day, and what was replaced is marked and said', () => {
    const lines = Array.from({ length: 10 }, (_, at) => {
      const black = at < 5 ? 50 - at * 10 : 100 - (at - 5) * 10
      return line(9 - at, { '1.1': black }, at === 5 ? { replaced: ['1.1'] } : {})
    })
    const rows = drawn(known(lines), 36)
    expect(rows[0]).toBe(' Black toner                    8 %')
    expect(chartOf(rows, 'Black toner')).toEqual([
      `${' '.repeat(25)}██▒░`,
      `${' '.repeat(20)}▒░   ████`,
      `${' '.repeat(20)}███▒░♦███░`,
    ])
    expect(rows).toContain(' Replaced')
    expect(rows).toContain('  8 Mar: Black toner')
  })

  test('leaves a day of which nobody knows blank, which is not the same as none', () => {
    const lines = [line(8, { '1.7': 90 }), silent(7), line(3, { '1.7': 0 }), line(2, { '1.7': 0 })]
    const [, , foot = ''] = chartOf(drawn(known(lines), 36), 'Staples')
    expect(foot.padEnd(30).slice(-9)).toBe('█    ____')
  })

  test('says of which day the last level is, where that is not today', () => {
    expect(drawn(known([line(2, { '1.1': 42 }), silent(1)]), 36)[0]).toMatch(/ 42 % on Tue$/)
  })

  test('has for today the level that the printer told last, which may not be written down yet', () => {
    expect(drawn(known([line(2, { '1.1': 42 })]), 36)[0]).toBe(
      ' Black toner                    8 %',
    )
    expect(drawn(known([line(2, { '1.7': 42 })]), 36)[0]).toMatch(/^ Staples +42 %$/)
  })

  test('shows no more than four supplies that it tells no more, however many there were', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`9.${at}`, 50]))
    const text = drawn(known([line(2, many)])).join('\n')
    expect(text.match(/Supply 9\.\d+/g)).toHaveLength(4)
  })

  test('goes on as the day before while a printer has nothing new to say', () => {
    const [top] = chartOf(drawn(known([line(6, { '1.7': 100 })]), 36), 'Staples')
    expect(top?.slice(-7)).toBe('███████')
  })

  test('has the pages of each day, in all, and when they were most', () => {
    const lines = [0, 100, 400, 430].map((pageCount, at) =>
      line(3 - at, { '1.1': 50 }, { pageCount }),
    )
    const rows = drawn(known(lines))
    expect(rows.find((row) => row.startsWith(' Pages a day'))).toMatch(/430 in all, most on Wed$/)
    expect(chartOf(rows, 'Pages a day')).toEqual([
      `${' '.repeat(56)}██`,
      `${' '.repeat(56)}██`,
      `${' '.repeat(54)}████░░`,
    ])
    const told = details(jam, 76, known(lines))
    expect(told).toContain('Today    30 pages')
    expect(told).toContain('7 days   430 pages, 4 not known')
  })

  test('calls the day a week ago by its date, in a week with a short day too', () => {
    const madrid = (at: string) => ({ now: new Date(at), timeZone: 'Europe/Madrid' })
    // The clocks went forward on Sunday, 29 March 2026.
    const now = madrid('2026-04-01T22:30:00Z')
    expect(dayWords(new Date('2026-03-25T23:00:00Z'), now)).toBe('on 26 Mar')
    expect(dayWords(new Date('2026-03-26T23:00:00Z'), now)).toBe('on Fri')
    // And back on Sunday, 25 October.
    const late = madrid('2026-10-29T22:30:00Z')
    expect(dayWords(new Date('2026-10-22T22:00:00Z'), late)).toBe('on Fri')
  })

  test('has one line for nothing at its foot, and a mark at its day where the oldest have no room', () => {
    const chart = { values: [50, 50, 0, 50], most: 100, rows: 2, marked: new Set([3]) }
    const drawn = (days: number) =>
      dayChart(chart, { scale: 3, perDay: 1, days, room: 9 }).map((row) => textOf(row).slice(5))
    expect(drawn(4)).toEqual(['    ', '██_♦'])
    expect(drawn(2)).toEqual(['  ', '_♦'])
  })

  test('leaves out what was written while nobody knew the time', () => {
    const unsure = line(2, { '1.1': 11 }, { clock: 'untrusted' })
    expect(drawn(known([line(3, { '1.1': 42 }), unsure])).join('\n')).not.toContain('11 %')
  })

  test('names the Mondays under it, none of them cut', () => {
    for (const width of [36, 45, 49, 76, 96]) {
      const axis = drawn(known([line(29, { '1.1': 50 })]), width).find((row) => row.includes('Feb'))
      for (const word of axis?.trim().split(/ {2,}|(?<=[a-z]) /) ?? [])
        expect(['16 Feb', '23 Feb', '2 Mar', '9 Mar']).toContain(word)
      expect(axis).toContain('2 Mar')
    }
    const rows = drawn(known([line(29, { '1.1': 50 })]), 36)
    const axis = rows.find((row) => row.includes('2 Mar')) ?? ''
    // The eleventh day from the right, with the twelfth of March.
    expect(axis.indexOf('2 Mar')).toBe((rows[1] ?? '').indexOf('│') + 1 + 19)
  })

  test('says when it was silent, for how long, and why', () => {
    const rows = drawn(known([line(9, {}), silent(5, 'No route'), line(4.5, {}), silent(0.25)]))
    expect(rows.slice(rows.indexOf(' Silent') + 1)).toEqual([
      '  12 Mar 08:02, 6 h until now: No answer',
      '  7 Mar 14:02, 12 h: No route',
    ])
  })

  test('calls none of them now that was short', () => {
    const second = 1 / 86_400
    const rows = drawn(known([silent(5), line(5 - 7 * second, {}), silent(5 * second)]))
    expect(rows.slice(rows.indexOf(' Silent') + 1)).toEqual([
      '  12 Mar 14:01, under 1 min until now: No answer',
      '  7 Mar 14:02, under 1 min: No answer',
    ])
  })

  test('has a blank between a long name and its level', () => {
    const supplies = [aSupply('Blacktoner'.repeat(20), 8, { kind: 'other', colour: null })]
    const look = known([line(1, { '1.1': 42 })])
    const [title = ''] = historyRows(aPrinter('X', { supplies }), look, times, 49).map(textOf)
    expect(title).toMatch(/\.\. +8 %/)
  })

  test('tells the newest three of many', () => {
    const many = [20, 16, 12, 8, 4].flatMap((days) => [silent(days), line(days - 1, {})])
    expect(drawn(known(many)).at(-1)).toBe('  and 2 before')
  })

  test('is said to be on its way, not to be read, and empty', () => {
    expect(drawn({ is: 'loading' })).toEqual([' Reading what the card keeps of it ...'])
    expect(drawn({ is: 'unreadable' })).toEqual([
      ' What is kept of it cannot be read; the log says why.',
    ])
    expect(drawn(known([]))).toEqual([' No reading is old enough yet: it fills day by day.'])
  })

  test('has higher charts where there is room, and lower ones where there is not', () => {
    const levels = Object.fromEntries(jam.status.supplies.map(({ index }) => [index, 50]))
    const look = known([
      line(20, levels, { pageCount: 5, replaced: ['1.1'] }),
      silent(19),
      line(18, levels, { pageCount: 500 }),
    ])
    for (const height of [31, 40, 61]) {
      const rows = drawn(look, 49, height)
      expect(rows.length).toBeLessThanOrEqual(height)
      expect(rows.at(-1)).toContain('No answer')
    }
    expect(drawn(look, 49, 61).length).toBeGreaterThan(drawn(look, 49, 31).length + 10)
  })
})

describe('the view of a printer', () => {
  const lines = [line(9, { '1.1': 60, '1.2': 80 }), line(2, { '1.1': 42, '1.2': 71 })]
  const look = known(lines)
  const past = () =>
    look.is === 'known' ? Promise.resolve(look.past) : Promise.reject(new Error('no past'))

  test('of none says where to go, and offers no code of it', async () => {
    const none = () => someFacts({ printers: [], tickets: [] })
    const console = openConsole({ facts: none })
    await console.press('2')
    expect(await console.text()).toContain('│ No printers yet: the fleet, at 1, says how')
    expect(await console.row('? help')).not.toContain('code')
    const filtered = openConsole()
    await filtered.press('/', ...'nowhere', 'enter', '2')
    expect(await filtered.text()).toContain('│ No printer matches "nowhere": the fleet, at 1,')
  })

  test('has its past below the rest on a small screen, and beside it on a large one', async () => {
    const small = openConsole({ looks: { past } })
    await small.press('2')
    await small.tell(someFacts)
    expect(await small.text()).toMatch(/Black toner +█+░+ +8 % +4 min/)
    await small.press('end')
    expect(await small.text()).toContain('Pages')
    expect(await small.text()).toMatch(/│ {2}Black toner +8 %/)
    const large = openConsole({ columns: 128, rows: 37, looks: { past } })
    await large.press('2')
    await large.tell(someFacts)
    expect(await large.text()).toMatch(/Black toner +█+░+ +8 % +4 min.*│/)
    expect(await large.text()).toMatch(/╕┌─ By day ─+┐\n.*││ Black toner +8 %/)
  })

  test('reads the past of who is looked at, not of all that somebody ran through', async () => {
    const asked: string[] = []
    let release = (): void => {}
    const first = new Promise<void>((done) => {
      release = done
    })
    const slow = async (id: string) => {
      asked.push(id)
      if (asked.length === 1) await first
      return past()
    }
    const console = openConsole({ looks: { past: slow } })
    await console.press('2', 'J', 'J', 'J')
    await console.tell(someFacts)
    expect(await console.text()).toContain('SCI-3')
    expect(asked).toEqual(['p-LIB-2F-1'])
    release()
    await console.settled()
    await console.tell(someFacts)
    expect(asked).toEqual(['p-LIB-2F-1', 'p-SCI-3'])
    await console.press('end')
    expect(await console.text()).toContain('Supply 1.1')
  })

  test('goes on without a past that cannot be read, and the log has why', async () => {
    const broken = () => Promise.reject(new Error('the card is gone'))
    const console = openConsole({ columns: 128, rows: 37, looks: { past: broken } })
    await console.press('2')
    await console.tell(someFacts)
    const text = await console.text()
    expect(text).toContain('What is kept of it cannot be read')
    expect(text).toContain('Magenta toner')
    expect(console.seen.logged).toEqual(['history: Error: the card is gone'])
  })
})
