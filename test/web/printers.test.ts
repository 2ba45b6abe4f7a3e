import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { entriesAbout } from '../../src/core/journal/journal.ts'
import type { HistoryLine } from '../../src/core/status/history.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import { aReading, aSupply, silence } from '../parts/readings.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// The list of printers and what the office does with one.

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

const proofOf = async (who: Visitor) =>
  (await who.text('/')).match(/name="proof" value="([^"]+)"/)?.[1] ?? ''
const labelsIn = (page: string) =>
  [...page.matchAll(/<li id="row-[^"]*">.*?<a href="\/printers\/[^"]+">([^<]+)</gs)].map(
    ([, label]) => label,
  )

async function hear(id: string, said: Parameters<typeof aReading>[0] | 'silence') {
  const address = web.store.state.printers[id]?.ipAddress ?? ''
  web.says.set(address, said === 'silence' ? silence() : aReading({ address, ...said }))
  await web.sweep.pollNow(id)
}

describe('the list', () => {
  beforeEach(async () => {
    await web.store.update((tx) => {
      const more = { building: 'Annex', make: 'Aaron', model: null, ipAddress: '10.0.0.3' }
      tx.put('printers', aPrinter({ id: 'ann', label: 'ANN-1', group: 'g-lib', ...more }))
      tx.put('printers', aPrinter({ id: 'old', label: 'OLD-1', isActive: false }))
    })
    await hear('lib', { pageCount: 10, supplies: [aSupply({ percent: 15 })] })
    await hear('gym', { pageCount: 30, errors: { raw: '04', flags: ['jammed'] } })
  })

  test.each([
    ['', ['GYM-1', 'LIB-1', 'ANN-1']],
    ['?sort=label', ['ANN-1', 'GYM-1', 'LIB-1']],
    ['?sort=pages', ['GYM-1', 'LIB-1', 'ANN-1']],
    ['?sort=age', ['ANN-1', 'GYM-1', 'LIB-1']],
    ['?sort=place', ['ANN-1', 'GYM-1', 'LIB-1']],
    ['?sort=model', ['ANN-1', 'GYM-1', 'LIB-1']],
    ['?group=g-lib', ['LIB-1', 'ANN-1']],
    ['?building=Annex', ['ANN-1']],
    ['?attention=somebody', ['GYM-1', 'LIB-1']],
    ['?attention=supplies', ['LIB-1']],
    ['?retired=1', ['OLD-1']],
    ['?q=&verdict=&group=&building=&attention=&retired=&sort=need', ['GYM-1', 'LIB-1', 'ANN-1']],
    ['?q=annex&group=g-gym', []],
  ])('%s', async (query, labels) => {
    expect(labelsIn(await ada.text(`/printers${query}`))).toEqual(labels)
  })

  test('keeps in its address what was chosen, and chooses it again', async () => {
    await web.store.update((tx) => {
      for (let at = 0; at < 150; at++)
        tx.put('printers', aPrinter({ id: `x-${at}`, label: `X-${at}`, building: 'Tower & Hall' }))
    })
    const page = await ada.text('/printers?building=Tower+%26+Hall&sort=label')
    const [, next = ''] = page.match(/href="([^"]+)">Those after/) ?? []
    const second = await ada.text(next.replaceAll('&amp;', '&'))
    expect(labelsIn(second)).toHaveLength(50)
    expect(second).toContain('<option value="Tower &amp; Hall" selected>')
    expect(second).toContain('<option value="label" selected>')
    const past = await ada.get('/printers?q=x-&page=9')
    expect([past.status, past.headers.get('location')]).toEqual([
      ...[303, '/printers?q=x-&verdict=&page=2'],
    ])
  })

  test('offers a manager only the groups in reach, and shows no other’s retired ones', async () => {
    const page = await ben.text('/printers?retired=1')
    expect(page).toContain('value="g-gym"')
    expect(page).not.toMatch(/g-lib|OLD-1|Annex/)
  })

  test('offers nothing to change to who may only look', async () => {
    await web.person('eva', 'reader')
    const eva = aVisitor(web)
    await eva.signIn('eva')
    const page = await eva.text('/printers')
    expect(page).toContain('Ask all now')
    expect(page).not.toMatch(/href="\/printers\/(new|import)"/)
    expect(await eva.text('/printers/lib')).not.toMatch(/lib\/(edit|retire|code)"/)
    for (const path of ['/printers/new', '/printers/lib/edit', '/printers/lib/code'])
      expect((await eva.get(path)).status).toBe(403)
    const proof = await proofOf(eva)
    expect((await eva.send('/printers/lib/retire', { proof })).status).toBe(403)
    expect(web.store.state.printers.lib?.isActive).toBe(true)
    expect(await eva.text('/printers/lib/supplies')).not.toContain('Keep this')
  })
})

describe('all are asked', () => {
  test('in the background, with how far it is; who asks again joins', async () => {
    let answers = (_: ReturnType<typeof aReading>) => {}
    web.says.set('10.0.0.1', new Promise((resolve) => (answers = resolve)))
    web.says.set('10.0.0.2', silence())
    const sent = await ada.submit('/printers', '/printers/poll')
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/printers'])
    const page = await ada.text('/printers')
    expect(page).toContain('Asking all printers: 1 of 2 done. 1 did not answer.')
    expect(page).toContain('<progress max="2" value="1"')
    await ada.submit('/printers', '/printers/poll')
    expect(web.polls()).toBe(2)
    answers(aReading())
    await web.sweep.pollNow('lib')
    expect(await ada.text('/printers')).toContain('All 2 printers were asked. 1 did not answer.')
    web.clock.advance(121_000)
    expect(await ada.text('/printers')).not.toContain('were asked')
  })

  test('that are in reach, and nobody else hears of it', async () => {
    await ben.submit('/printers', '/printers/poll')
    expect(web.fleet.status('lib').fetchedAt).toBeNull()
    expect(await ben.text('/printers')).toContain('All 1 printers were asked. All have answered.')
    expect(await ada.text('/printers')).not.toContain('were asked')
  })
})

describe('a printer', () => {
  const typed = { label: 'NEW-1', ipAddress: '10.0.0.9', building: 'Hut' }

  test('is added with a form, asked, and shown', async () => {
    const sent = await ada.submit('/printers/new', '/printers/new', { ...typed, community: 'hush' })
    const path = sent.headers.get('location') ?? ''
    const page = await ada.text(path)
    expect(page).toContain('<h1>NEW-1</h1>')
    expect(page).toContain('It is added, and is asked now.')
    expect(page).not.toContain('hush')
    expect(web.polls()).toBe(1)
  })

  test('that cannot be taken is shown again as it was typed, at the field; but no community', async () => {
    const ill = { ...typed, ipAddress: '1.2.3.4.5"><b>', community: 'top secret' }
    const answer = await ada.submit('/printers/new', '/printers/new', ill)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toMatch(/role="alert">Address .* is no address like/)
    expect(page).toMatch(
      /name="ipAddress" value="1.2.3.4.5&quot;&gt;&lt;b&gt;"[^>]*aria-invalid="true"/,
    )
    expect(page).toContain('value="Hut"')
    expect(page).not.toContain('top secret')
    const taken = await ada.submit('/printers/new', '/printers/new', { ...typed, label: 'lib-1' })
    expect([taken.status, await taken.text()]).toEqual([
      ...[409, expect.stringContaining('Another printer is called lib-1 already')],
    ])
  })

  test('is added by a manager to a group in reach alone', async () => {
    expect(await ben.text('/printers/new')).not.toContain('g-lib')
    for (const group of ['', 'g-lib']) {
      const answer = await ben.submit('/printers/new', '/printers/new', { ...typed, group })
      expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('group')])
    }
    const added = await ben.submit('/printers/new', '/printers/new', { ...typed, group: 'g-gym' })
    expect((await ben.get(added.headers.get('location') ?? '')).status).toBe(200)
  })

  test('is edited: the community stays unless another is typed or it is taken away', async () => {
    const page = await ada.text('/printers/lib/edit')
    expect(page).toContain('It has one of its own, which is not shown.')
    expect(page).not.toContain('hush-hush')
    const edit = (more: Record<string, string>) =>
      ada.submit('/printers/lib/edit', '/printers/lib/edit', {
        ...{ label: 'LIB-1', ipAddress: '10.0.0.1', group: 'g-lib', ...more },
      })
    const sent = await edit({ location: 'Room 14', community: ' ' })
    expect(sent.headers.get('location')).toBe('/printers/lib?done=kept')
    expect(web.store.state.printers.lib).toMatchObject({
      ...{ location: 'Room 14', community: 'hush-hush' },
    })
    await edit({ community: 'another' })
    expect(web.store.state.printers.lib?.community).toBe('another')
    await edit({ ownCommunity: 'none' })
    expect(web.store.state.printers.lib?.community).toBeNull()
    const journal = JSON.stringify(entriesAbout(web.store.state, 'lib'))
    expect(journal).not.toMatch(/hush-hush|another/)
    expect(journal).toContain('"from":"site"')
  })

  test('is retired, and taken up again where it was retired', async () => {
    await ada.submit('/printers/lib', '/printers/lib/retire')
    expect(web.store.state.printers.lib?.isActive).toBe(false)
    expect(await ada.text('/printers/lib?done=retired')).toContain(
      'It is retired: it is asked no more',
    )
    await ada.submit('/printers/lib', '/printers/lib/take-up')
    expect(web.store.state.printers.lib?.isActive).toBe(true)
  })

  test('gets a new code after a warning that the old one keeps working', async () => {
    expect(await ben.text('/printers/gym/code')).toContain('The old code keeps working for ever')
    await ben.submit('/printers/gym/code', '/printers/gym/code')
    const { token = '', formerTokens = [] } = web.store.state.printers.gym ?? {}
    expect(formerTokens).toEqual(['token-gym'])
    const page = await ben.text('/printers/gym')
    expect(page).toContain(`href="/p/${token}"`)
    expect(page).toContain('that still work: 1.')
    expect(page).not.toContain('token-gym')
  })

  test('is removed once it is retired, by who looks after all', async () => {
    const tooEarly = await ada.submit('/printers/gym/remove', '/printers/gym/remove')
    expect(tooEarly.status).toBe(409)
    await ben.submit('/printers/gym', '/printers/gym/retire')
    expect((await ben.get('/printers/gym/remove')).status).toBe(403)
    const proof = await proofOf(ben)
    expect((await ben.send('/printers/gym/remove', { proof })).status).toBe(403)
    expect(web.store.state.printers.gym).toBeDefined()
    await ada.submit('/printers/gym/remove', '/printers/gym/remove')
    expect(web.store.state.printers.gym).toBeUndefined()
  })

  test('out of reach is not there, whatever is done with it', async () => {
    const proof = await proofOf(ben)
    const before = web.store.state.printers.lib
    for (const act of ['edit', 'retire', 'take-up', 'code', 'poll']) {
      const sent = await ben.send(`/printers/lib/${act}`, { ...typed, group: 'g-gym', proof })
      expect([act, sent.status]).toEqual([act, 404])
    }
    for (const path of ['edit', 'code', 'history'])
      expect((await ben.get(`/printers/lib/${path}`)).status).toBe(404)
    expect(web.store.state.printers.lib).toBe(before)
  })

  test('tells of its covers, and of the counters of its maker', async () => {
    const [front, rear] = [
      { index: '1.1', description: '<Front> cover', status: 'coverOpen' },
      { index: '1.2', description: 'Rear cover', status: 'coverClosed' },
    ]
    const counters = { total: 12_345, mono: 12_000, colour: 345, duplex: 800, source: 'hp' }
    expect(await ada.text('/printers/gym')).not.toContain('<dt>Covers</dt>')
    await hear('gym', { covers: [front, rear], counters, pageCount: 12_345 })
    const page = await ada.text('/printers/gym')
    expect(page).toContain('<dt>Covers</dt><dd>&lt;Front&gt; cover open, 1 closed</dd>')
    expect(page).toContain('<dt>Pages, duplex</dt><dd>800 by HP</dd>')
    expect(page).not.toContain('in all</dt>')
  })

  test('shows its tickets, those settled too, to who may look at tickets', async () => {
    const { gym } = web.store.state.printers
    if (!gym) throw new Error('no gym')
    const words = {
      ...({ kind: 'issue', fault: 'jam', wants: null, form: null, printerThen: null } as const),
      ...{ words: 'It crunches', requester: { name: null, email: null } },
    }
    await web.store.update((tx) => {
      resolveTicket(tx, openTicket(tx, gym, words, web.act).ticket.id, web.act)
      openTicket(tx, gym, { ...words, words: 'Again' }, web.act)
    })
    const page = await ben.text('/printers/gym')
    expect(page.indexOf('Again')).toBeLessThan(page.indexOf('Settled of late'))
    expect(page.indexOf('It crunches')).toBeGreaterThan(page.indexOf('Settled of late'))
    expect(page).toContain('/tickets?state=all&amp;printer=gym')
  })
})

describe('the history of a printer', () => {
  const line = (day: string, pageCount: number, percent: number): HistoryLine => ({
    ...{ at: `2026-${day}T09:00:00.000Z`, printer: 'gym', ok: true, pageCount },
    supplies: [['1.1', percent, 100, percent]],
  })

  async function withHistory(history: () => Promise<readonly HistoryLine[]>) {
    await web.stop()
    web = await startWeb({ store: web.store, history })
    ben = aVisitor(web)
    await ben.signIn('ben')
    return ben.text('/printers/gym/history')
  }

  test('tells pages and levels by day, silences, replaced supplies, and who changed what', async () => {
    await ben.submit('/printers/gym', '/printers/gym/retire')
    await web.store.update((tx) =>
      tx.put('epochs', {
        ...{ id: 'e-1', printer: 'gym', state: 'begun', why: 'first' },
        ...{ startedAt: '2026-02-26T09:00:00.000Z', first: 100, last: null, lastAt: null },
      }),
    )
    const page = await withHistory(async () => [
      line('02-26', 100, 50),
      line('02-27', 140, 45),
      { at: '2026-02-28T09:00:00.000Z', printer: 'gym', ok: false, error: '<b>No answer' },
      { ...line('03-01', 1140, 100), replaced: ['1.1'] },
    ])
    const rows = [...page.matchAll(/<th scope="row">([^<]+)<\/th><td>([^<]*)<\/td><td>([^<]*)</g)]
    expect(rows.slice(0, 5).map(([, ...cells]) => cells.join(' '))).toEqual([
      'Mon 2 Mar 0 100 %',
      'Sun 1 Mar 1\u00a0000 100 %',
      'Sat 28 Feb ? ',
      'Fri 27 Feb 40 45 %',
      'Thu 26 Feb ? 50 %',
    ])
    expect(page).toContain('1\u00a0040 pages in 30 days')
    expect(page).toContain('for 24 hours: &lt;b&gt;No answer')
    expect(page).toMatch(/1 March, 09:00<\/time>: Supply 1.1/)
    expect(page).toMatch(/<strong>ben<\/strong> \(site\): changed.*isActive: true → false/s)
    expect(page).not.toContain('<b>')
  })

  test('says so where nothing was written down yet', async () => {
    expect(await withHistory(async () => [])).toContain('Nothing was written down of it yet.')
  })
})

test('a group that is renamed shows at once, and so does a printer that another manager loses', async () => {
  expect(await ben.text('/printers')).toContain('GYM-1')
  await web.store.update((tx) => tx.put('groups', aGroup({ id: 'g-gym', name: 'Pool' })))
  expect(await ben.text('/printers')).not.toContain('GYM-1')
  expect(await ada.text('/printers')).toContain('>Pool</option>')
})
