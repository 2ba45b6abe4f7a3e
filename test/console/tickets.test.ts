import { describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { Refusal } from '../../src/core/refusal.ts'
import {
  giveBackTicket,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../../src/core/tickets/settle.ts'
import { until } from '../boot.ts'
import { createAct } from '../parts/act.ts'
import { aPrinterThen } from '../parts/records.ts'
import { openDesk } from './desk.ts'
import { aMeToo, aTicket, noon } from './fleet.ts'

const name = (typed: string): string[] => [typed, 'enter']

describe('tickets on the board', () => {
  test('at 80x24 the two that wait longest, how many there are, and how old the newest is', async () => {
    const lines = await (await openDesk()).lines()
    expect(lines[0]).toMatch(
      /^ PLATEN {2}ok 9 {2}warn 2 {2}error 2 {2}offline 1 {2}unsure 1 {2}tickets 4 {2}.*14:02 $/,
    )
    expect(lines.slice(14, 17)).toEqual([
      '├─ Tickets 4 ─────────────────────────────────────────────── newest 4 min ago ─┤',
      '│     2 h  LIB-2F-1  Library 2F  Paper jam          +2  open                   │',
      '│     1 h  DRP-204   Draper 204  Poor print             taken by A.            │',
    ])
  })

  test('a printer with tickets has their number beside its label, and lists them', async () => {
    const desk = await openDesk()
    expect(await desk.row('JAM')).toContain('LIB-2F-1  T2  Library 2F')
    expect(await desk.row('SILENT')).toContain('GYM-1         Gym')
    await desk.press('2')
    const text = await desk.text()
    expect(text).toContain('Paper jam +2, 2 h, open')
    expect(text).toContain('Something is empty, 4 min, open')
    expect(text).not.toContain('Poor print')
  })

  test('one whose time is not certain says so, in the list and in its details', async () => {
    const desk = await openDesk({ tickets: [aTicket('t-1', 150, { clockTrusted: false })] })
    expect(await desk.text()).toContain('2h?  LIB-2F-1')
    await desk.press('t')
    expect(await desk.text()).toContain('2 h ago (time not certain), by')
  })

  test('there is no panel and no word of tickets while there are none', async () => {
    const desk = await openDesk({ tickets: [] })
    expect((await desk.text()).replace('t tickets', '')).not.toMatch(/ticket/i)
    await desk.press('t')
    expect(await desk.text()).toContain('No tickets.')
    await desk.press('a', 'n', 'd', 'u', 'enter', 'j', 'G')
    expect(await desk.text()).toContain('No tickets.')
    expect(desk.seen.logged).toEqual([])
  })

  test('one that is filed shows', async () => {
    const desk = await openDesk({ tickets: [] })
    await desk.store.update((tx) => tx.put('tickets', aTicket('t-9', 0, { fault: 'panel' })))
    await until(async () => (await desk.text()).includes('Error on the panel'))
  })

  test('letters that wait are told of in the line over the keys, and have a panel at 160x45', async () => {
    const outbox = {
      ...{ waiting: 3, givenUp: 0, oldest: new Date(noon.getTime() - 3_600_000).toISOString() },
      lastTrouble: 'mail.school.example:587 does not answer.',
    }
    const small = await openDesk({ more: { outbox } })
    expect(await small.row('http://')).toContain('3 letters wait')
    const large = await openDesk({ columns: 160, rows: 45, more: { outbox } })
    expect(await large.text()).toContain('3 letters wait, the first posted 1 h ago')
    expect(await large.row('does not answer')).toContain('mail.school.example:587')
  })

  test('a letter that was given up is loud', async () => {
    const outbox = { waiting: 0, givenUp: 1, oldest: null, lastTrouble: '550 no such user' }
    const lines = await (await openDesk({ more: { outbox } })).lines()
    expect(lines[1]).toContain(' ! 1 letter could not be sent and was given up: 550 no such user')
  })
})

describe('the list of tickets', () => {
  test('at 80x24 is the list, oldest first, over all that is known of the chosen one', async () => {
    const desk = await openDesk()
    await desk.press('3')
    expect((await desk.text()).split('\n').slice(1, 20)).toEqual([
      '╒═ Tickets 4 ══════════════════════════════════════════════════════════════════╕',
      '│▶    2 h  LIB-2F-1  Library 2F      Paper jam          +2  open               │',
      '│     1 h  DRP-204   Draper 204      Poor print             taken by A.        │',
      '│  40 min  ADM-10    Admin 1         Asks for toner         open               │',
      '│   4 min  LIB-2F-1  Library 2F      Something is empty     open               │',
      '├─ Resolved in the last hours 1 ───────────────────────────────────────────────┤',
      '│  20 min  SCI-3     Science Hall 3  Error on the panel     resolved by G.     │',
      '├─ LIB-2F-1 Paper jam ─────────────────────────────────────────────────────────┤',
      '│ open: nobody has taken it yet                                                │',
      '│ LIB-2F-1, Library 2F                                                         │',
      '│ Reported 11:32, 2 h ago, by J. D.                                            │',
      '│ 2 more reported it: W. C., B.                                                │',
      '│                                                                              │',
      '│ In their words                                                               │',
      '│  It eats every second page. Write to (an address) when it works.             │',
      '│  also on two-sided                                                           │',
      '│                                                                              │',
      '│ The printer said                                                             │',
      '│  Paper jam, tray 2                                                           │',
    ])
  })

  test('walks through five hundred with the chosen one in sight, and the details follow', async () => {
    const tickets = Array.from({ length: 500 }, (_, at) =>
      aTicket(`t-${at}`, 1000 - at, { words: `number ${at}.` }),
    )
    const desk = await openDesk({ tickets })
    await desk.press('t', 'G')
    expect(await desk.text()).toContain('number 499.')
    expect(await desk.row('▶')).toContain('8 h')
    await desk.press('k', 'pgup')
    expect(await desk.text()).toContain('of 500 ▼')
    expect((await desk.lines()).filter((line) => line.includes('▶'))).toHaveLength(1)
    await desk.press('1')
    expect(await desk.row('Tickets 500')).toContain('newest 8 h ago')
    expect(await desk.row('JAM')).toContain('T99+')
  })

  test('goes with Enter to the details alone, scrolls there, and back with Esc', async () => {
    const notes = Array.from({ length: 30 }, (_, at) => ({
      ...{ at: noon.toISOString(), by: 'Ada', words: `tried part ${at}.` },
    }))
    const desk = await openDesk({ tickets: [aTicket('t-1', 5, { notes })] })
    await desk.press('t', 'enter')
    expect(await desk.text()).toContain('part 29.')
    expect(await desk.text()).not.toContain('part 0.')
    await desk.press('G')
    expect(await desk.text()).toContain('part 0.')
    await desk.press('esc')
    expect(await desk.row('╒')).toContain('Tickets 1')
    await desk.press('esc')
    expect(await desk.row('╒')).toContain('Needs somebody')
  })

  test('says what the printer says of the fault, then and now', async () => {
    const minutes = (ago: number) => new Date(noon.getTime() - ago * 60_000).toISOString()
    const printerThen = { ...aPrinterThen('error', 'Paper jam, tray 2'), readAt: minutes(31) }
    const tickets = [aTicket('t-1', 30, { printerThen, clearedAt: minutes(12) })]
    const desk = await openDesk({ tickets })
    await desk.press('t')
    expect(await desk.text()).toContain('The printer said, 13:31')
    expect(await desk.text()).toContain('The printer says since 13:50 that the fault is gone')
    await desk.press('d', ...name('Ada'), 'y')
    expect(await desk.text()).not.toContain('the fault is gone')
  })

  test('2 goes to the printer of the ticket, whatever the filter hides, and r asks that one', async () => {
    const desk = await openDesk()
    await desk.press('/', ...name('gym'), 't', 'j', 'r', '2')
    expect(await desk.row('╒')).toContain('DRP-204')
    expect(desk.seen.polled).toEqual(['p-DRP-204'])
  })

  test('t on a printer comes to its own ticket that waits longest', async () => {
    const desk = await openDesk()
    await desk.press('j', 't')
    expect(await desk.row('▶')).toContain('DRP-204')
    expect(await desk.text()).toContain('New drum is on order')
  })

  test('hostile words are plain text in one place', async () => {
    const words = '\x1b[2J{red-fg}東京\u202E\x07'
    const ticket = aTicket('t-1', 5, {
      ...{ words, state: 'taken', takenBy: `${words}\n${'x'.repeat(900)}` },
      requester: { name: '\x1b]0;x\x07\u202E', email: words },
      notes: [{ at: noon.toISOString(), by: words, words: words.repeat(30) }],
      meToo: [aMeToo(`${words} ${words}`, words)],
    })
    for (const [columns, rows] of [
      [80, 24],
      [160, 45],
      [40, 10],
    ] as const) {
      const desk = await openDesk({ columns, rows, tickets: [ticket] })
      await desk.press('t', 'w', '\x1b[200~', ...'{/}é', 'enter', 'enter', 'n', words.slice(4))
      const lines = await desk.lines()
      expect(lines.join('')).toContain('{red-fg}DongJing')
      expect(lines[1]).toMatch(/^[╒┌]. (?:Tickets 1|LIB-2F-1 Paper jam)/)
      for (const glyph of lines.join('')) if (!isGlyph(glyph)) throw new Error(`${glyph} was drawn`)
      expect(desk.seen.logged).toEqual([])
    }
  })
})

describe('the student worker and a ticket', () => {
  test('takes, notes, resolves, undoes, resolves: by two named people, all in the journal', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('Ada'))
    expect(await desk.row('LIB-2F-1 Paper jam: ')).toContain('taken by A.; z takes it back.')
    expect((await desk.lines()).at(-1)).toContain('w as A.')
    await desk.press('n', ...name('Roller is worn'))
    expect(await desk.text()).toContain('14:02 A.: Roller is worn')
    await desk.press('d')
    expect(await desk.text()).toContain('Resolved by A.?   y  yes   n  no')
    await desk.press('y')
    expect(await desk.text()).toContain('Tickets 3')
    await desk.press('w', ...name('Linus'), 'z')
    expect(desk.ticket('t-1').state).toBe('open')
    await desk.press('g', 'd', 'y')
    expect(desk.journal()).toEqual([
      'Ada: ticket taken',
      'Ada: ticket noted',
      'Ada: ticket resolved',
      'Linus: ticket reopened',
      'Linus: ticket resolved',
    ])
    expect(desk.doors()).toEqual(new Set(['console']))
    expect(desk.ticket('t-1')).toMatchObject({ resolvedBy: 'Linus', state: 'resolved' })
  })

  test('is asked for a name before the first act, and Esc does nothing', async () => {
    const desk = await openDesk()
    await desk.press('t', 'd')
    expect(await desk.text()).toContain('Who is at the keys?')
    await desk.press('enter')
    expect(await desk.text()).toContain('Who is at the keys?')
    await desk.press('esc')
    expect(desk.journal()).toEqual([])
  })

  test('chooses a name with the arrows: of who worked lately, then of the accounts, each once', async () => {
    const desk = await openDesk()
    await desk.press('w')
    const text = await desk.text()
    expect(text.indexOf('  Grace')).toBeLessThan(text.indexOf('  Ada'))
    expect(text).not.toMatch(/Linus|│ {3}ada/)
    await desk.press('a', 'down', 'enter')
    expect((await desk.lines()).at(-1)).toContain('w as A.')
  })

  test('types a name in any case and gets the one that is known', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('gRACE'))
    expect(desk.ticket('t-1').takenBy).toBe('Grace')
  })

  test('is forgotten ten minutes after the last act, and with an empty name at once', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('Ada'))
    await desk.wait(9)
    await desk.press('n', ...name('still here'))
    await desk.wait(9)
    expect((await desk.lines()).at(-1)).toContain('as A.')
    await desk.wait(2)
    expect((await desk.lines()).at(-1)).not.toContain('as A.')
    await desk.press('w', ...name('Ada'), 'w', 'enter')
    expect((await desk.lines()).at(-1)).not.toContain('as A.')
  })

  test('does not lose the name, nor the words, in the middle of a long note', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', ...name('Ada'), 'n', 'half')
    await desk.wait(11)
    await desk.press(...name(' and half'))
    expect(desk.ticket('t-1').notes.at(-1)).toMatchObject({ by: 'Ada', words: 'half and half' })
  })

  test('types every letter into a note, and sees its end', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', ...name('Ada'), 'n', 'q1?adnuwz/ 東京 ')
    expect(await desk.row('Note on')).toContain('Note on LIB-2F-1: q1?adnuwz/ DongJing')
    await desk.press('x'.repeat(100), 'END')
    expect(await desk.row('Note on')).toMatch(/x{20,}END {1,2}$/)
    await desk.press('backspace', 'enter')
    expect(desk.ticket('t-1').notes.at(-1)?.words).toMatch(/^q1\?adnuwz\/ 東京 x+EN$/)
    await desk.press('n', '東'.repeat(40), 'END')
    expect(await desk.row('Note on')).toMatch(/DongEND {1,2}$/)
  })

  test('reads why an act was declined', async () => {
    const desk = await openDesk()
    await desk.press('t', 'j', 'a', ...name('Linus'))
    expect(await desk.text()).toContain('DRP-204 Poor print: The ticket is taken by A.')
    await desk.press('u')
    expect(await desk.text()).toContain('DRP-204 Poor print: The ticket is taken by A.')
    await desk.press('z')
    expect(await desk.text()).toContain('Nothing to undo')
    expect(desk.seen.logged).toEqual([])
  })

  test('after z the keys are on the ticket of what was taken back', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', ...name('Ada'), 'd', 'y')
    await desk.press('z', 'n', ...name('Still jams'))
    expect(await desk.row('Paper jam: ')).toContain('noted by A.; a note stays.')
    expect(desk.ticket('t-1').notes.at(-1)?.words).toBe('Still jams')
  })

  test('while a note is typed the foot tells its keys, which are no letters', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', ...name('Ada'), 'n', ...'dqz')
    const foot = (await desk.lines()).at(-1)
    expect(foot).toMatch(/^ Enter keep {3}Esc drop {2,}w as A\. $/)
  })

  test('takes back with z what was taken, resolved or reopened, once, and says what was undone', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('Ada'), 'z')
    expect(await desk.row('Paper jam: ')).toContain('undone by A., nobody has it.')
    expect(desk.ticket('t-1').state).toBe('open')
    await desk.press('z')
    expect(await desk.text()).toContain('Nothing to undo')
    await desk.press('d', 'y', 'z')
    expect(await desk.row('Paper jam: ')).toContain('undone by A., open again.')
    await desk.press('G', 'u')
    expect(await desk.row('panel: ')).toContain('open again, by A.; z takes it back.')
    await desk.press('z')
    expect(await desk.row('panel: ')).toContain('undone by A., resolved again.')
    await desk.press('z')
    expect(await desk.text()).toContain('Nothing to undo')
    expect(desk.journal().map((each) => each.replace('Ada: ticket ', ''))).toEqual([
      ...['taken', 'given back', 'resolved', 'reopened', 'reopened', 'resolved'],
    ])
  })

  test('a note stays: z takes back what was done before it', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('Ada'), 'n', ...name('wrong one'))
    expect(await desk.row('Paper jam: ')).toContain('noted by A.; a note stays.')
    await desk.press('z')
    expect(desk.ticket('t-1')).toMatchObject({ state: 'open', takenBy: null })
    expect(desk.ticket('t-1').notes).toHaveLength(1)
  })

  test('what somebody else has done since is not taken back', async () => {
    const desk = await openDesk()
    const grace = createAct('Grace Hopper', noon)
    await desk.press('t', 'a', ...name('Ada'))
    await desk.store.update((tx) => {
      giveBackTicket(tx, 't-1', grace)
      takeTicket(tx, 't-1', grace)
    })
    await desk.press('z')
    expect(await desk.row('Paper jam: ')).toContain('The ticket is taken by G. H.')
    expect(desk.ticket('t-1').takenBy).toBe('Grace Hopper')
    await desk.press('d', 'y')
    await desk.store.update((tx) => {
      reopenTicket(tx, 't-1', grace)
      resolveTicket(tx, 't-1', grace)
    })
    await desk.press('z')
    expect(await desk.row('Paper jam: ')).toContain('The ticket is resolved by G. H.')
    await desk.press('G', 'u')
    const reopened = 't-5'
    await desk.store.update((tx) => {
      takeTicket(tx, reopened, grace)
    })
    await desk.press('z')
    expect(await desk.text()).toContain('The ticket is taken by G. H.')
    expect(desk.ticket(reopened).state).toBe('taken')
  })

  test('on another terminal, and after a restart, there is nothing to undo', async () => {
    const desk = await openDesk()
    await desk.press('t', 'a', ...name('Ada'))
    const other = await openDesk({ store: desk.store })
    await other.press('t', 'w', ...name('Ada'), 'z')
    expect(await other.text()).toContain('Nothing to undo')
    expect(await other.row('LIB-2F-1  Library 2F      Paper jam')).toContain('taken by A.')
  })

  test('keeps the words of a note that could not be kept', async () => {
    const full = new Refusal('unkeepable', 'The disk is full: nothing can be saved.')
    const desk = await openDesk({ acts: { note: () => Promise.reject(full) } })
    await desk.press('t', 'w', ...name('Ada'), 'n', ...name('Roller is worn'))
    expect(await desk.row('Note on')).toContain('Roller is worn')
    await desk.press('esc')
    expect(await desk.text()).toContain('The disk is full: nothing can be saved.')
  })

  test('is told what the name is for, and cannot be platen itself', async () => {
    const desk = await openDesk()
    await desk.press('t', 'd')
    expect(await desk.text()).toContain('To resolve LIB-2F-1 Paper jam')
    await desk.press(...name('platen'))
    expect(await desk.text()).toContain('That is no person: your own name')
    await desk.press('esc', 'w')
    expect(await desk.text()).not.toContain('To resolve')
    await desk.press('esc', 'd', ...name('Ada'), 'y', 'w', 'enter', 'z')
    expect(await desk.text()).toContain('To open again LIB-2F-1 Paper jam')
    expect(desk.journal()).toEqual(['Ada: ticket resolved'])
  })

  test('finds a name among many, even on a small screen', async () => {
    const notes = Array.from({ length: 40 }, (_, at) => ({
      ...{ at: new Date(noon.getTime() - at * 1000).toISOString(), by: `Ada ${at}`, words: 'x' },
    }))
    for (const [columns, rows] of [
      [48, 14],
      [80, 24],
    ] as const) {
      const desk = await openDesk({ columns, rows, tickets: [aTicket('t-1', 5, { notes })] })
      await desk.press('t', 'a', ...Array(31).fill('down'))
      expect(await desk.row('▶ Ada')).toContain('Ada 30')
      expect(await desk.text()).toContain('Esc as it was')
      await desk.press('enter')
      expect(desk.ticket('t-1').takenBy).toBe('Ada 30')
    }
  })

  test('is told of a bug only that there is one', async () => {
    const desk = await openDesk({
      acts: { take: () => Promise.reject(new Error('secret insides')) },
    })
    await desk.press('t', 'a', ...name('Ada'))
    expect(await desk.text()).toContain('something broke here, the log says what')
    expect(desk.seen.logged).toEqual(['take: Error: secret insides'])
  })

  test('reopens what was resolved lately; what was resolved a shift ago is gone from the screen', async () => {
    const desk = await openDesk()
    await desk.press('t', 'G', 'u', ...name('Ada'))
    expect(desk.ticket('t-5').state).toBe('open')
    await desk.press('d', 'y')
    await desk.wait(7 * 60)
    expect(await desk.text()).toContain('Resolved in the last hours 1')
    await desk.wait(2 * 60)
    expect(await desk.text()).not.toContain('Resolved in the last hours')
  })

  test('n to the question keeps it open, and after a yes the keys are on the next one', async () => {
    const desk = await openDesk()
    await desk.press('t', 'w', ...name('Ada'), 'd', 'n')
    expect(desk.ticket('t-1').state).toBe('open')
    await desk.press('d', 'y', 'a')
    expect(desk.ticket('t-2').takenBy).toBe('Ada')
    expect(await desk.row('▶')).toContain('DRP-204')
  })

  test('acts on the ticket that was meant, whatever comes before it meanwhile', async () => {
    const desk = await openDesk()
    await desk.press('t', 'j', 'w', ...name('Ada'), 'n', 'for the second')
    await desk.store.update((tx) => tx.put('tickets', aTicket('t-0', 900)))
    await desk.press('enter')
    expect(desk.ticket('t-2').notes.at(-1)?.words).toBe('for the second')
    expect(desk.ticket('t-0').notes).toEqual([])
  })

  test('a question lies over whatever is on the screen, at every size', async () => {
    for (const [columns, rows] of [
      [48, 14],
      [80, 24],
      [240, 67],
    ] as const) {
      const desk = await openDesk({ columns, rows })
      await desk.press('t', 'w', ...name('Ada'), 'enter', 'd')
      expect(await desk.text()).toContain('Resolved by A.?')
    }
  })

  test('every view is whole at once: nothing of the one before, nothing missing', async () => {
    const desk = await openDesk({ columns: 128, rows: 37 })
    for (const keys of [['t'], ['w', ...name('Ada')], ['1'], ['2'], ['3'], ['enter'], ['1']]) {
      await desk.press(...keys)
      await desk.wait(0)
      const before = await desk.text()
      await desk.press('ctrl-l')
      expect(await desk.text()).toBe(before)
    }
  })
})
