import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { troubleOf } from '../../src/box.ts'
import type { Facts } from '../../src/console/facts.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { boxRows } from '../../src/console/panels/box.ts'
import { lettersRows, outboxRows } from '../../src/console/panels/outbox.ts'
import { textOf } from '../../src/console/rows.ts'
import type { BoxFacts } from '../../src/core/box.ts'
import { createSensors } from '../../src/disk/sensors.ts'
import { aBox } from '../parts/box.ts'
import { aLetter } from '../parts/letters.ts'
import { openDesk } from './desk.ts'
import { backedUpAt, noon, someFacts } from './fleet.ts'
import { openConsole, type Wanted } from './terminal.ts'

const backup = backedUpAt('2026-03-12T05:02:00.000Z')
const wellBox = (words: Partial<BoxFacts> = {}): BoxFacts => aBox({ backup, ...words })

async function seen(words: Partial<BoxFacts> = {}, more: Partial<Facts> = {}, wanted: Wanted = {}) {
  const facts = () => someFacts({ box: wellBox(words), trouble: words.trouble ?? [], ...more })
  const console = openConsole({ facts, ...wanted })
  await console.press('6')
  return console
}

/** The line of a thing, as it stands in the panel. */
async function line(name: string, words: Partial<BoxFacts> = {}, more: Partial<Facts> = {}) {
  const rows = boxRows(someFacts({ box: wellBox(words), ...more }), 200).map(textOf)
  const row = rows.find((each) => each.slice(7).startsWith(name)) ?? ''
  return row.replaceAll(/[█░]+/g, '').replaceAll(/ +/g, ' ').trim()
}

const sizes = [
  [80, 24],
  [100, 30],
  [128, 37],
  [240, 67],
] as const

describe('the box', () => {
  test.each(sizes)(
    'says at %ix%i how all of it is, and nothing of it is cut',
    async (columns, rows) => {
      const console = await seen({}, {}, { columns, rows })
      const text = await console.text()
      for (const words of [
        ...['12 MB today, 20 MB on other days; wished: 50 MB', '32 % taken, 21 GB of 31 GB free'],
        ...['9 h ago (05:02), 1.5 MB; copied nowhere (PLATEN_BACKUP_DIR)', 'none waits'],
        ...['It is right, as far as can be told.', '56 % taken, 412 MB of 948 MB free'],
        ...['platen takes 91 MB', '52 °C', 'enough whenever it was measured', 'eth0 10.20.0.5'],
        ...['http://10.20.0.5:8080', '1.2.3 on Node v22.1.0, runs since 28 Feb (12 days)'],
      ])
        expect(text).toContain(words)
      expect(text).not.toContain('..')
      expect([...text.replaceAll('\n', '')].filter((each) => !isGlyph(each))).toEqual([])
    },
  )

  test('says first what is wrong, and the arrows lead to its last line on a small screen', async () => {
    const trouble = ['The disk is full: nothing can be saved.', 'No backup since Friday.']
    const console = await seen({
      ...{ trouble, clockTrusted: false, celsius: 82, underVoltage: 'now', addresses: [] },
      disk: { freeBytes: 0, bytes: 31e9 },
    })
    const [, , , first, second] = await console.lines()
    expect(first).toContain('wrong         The disk is full: nothing can be saved.')
    expect(second).toContain('wrong         No backup since Friday.')
    expect(await console.text()).not.toContain('Node v22.1.0')
    expect(await console.row('This box')).toMatch(/═ ▼ ═╕$/)
    await console.press('j')
    expect(await console.row('This box')).toMatch(/═ ▲▼ ═╕$/)
    await console.press('end')
    expect(await console.row('This box')).toMatch(/═ ▲ ═╕$/)
    expect(await console.text()).toContain('1.2.3 on Node v22.1.0')
  })

  test('says of what the machine does not tell that it does not', async () => {
    const text = await (
      await seen({
        ...{ written: null, disk: null, machineMemory: null, celsius: null, underVoltage: null },
      })
    ).text()
    for (const name of ['Written', 'Disk', 'Memory', 'Heat', 'Power'])
      expect(text).toMatch(new RegExp(`\\? +${name} +the machine does not tell`))
    expect(text).not.toContain('█')
  })

  test('is looked at without a PIN', async () => {
    const checkPin = () => Promise.reject(new Error('asked'))
    const console = await seen({}, {}, { acts: { checkPin } })
    expect(await console.text()).toContain('This box')
    expect(await console.text()).toContain('52 °C')
  })

  test.each([
    [59.4, 'ok Heat 59 °C'],
    [60, 'ok Heat 60 °C, warm'],
    [70, 'look Heat 70 °C, hot: give it air.'],
    [
      80,
      'wrong Heat 80 °C, too hot: a Raspberry Pi slows down from 80 °C on. Give it air, or a fan.',
    ],
  ])('at %d degrees has a word for it', async (celsius, words) => {
    expect(await line('Heat', { celsius })).toBe(words)
  })

  test.each([
    ['never', 'ok Power enough whenever it was measured since platen started'],
    [
      'earlier',
      'look Power was too low since platen started: another power supply, or a shorter cable.',
    ],
    ['now', 'wrong Power too low now: it needs another power supply.'],
  ] as const)('says of a supply that was %s too weak what to do', async (underVoltage, words) => {
    expect(await line('Power', { underVoltage })).toBe(words)
  })

  test('says when much is written, by the worse of today and other days', async () => {
    const written = (today: number, aDay: number | null) =>
      line('Written', { written: { today, aDay } })
    expect(await written(50e6, null)).toBe('ok Written 50 MB today; wished: 50 MB')
    expect(await written(1e6, 51e6)).toMatch(/^look .* Much wears a card out/)
    expect(await written(501e6, null)).toMatch(/^wrong .* the log says/)
  })

  test('says when the disk or the memory has little room left', async () => {
    const of = (freeBytes: number) => ({ freeBytes, bytes: 2e9 })
    expect(await line('Disk', { disk: of(200e6) })).toBe(
      'ok Disk 90 % taken, 200 MB of 2.0 GB free',
    )
    expect(await line('Disk', { disk: of(199e6) })).toMatch(/^wrong Disk 90 % taken.* Make room/)
    expect(await line('Disk', { disk: of(1) })).toContain('99 % taken')
    expect(await line('Memory', { machineMemory: of(200e6) })).toMatch(/^ok/)
    expect(await line('Memory', { machineMemory: of(199e6) })).toMatch(/^look .*That is little/)
  })

  test('says how old the backup is, and when there should be a newer one', async () => {
    const backupOf = (words: Partial<BoxFacts['backup']>) =>
      line('Backup', { backup: { ...backup, ...words } })
    expect(await backupOf({ elsewhere: '/mnt/share' })).toBe(
      'ok Backup 9 h ago (05:02), 1.5 MB; copied elsewhere',
    )
    expect(await backupOf({ trouble: 'The share is full.' })).toMatch(/^look Backup 9 h ago/)
    expect(await backupOf({ newest: null })).toMatch(
      /^look Backup none was made yet: platen backup/,
    )
    const old = backedUpAt('2026-03-10T14:01:00.000Z')
    const ran = { ranMs: 72 * 3_600_000 }
    expect(await line('Backup', { backup: { ...old, ...ran } })).toMatch(
      /^wrong Backup 2 d ago \(10 Mar\).*the log/,
    )
    // It was off meanwhile.
    expect(await line('Backup', { backup: old })).toMatch(/^look Backup 2 d ago.*within the day/)
    expect(await line('Backup', { backup: old, clockTrusted: false })).toMatch(
      /^look Backup 2 d ago.*None is made before the clock is set: platen backup/,
    )
    expect(await backupOf({ newest: null, ...ran })).toMatch(/^wrong Backup none was made yet/)
    const young = backedUpAt('2026-03-10T14:02:00.000Z')
    expect(await line('Backup', { backup: { ...young, ...ran } })).toMatch(/^ok Backup 2 d ago/)
  })

  test('names each address, and asks for the cable where it has none', async () => {
    const addresses = [
      { name: 'eth0', address: '10.20.0.5' },
      { name: 'wlan0', address: '2001:db8::6' },
    ]
    expect(await line('Network', { addresses })).toBe(
      'ok Network eth0 10.20.0.5, wlan0 2001:db8::6',
    )
    expect(await line('Network', { addresses: [] })).toBe(
      'look Network no address: is its cable in?',
    )
  })

  test('draws what is taken where there is room, and never full before it is', () => {
    const disk = { freeBytes: 1e6, bytes: 31e9 }
    const bars = (width: number) =>
      boxRows(someFacts({ box: wellBox({ disk }) }), width)
        .map(textOf)
        .flatMap((row) => /[█░]+/.exec(row)?.[0] ?? [])
    expect(bars(77)).toEqual(['██░░░░░░░░', '█████████░', '██████░░░░'])
    expect(bars(97).map((each) => each.length)).toEqual([24, 24, 24])
    expect(bars(60)).toEqual([])
  })
})

const letters = (words: Partial<Facts['outbox']>): Pick<Facts, 'outbox'> => ({
  outbox: { waiting: 0, givenUp: 0, oldest: null, lastTrouble: null, ...words },
})
const hindered = letters({
  ...{ waiting: 3, givenUp: 1, oldest: '2026-03-12T13:50:00.000Z' },
  lastTrouble: 'The mail server says: 450 <(an address)> is over its quota',
})

describe('the letters', () => {
  test('stand in the box: how many wait, how long, why', async () => {
    expect(await line('Letters', {}, hindered)).toContain(
      'look Letters 3 letters wait, the first posted 12 min ago; 1 letter given up. The mail server says',
    )
    const young = letters({ waiting: 1, oldest: '2026-03-12T14:01:30.000Z' })
    expect(await line('Letters', {}, young)).toBe(
      'ok Letters 1 letter waits, the first posted 30 s ago',
    )
  })

  test.each([
    ['waiting', 128, 37],
    ['given-up', 128, 37],
    ['given-up', 80, 24],
  ] as const)(
    'name nobody by an address, whatever the mail server says of one %s: %ix%i',
    async (state, columns, rows) => {
      const desk = await openDesk({ columns, rows, tickets: [] })
      const endedAt = state === 'given-up' ? noon.toISOString() : null
      const trouble = '550 nobody is <jane.doe@school.example>'
      await desk.store.update((tx) =>
        tx.put('outbox', aLetter({ state, endedAt, trouble, tries: 1 })),
      )
      await desk.press('6')
      const text = await desk.text()
      expect(text).toContain('550 nobody is <(an address)>')
      expect(text).not.toMatch(/jane|school\.example/)
    },
  )

  test.each(sizes)(
    'have a panel beside the box where there is room: %ix%i',
    async (columns, rows) => {
      const text = await (await seen({}, {}, { columns, rows })).text()
      expect(text.includes('─ Letters ─')).toBe(columns >= 128)
      expect(text.includes('No letter waits.')).toBe(columns >= 128)
    },
  )

  test('tell in a panel of their own what becomes of them', () => {
    const told = (facts: Pick<Facts, 'outbox'>) =>
      lettersRows(someFacts(facts), 60).map(textOf).join(' ').replaceAll(/ +/g, ' ')
    expect(told(letters({}))).toContain('until the mail server has taken them')
    expect(told(letters({ waiting: 1 }))).toContain('On their way.')
    expect(told(hindered)).toContain('tried again by themselves')
    expect(told(hindered)).toContain('can be sent again or dropped')
    expect(told(letters({ waiting: 1 }))).not.toContain('dropped')
  })

  test('take three rows in a corner of the board', () => {
    const lastTrouble = 'The mail server takes nothing today, and says so at length. '.repeat(9)
    expect(outboxRows(someFacts(letters({ waiting: 9, lastTrouble })), 43)).toHaveLength(3)
  })
})

test('a supply that gives too little is in the line of troubles of every view', async () => {
  const root = mkdtempSync(join(tmpdir(), 'platen-box-'))
  try {
    const folder = join(root, 'sys/class/hwmon/hwmon0')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'name'), 'rpi_volt\n')
    writeFileSync(join(folder, 'in0_lcrit_alarm'), '1\n')
    const sensors = createSensors({ folder: root, root })
    await sensors.feel()
    const backups = { trouble: () => 'No backup since Friday.' }
    const keeping = { trouble: () => null, cardTrouble: () => ['The card forgot.'], backups }
    const trouble = troubleOf({ keeping, sensors, outbox: { trouble: () => null } })
    expect(trouble.map((sentence) => sentence.slice(0, 16))).toEqual([
      ...['The card forgot.', 'The power supply', 'No backup since '],
    ])
    const console = openConsole({ facts: () => someFacts({ trouble }), columns: 100, rows: 30 })
    expect(await console.row('The power supply')).toContain('! The power supply gives too little')
  } finally {
    rmSync(root, { recursive: true })
  }
})
