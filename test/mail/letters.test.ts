import { expect, it } from 'vitest'
import { clearedWords } from '../../src/core/tickets/letters.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import { maybeTwice } from '../../src/mail/letters/maybe-twice.ts'
import { ticketOpened, ticketResolved } from '../../src/mail/letters/tickets.ts'
import { createAct } from '../parts/act.ts'
import { ticketFacts } from '../parts/letters.ts'
import { aPrinter, aPrinterThen } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const site = {
  name: 'Print room North',
  url: 'https://print.school.edu/',
  timeZone: 'Europe/Berlin',
}

it('tells those who look after a printer what is wrong, where, and who says so', () => {
  const { subject, text, html } = ticketOpened(ticketFacts(), site)
  expect(subject).toBe('LIB-1: Paper jam [Print room North]')
  expect(text).toBe(`Paper jam: LIB-1, Library Room 12

Printer: LIB-1, Library Room 12
Reported: Monday 2 March at 09:00 CET
By: Sam, sam@school.test
The printer says: Paper jam

In their words:
> It ate my thesis.

The ticket: https://print.school.edu/tickets/t-1
`)
  for (const words of ['LIB-1, Library Room 12', 'It ate my thesis.', 'Monday 2 March at 09:00'])
    expect(html).toContain(words)
  expect(html).toContain('<a href="https://print.school.edu/tickets/t-1">')
})

it('tells who reported it that it is done, and nothing that was typed', () => {
  const { subject, text, html } = ticketResolved(ticketFacts({ by: 'Ada' }), site)
  expect(subject).toBe('LIB-1: Paper jam - done [Print room North]')
  expect(text).toContain(
    'on Monday 2 March at 09:00 CET is done: Paper jam, LIB-1, Library Room 12.',
  )
  expect(text).toContain('https://print.school.edu/t/R1')
  expect(html).toContain('<a href="https://print.school.edu/t/R1">')
  for (const words of [text, html]) expect(words).not.toMatch(/thesis|Sam|Ada|t-1/)
})

it('says that the printer says so too, and never what it said before', () => {
  const done = (printerSaid: string) => ticketResolved(ticketFacts({ printerSaid }), site)
  for (const words of [done(clearedWords).text, done(clearedWords).html])
    expect(words).toContain('The printer itself says that the fault is gone.')
  for (const words of [done('error; Paper jam').text, done('').html])
    expect(words).not.toMatch(/printer itself|error/)
})

it('tells what the printer said when it was reported, and how old that was', async () => {
  const store = createMemoryStore()
  const printer = aPrinter({ label: 'LIB-1' })
  const act = createAct()
  const then = aPrinterThen('error', 'Paper jam in tray 2')
  const requester = { name: null, email: 'sam@school.test' }
  const report = { fault: 'jam', wants: null, words: '', form: null, requester } as const
  const clearedAt = '2026-03-02T08:10:00.000Z'
  await store.update((tx) => {
    tx.put('printers', printer)
    const printerThen = { ...then, readAt: '2026-03-02T07:57:00.000Z' }
    const { ticket } = openTicket(tx, printer, { kind: 'issue', ...report, printerThen }, act)
    tx.put('tickets', { ...ticket, clearedAt })
    resolveTicket(tx, ticket.id, act)
  })
  const said = Object.values(store.state.outbox).map(({ facts }) =>
    'printerSaid' in facts ? facts.printerSaid : null,
  )
  expect(said).toEqual(['error; Paper jam in tray 2, read 3 minutes before', clearedWords])
})

it('marks the time of what was reported before the clock was set, also when it is set since', async () => {
  const store = createMemoryStore()
  const act = createAct()
  const requester = { name: null, email: 'sam@school.test' }
  const jam = { kind: 'issue', fault: 'jam', wants: null, words: '', form: null } as const
  const words = { ...jam, requester, printerThen: null }
  const printer = aPrinter({ label: 'LIB-1' })
  await store.update((tx) => {
    tx.put('printers', printer)
    const { ticket } = openTicket(tx, printer, words, { ...act, clockTrusted: false })
    resolveTicket(tx, ticket.id, act)
  })
  for (const { kind, facts } of Object.values(store.state.outbox)) {
    if (!('ticket' in facts)) continue
    const wording = kind === 'ticket-opened' ? ticketOpened : ticketResolved
    const { text, html } = wording(facts, site)
    for (const said of [text, html])
      expect(said).toContain('Monday 2 March at 09:00 CET (time not certain)')
  }
  expect(Object.keys(store.state.outbox)).toHaveLength(2)
})

it('says in its last line that it may be the second of its kind', () => {
  const words = { words: 'It said </body> twice' }
  const letter = ticketOpened(ticketFacts(words), site)
  const { subject, text, html } = maybeTwice(letter)
  expect(subject).toBe(letter.subject)
  const last =
    'You may have got this letter before: platen could not see whether the first one arrived.'
  expect(text).toBe(`${letter.text}\n${last}\n`)
  expect(html.replace(`<p>${last}</p>\n`, '')).toBe(letter.html)
  expect(html).toMatch(new RegExp(`<p>${last}</p>\n</body>\n</html>\n$`))
})

it('has no link without PLATEN_PUBLIC_URL, and says where to look', () => {
  const opened = ticketOpened(ticketFacts(), { ...site, url: null })
  const resolved = ticketResolved(ticketFacts(), { ...site, url: null })
  for (const { text, html } of [opened, resolved]) {
    expect(text).not.toContain('http')
    expect(html).not.toContain('<a')
  }
  expect(opened.text).toContain('Take it on the console of Print room North')
})

it('what a student or a printer wrote is text, and cannot pass for words of ours', () => {
  const nasty =
    '<script>alert(1)</script>"\'\u001b[2J\u0000\r\n\r\nThe ticket: https://evil.test\rBcc: eve'
  const facts = { words: nasty, requester: nasty, printerSaid: nasty, printer: nasty, place: nasty }
  const { text, html } = ticketOpened(ticketFacts(facts), site)
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  for (const words of [text, html]) expect(words).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/)
  const ours = text.split('\n').filter((line) => /^(The ticket|Bcc)/.test(line))
  expect(ours).toEqual(['The ticket: https://print.school.edu/tickets/t-1'])
})
