import { afterEach, beforeEach, expect, test } from 'vitest'
import { mergeTicket } from '../../src/core/tickets/merge.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { resolveTicket, takeTicket } from '../../src/core/tickets/settle.ts'
import type { WebParts } from '../../src/web/server.ts'
import { aPrinter } from '../parts/records.ts'
import { aVisitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
const coarse = { name: 'optional', email: 'optional', status: 'coarse' } as const
const printer = aPrinter({ id: 'p-1', label: 'LIB-1' })

async function start(parts: Partial<WebParts> = {}): Promise<void> {
  web = await startWeb(parts)
  await web.store.update((tx) => tx.put('printers', printer))
}
beforeEach(() => start())
afterEach(() => web.stop())

const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'My thesis', form: null },
  ...{ requester: { name: 'Sam', email: 'sam@school.edu' }, printerThen: null },
}
const ada = () => ({ ...web.act, by: 'Ada', now: web.clock.now() })
const report = async (words: Partial<TicketWords> = {}) =>
  (await web.store.update((tx) => openTicket(tx, printer, { ...jam, ...words }, ada()))).ticket
const look = async (path: string) => (await web.get(path)).text()
const say = (path: string, says: string) =>
  web.get(path, null, { method: 'POST', body: new URLSearchParams({ says }) })
const notes = (id: string) => web.store.state.tickets[id]?.notes.map(({ words }) => words)

test('tells what becomes of it, step by step, and nothing of who reported it', async () => {
  const { id, receipt } = await report()
  const path = `/t/${receipt}`
  expect(await look(path)).toContain('Waits for somebody to take it')
  web.clock.advance(5 * 60_000)
  await web.store.update((tx) => takeTicket(tx, id, ada()))
  expect(await look(path)).toMatch(/Ada is working on it, taken <time[^>]*>less than a minute ago/)
  await web.store.update((tx) => resolveTicket(tx, id, ada()))
  web.clock.advance(3_600_000)
  const page = await look(path)
  expect(page).toMatch(/Done by Ada <time[^>]*>60 minutes ago/)
  expect(page).toContain('If the trouble is back, scan the code on the printer once more.')
  expect(page).not.toMatch(/Sam|sam@|thesis/)
})

test('of a report that went into another one tells of that one, and says so', async () => {
  const { id, receipt } = await report()
  const into = await report({ fault: 'panel' })
  await web.store.update((tx) => mergeTicket(tx, { id, into: into.id }, ada()))
  const page = await look(`/t/${receipt.toLowerCase()}`)
  expect(page).toContain('<h1>Error on the panel</h1>')
  expect(page).toContain('Your report and others were of one trouble')
  expect(page).toContain('by 2 people')
  expect(await look(`/t/${into.receipt}`)).not.toContain('Your report and others')
})

test('that the fault cleared is told only where the site tells of its printers', async () => {
  const clear = async () => {
    const ticket = await report()
    const clearedAt = web.clock.now().toISOString()
    await web.store.update((tx) => tx.put('tickets', { ...ticket, clearedAt }))
    web.clock.advance(180_000)
    return look(`/t/${ticket.receipt}`)
  }
  expect(await clear()).not.toContain('fault is gone')
  await web.stop()
  await start({ portal: coarse })
  expect(await clear()).toMatch(/fault is gone; it went <time[^>]*>3 minutes ago/)
})

test('who holds it says by a button that it works again, or does not: a note, once each', async () => {
  const { id, receipt } = await report()
  const path = `/t/${receipt}`
  const visitor = aVisitor(web)
  const first = await visitor.submit(path, path, { says: 'broken' })
  expect([first.status, first.headers.get('location')]).toEqual([303, `${path}?said`])
  expect(await look(`${path}?said`)).toContain('It is noted for who looks after the printer.')
  await say(path, 'works')
  expect((await say(path, 'works')).status).toBe(303)
  expect((await say(path, 'broken')).status).toBe(303)
  expect(notes(id)).toEqual(['It is still broken.', 'It works again.'])
  const page = await look(path)
  expect(page).toContain('Noted here: It works again.')
  expect(page).not.toContain('<button')
  expect(web.store.state.tickets[id]?.state).toBe('open')
  await web.person('root', 'administrator')
  const board = await (await web.get('/tickets', 'root')).text()
  expect(board).toContain('Who reported it says: It works again.')
})

test('a note of who reports it never has words of theirs', async () => {
  const { id, receipt } = await report()
  for (const says of ['', '<b>free toner</b>', 'constructor'])
    expect((await say(`/t/${receipt}`, says)).status).toBe(422)
  expect(notes(id)).toEqual([])
})

test('of what is settled nothing is noted any more', async () => {
  const { id, receipt } = await report()
  await web.store.update((tx) => resolveTicket(tx, id, ada()))
  const late = await say(`/t/${receipt}`, 'broken')
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('scan the code once more')
  expect(page).not.toContain('<button')
  expect(notes(id)).toEqual([])
  expect((await say('/t/NONE', 'works')).status).toBe(404)
})

test('more than sixty notes in a minute are not taken, and what was noted is told as before', async () => {
  const supply = { kind: 'supply', fault: null, wants: 'other' } as const
  const all = await web.store.update((tx) =>
    Array.from({ length: 7 }, (_, at) =>
      Array.from({ length: 9 }, (_, words) => {
        const where = aPrinter({ id: `p-${at}`, token: `T${at}`, ipAddress: `10.0.0.${at}` })
        if (words === 0) tx.put('printers', where)
        return openTicket(tx, where, { ...jam, ...supply, words: `w${words}` }, ada()).ticket
      }),
    ).flat(),
  )
  const statuses: number[] = []
  for (const { receipt } of all) statuses.push((await say(`/t/${receipt}`, 'works')).status)
  expect(statuses).toEqual([...Array(60).fill(303), ...Array(3).fill(429)])
  expect((await say(`/t/${all[0]?.receipt}`, 'works')).status).toBe(303)
  const refused = await say(`/t/${all[61]?.receipt}`, 'works')
  expect(refused.headers.get('retry-after')).toBe('60')
  web.clock.advance(60_000)
  expect((await say(`/t/${all[61]?.receipt}`, 'works')).status).toBe(303)
})
