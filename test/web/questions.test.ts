import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noticed } from '../../src/core/questions/noticed.ts'
import { openQuestions } from '../../src/core/questions/questions.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { aReading, aSupply } from '../parts/readings.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

/** What platen keeps of a reading, five minutes after the one before. */
async function hear(
  id: string,
  serial: string | null,
  facts: Partial<Reading> = {},
  before?: Reading,
) {
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

  test('answered with a wrong address may still turn out to be about a new printer', async () => {
    const id = await replaceLibrary()
    const path = `/printers/lib/questions/${id}`
    await ada.submit('/printers/lib', path, { answer: 'wrong-address' })
    const page = await ada.text('/printers/lib')
    expect(page).toContain('“Wrong address”, said ada.')
    expect([...page.matchAll(/name="answer" value="([^"]+)"/g)].map(([, each]) => each)).toEqual([
      'replaced',
    ])
    await ada.submit('/printers/lib', path, { answer: 'replaced' })
    expect(web.store.state.questions[id]?.answer).toBe('replaced')
  })

  test.each([
    ['no serial may be another printer’s', null, ['new-counter', 'replaced']],
    ['the same serial is not', 'CN42', ['new-counter']],
  ])('about a counter that fell: under %s', async (_, serial, answers) => {
    let before = await hear('lib', serial)
    for (const pageCount of [3, 4]) {
      web.clock.advance(300_000)
      before = await hear('lib', serial, { pageCount }, before)
    }
    const page = await ada.text('/printers/lib')
    expect(page).toContain('The page counter fell from 9\u00a0000 to 4.')
    const offered = [...page.matchAll(/name="answer" value="([^"]+)"/g)]
    expect(offered.map(([, value]) => value)).toEqual(answers)
  })

  test('answered by one who was signed out meanwhile leads back to it by way of the sign-in', async () => {
    const id = await replaceLibrary()
    const asked = await aVisitor(web).send(`/printers/lib/questions/${id}`, { answer: 'replaced' })
    const late = aVisitor(web)
    const entered = await late.signIn('ada', undefined, asked.headers.get('location') ?? '')
    const back = await late.get(entered.headers.get('location') ?? '')
    expect([back.status, back.headers.get('location')]).toEqual([303, '/printers/lib'])
    expect(await late.text('/printers/lib')).toContain('Another device answers at this address.')
    expect((await ben.get('/printers/lib/questions')).status).toBe(404)
  })

  test('about a wrong address stays on the page, for it may turn out to be a replacement', async () => {
    const id = await replaceLibrary()
    const path = `/printers/lib/questions/${id}`
    await ada.submit('/printers/lib', path, { answer: 'wrong-address' })
    const page = await ada.text('/printers/lib')
    expect([...page.matchAll(/name="answer" value="([^"]+)"/g)].map(([, said]) => said)).toEqual([
      'replaced',
    ])
    const polls = web.polls()
    await ada.submit('/printers/lib', path, { answer: 'replaced' })
    expect(web.store.state.printers.lib?.device?.serial).toContain('XY7')
    expect(web.polls()).toBe(polls + 1)
  })

  test.each([
    ['that somebody has answered meanwhile', 409, 'lib', 'replaced'],
    ['with no answer of its kind', 422, 'lib', 'new-counter'],
    ['of another printer', 404, 'gym', 'replaced'],
  ])('%s is declined with a word', async (words, status, printer, answer) => {
    const id = await replaceLibrary()
    const [, proof = ''] = (await ada.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    const path = `/printers/lib/questions/${id}`
    if (words.includes('meanwhile')) await ada.send(path, { proof, answer: 'replaced' })
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

  test('is asked under names that nobody takes for one another, each with its level', async () => {
    const drum = (at: number, percent: number) =>
      aSupply({
        ...{ index: `1.${at}`, kind: 'drum', colour: null, percent },
        description: 'Drum Cartridge',
      })
    const supplies = [
      drum(5, 80),
      drum(6, 70),
      aSupply({ index: '1.9', kind: 'waste', percent: 96 }),
    ]
    web.says.set('10.0.0.2', aReading({ address: '10.0.0.2', supplies }))
    await web.sweep.pollNow('gym')
    await ben.submit(path, `${path}/1.9`, { invert: '1' })
    const asked = (await ben.text(path)).split('<h2 ').slice(1)
    const heads = asked.map((form) => form.match(/>([^<]+)<\/h2>\s*<p>([^<]+)<\/p>/)?.slice(1))
    const turned = '4 % of its space left, turned round by the office'
    expect(heads).toEqual([
      ['Drum 5', 'Its level now: 80 %.'],
      ['Drum 6', 'Its level now: 70 %.'],
      ['Waste box', `Its level now: ${turned}.`],
    ])
    expect(asked[1]).toContain('aria-label="Keep this of Drum 6"')
    const rows = [...(await ben.text('/printers/gym')).matchAll(/row">([^<]+)<.*<\/svg> ([^<]+)</g)]
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ['Drum 5', '80 %'],
      ['Drum 6', '70 %'],
      ['Waste box', turned],
    ])
    const [, , waste] = web.fleet.status('gym').supplies
    expect(waste).toMatchObject({ percent: 4, inverted: true, source: 'printer-mib' })
  })

  test('is written beside its name, and shows what was kept', async () => {
    expect(await ben.text('/printers/gym')).toContain(`href="${path}"`)
    const fields = { ignore: '1', warningPercent: '30', errorPercent: '' }
    const sent = await ben.submit(path, `${path}/1.2`, fields)
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}#supply-1.2`])
    expect(web.store.state.printers.gym?.supplies).toEqual({
      '1.2': {
        ...{ invert: false, ignore: true, warningPercent: 30, errorPercent: null },
        ...{ kind: 'waste', colour: null },
      },
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

  test('is no rule for another supply that stands in its place now', async () => {
    await ben.submit(path, `${path}/1.2`, { invert: '1' })
    const supplies = [aSupply({ index: '1.2', colour: 'cyan', percent: 95 })]
    web.says.set('10.0.0.2', aReading({ address: '10.0.0.2', supplies }))
    await web.sweep.pollNow('gym')
    const asked = await ben.text(path)
    expect(asked).toContain('Its level now: 95 %.')
    expect(asked).not.toContain(' selected')
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
