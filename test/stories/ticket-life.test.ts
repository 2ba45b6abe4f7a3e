import { afterEach, expect, it } from 'vitest'
import { actOf } from '../../src/core/act.ts'
import { clearedBy } from '../../src/core/tickets/cleared.ts'
import { forgetOld } from '../../src/core/tickets/retention.ts'
import { createOutbox } from '../../src/mail/outbox.ts'
import { createPost } from '../../src/mail/transport.ts'
import { quiet } from '../parts/log.ts'
import { aReading } from '../parts/readings.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { startSmtp } from '../parts/smtp.ts'
import { aVisitor } from '../parts/visitor.ts'
import { startWeb } from '../parts/web.ts'

// A ticket from the scan to the day when nothing is known of its reporter any more.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A library with one printer, its managers' letters at a mail server. */
async function aLibrary() {
  const portal = { name: 'optional', email: 'optional', status: 'coarse' } as const
  const web = await startWeb({ portal })
  const smtp = await startSmtp()
  const { store, clock } = web
  const site = { name: 'North', url: 'https://print.school.test', timeZone: 'UTC' }
  const from = { name: 'North', address: 'platen@school.test' }
  const post = createPost({
    ...{ host: smtp.host, port: smtp.port, startTls: false, caFile: null, from },
    ...{ user: null, password: null },
  })
  const outbox = createOutbox({
    ...{ store, clock, log: quiet, post, site, fallback: 'desk@school.test' },
  })
  ends.push(web.stop, smtp.stop, outbox.stop)
  const printer = aPrinter({ id: 'lib', label: 'LIB-1', token: 'QR1', ipAddress: '10.0.0.1' })
  await store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-1', name: 'Library' }))
    tx.put('printers', { ...printer, group: 'g-1' })
  })
  for (const name of ['desk', 'ada']) await web.person(name, 'administrator')
  /** The printer says so, a minute later, as app.ts hears it. */
  async function hears(facts: Parameters<typeof aReading>[0]) {
    clock.advance(60_000)
    web.says.set('10.0.0.1', aReading({ address: '10.0.0.1', ...facts }))
    await web.sweep.pollNow('lib')
    const { fleet } = web
    const [status, judgement] = [fleet.status('lib'), fleet.judgement('lib')]
    const keep = clearedBy(store.state, printer, judgement, status, clock.now())
    if (keep) await store.update((tx) => keep(tx, actOf(clock, { by: 'platen', from: 'platen' })))
  }
  return { web, smtp, outbox, hears }
}

it('is reported, seen, cleared, taken, put together, resolved, looked at and forgotten', async () => {
  const { web, smtp, outbox, hears } = await aLibrary()
  const { store, clock } = web
  await hears({ errors: { raw: '04', flags: ['jammed'] } })
  clock.advance(120_000)

  const student = aVisitor(web)
  const fields = { matter: 'issue-jam', words: 'It ate my thesis', email: 'sam@school.test' }
  const sent = await student.submit('/p/QR1', '/p/QR1', fields)
  const receipt = sent.headers.get('location') ?? ''
  expect(await student.text(receipt)).toContain('Waits for somebody to take it')
  await outbox.tick()
  expect(smtp.letters[0]?.mail.text).toMatch(
    /The printer says: error; .*jam.*, read 2 minutes before/,
  )

  const second = await student.submit('/p/QR1', '/p/QR1', { matter: 'issue-panel' })
  const otherReceipt = second.headers.get('location') ?? ''
  const [jam, panel] = Object.values(store.state.tickets)
  const path = `/tickets/${jam?.id}`

  // One reading without the jam is no news yet.
  await hears({})
  expect(jam && store.state.tickets[jam.id]?.clearedAt).toBeNull()
  await hears({})
  const desk = aVisitor(web)
  await desk.signIn('desk')
  const list = await desk.text('/tickets?state=cleared')
  expect(list).toMatch(/The fault cleared at <time[^>]*>08:05/)
  expect(await student.text(receipt)).toContain('The printer says that the fault is gone')
  await student.submit(receipt, receipt, { says: 'works' })

  await desk.submit(`${path}?as=ada`, `${path}/take`)
  expect(await student.text(receipt)).toContain('ada is working on it')
  const [, proof = ''] = (await desk.text(path)).match(/name="proof" value="([^"]+)"/) ?? []
  await desk.send(`/tickets/${panel?.id}/merge`, { proof, into: jam?.id ?? '', as: 'ada' })
  expect(await student.text(otherReceipt)).toContain('by 2 people')

  await desk.submit(`${path}?as=ada`, `${path}/resolve`)
  await outbox.tick()
  const told = smtp.letters.filter(({ to }) => to.includes('sam@school.test'))
  expect(told.map(({ mail }) => mail.subject)).toEqual(['LIB-1: Paper jam - done [North]'])
  expect(told[0]?.mail.text).toContain('The printer itself says that the fault is gone.')
  expect(await student.text(otherReceipt)).toContain('Done by ada')
  const page = await desk.text(path)
  for (const words of ['took it (signed in as desk)', 'It works again.', 'fault is gone'])
    expect(page).toContain(words)

  clock.advance(181 * 86_400_000)
  const rules = { reporterDays: 180, ticketDays: 1095 }
  const act = actOf(clock, { by: 'platen', from: 'platen' })
  expect(await store.update((tx) => forgetOld(tx, rules, act))).toMatchObject({ forgotten: 2 })
  expect(JSON.stringify(store.state)).not.toMatch(/sam@|thesis/)
  expect(await student.text(receipt)).toContain('Done by ada')
})
