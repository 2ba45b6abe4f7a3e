import { describe, expect, test } from 'vitest'
import { createBell } from '../../src/console/bell.ts'
import type { Facts } from '../../src/console/facts.ts'
import { aPrinter, aTicket, filed, someFacts } from './fleet.ts'
import { openConsole } from './terminal.ts'

const open = (facts: Facts, bell: 'on' | 'off') =>
  openConsole({ facts: () => facts, wishes: { bell } })

/** A BEL that is a bell: it ends a string for the terminal, too. */
const bellsIn = (sent: string): number =>
  sent.replace(/\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)/g, '').split('\x07').length - 1

const calm = someFacts({ printers: [aPrinter('A'), aPrinter('B'), aPrinter('C')], tickets: [] })
const inError = (...labels: string[]): Facts => ({
  ...calm,
  printers: calm.printers.map((each) =>
    labels.includes(each.status.printer.label)
      ? aPrinter(each.status.printer.label, { verdict: 'error' })
      : each,
  ),
})
const withTickets = (...tickets: Facts['tickets'][number]['ticket'][]): Facts => ({
  ...calm,
  tickets: filed(tickets),
})

describe('the bell of the terminal', () => {
  test('rings for a printer that errs now and did not before', async () => {
    const console = open(calm, 'on')
    await console.settled()
    expect(bellsIn(console.seen.sent)).toBe(0)
    await console.tell(() => inError('A'))
    expect(bellsIn(console.seen.sent)).toBe(1)
  })

  test('rings for a new ticket', async () => {
    const console = open(withTickets(aTicket('t-1', 5)), 'on')
    await console.tell(() => withTickets(aTicket('t-1', 5), aTicket('t-2', 0)))
    expect(bellsIn(console.seen.sent)).toBe(1)
  })

  test('is silent about what was there when the screen came up', async () => {
    const there = { ...inError('A', 'B'), tickets: filed([aTicket('t-1', 5)]) }
    const console = open(there, 'on')
    await console.tell(() => ({ ...there }))
    expect(bellsIn(console.seen.sent)).toBe(0)
  })

  test('is silent unless somebody wants it', async () => {
    const console = open(calm, 'off')
    await console.tell(() => inError('A'))
    expect(bellsIn(console.seen.sent)).toBe(0)
  })
})

describe('when it rings', () => {
  /** The seconds at which each of these is drawn, and whether it rang then. */
  function rangAt(drawn: readonly (readonly [second: number, facts: Facts])[]): number[] {
    const clock = { ms: 0 }
    const rings = createBell(() => clock.ms)
    return drawn.flatMap(([second, facts]) => {
      clock.ms = second * 1000
      return rings(facts) ? [second] : []
    })
  }

  test('is at most once a minute', () => {
    const drawn = [
      ...([
        [0, calm],
        [1, inError('A')],
        [30, inError('A', 'B')],
      ] as const),
      ...([
        [60, inError('A', 'B')],
        [61, inError('A', 'B')],
        [70, inError('A', 'B')],
      ] as const),
      ...([[121, inError('A', 'B')]] as const),
    ]
    expect(rangAt(drawn)).toEqual([1, 61])
  })

  test('is never for what came and went within that minute', () => {
    const [a, both] = [inError('A'), inError('A', 'B')]
    expect(
      rangAt([
        [0, calm],
        [1, a],
        [30, both],
        [50, a],
        [70, a],
      ]),
    ).toEqual([1])
  })

  test('is again for an error that went and came back', () => {
    expect(
      rangAt([
        [0, inError('A')],
        [10, calm],
        [100, inError('A')],
      ]),
    ).toEqual([100])
  })

  test('is not for what somebody did to a ticket that was known', () => {
    const taken = aTicket('t-1', 9, { state: 'taken', takenBy: 'Ada' })
    const resolved = aTicket('t-1', 9, { state: 'resolved', resolvedBy: 'Ada' })
    const drawn = [taken, aTicket('t-1', 9), resolved, aTicket('t-1', 9)].map(
      (ticket, at) => [at * 100, withTickets(ticket)] as const,
    )
    expect(rangAt(drawn)).toEqual([])
  })

  test('is not for the first word of a printer after a start', () => {
    const unread = { ...calm, printers: [aPrinter('A', { verdict: 'unknown', ageSeconds: null })] }
    const errs = { ...calm, printers: [aPrinter('A', { verdict: 'error' })] }
    expect(
      rangAt([
        [0, unread],
        [100, errs],
      ]),
    ).toEqual([])
  })
})
