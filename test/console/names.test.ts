import { describe, expect, test } from 'vitest'
import type { Names } from '../../src/console/facts.ts'
import { initialsOf, namedIn, namedOnScreen, withoutAddresses } from '../../src/console/filed.ts'
import { whoReported } from '../../src/core/tickets/reporter.ts'
import { takeTicket } from '../../src/core/tickets/settle.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { createAct } from '../parts/act.ts'
import { aLetter } from '../parts/letters.ts'
import { aPerson } from '../parts/records.ts'
import { openDesk } from './desk.ts'
import { aMeToo, aTicket, noon, someTickets } from './fleet.ts'

const at = noon.toISOString()
const lovelace = 'Ada Lovelace'

/** Everybody of them has a first and a last name, here and in what they wrote. */
const tickets = (): Ticket[] => [
  aTicket('t-1', 150, {
    words: 'Jane Doe here, jane.doe@school.example: it eats paper. Ask Wei Chen.',
    meToo: [aMeToo('Wei Chen', 'so says wei chen'), aMeToo('wei@school.example')],
    notes: [
      { at, by: 'Grace Hopper', words: 'Told Jane Doe to wait for Grace Hopper.' },
      { at, by: whoReported, words: 'It is still broken.' },
      { at, by: 'platen', words: 'The fault is gone.' },
    ],
  }),
  aTicket('t-2', 95, {
    printer: 'p-DRP-204',
    state: 'taken',
    takenBy: 'Linus Torvalds',
    takenAt: at,
  }),
  aTicket('t-5', 200, {
    ...{ printer: 'p-SCI-3', state: 'resolved', resolvedBy: 'Grace Hopper', resolvedAt: at },
  }),
]

/** Looks everywhere and acts, as `lovelace`, and is declined once; all that stood on the screen. */
async function lookRound(columns: number, rows: number, names: Names): Promise<string> {
  const desk = await openDesk({ columns, rows, tickets: tickets(), names })
  await desk.store.update((tx) =>
    tx.put('outbox', {
      ...aLetter(),
      trouble: '550 5.1.1 <jane.doe@school.example>: no such mailbox',
    }),
  )
  const seen: string[] = []
  // The name is whole only where it is typed.
  await desk.press('w', ...lovelace, 'enter')
  const looking = '1 2 3 enter esc,j G 4 5 6 ? esc,0 esc,1,c esc,t'
  const doing = 'g,a n,w,o,r,n,enter d y z j,a'
  for (const keys of `${looking} ${doing}`.split(' ')) {
    await desk.press(...keys.split(','))
    seen.push(await desk.text())
  }
  await desk.press('g', 'a')
  await desk.store.update((tx) => {
    tx.put('tickets', { ...desk.ticket('t-1'), state: 'open', takenBy: null })
    takeTicket(tx, 't-1', createAct('Grace Hopper', noon))
  })
  await desk.press('z')
  expect(desk.seen.logged).toEqual([])
  return [...seen, await desk.text()].join('\n')
}

const somebody =
  /jane|doe\b|wei|chen|lovelace|grace|hopper|linus|torvalds|school\.example|[PW]\. (?:R\. )?I\.|P\.:/i

describe('people on a screen that students see', () => {
  test.each([
    [80, 24],
    [100, 30],
    [128, 37],
    [240, 67],
    [48, 14],
  ])('at %ix%i are initials wherever one looks, and what one is told', async (columns, rows) => {
    const text = await lookRound(columns, rows, 'initials')
    expect(text.match(somebody)).toBeNull()
    expect(text).toContain('A. L.')
    expect(text).toMatch(/[Tt]he ticket is (?:taken by|open|resolved)|taken by G\. H\./)
  })

  test('have their names where the setting says so, and still no address', async () => {
    const text = await lookRound(240, 67, 'full')
    for (const words of [
      ...['by Jane Doe', 'Wei Chen', 'taken by Linus Torvalds', 'resolved by Grace Hopper'],
      ...['as Ada Lovelace', 'taken by Ada Lovelace; z', 'Jane Doe here, (an address)'],
      ...['The ticket is taken by Grace Hopper.', '<(an address)>: no such mailbox'],
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('school.example')
  })

  test.each<Names>(['initials', 'full'])('%s: who is no person is named as it is', (names) => {
    const { notes, requester } = namedOnScreen(
      aTicket('t-1', 1, {
        requester: { name: null, email: null },
        notes: ['platen', whoReported, '!!'].map((by) => ({ at, by, words: '' })),
      }),
      names,
    )
    expect(notes.map(({ by }) => by)).toEqual(['platen', whoReported, '!!'])
    expect(requester.name).toBeNull()
  })

  test('nobody who is no person can be chosen at the keys', async () => {
    const desk = await openDesk({ tickets: tickets() })
    await desk.press('w')
    expect(await desk.text()).toContain('Grace Hopper')
    expect(await desk.text()).not.toMatch(/ platen |who reported it/)
  })

  test.each([
    ['The ticket is taken by Ada.', 'The ticket is taken by A.'],
    ['Ada, Adam and ada: Canada', 'A., Adam and A.: Canada'],
    ['Ada Lovelace (x) and Ada', 'A. L. X. and A.'],
  ])('%j is said as %j', (words, shown) => {
    const people = ['Ada', null, undefined, '', 'Ada Lovelace (x)', '\\', '[']
    expect(namedIn(words, people, 'initials')).toBe(shown)
    expect(namedIn(words, people, 'full')).toBe(words)
  })

  test('an account that is called by its address is shown without it', () => {
    const ticket = aTicket('t-1', 1, { state: 'taken', takenBy: 'ada.lovelace@school.example' })
    expect(namedOnScreen(ticket, 'initials').takenBy).toBe('A. L.')
    expect(namedOnScreen(ticket, 'full').takenBy).toBe('ada.lovelace')
  })

  test.each([
    ['Jane Doe', null, 'J. D.'],
    ['jane', null, 'J.'],
    ['Ána María de la Cruz', null, 'Á. M. D.'],
    [null, 'jane.doe@school.example', 'J. D.'],
    ['  ', 'x@y', 'X.'],
    ['东 京', null, '东. 京.'],
    [null, null, null],
    ['!!', null, null],
  ])('%j with %j is %j', (given, email, shown) => {
    expect(initialsOf({ name: given, email })).toBe(shown)
  })

  test('an address in the words is none any more', () => {
    expect(withoutAddresses('me: <j.d@a.example>, or 5 @ noon, b@c.example.')).toBe(
      'me: <(an address)>, or 5 @ noon, (an address)',
    )
  })

  test('a colleague of whom a note tells is initials too, whether or not the ticket was ever theirs', async () => {
    const notes = [{ at, by: 'Grace Hopper', words: 'Joan  Clarke brings it.' }]
    const told = aTicket('t-1', 5, { words: 'Ask JOAN CLARKE', notes })
    const desk = await openDesk({ columns: 240, rows: 67, tickets: [told] })
    await desk.store.update((tx) => tx.put('people', aPerson({ id: 'u-9', name: 'Joan Clarke' })))
    await desk.press('t')
    expect(await desk.text()).toContain('G. H.: J. C. brings it.')
    expect(await desk.text()).not.toMatch(/joan|clarke/i)
  })

  test.each([
    'jane.doe\uff20school.example',
    'jane.doe\ufe6bschool.example',
    'jane.doe@school\u3002example',
    'jane.doe\uff20school\uff0eexample',
  ])('an address is none any more as an East Asian keyboard types it: %s', (words) => {
    expect(withoutAddresses(`me: ${words} it tore`)).toBe('me: (an address) it tore')
  })

  test.each(['Zoë  Doe', 'Zoë\u00a0Doe', 'Zoe\u0308 Doe', 'ZOË\tDOE'])(
    'a name is found however it is spaced, and its accents put together: %j',
    (words) => {
      expect(namedIn(`${words} was here`, ['Zoë Doe'], 'initials')).toBe('Z. D. was here')
      expect(namedIn('Zoë Doe was here', [words], 'initials')).toBe('Z. D. was here')
    },
  )

  test.each(['platen', 'Platen', 'PLATEN', 'plat\u200ben', 'Who reported it'])(
    'nobody acts as %j',
    async (name) => {
      const desk = await openDesk({ tickets: tickets() })
      await desk.press('t', 'a', ...name, 'enter')
      expect(await desk.text()).toContain('That is no person')
      expect(desk.journal()).toEqual([])
    },
  )

  test.each<Names>(['initials', 'full'])(
    '%s: an account that is called by its address is chosen without it',
    async (names) => {
      const desk = await openDesk({ tickets: tickets(), names })
      await desk.store.update((tx) =>
        tx.put('people', aPerson({ id: 'u-9', name: 'joan.clarke@school.example' })),
      )
      await desk.press('t', 'a', ...'joan')
      expect(await desk.text()).toContain('joan.clarke')
      expect(await desk.text()).not.toContain('school.example')
      await desk.press('down', 'enter')
      expect(desk.ticket('t-1').takenBy).toBe('joan.clarke@school.example')
    },
  )

  test('the tickets of the drawing hold names, so that hiding them is seen', () => {
    expect(JSON.stringify(someTickets())).toMatch(/Jane Doe.*Wei Chen/)
  })
})
