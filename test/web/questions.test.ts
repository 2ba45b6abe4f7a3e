import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noticed } from '../../src/core/questions/noticed.ts'
import { openQuestions } from '../../src/core/questions/questions.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { aReading, aSupply } from '../parts/readings.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
let ben: Visitor

/** Ben looks after the gym, Ada after all; they come with their passwords in each request. */
beforeEach(async () => {
  web = await startWeb()
  await web.store.update((tx) => {
    for (const [id, ipAddress] of [
      ['lib', '10.0.0.1'],
      ['gym', '10.0.0.2'],
    ] as const) {
      tx.put('groups', aGroup({ id: `g-${id}`, name: id }))
      tx.put(
        'printers',
        aPrinter({ id, label: `${id.toUpperCase()}-1`, group: `g-${id}`, ipAddress }),
      )
    }
  })
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager', ['gym'])
  ada = aVisitor(web)
  ben = aVisitor(web)
  await ada.signIn('ada')
  await ben.signIn('ben')
})
afterEach(() => web.stop())

/** What platen keeps of a reading, five minutes after the one before. */
async function hear(id: string, serial: string, facts: Partial<Reading> = {}, before?: Reading) {
  const printer = web.store.state.printers[id]
  if (!printer) throw new Error(id)
  const well = aReading({ pageCount: 9000, ...facts })
  const reading = { ...well, identity: { ...well.identity, serial } }
  const [now, then] = [web.clock.now(), new Date(web.clock.now().getTime() - 300_000)]
  const polled = { reading, readAt: now, before: before ? { reading: before, readAt: then } : null }
  const keep = noticed(web.store.state, printer, polled)
  const act = { ...web.act, by: 'platen', now, newId: web.act.newId }
  if (keep) await web.store.update((tx) => keep(tx, act))
  return reading
}

/** Another device at the library's address; its texts are of somebody who means ill. */
async function replaceLibrary(): Promise<string> {
  const before = await hear('lib', 'CN42')
  web.clock.advance(300_000)
  const device = { index: 1, model: '<script>alert(1)</script>', status: null }
  await hear('lib', 'XY7" onload="', { pageCount: 12, device }, before)
  return openQuestions(web.store.state)[0]?.id ?? ''
}

describe('a question about a printer', () => {
  test('stands above all else on its page, with what was known and what is heard', async () => {
    const id = await replaceLibrary()
    const page = await ada.text('/printers/lib')
    expect(page.indexOf('Another device answers at this address.')).toBeLessThan(
      page.indexOf('class="rows reasons"'),
    )
    const rows = [
      ...page.matchAll(/<tr><th scope="row">([^<]*)<\/th><td>(.*?)<\/td><td>(.*?)<\/td>/g),
    ]
    expect(rows.map(([, ...cells]) => cells).slice(0, 4)).toEqual([
      ['Serial number', 'CN42', 'XY7&quot; onload=&quot;'],
      ['Network cards', 'not told', 'not told'],
      ['Model', 'Laser 5', '&lt;script&gt;alert(1)&lt;/script&gt;'],
      ['Pages printed', '9\u00a0000', '12'],
    ])
    expect(page).toContain(`action="/printers/lib/questions/${id}"`)
    expect(page).toMatch(/<dt>Device<\/dt><dd>serial number CN42, here since/)
  })

  test('is told of on the overview, to whom the printer is shown', async () => {
    await replaceLibrary()
    expect(await ada.text('/')).toMatch(/Questions <span class="count">1<.*LIB-1/s)
    expect(await ben.text('/')).not.toContain('Questions')
  })

  test('is answered with a button, by the name of who did it', async () => {
    const id = await replaceLibrary()
    const path = `/printers/lib/questions/${id}`
    const sent = await ada.submit('/printers/lib', path, { answer: 'replaced' })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/printers/lib'])
    expect(web.store.state.questions[id]).toMatchObject({ answer: 'replaced', answeredBy: 'ada' })
    const page = await ada.text('/printers/lib')
    expect(page).not.toContain('Another device')
    expect(page).toContain('serial number XY7&quot; onload=&quot;')
  })

  test('that a counter fell has the counts, and answers of its own', async () => {
    let before = await hear('lib', 'CN42')
    for (const pageCount of [3, 4]) {
      web.clock.advance(300_000)
      before = await hear('lib', 'CN42', { pageCount }, before)
    }
    const page = await ada.text('/printers/lib')
    expect(page).toContain('The page counter fell from 9\u00a0000 to 4.')
    expect([...page.matchAll(/name="answer" value="([^"]+)"/g)].map(([, value]) => value)).toEqual([
      'new-counter',
      'replaced',
    ])
  })

  test.each([
    ['that somebody has answered meanwhile', 409, 'lib', 'replaced'],
    ['with no answer of its kind', 422, 'lib', 'new-counter'],
    ['of another printer', 404, 'gym', 'replaced'],
  ])('%s is declined with a word', async (words, status, printer, answer) => {
    const id = await replaceLibrary()
    const [, proof = ''] = (await ada.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    const path = `/printers/lib/questions/${id}`
    if (words.includes('meanwhile')) await ada.send(path, { proof, answer: 'wrong-address' })
    const before = structuredClone(web.store.state.questions[id])
    const declined = await ada.send(`/printers/${printer}/questions/${id}`, { proof, answer })
    expect(declined.status).toBe(status)
    expect(web.store.state.questions[id]).toEqual(before)
    if (status === 409) expect(await declined.text()).toContain('answered already, by ada')
  })

  test('is not answered by a form of another site, nor by who may not see the printer', async () => {
    const id = await replaceLibrary()
    const path = `/printers/lib/questions/${id}`
    const [, proof = ''] = (await ben.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    expect((await ada.send(path, { answer: 'replaced' })).status).toBe(403)
    expect((await ben.send(path, { proof, answer: 'replaced' })).status).toBe(404)
    expect((await aVisitor(web).send(path, { answer: 'replaced' })).status).toBe(303)
    expect(web.store.state.questions[id]?.answer).toBeNull()
  })
})

describe('what the office knows better of a supply', () => {
  const path = '/printers/gym/supplies'

  beforeEach(async () => {
    const supplies = [aSupply({}), aSupply({ index: '1.2', kind: 'waste', colour: null })]
    web.says.set('10.0.0.2', aReading({ address: '10.0.0.2', supplies }))
    await web.sweep.pollNow('gym')
  })

  test('is written beside its name, and shows what was kept', async () => {
    expect(await ben.text('/printers/gym')).toContain(`href="${path}"`)
    const fields = { ignore: '1', warningPercent: '30', errorPercent: '' }
    const sent = await ben.submit(path, `${path}/1.2`, fields)
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}#supply-1.2`])
    expect(web.store.state.printers.gym?.supplies).toEqual({
      '1.2': { invert: false, ignore: true, warningPercent: 30, errorPercent: null },
    })
    const [, black = '', waste = ''] = (await ben.text(path)).split('<h2 ')
    expect(black).toContain('>Black toner</h2>')
    expect(black).not.toContain(' selected')
    expect(waste).toMatch(/name="ignore">.*<option value="1" selected/)
    expect(waste).toMatch(/name="warningPercent"[^>]*value="30"/)
    await ben.submit(path, `${path}/1.2`, { warningPercent: '' })
    expect(web.store.state.printers.gym?.supplies).toEqual({})
  })

  test.each([
    [{ warningPercent: '10', errorPercent: '20' }, 'must not be above'],
    [{ warningPercent: '101' }, 'whole number from 0 to 100'],
    [{ errorPercent: '5"><b>' }, 'whole number from 0 to 100'],
  ])('that makes no sense is shown again as it was typed: %j', async (fields, sentence) => {
    const answer = await ben.submit(path, `${path}/1.1`, { invert: '1', ...fields })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toMatch(/name="invert">.*<option value="1" selected/)
    for (const typed of Object.values(fields))
      expect(page).toContain(`value="${typed.replace('"><b>', '&quot;&gt;&lt;b&gt;')}"`)
    expect(web.store.state.printers.gym?.supplies).toEqual({})
  })

  test('is kept and can be taken back of a supply that it tells no more', async () => {
    await ben.submit(path, `${path}/1.2`, { ignore: '1' })
    web.says.set('10.0.0.2', aReading({ address: '10.0.0.2', supplies: [aSupply({})] }))
    await web.sweep.pollNow('gym')
    expect(await ben.text(path)).toContain('Supply 1.2, not told any more')
  })

  test('is nobody’s business whom the printer is not shown', async () => {
    expect((await ben.get('/printers/lib/supplies')).status).toBe(404)
    const [, proof = ''] = (await ben.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    const answer = await ben.send('/printers/lib/supplies/1.1', { proof, invert: '1' })
    expect(answer.status).toBe(404)
    expect(web.store.state.printers.lib?.supplies).toEqual({})
  })
})
