import { describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { inWalkingOrder, suppliesPanel } from '../../src/console/panels/supplies.ts'
import { textOf } from '../../src/console/rows.ts'
import { lowSupplies, toBring } from '../../src/core/status/low-supplies.ts'
import type { ReasonWord, Verdict, Watched } from '../../src/core/status/status.ts'
import { aPrinter, aSupply, type Made, someFacts } from './fleet.ts'
import { openConsole } from './terminal.ts'

const inks = (k: number, c: number, box = 60) => [
  aSupply('Black Cartridge W9004MC', k, { index: '1.1' }),
  aSupply('Cyan Cartridge', c, { index: '1.2', colour: 'cyan' }),
  aSupply('Waste Toner', box, {
    ...{ index: '1.3', colour: null, kind: 'waste', class: 'receptacleThatIsFilled' },
  }),
]

type Low = readonly (readonly [ReasonWord, string])[]

const aLow = (label: string, place: string, reasons: Low, made: Made = {}): Watched => {
  const [building = '', location = ''] = place.split(', ')
  const verdict: Verdict = 'error'
  return aPrinter(label, { verdict, building, location, reasons, supplies: inks(8, 12), ...made })
}

/** Two buildings, five supplies, one of which the printer does not name. */
const walk = (): Watched[] => [
  aLow('SCI-1', 'Science, Hall 10', [['low', 'Black toner at 8 %']], { verdict: 'warning' }),
  aLow('LIB-10', 'Library, Room 12', [['empty', 'Black toner empty']], { supplies: inks(0, 50) }),
  aLow('LIB-2', 'Library, Room 2', [
    ['waste', 'Waste box full'],
    ['low', 'Black toner at 8 %'],
  ]),
  aLow('SCI-2', 'Science, Hall 9', [['low', 'Toner low: order a new one']], { ageSeconds: 1200 }),
  aPrinter('ADM-1', { supplies: inks(90, 90) }),
]

const openWalk = (columns = 80, rows = 24, printers = walk()) =>
  openConsole({ columns, rows, facts: () => someFacts({ printers, activity: [] }) })

/** As the panel is drawn from all that the board knows. */
function panel(
  printers: readonly Watched[],
  { width = 80, filter = '', marks = new Map<string, string>(), height = 20 } = {},
): string {
  const chosen = { id: null, byHand: false }
  const supplies = inWalkingOrder(printers)
  return suppliesPanel(supplies, chosen, { width, height }, { printers, filter, marks })
    .map(textOf)
    .join('\n')
}

describe('the supplies to walk with', () => {
  test('are under their buildings, by room and label as a person counts, each with what to bring', async () => {
    const console = openWalk()
    await console.press('4')
    expect((await console.lines()).slice(3, 10).map((line) => line.trimEnd())).toEqual([
      '├─ Library 3 ──────────────────────────────────────────────────────────────────┤',
      expect.stringMatching(/^│▶ WASTE {2}Room 2 {3}LIB-2 {3}Waste box {4}full .* 10 s │$/),
      expect.stringMatching(/^│ {2}LOW {4}Room 2 {3}LIB-2 {3}Black toner {2}8 % .* 10 s │$/),
      expect.stringMatching(/^│ {2}EMPTY {2}Room 12 {2}LIB-10 {2}Black toner {2}empty .* 10 s │$/),
      '├─ Science 2 ──────────────────────────────────────────────────────────────────┤',
      expect.stringMatching(/^│ {2}LOW {4}Hall 9 {3}SCI-2 {3}Toner low: order a .*20 min │$/),
      expect.stringMatching(/^│ {2}soon {3}Hall 10 {2}SCI-1 {3}Black toner {2}8 % .* 10 s │$/),
    ])
  })

  test('are summed up in one line: what to bring along, and how much has to be looked at', async () => {
    const console = openWalk()
    await console.press('4')
    expect(await console.row('Bring')).toContain(
      '│ Bring along: 3 black toner, 1 waste box, 1 to look at ',
    )
  })

  test('the sum is of whole things where it does not fit', () => {
    for (let width = 30; width < 80; width++)
      for (const height of [8, 20]) {
        const [, first = '', second = ''] = panel(walk(), { width, height }).split('\n')
        const sum = [first, height > 8 && !/Not|├/.test(second) ? second : '']
          .map((line) => line.slice(1, -1).trim())
          .join(' ')
          .trim()
        expect(sum).toMatch(
          /^Bring along: (3 black toner, 1 waste box, 1 to look at|(3 black toner )?and more|3 black toner, 1 waste box and more)$/,
        )
      }
  })

  test('a supply that an alert and its level tell of is one to bring', () => {
    const twice: Low = [
      ['low', 'Toner low: Black Cartridge W9004MC very low'],
      ['low', 'Black toner at 8 %'],
      ['low', 'Cyan toner at 12 %'],
    ]
    const printers = [aLow('LIB-1', 'Library, 1', twice)]
    expect(toBring(lowSupplies(printers))).toEqual([
      { name: 'black toner', count: 1 },
      { name: 'cyan toner', count: 1 },
    ])
    expect(panel(printers)).toMatch(/Black toner {2}8 % /)
  })

  test('a toner that is low is the one that the printer has, and of several nobody knows which', () => {
    const both: Low = [
      ['low', 'Toner low'],
      ['low', 'Black toner at 8 %'],
    ]
    const one = [aSupply('Black', 8), aSupply('Drum', 9, { kind: 'drum', index: '1.2' })]
    const bring = (supplies: typeof one) =>
      toBring(lowSupplies([aLow('LIB-1', 'Library, 1', both, { supplies })]))
    expect(bring(one)).toEqual([{ name: 'black toner', count: 1 }])
    expect(bring(inks(8, 50))).toEqual([
      { name: 'black toner', count: 1 },
      { name: null, count: 1 },
    ])
  })

  test('of names that begin alike the longer one is meant', () => {
    const names = ['Toner', 'Toner K'].map((name, at) =>
      aSupply(name, 30 + at, { colour: null, index: `1.${at + 1}`, kind: 'other' }),
    )
    const reasons: Low = [['low', 'Toner K at 31 %']]
    const low = lowSupplies([aLow('A-1', 'Library, 1', reasons, { supplies: names })])
    expect(low.map(({ name, supply }) => [name, supply?.percent])).toEqual([['Toner K', 31]])
  })

  test('the heading of what is on the screen stays above it, wherever one has walked', async () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      aLow(`P-${at}`, `Building ${Math.floor(at / 30)}, ${at}`, [['low', 'Black toner at 8 %']]),
    )
    const console = openWalk(80, 24, many)
    await console.press('4', 'G')
    expect(await console.text()).toMatch(/Supplies 60 ═+ \d+-60 of 60 ▲/)
    expect(await console.row('Bring')).toContain('60 black toner')
    expect(await console.row('├─ Building 1')).toContain('Building 1 30')
    expect(await console.row('▶')).toContain('P-59')
  })
})

describe('with the keys', () => {
  test('the chosen one leads to its printer, and r asks that one', async () => {
    const console = openWalk()
    await console.press('4', 'down', 'down', 'r')
    expect(console.seen.polled).toEqual(['p-LIB-10'])
    await console.press('enter')
    expect((await console.lines())[1]).toContain('╒═ LIB-10 ')
  })

  test('what was chosen stays so while its level falls', async () => {
    const console = openWalk()
    await console.press('4', 'down')
    expect(await console.row('▶')).toContain('8 %')
    const later: Low = [
      ['waste', 'Waste box full'],
      ['low', 'Black toner at 7 %'],
    ]
    const fallen = aLow('LIB-2', 'Library, Room 2', later, { supplies: inks(7, 12) })
    const printers = walk().map((each) => (each.status.printer.label === 'LIB-2' ? fallen : each))
    await console.tell(() => someFacts({ printers }))
    expect(await console.row('▶')).toMatch(/Room 2 +LIB-2 +Black toner +7 %/)
  })

  test('the filter as one types leaves what is on the way', async () => {
    const console = openWalk()
    await console.press('4', '/', ...'science')
    const text = await console.text()
    expect(text).toContain('Science 2')
    expect(text).not.toContain('LIB-')
    expect(text).toContain('Bring along: 1 black toner, 1 to look at')
  })
})

describe('how low, and how old', () => {
  const one = (word: ReasonWord, sentence: string, made: Made = {}): string =>
    panel([aLow('LIB-1', 'Library, 1', [[word, sentence]], made)], { width: 128 })

  test.each([
    ['low', 'Black toner at 8 %', inks(8, 50), ' 8 % '],
    ['low', 'Black toner under 1 %', inks(0, 50), ' under 1 % '],
    ['empty', 'Black toner empty', inks(0, 50), ' empty '],
    ['waste', 'Waste box full', inks(50, 50, 0), ' full '],
    ['waste', 'Waste box has 9 % of its space left', inks(50, 50, 9), ' 9 % free '],
    ['low', 'Toner low: Cyan Cartridge', [aSupply('Cyan Cartridge', null)], ' ? '],
  ] as const)('%s: %s', (word, sentence, supplies, level) => {
    expect(one(word, sentence, { supplies })).toContain(level)
  })

  test('is told without whose percent it is, which the view of the printer says', () => {
    const supplies = [aSupply('Black', 8, { source: 'ipp' })]
    expect(one('low', 'Black toner at 8 %', { supplies })).toMatch(/ 8 % +█/)
  })

  test('is told by a word where it is for today, and where it is for soon', () => {
    expect(one('low', 'Black toner at 8 %')).toContain('│  LOW  ')
    expect(one('low', 'Black toner at 8 %', { verdict: 'warning' })).toContain('│  soon ')
  })

  test('is marked where the value is too old', () => {
    const old = { ageSeconds: 7200, stale: true }
    expect(one('low', 'Black toner at 8 %', old)).toContain(' 2 h!│')
  })

  test('a bar is drawn where there is room, and only of what was told', () => {
    expect(one('low', 'Black toner at 8 %')).toMatch(/8 % +█░+ /)
    const untold = { supplies: [aSupply('Cyan Cartridge', null)] }
    expect(one('low', 'Toner low: Cyan Cartridge', untold)).not.toMatch(/[█░]/)
  })

  test('the model stands beside it where there is room, and its tickets', () => {
    const printers = [aLow('LIB-1', 'Library, 1', [['low', 'Black toner at 8 %']])]
    const marks = new Map([['p-LIB-1', 'T2']])
    expect(panel(printers, { width: 100, marks })).toMatch(
      /LIB-1 {2}T2 {2}Black.*HP LaserJet 600 M602 /,
    )
    expect(panel(printers, { width: 100 })).not.toContain('T2')
    expect(panel(printers, { width: 60 })).not.toContain('HP Laser')
  })

  test('at 240 the other colours of the printer are beside it', () => {
    expect(panel(walk(), { width: 240 })).toMatch(/LIB-10 .*K ░{10} C █{5}░{5}/)
  })
})

describe('silence is not fullness', () => {
  const mute: Watched[] = [
    aPrinter('GYM-1', {
      verdict: 'offline',
      reasons: [['silent', 'No answer']],
      supplies: inks(0, 0),
    }),
    aPrinter('NEW-1', { verdict: 'unknown', ageSeconds: null }),
    aPrinter('OLD-1', { supplies: [aSupply('Toner', null)] }),
    aPrinter('OLD-2', { supplies: [] }),
  ]

  test('nothing is low of those that tell, and of how many nobody knows', () => {
    const text = panel([...mute, aPrinter('ADM-1', { supplies: inks(90, 90) })])
    expect(text).toContain('Nothing is low in 1 printer.')
    expect(text).toContain('Not known: 1 silent, 1 not read yet, 2 tell no level. Silence is not')
  })

  test('it stands over a list too', () => {
    expect(panel([...mute, ...walk()])).toContain('Not known: 1 silent, 1 not read yet, 2 tell no')
    expect(panel(walk())).not.toContain('Not known')
  })

  test('where no printer tells anything, nobody says that nothing is low', () => {
    const text = panel(mute)
    expect(text).toContain('Nobody knows whether anything is low.')
    expect(text).not.toContain('Nothing is low')
  })

  test('says of a filter what it leaves, and how to be rid of it', () => {
    const well = panel([aPrinter('ADM-1', { supplies: inks(90, 90) })], { filter: 'adm' })
    expect(well).toContain('Nothing is low in 1 printer that matches "adm".')
    expect(well).toContain('Esc clears the filter.')
    expect(panel([], { filter: 'zzz' })).toContain('No printer matches "zzz".')
    expect(panel([])).toContain('No printers yet: the fleet, at 1, says how they come here.')
  })
})

test('what printers write of their supplies is glyphs, and each line as wide as the screen', () => {
  const hostile = aLow(
    '\x1b[2J{bold}東京',
    `${'\u202E⚠ wing '.repeat(30)}, \x9b1m`,
    [
      ['low', `\x1b]0;x\x07${'toner '.repeat(200)}`],
      ['empty', `${'東京'.repeat(40)} empty`],
    ],
    { model: '▓▓'.repeat(90), supplies: [aSupply('東京'.repeat(40), 0, { colour: null })] },
  )
  for (const width of [32, 48, 60, 80, 100, 128, 240])
    for (const line of panel([hostile, ...walk()], { width, filter: '\x1b[2J' }).split('\n')) {
      expect(line).toHaveLength(width)
      for (const glyph of line) if (!isGlyph(glyph)) throw new Error(`${width}: ${line}`)
    }
})
