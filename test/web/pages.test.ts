import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { noteTicket, resolveTicket } from '../../src/core/tickets/settle.ts'
import { anAlert, aReading, aSupply, aTray, silence } from '../parts/readings.ts'
import { aGroup, aPrinter, aPrinterThen } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

const issue: TicketWords = {
  kind: 'issue',
  fault: 'jam',
  ...{ wants: null, form: null, printerThen: null },
  ...{ words: 'It crunches', requester: { name: 'Sam', email: null } },
}

async function report(printerId: string, words: Partial<TicketWords> = {}) {
  const printer = web.store.state.printers[printerId]
  if (!printer) throw new Error(`no printer ${printerId}`)
  const opened = await web.store.update((tx) =>
    openTicket(tx, printer, { ...issue, ...words }, web.act),
  )
  return opened.ticket
}

async function hear(address: string, said: Parameters<typeof aReading>[0] | 'silence') {
  web.says.set(address, said === 'silence' ? silence() : aReading({ address, ...said }))
  const printer = Object.values(web.store.state.printers).find((each) => each.ipAddress === address)
  await web.sweep.pollNow(printer?.id ?? '')
}

test('two toners of one colour are told apart in the list', async () => {
  const toner = (at: number, name: string, colour: string) =>
    aSupply({ index: `1.${at}`, description: name, colour })
  const supplies = [toner(1, 'Black [K1]', 'black'), toner(2, 'Black [K2]', 'black')]
  await hear('10.0.0.2', { supplies: [...supplies, toner(3, 'Cyan [C]', 'cyan')] })
  const names = [...(await ben.text('/printers')).matchAll(/<\/svg><span class="aside">([^<]+) </g)]
  expect(names.map(([, name]) => name)).toEqual(['Black [K1]', 'Black [K2]', 'Cyan'])
})

test('a first answer that is another device’s is no silence, and nothing of its own', async () => {
  await web.store.update((tx) => {
    const { gym } = tx.state.printers
    if (gym) tx.put('printers', { ...gym, serial: 'CN1' })
  })
  await hear('10.0.0.2', { identity: { ...aReading().identity, serial: 'CN2' } })
  const page = await ben.text('/printers/gym')
  expect(page).toContain('Nothing was read from the printer that belongs here.')
  expect(page).not.toContain('no answer')
})

describe('who sees what', () => {
  test('a manager sees the printers of the groups that name them, and no others', async () => {
    const pages = [await ben.text('/'), await ben.text('/printers')]
    for (const page of [...pages, await ben.text('/printers?verdict=unknown')]) {
      expect(page).toContain('GYM-1')
      expect(page).not.toContain('LIB-1')
    }
    expect(await ada.text('/printers')).toContain('LIB-1')
    const [there, away] = [await ben.get('/printers/gym'), await ben.get('/printers/lib')]
    expect([there.status, away.status]).toEqual([200, 404])
    expect(await away.text()).toBe(await (await ben.get('/printers/none')).text())
  })

  test('tickets go with their printers', async () => {
    const [inReach, out] = [await report('gym'), await report('lib')]
    for (const path of ['/', '/tickets']) {
      const page = await ben.text(path)
      expect(page).toContain(`/tickets/${inReach.id}`)
      expect(page).not.toContain(out.id)
    }
    expect((await ben.get(`/tickets/${out.id}`)).status).toBe(404)
    const [, proof = ''] = (await ben.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    for (const act of ['take', 'resolve', 'reopen', 'note'])
      expect((await ben.send(`/tickets/${out.id}/${act}`, { proof, words: 'x' })).status).toBe(404)
    expect((await ben.send('/printers/lib/poll', { proof })).status).toBe(404)
    expect(web.store.state.tickets[out.id]).toEqual(out)
    expect(web.polls()).toBe(0)
  })

  test('who is signed out is sent to sign in, from each page', async () => {
    const { id } = await report('lib')
    for (const path of ['/', '/printers', '/printers/lib', '/tickets', `/tickets/${id}`]) {
      const answer = await aVisitor(web).get(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        path === '/' ? '/login' : `/login?to=${encodeURIComponent(path)}`,
      ])
    }
  })

  test('a manager of no group is told why there is nothing', async () => {
    await web.person('eve', 'manager')
    const eve = aVisitor(web)
    await eve.signIn('eve')
    for (const path of ['/', '/printers'])
      expect(await eve.text(path)).toContain('you are in the managers of no group')
  })

  test('where there are no printers it is told how to get some', async () => {
    await web.store.update((tx) => {
      for (const id of ['lib', 'gym']) tx.drop('printers', id)
    })
    for (const path of ['/', '/printers'])
      expect(await ada.text(path)).toContain('platen import printers.csv --as printers')
  })
})

describe('the fleet', () => {
  test('has first who needs somebody first', async () => {
    await web.store.update((tx) =>
      tx.put('printers', aPrinter({ id: 'hut', label: 'HUT-1', ipAddress: '10.0.0.3' })),
    )
    await hear('10.0.0.1', { supplies: [aSupply({ percent: 15 })] })
    await hear('10.0.0.2', { errors: { raw: '04', flags: ['jammed'] } })
    await hear('10.0.0.3', {})
    const page = await ada.text('/')
    expect(page.indexOf('GYM-1')).toBeLessThan(page.indexOf('LIB-1'))
    expect(page).toMatch(/Needs somebody <span class="count">1</)
    expect(page).toContain('>JAM</strong>')
    expect(page).toContain('Black toner at 15 %')
    expect(page).toContain('1 printer is well')
    expect(page).not.toContain('HUT-1')
    const list = await ada.text('/printers')
    const places = ['GYM-1', 'LIB-1', 'HUT-1'].map((label) => list.indexOf(`>${label}<`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test.each([
    ['q=lib-1', ['LIB-1']],
    ['q=LÍB-1+room', ['LIB-1']],
    ['q=jam', ['GYM-1']],
    ['q=jam&verdict=ok', []],
    ['verdict=error', ['GYM-1']],
    ['q=&verdict=', ['GYM-1', 'LIB-1']],
  ])('is searched: %s', async (query, labels) => {
    await hear('10.0.0.1', {})
    await hear('10.0.0.2', { errors: { raw: '04', flags: ['jammed'] } })
    const page = await ada.text(`/printers?${query}`)
    for (const label of ['GYM-1', 'LIB-1'])
      expect(page.includes(label)).toBe(labels.includes(label))
    expect(page.includes('Show all printers')).toBe(labels.length === 0)
  })

  test('of many is shown a page at a time', async () => {
    await web.store.update((tx) => {
      for (let number = 1; number <= 120; number++)
        tx.put('printers', aPrinter({ id: `hut-${number}`, label: `HUT-${number}` }))
    })
    const [first, second, overview] = [
      await ada.text('/printers?q=hut'),
      await ada.text('/printers?q=hut&page=2'),
      await ada.text('/'),
    ]
    expect([first.includes('>HUT-100<'), first.includes('>HUT-101<')]).toEqual([true, false])
    expect([second.includes('>HUT-100<'), second.includes('>HUT-120<')]).toEqual([false, true])
    expect(first).toContain('href="/printers?q=hut&amp;verdict=&amp;page=2">Those after')
    expect(second).toContain('page=1">Those before')
    expect(second).not.toContain('Those after')
    expect(overview).toContain('and 72 more')
  })

  test('names what is wrong with the box itself', async () => {
    await web.stop()
    web = await startWeb({
      health: () => ({ store: { ok: false, sentence: 'The disk is full.' } }),
    })
    await web.person('ada', 'administrator')
    const visitor = aVisitor(web)
    await visitor.signIn('ada')
    expect(await visitor.text('/')).toContain('The disk is full.')
  })
})

describe('one printer', () => {
  test('shows all that it said', async () => {
    await hear('10.0.0.1', {
      supplies: [
        aSupply({ percent: 62 }),
        aSupply({ kind: 'waste', class: 'receptacleThatIsFilled', percent: 38 }),
        aSupply({
          index: '1.3',
          colour: 'cyan',
          percent: null,
          level: -3,
          levelState: 'someRemaining',
        }),
        aSupply({
          index: '1.4',
          colour: 'yellow',
          percent: null,
          level: -2,
          levelState: 'unknown',
        }),
      ],
      trays: [aTray({ name: 'Tray 2', media: 'A3', percent: 40 })],
      alerts: [anAlert({ description: 'Close the lid' })],
      console: ['Ready to print', ''],
      pageCount: 1234567,
    })
    web.clock.advance(3 * 60_000)
    const page = await ada.text('/printers/lib')
    for (const words of [
      ...['62 %', '38 % of its space left', 'some left', 'not told', 'Tray 2, A3', '40 %'],
      ...[
        'Close the lid',
        'Ready to print',
        '1\u00a0234\u00a0567',
        'Read 3 minutes ago by SNMP v2c',
      ],
      ...['href="/p/token-lib"', 'Library Room 12', 'Inkworks Folio 400'],
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('hush-hush')
  })

  test('is asked now', async () => {
    const sent = await ada.submit('/printers/lib', '/printers/lib/poll')
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/printers/lib?asked=1'])
    expect(await ada.text('/printers/lib?asked=1')).toContain('It was asked and has answered.')
    expect(web.polls()).toBe(1)
  })

  test('that stays silent says so, and what it said before stays', async () => {
    await hear('10.0.0.1', { pageCount: 4711 })
    web.says.set('10.0.0.1', silence())
    await ada.submit('/printers/lib', '/printers/lib/poll')
    const page = await ada.text('/printers/lib?asked=1')
    expect(page).toContain('It was asked and did not answer. No answer')
    expect(page).toContain('4\u00a0711')
    expect(page).toContain('What stands here is less than a minute old')
  })

  test('that is retired is not asked', async () => {
    await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'old', isActive: false })))
    const page = await ada.text('/printers/old')
    expect(page).toContain('It is retired')
    expect(page).not.toContain('/printers/old/poll')
    const [, proof = ''] = page.match(/name="proof" value="([^"]+)"/) ?? []
    const answer = await ada.send('/printers/old/poll', { proof })
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('is retired'),
    ])
  })
})

describe('a ticket', () => {
  test('is taken, noted, resolved and opened again, by the name of who did it', async () => {
    const { id } = await report('lib')
    const path = `/tickets/${id}`
    expect((await ada.submit('/tickets', `${path}/take`)).headers.get('location')).toBe('/tickets')
    expect(await ada.text('/tickets')).toContain('taken by ada')
    const noted = await ada.submit(path, `${path}/note`, { words: 'Roller is worn' })
    expect([noted.status, noted.headers.get('location')]).toEqual([303, path])
    await ada.submit(path, `${path}/resolve`)
    expect(await ada.text('/tickets')).toContain('Nothing is reported.')
    expect(await ada.text('/tickets?state=resolved')).toContain('resolved by ada')
    await ada.submit(path, `${path}/reopen`)
    const page = await ada.text(path)
    expect(
      page
        .match(/<strong>ada<\/strong> [^<]*(<[^>]+>)?[^<]*/g)
        ?.map((line) => line.replaceAll(/<[^>]+>/g, '').trim()),
    ).toEqual(['ada took it', 'ada resolved it', 'ada opened it again', 'ada Roller is worn'])
    expect(web.store.state.tickets[id]).toMatchObject({ state: 'open' })
  })

  test('that somebody else has ended meanwhile says so', async () => {
    const { id } = await report('lib')
    const [, proof = ''] = (await ada.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    await web.store.update((tx) => resolveTicket(tx, id, { ...web.act, by: 'ben' }))
    const answer = await ada.send(`/tickets/${id}/take`, { proof })
    const page = await answer.text()
    expect(answer.status).toBe(409)
    expect(page).toContain('role="alert">The ticket is resolved by ben.')
    expect(page).toContain('<h1>Paper jam</h1>')
  })

  test('keeps a note that was too long', async () => {
    const { id } = await report('lib')
    const words = `first </textarea><b> ${'x'.repeat(1000)}`
    const answer = await ada.submit(`/tickets/${id}`, `/tickets/${id}/note`, { words })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('A note has 1,000 characters at most.')
    expect(page).toContain('first &lt;/textarea&gt;&lt;b&gt; xxx')
  })

  test('names who reported the same', async () => {
    const { id } = await report('lib')
    await report('lib', { words: 'Here too', requester: { name: 'Kim', email: 'kim@x.example' } })
    const page = await ada.text(`/tickets/${id}`)
    expect(page).toContain('by Sam and 1 other')
    expect(page).toContain('href="mailto:kim@x.example"')
    expect(page).toContain('Here too')
  })

  test('of long ago is found on a later page', async () => {
    for (let count = 0; count < 51; count++) {
      web.clock.advance(3_600_000)
      const act = { ...web.act, now: web.clock.now(), newId: web.act.newId }
      const printer = web.store.state.printers.lib
      if (!printer) return
      await web.store.update((tx) => {
        const { ticket } = openTicket(tx, printer, { ...issue, words: `number ${count}.` }, act)
        resolveTicket(tx, ticket.id, act)
      })
    }
    await ada.signIn('ada')
    const [first, second] = [
      await ada.text('/tickets?state=resolved'),
      await ada.text('/tickets?state=resolved&page=2'),
    ]
    expect(first.indexOf('number 50.')).toBeLessThan(first.indexOf('number 1.'))
    expect(first).not.toContain('number 0.')
    expect(second).toContain('number 0.')
    expect(first).toContain('page=2">Older')
    expect(first).not.toContain('Newer')
  })
})

test('HTML and control characters in every field are shown as text', async () => {
  const evil = `<img src=x onerror=alert(1)>"'\`&\u0007<!--`
  const shown = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&#96;&amp; &lt;!--'
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-lib', name: evil }))
    tx.put('printers', {
      ...aPrinter({ id: 'lib', label: evil, make: evil, model: evil, building: evil }),
      ...{ location: evil, ipAddress: '10.0.0.1', macAddress: evil, serial: evil, assetTag: evil },
      ...{ organisation: evil, group: 'g-lib' },
    })
  })
  await hear('10.0.0.1', {
    ...{
      console: [evil],
      status: { code: 1, name: evil },
      snmp: { version: evil, context: null, requests: 1, ms: 1 },
    },
    errors: { raw: '00', flags: [evil] },
    alerts: [anAlert({ description: evil, severity: evil, codeName: evil })],
    supplies: [
      aSupply({
        description: evil,
        colour: evil,
        kind: 'other',
        unit: evil,
        percent: null,
        level: 3,
      }),
    ],
    trays: [aTray({ name: evil, description: evil, media: evil, unit: evil })],
  })
  await web.person(evil.replaceAll(/[\p{C}:]/gu, ''), 'administrator')
  const evilName = evil.replaceAll(/[\p{C}:]/gu, '')
  const who = aVisitor(web)
  await who.signIn(evilName)
  const { id } = await report('lib', {
    words: evil,
    requester: { name: evil, email: `"${evil}"@x` },
    printerThen: aPrinterThen('error', evil),
  })
  await web.store.update((tx) => noteTicket(tx, id, evil, { ...web.act, by: evil }))
  await report('lib', { words: evil, requester: { name: evil, email: null } })
  web.says.set('10.0.0.1', { ...silence(), error: evil })
  const pages = [
    ...['/', '/printers', `/printers?q=${encodeURIComponent(evil)}`, '/printers/lib', '/tickets'],
    `/tickets/${id}`,
  ]
  for (const path of pages) {
    const page = await who.text(path)
    expect(page).toContain(shown)
    expect(page).not.toMatch(/<img|<!--|\u0007/)
  }
  await who.submit('/printers/lib', '/printers/lib/poll')
  expect(await who.text('/printers/lib?asked=1')).not.toMatch(/<img|<!--|\u0007/)
  const failed = await (await aVisitor(web).signIn(evil)).text()
  expect(failed).toContain('&lt;img')
  expect(failed).not.toMatch(/<img|<!--/)
})

test('a page brings nothing from elsewhere and nothing inline', async () => {
  const { id } = await report('lib')
  await hear('10.0.0.1', { supplies: [aSupply({ colour: 'cyan' })] })
  for (const path of ['/', '/printers', '/printers/lib', '/tickets', `/tickets/${id}`, '/none']) {
    const answer = await ada.get(path)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).not.toMatch(
      / style=|<style|<script>| on[a-z]+=|(src|href)="https?:/,
    )
  }
})

describe('what goes wrong is a page for who browses, and says what to do now', () => {
  const longPath = `/${'x'.repeat(3000)}`
  test.each([
    [404, 'Nothing here', () => ada.get('/nowhere')],
    [404, 'Nothing here', () => ada.get('/tickets/none')],
    [405, 'use the buttons of the page', () => ada.send('/printers', {})],
    [405, 'use the buttons of the page', () => ada.get('/printers/lib/poll')],
    [403, 'Open the page again', () => ada.send('/logout', {})],
    [422, 'is one of error', () => ada.get('/printers?verdict=bad')],
    [414, 'Too long', () => ada.get(longPath)],
    [415, 'Not this kind', () => ada.get('/login', { method: 'POST', body: '{}' })],
    [413, 'send less', () => ada.send('/login', { name: 'x'.repeat(20_000) })],
    [
      400,
      'not UTF-8',
      () =>
        ada.get('/login', {
          method: 'POST',
          body: 'name=%ff',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
    ],
  ] as const)('%i: %s', async (status, words, ask) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const page = await answer.text()
    expect(page).toContain(words)
    expect(page).toMatch(/To the start page|Where you can go/)
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/OPTIONS/)
  })

  test('500: the page has the id, and nothing of what is inside', async () => {
    await web.stop()
    web = await startWeb({
      health() {
        throw new Error('the secret inside')
      },
    })
    await web.person('ada', 'administrator')
    const visitor = aVisitor(web)
    await visitor.signIn('ada')
    const answer = await visitor.get('/')
    const page = await answer.text()
    expect([answer.status, page]).toEqual([500, expect.stringContaining('Something broke')])
    expect(page).toContain(answer.headers.get('x-request-id'))
    expect(page).not.toContain('inside')
  })

  test('the API goes on speaking JSON, whoever asks', async () => {
    for (const [path, status] of [
      ['/api/v1/none', 404],
      ['/api/v1/status/none', 404],
      ['/api', 404],
    ] as const) {
      const answer = await ada.get(path)
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ error: 'missing' })
    }
    expect((await aVisitor(web).get('/api/v1/status')).status).toBe(401)
  })
})
