import { describe, expect, test } from 'vitest'
import { boardText } from '../../src/console/board.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { byNeed } from '../../src/console/need.ts'
import { activityRows } from '../../src/console/panels/activity.ts'
import { noticeRow } from '../../src/console/panels/footer.ts'
import { printersPanel } from '../../src/console/panels/printers.ts'
import { statusLine } from '../../src/console/panels/status.ts'
import { textOf } from '../../src/console/rows.ts'
import { firstView } from '../../src/console/view.ts'
import { aBox } from '../parts/box.ts'
import { aPrinter, backedUpAt, noon, someFacts, someFleet } from './fleet.ts'

const at = (columns: number, rows: number, facts = someFacts()): string[] =>
  boardText(facts, columns, rows).split('\n')
const rowWith = (lines: string[], words: string): string =>
  lines.find((line) => line.includes(words)) ?? ''

describe('the board', () => {
  test('at 80x24 shows who needs somebody, then the rest', () => {
    expect(at(80, 24).slice(0, 14)).toEqual([
      ' PLATEN  ok 9  warn 2  error 2  offline 1  unsure 1             10 s ago  14:02',
      '╒═ Needs somebody 3 ════════════════════════════════════════════ 1-12 of 15 ▼ ═╕',
      '│▶ JAM     LIB-2F-1  Library 2F      Paper jam, tray 2 +1                4 min │',
      '│  EMPTY   DRP-204   Draper 204      Black toner empty                  12 min!│',
      '│  SILENT  GYM-1     Gym Lobby       No answer for 26 min               26 min!│',
      '├─ Soon 2 ─────────────────────────────────────────────────────────────────────┤',
      '│  PAPER   SCI-3     Science Hall 3  Tray 3 is empty, the others are..    10 s │',
      '│  LOW     ADM-2     Admin 2         Cyan toner 14 % left                 10 s │',
      '├─ Nothing known 1 ────────────────────────────────────────────────────────────┤',
      '│  ----    NEW-1     Stores          nothing heard yet                   never │',
      '├─ All well 9 ─────────────────────────────────────────────────────────────────┤',
      '│  ok      ADM-10    Admin 1         idle     K 82 C 31 M 64 Y100         10 s │',
      '│  ok      ADM-11    Admin 2         printing K 93                        10 s │',
      '│  ok      ADM-12    Admin 3         idle     K 86                      asking │',
    ])
  })

  test('at 100x30 draws the supplies of the healthy as bars', () => {
    expect(rowWith(at(100, 30), 'ADM-10')).toBe(
      '│  ok      ADM-10    Admin 1         idle     K ███████░ C ██░░░░░░ M █████░░░ Y ████████     10 s │',
    )
  })

  test('says what went onto the card as the view of the box does', () => {
    const box = aBox({ written: { today: 400_000, aDay: null } })
    const row = noticeRow(someFacts({ box }), { view: firstView, notice: null }, 15, 100)
    expect(textOf(row)).toContain('card 0.4 MB today')
  })

  test('says what went onto the card today and when the last backup was, where there is room', () => {
    const site = ' Print room North   http://10.20.0.5:8080'
    const words = 'card 12 MB today   backup 05:02'
    expect(rowWith(at(80, 24), 'http://')).toBe(site + words.padStart(38))
    expect(rowWith(at(60, 14), 'http://')).toBe(site + 'backup 05:02'.padStart(18))
    expect(rowWith(at(48, 12), 'http://').trimEnd()).toBe(site)
    const untold = someFacts({ box: aBox({ written: null, backup: backedUpAt(null) }) })
    expect(rowWith(at(80, 24, untold), 'http://').trimEnd()).toBe(site)
    const warned = someFacts({ clockTrusted: false })
    expect(rowWith(at(80, 24, warned), 'http://')).not.toContain('card')
  })

  test('at 240x67 has the model too', () => {
    expect(rowWith(at(240, 67), '│  ok      ADM-10')).toContain('HP LaserJet 600 M602')
    expect(rowWith(at(128, 37), '│  ok      ADM-10')).not.toContain('HP LaserJet')
  })

  test('drops the age and the place on a narrow screen, never the word, the label, the sentence', () => {
    expect(rowWith(at(48, 12), 'LIB-2F-1')).toBe('│▶ JAM     LIB-2F-1  Paper jam, tray 2 +1      │')
  })

  test('every line is as wide as the screen at every size', () => {
    for (const [columns, rows] of [
      [80, 24],
      [80, 25],
      [100, 30],
      [128, 37],
      [160, 45],
      [240, 67],
    ] as const)
      for (const line of at(columns, rows).slice(1, -2)) expect(line.length).toBe(columns)
  })

  test('counts labels as a person does', () => {
    const printers = ['LIB-10', 'LIB-2', 'LIB-1'].map((label) => aPrinter(label))
    const order = at(80, 24, someFacts({ printers }))
      .join('')
      .match(/LIB-\d+/g)
      ?.slice(0, 3)
    expect(order).toEqual(['LIB-1', 'LIB-2', 'LIB-10'])
  })

  test('a column is as wide as its longest text is in the letters of the screen', () => {
    const printers = [
      aPrinter('P-1', { verdict: 'offline', building: '\u6771\u4eac', failed: 'No answer' }),
    ]
    expect(rowWith(at(80, 24, someFacts({ printers, activity: [] })), 'P-1')).toContain(
      'P-1     DongJing  No answer ',
    )
  })

  test('one text that is far too long takes the room of its column, and of no other row', () => {
    const activity = ['x'.repeat(70), 'ADM-1'].map((label) => ({
      ...{ at: noon, printer: label, label, verdict: 'error' as const },
      sentence: 'The input tray is empty',
    }))
    for (const row of activityRows(someFacts({ activity }), 77).map(textOf))
      expect(row).toContain('The input tray is empty')
  })

  test('shows each heading once, wherever in the list the chosen printer is', () => {
    const printers = byNeed(someFleet(60))
    for (const { status } of printers) {
      const chosen = { id: status.printer.id, byHand: true }
      const rows = printersPanel(printers, chosen, { width: 80, height: 16 }).map(textOf)
      const headings = rows.flatMap((row) => row.match(/^[├┌]─ \D+/) ?? [])
      expect(new Set(headings).size).toBe(headings.length)
      expect(rows.filter((row) => row.includes('▶'))).toHaveLength(1)
    }
  })

  test('says how to get printers where there are none', () => {
    const text = at(80, 24, someFacts({ printers: [], activity: [] })).join('\n')
    expect(text).toContain('platen import printers.csv --as printers')
    expect(text).toContain('label, ipAddress')
    expect(text).toContain('platen probe HOST')
  })

  test('says loudly that the disk is full, and how much more there is', () => {
    const trouble = ['The disk is full: nothing can be saved', 'No mail server', 'Clock not set']
    expect(at(80, 24, someFacts({ trouble }))[1]).toMatch(/^ ! The disk is full.* \+2$/)
    expect(at(128, 37, someFacts({ trouble }))[3]).toContain('Clock not set')
  })

  test('a hostile printer is one row of plain text', () => {
    const label = '\x1b[2J{red-fg}東京\u202E{/}\n\x07' + 'x'.repeat(10_000)
    const sentence = `${'Z\u0335\u0321\u0300'.repeat(3000)} jam`
    const hostile = aPrinter(label, {
      verdict: 'error',
      reasons: [['jam', sentence]],
      building: '\t\x9b1m',
    })
    for (const [columns, rows] of [
      [80, 24],
      [128, 37],
      [240, 67],
      [40, 10],
      [5, 2],
    ] as const) {
      const lines = at(columns, rows, someFacts({ printers: [hostile], activity: [], site: label }))
      expect(lines).toHaveLength(rows)
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(columns)
        for (const glyph of line) expect(isGlyph(glyph)).toBe(true)
      }
    }
  })
})

describe('the line at the top', () => {
  const line = (facts: Parameters<typeof someFacts>[0], width = 100): string =>
    textOf(statusLine(someFacts(facts), width)).trimEnd()
  const heard = (lastHeardSecondsAgo: number | null) => ({
    sweep: { intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo },
  })

  test('tells the age of the last sweep, and that it stopped once an interval is over', () => {
    expect(line(heard(290))).toContain('4 min ago')
    expect(line(heard(290))).not.toContain('stopped')
    expect(line(heard(420))).toContain('sweep stopped 7 min ago')
    expect(line(heard(null))).toContain('not read yet')
  })

  test('doubts a clock that nothing vouches for', () => {
    expect(line({ clockTrusted: false })).toContain('14:02?')
  })

  test('shows the time of the site', () => {
    expect(line({ timeZone: 'America/New_York' })).toContain('10:02')
  })

  test('keeps the counts when there is no room for the name of the site', () => {
    const short = line({ ...heard(420), site: 'The print room of the northern campus' }, 80)
    expect(short).toContain('offline 1')
    expect(short).toContain('sweep stopped')
    expect(short).not.toContain('northern')
  })
})
