import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Refusal } from '../../src/core/refusal.ts'
import type { Watched } from '../../src/core/status/status.ts'
import { until } from '../boot.ts'
import { aPrinter, someFacts, someFleet } from './fleet.ts'
import { openConsole } from './terminal.ts'

/** contracts.md, "Glyphs of the console": written out once more, so that the set cannot drift. */
const glyphs = new Set(
  '¡¢£¥§ª«¬°±²µ¶·º»¼½¿ÄÅÆÇÉÑÖÜßàáâäåæçèéêëìíîïñòóôö÷ùúûüÿ•←↑→↓∞≈≡≤≥─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬█░▒■▲▶▼◀♦',
)
afterEach(() => {
  vi.useRealTimers()
})

/** Seconds go by for a console that was opened over such timers. */
const ticks = (seconds: number): unknown => vi.advanceTimersByTime(seconds * 1000)
const onlyTicks: { toFake: ('setInterval' | 'clearInterval')[] } = {
  toFake: ['setInterval', 'clearInterval'],
}

const chosenLabel = (lines: readonly string[]): string | undefined =>
  lines.find((line) => line.includes('▶'))?.match(/▶ \S+ +(\S+)/)?.[1]

describe('on a terminal', () => {
  test.each([
    [80, 24, 'linux'],
    [80, 25, 'xterm-256color'],
    [100, 30, 'linux'],
    [128, 37, 'linux'],
    [160, 45, 'tmux-256color'],
    [240, 67, 'screen'],
  ])(
    'at %ix%i on %s every panel is there and every cell is a glyph of the set',
    async (columns, rows, terminal) => {
      const hostile = aPrinter('\x1b]0;x\x07{bold}東京⣿▁✓', {
        verdict: 'error',
        reasons: [['jam', '\u202E⚠ Papierstau ▓▓ {/}']],
      })
      const printers = [...someFleet(60), hostile]
      const console = openConsole({ columns, rows, terminal, facts: () => someFacts({ printers }) })
      const text = await console.text()
      expect(text).toContain('PLATEN')
      expect(text).toContain('Needs somebody 4')
      expect(text).toContain('{bold}DongJing')
      expect(text).toContain('Activity')
      expect(text).toContain('http://10.20.0.5:8080')
      expect(text).toContain('? help')
      expect(text.includes('by SNMP v2c')).toBe(columns >= 128)
      await console.press('?')
      expect(await console.text()).toContain('Keys and words')
      await console.press('esc', 'j', 'enter', '/', 'a')
      for (const glyph of console.seen.sent.replace(
        /\x1b(?:[78=>]|[()][0-9A-Z]|\[[?0-9;]*[a-zA-Z])/g,
        '',
      ))
        if (!(glyph >= ' ' && glyph <= '~') && !glyphs.has(glyph))
          throw new Error(`U+${glyph.codePointAt(0)?.toString(16)} was sent`)
      expect(console.seen.logged).toEqual([])
    },
  )

  test('the screen is the drawing, border to border', async () => {
    const lines = await openConsole().lines()
    expect(lines[2]).toBe(
      '│▶ JAM     LIB-2F-1  Library 2F      Paper jam, tray 2 +1                4 min │',
    )
    expect(lines[21]).toBe(`└${'─'.repeat(78)}┘`)
  })

  test('sends nothing while nothing changes, and what changed within a second', async () => {
    vi.useFakeTimers(onlyTicks)
    let facts = someFacts()
    const console = openConsole({ facts: () => facts })
    await console.settled()
    const before = console.seen.sent.length
    ticks(11)
    await console.settled()
    expect(console.seen.sent.length).toBe(before)
    facts = someFacts({ printers: [aPrinter('ADM-1')] })
    console.redraw()
    await until(async () => (await console.text()).includes('ok 1'))
  })

  test('shows within seconds that a printer has answered, told or not', async () => {
    vi.useFakeTimers(onlyTicks)
    let running = 1
    const console = openConsole({
      facts: () => {
        const sweep = { intervalSeconds: 300, running, waiting: 0, lastHeardSecondsAgo: null }
        return someFacts({ sweep })
      },
    })
    expect(await console.row('PLATEN')).toContain('first sweep ...')
    running = 0
    ticks(1)
    expect(await console.row('PLATEN')).toContain('not read yet')
  })

  test('draws at most a few times a second, however often it is told', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    let asked = 0
    const console = openConsole({
      facts: () => {
        asked += 1
        return someFacts()
      },
    })
    for (let at = 0; at < 100; at++) {
      console.redraw()
      vi.advanceTimersByTime(5)
    }
    expect(asked).toBe(3)
  })

  test('NO_COLOR: bold and reverse, no colour', async () => {
    const console = openConsole({ noColor: true })
    await console.press('j')
    expect(console.seen.sent).toMatch(/\x1b\[[0-9;]*7[;m]/)
    expect(console.seen.sent).not.toMatch(/\x1b\[(?:[0-9;]*;)?[349][0-7](?:;[0-9;]*)?m/)
  })

  test('NO_COLOR: no colour in any view, nor over it, nor on the wall', async () => {
    const console = openConsole({
      ...{ noColor: true, columns: 128, rows: 37, wishes: { layout: 'wall' } },
      looks: { pageOf: () => 'HTTP://10.20.0.5:8080/P/ABCDEFGHJKMNPQRSTVWXYZ' },
    })
    await console.press('j', ...'123456', '2', 'c', 'esc', '?', 'esc', 'q', 'n', '/', 'zz', 'esc')
    expect(console.seen.sent).not.toMatch(/\x1b\[(?:[0-9;]*;)?(?:[349]|10)[0-7](?:;[0-9;]*)?m/)
  })

  test('on linux only what the kernel knows: eight colours, bold, reverse, moves', async () => {
    const console = openConsole({ columns: 128, rows: 37, wishes: { layout: 'wall' } })
    await console.press('j', ...'123456', '2', 'c', 'esc', '?', 'esc', 'ctrl-l')
    await console.resize(80, 24)
    console.close()
    await console.settled()
    const all = console.seen.sent.match(/\x1b(?:\[[ -?]*[@-~]|[ -/]*[0-~])/g) ?? []
    // console_codes(4): SGR, CUP, CUF, ED, EL, DECSTBM, the cursor and its shape, DECSC, DECRC, G1.
    const known =
      /^\x1b(?:\[(?:(?:[0147]|3[0-7]|4[0-7])?(?:;(?:[0147]|3[0-7]|4[0-7]))*m|[0-9;]*[HCJKr]|\?25[hl]|\?[01]c)|[78]|\)0)$/
    expect([...new Set(all)].filter((each) => !known.test(each))).toEqual([])
    // Nothing else has a meaning: no shift to the other character set, no command left half.
    expect(console.seen.sent.replaceAll(/\x1b(?:\[[ -?]*[@-~]|[ -/]*[0-~])/g, '')).not.toMatch(
      /[\x00-\x1f\x7f-\x9f]/,
    )
  })

  test.each([
    ['LANG', 'C'],
    ['LANG', 'de_DE.UTF-8'],
    ['LC_ALL', 'POSIX'],
  ])('%s=%s makes no difference', async (name, value) => {
    const usual = openConsole({ terminal: 'xterm-256color' })
    await usual.settled()
    const before = process.env[name]
    process.env[name] = value
    try {
      const other = openConsole({ terminal: 'xterm-256color' })
      await other.settled()
      expect(other.seen.sent).toBe(usual.seen.sent)
      expect(other.seen.sent).toContain('╒═')
    } finally {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    }
  })

  test('eight colours and bold, on every terminal', async () => {
    const console = openConsole({ terminal: 'xterm-256color' })
    await console.settled()
    expect(console.seen.sent).toMatch(/\x1b\[1;31m|\x1b\[1;41;37m|\x1b\[1;37;41m/)
    expect(console.seen.sent).not.toMatch(/[34]8;5;|\x1b\[(?:[0-9;]*;)?(?:9|10)[0-7][;m]/)
  })

  test('follows every size a window is drawn to, also no size at all', async () => {
    const console = openConsole()
    await console.resize(128, 37)
    expect((await console.lines())[34]).toMatch(/┘└─+┘$/)
    for (const [columns, rows] of [
      [128, 37],
      [20, 5],
      [1, 1],
      [0, 0],
      [240, 67],
      [33, 9],
      [80, 24],
    ] as const)
      await console.resize(columns, rows)
    const lines = await console.lines()
    expect(lines[2]).toBe(
      '│▶ JAM     LIB-2F-1  Library 2F      Paper jam, tray 2 +1                4 min │',
    )
    expect(console.seen.logged).toEqual([])
  })

  test.each([
    ['a question', ['q'], 'Stop platen and leave?'],
    ['help', ['?'], 'Keys and words'],
    ['a code', ['2', 'c'], '10.20.0.5'],
    ['the wall', [], 'Paper jam'],
  ])('with %s open it follows every size, and back', async (_name, keys, words) => {
    const console = openConsole({
      looks: { pageOf: () => 'HTTP://10.20.0.5:8080/P/ABCDEFGHJKMNPQRSTVWXYZ' },
      wishes: { layout: keys.length === 0 ? 'wall' : 'auto' },
    })
    await console.press(...keys)
    const whole = await console.text()
    expect(whole).toContain(words)
    for (const [columns, rows] of [
      [80, 25],
      [40, 10],
      [100, 30],
      [90, 28],
      [128, 37],
      [180, 50],
      [240, 67],
      [40, 10],
      [80, 24],
    ] as const) {
      await console.resize(columns, rows)
      const fresh = openConsole({
        ...{
          columns,
          rows,
          looks: { pageOf: () => 'HTTP://10.20.0.5:8080/P/ABCDEFGHJKMNPQRSTVWXYZ' },
        },
        wishes: { layout: keys.length === 0 ? 'wall' : 'auto' },
      })
      await fresh.press(...keys)
      expect(await console.text()).toBe(await fresh.text())
    }
    expect(await console.text()).toBe(whole)
    expect(console.seen.logged).toEqual([])
  })

  test('a line that was slow gets the newest picture within a second of being free', async () => {
    vi.useFakeTimers(onlyTicks)
    let facts = someFacts()
    const console = openConsole({ facts: () => facts })
    await console.settled()
    console.output.pause()
    while (console.output.write('\x1b[m'.repeat(2000)));
    facts = someFacts({ printers: [aPrinter('ADM-1')] })
    console.drawNow()
    console.output.resume()
    expect(await console.row('PLATEN')).toContain('ok 9 ')
    ticks(1)
    expect(await console.row('PLATEN')).toContain('ok 1 ')
  })

  test('takes a line that does not know its size for 80x24', async () => {
    const console = openConsole({ columns: 80, rows: 24 })
    Object.assign(console.output, { columns: undefined, rows: undefined })
    console.output.emit('resize')
    expect((await console.lines())[21]).toBe(`└${'─'.repeat(78)}┘`)
  })

  test('says on a tiny screen that it is too small, with the counts', async () => {
    const text = await openConsole({ columns: 30, rows: 5 }).text()
    expect(text).toContain('error 2')
    expect(text).toContain('Too small')
  })

  test('a second terminal has keys and choices of its own', async () => {
    const [one, other] = [openConsole(), openConsole({ columns: 100, rows: 30 })]
    await one.press('j', 'j')
    expect(chosenLabel(await one.lines())).toBe('GYM-1')
    expect(chosenLabel(await other.lines())).toBe('LIB-2F-1')
    one.close()
    await other.press('j')
    expect(chosenLabel(await other.lines())).toBe('DRP-204')
  })

  test('a panel that breaks says so and is reported once; the rest goes on', async () => {
    const broken = {
      get at(): Date {
        throw new Error('no time')
      },
    }
    const activity = [
      {
        ...someFacts().activity[0],
        label: 'A',
        sentence: 'b',
        printer: 'p',
        verdict: 'ok' as const,
      },
    ]
    const hurt = activity.map((each) =>
      Object.defineProperty({ ...each }, 'at', Object.getOwnPropertyDescriptor(broken, 'at') ?? {}),
    )
    const console = openConsole({ facts: () => someFacts({ activity: hurt as never }) })
    console.drawNow()
    const text = await console.text()
    expect(text).toContain('This panel broke')
    expect(text).toContain('LIB-2F-1')
    expect(console.seen.logged).toEqual(['activity: Error: no time'])
  })

  test('keeps the last picture when the facts cannot be had', async () => {
    const console = openConsole()
    await console.tell(() => {
      throw new Error('no state')
    })
    expect(await console.text()).toContain('LIB-2F-1')
    expect(console.seen.logged).toEqual(['console: Error: no state'])
  })
})

describe('the student worker at the keys', () => {
  test('stays with the chosen printer when the order changes', async () => {
    const console = openConsole()
    await console.press('j')
    expect(chosenLabel(await console.lines())).toBe('DRP-204')
    const worse = aPrinter('AAA-1', { verdict: 'error', reasons: [['jam', 'Paper jam']] })
    await console.tell(() => someFacts({ printers: [...someFleet(), worse] }))
    expect(chosenLabel(await console.lines())).toBe('DRP-204')
    await console.tell(() => someFacts({ printers: [worse] }))
    expect(chosenLabel(await console.lines())).toBe('AAA-1')
  })

  test('without a choice the worst is shown, whoever that is', async () => {
    const console = openConsole()
    const worse = aPrinter('AAA-1', { verdict: 'error', reasons: [['jam', 'Paper jam']] })
    await console.tell(() => someFacts({ printers: [...someFleet(), worse] }))
    expect(chosenLabel(await console.lines())).toBe('AAA-1')
  })

  test.each([
    [['down', 'down', 'up'], 'DRP-204'],
    [['j', 'j', 'k'], 'DRP-204'],
    [['G'], 'ADM-18'],
    [['end', 'home'], 'LIB-2F-1'],
    [['pgdn', 'pgdn', 'pgdn'], 'ADM-18'],
    [['G', 'g'], 'LIB-2F-1'],
    [['G', 'pgup', 'pgup', 'pgup'], 'LIB-2F-1'],
  ])('with %j comes to %s', async (keys, label) => {
    const console = openConsole()
    await console.press(...keys)
    expect(chosenLabel(await console.lines())).toBe(label)
  })

  test('walks through five hundred printers with the chosen one always in sight', async () => {
    const printers = Array.from({ length: 500 }, (_, at) => aPrinter(`P-${at}`))
    const console = openConsole({ facts: () => someFacts({ printers }) })
    await console.press('G')
    expect(chosenLabel(await console.lines())).toBe('P-499')
    await console.press('k', 'k', 'pgup')
    const chosen = chosenLabel(await console.lines())
    expect(chosen).toMatch(/^P-48\d$/)
    expect(await console.text()).toContain('of 500')
  })

  test('opens the details full size at 80x24, scrolls them, and comes back', async () => {
    const console = openConsole()
    await console.press('enter')
    const text = await console.text()
    expect(text).toContain('Magenta toner')
    expect(text).not.toContain('Needs somebody')
    expect(text).not.toContain('Open tray 2')
    await console.press('G')
    expect(await console.text()).toContain('Open tray 2')
    await console.press('esc')
    expect(await console.text()).toContain('Needs somebody')
  })

  test('goes through the views with Tab and by digit; what the keys mean has a double line', async () => {
    const console = openConsole({ columns: 128, rows: 37 })
    const doubled = async (): Promise<string> =>
      (await console.text()).match(/[╒╞]═ (\S+)/g)?.join() ?? ''
    const names = ['╒═ Needs', '╒═ LIB-2F-1', '╒═ Tickets', '╒═ Supplies', '╒═ Activity', '╒═ This']
    for (const [at, name] of names.entries()) {
      expect(await doubled()).toBe(name)
      await console.press('tab')
      expect(await doubled()).toBe(names[(at + 1) % names.length])
      await console.press('shift-tab', String(((at + 1) % names.length) + 1))
    }
    expect(await doubled()).toBe('╒═ Needs')
  })

  test('filters as he types, by any word, and Esc clears', async () => {
    const console = openConsole()
    await console.press('/', ...'LIBRARY jam')
    let text = await console.text()
    expect(text).toContain('LIB-2F-1')
    expect(text).not.toContain('│  EMPTY')
    expect(text).toContain('1 of 15')
    await console.press('enter', 'esc')
    text = await console.text()
    expect(text).toContain('ADM-10')
    expect(text).not.toContain('Filter:')
  })

  test('types q, r and ? into the filter without leaving', async () => {
    const console = openConsole()
    await console.press('/', 'q', 'r', '?')
    expect(await console.text()).toContain('Filter: qr?')
    expect(console.seen.polled).toEqual([])
    await console.press('backspace', 'backspace')
    expect(await console.text()).toContain('Filter: q ')
  })

  test('is told when nothing matches, and how to clear', async () => {
    const console = openConsole()
    await console.press('/', ...'zzz', 'enter')
    const text = await console.text()
    expect(text).toContain('No printer matches "zzz"')
    expect(text).toContain('Esc clears the filter')
    await console.press('enter', 'j', 'r')
    expect(console.seen.polled).toEqual([])
  })

  test('asks a printer now, and hears what came of it', async () => {
    let answer = (): void => {}
    let printers: Watched[] = [aPrinter('ADM-1')]
    const console = openConsole({
      facts: () => someFacts({ printers }),
      pollNow: () =>
        new Promise((done) => {
          answer = done
        }),
    })
    await console.press('r', 'r')
    expect(await console.text()).toContain('asking ADM-1 ...')
    expect(console.seen.polled).toEqual(['p-ADM-1'])
    printers = [aPrinter('ADM-1', { verdict: 'error', reasons: [['jam', 'Paper jam']] })]
    answer()
    expect(await console.text()).toContain('ADM-1 answered: Paper jam')
  })

  test('is told that the printer kept silent', async () => {
    const printers = [aPrinter('GYM-1', { verdict: 'offline', failed: 'No answer within 3 s' })]
    const console = openConsole({ facts: () => someFacts({ printers }) })
    await console.press('r')
    expect(await console.text()).toContain('GYM-1 did not answer: No answer within 3 s')
  })

  test('reads a refusal as it was said, and of a bug only that there is one', async () => {
    let failure: Error = new Refusal('too-many', 'It was asked a moment ago.')
    const console = openConsole({ pollNow: () => Promise.reject(failure) })
    await console.press('r')
    expect(await console.text()).toContain('was not asked: It was asked a moment ago.')
    failure = new Error('secret insides')
    await console.press('r')
    expect(await console.text()).toContain('the log says what')
    expect(await console.text()).not.toContain('secret insides')
    expect(console.seen.logged.join()).toContain('secret insides')
  })
})

describe('leaving', () => {
  test('asks first, and a no stays', async () => {
    const console = openConsole()
    await console.press('q')
    expect(await console.text()).toContain('Stop platen and leave?')
    await console.press('n')
    expect(console.seen.left).toBe(0)
    await console.press('ctrl-c', 'y')
    expect(console.seen.left).toBe(1)
  })

  test('an attached console leaves at once', async () => {
    const console = openConsole({ leaves: 'at-once' })
    await console.press('q')
    expect(console.seen.left).toBe(1)
  })

  test("the appliance's own screen stays and says so", async () => {
    const console = openConsole({ leaves: 'never' })
    await console.press('q', 'y', 'ctrl-c')
    expect(console.seen.left).toBe(0)
    expect(await console.text()).toContain('This screen belongs to the appliance')
    expect(await console.text()).not.toContain('q stop')
  })

  test.each(['linux', 'xterm-256color'])('gives the terminal back on %s', async (terminal) => {
    const console = openConsole({ terminal })
    await console.settled()
    console.close()
    console.close()
    await console.settled()
    const { sent } = console.seen
    expect(sent.lastIndexOf('\x1b[?25h')).toBeGreaterThan(sent.lastIndexOf('\x1b[?25l'))
    expect(console.emulator.buffer.active.type).toBe('normal')
    expect(console.emulator.modes.mouseTrackingMode).toBe('none')
    expect(console.emulator.modes.applicationCursorKeysMode).toBe(false)
    expect((await console.text()).trim()).toBe('')
    const after = sent.length
    console.redraw()
    console.drawNow()
    await wait(300)
    expect(console.seen.sent.length).toBe(after)
  })

  test('leaves the process its own handlers: how it ends is not for the screen to say', async () => {
    const events = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'uncaughtException'] as const
    const count = (): number[] => events.map((event) => process.listenerCount(event))
    const before = count()
    const console = openConsole()
    expect(count()).toEqual(before)
    console.close()
    expect(count()).toEqual(before)
  })

  test('a line that is cut ends the console and nothing else', async () => {
    const console = openConsole({ leaves: 'at-once' })
    console.output.destroy(new Error('EPIPE'))
    console.redraw()
    await wait(400)
    expect(console.seen.left).toBe(1)
    const other = openConsole()
    other.input.end()
    await until(() => other.seen.left === 1)
  })

  test('the screen of the appliance goes on without a keyboard, and the appliance without a screen', async () => {
    const console = openConsole({ leaves: 'never' })
    console.input.end()
    await console.tell(() => someFacts({ printers: [aPrinter('ADM-1')] }))
    expect(await console.text()).toContain('ADM-1')
    console.output.destroy()
    await until(() => console.seen.logged.length > 0)
    expect(console.seen.left).toBe(0)
    expect(console.seen.logged).toEqual(['terminal: Error: the terminal is gone'])
  })

  test('Ctrl-L: what others wrote over the screen is gone, and the colour and cursor they left', async () => {
    const console = openConsole()
    const before = await console.text()
    const { emulator } = console
    emulator.write('\x1b[5;1H[  742.1] usb 1-1: \x1b[?25h\x1b[1;41mreset\r\n\n')
    expect(await console.text()).toContain('usb 1-1')
    await console.press('ctrl-l')
    expect(await console.text()).toBe(before)
    expect(emulator.buffer.active.getLine(22)?.getCell(79)?.isBgDefault()).toBe(true)
    expect(console.seen.sent.lastIndexOf('\x1b[?25l')).toBeGreaterThan(
      console.seen.sent.indexOf('LIB-2F-1'),
    )
  })
})

describe('after a minute', () => {
  test("on the appliance's own screen what the kernel wrote is gone", async () => {
    vi.useFakeTimers(onlyTicks)
    const console = openConsole({ leaves: 'never' })
    const before = await console.text()
    console.emulator.write('\x1b[5;1H[  742.1] usb 1-1: reset')
    ticks(59)
    expect(await console.text()).toContain('usb 1-1')
    ticks(1)
    expect(await console.text()).toBe(before)
  })

  test('an attached terminal is its own, and nothing is sent anew', async () => {
    vi.useFakeTimers(onlyTicks)
    const console = openConsole({ leaves: 'at-once' })
    await console.settled()
    const before = console.seen.sent.length
    ticks(70)
    await console.settled()
    expect(console.seen.sent.length).toBe(before)
  })

  test('the wall that a setting wants is there again when nobody is at the keys', async () => {
    vi.useFakeTimers(onlyTicks)
    const console = openConsole({ wishes: { layout: 'wall' } })
    const wall = await console.text()
    ticks(301)
    expect((await console.lines())[23]).toBe(wall.split('\n')[23]?.padEnd(80))
    await console.press('j')
    expect(await console.text()).toContain('? help')
    ticks(301)
    expect(await console.text()).not.toContain('? help')
  })
})
