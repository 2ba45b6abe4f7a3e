import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aReading, aSupply } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
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
  ...{ words: 'It crunches', requester: { name: 'Sam', email: 'sam@school.edu' } },
}

async function report(printerId: string, words: Partial<TicketWords> = {}) {
  const printer = web.store.state.printers[printerId] ?? aPrinter({ id: printerId })
  const opened = await web.store.update((tx) =>
    openTicket(tx, printer, { ...issue, ...words }, web.act),
  )
  return opened.ticket
}
const kept = (id: string) => web.store.state.tickets[id]
const set = (ticket: Ticket, words: Partial<Ticket>) =>
  web.store.update((tx) => tx.put('tickets', { ...ticket, ...words }))
const proofOf = (page: string) => page.match(/name="proof" value="([^"]+)"/)?.[1] ?? ''
const inOrder = (page: string) => [...page.matchAll(/id="row-([^"]+)"/g)].map(([, id]) => id)

describe('the list', () => {
  test('keeps what is looked for in its address, from page to page', async () => {
    for (let count = 0; count < 51; count++) {
      const supply = {
        kind: 'supply',
        fault: null,
        wants: 'other',
        words: `box ${count}.`,
      } as const
      const { id } = await report('lib', supply)
      await web.store.update((tx) => resolveTicket(tx, id, web.act))
    }
    const first = await ada.text('/tickets?q=box&state=resolved&kind=supply&sort=oldest')
    expect(inOrder(first)).toHaveLength(50)
    expect(first).toContain('51 tickets')
    expect(first).toContain('value="box"')
    const next = '/tickets?state=resolved&q=box&kind=supply&sort=oldest&page=2'
    expect(first).toContain(`href="${next.replaceAll('&', '&amp;')}"`)
    expect(inOrder(await ada.text(next))).toHaveLength(1)
    const gone = await ada.get(next.replace('page=2', 'page=9'))
    expect([gone.status, gone.headers.get('location')]).toEqual([303, next])
  })

  test('is of one printer or group where the address says so', async () => {
    const [there, here] = [await report('lib'), await report('gym')]
    const page = await ada.text('/tickets?printer=gym')
    expect(inOrder(page)).toEqual([here.id])
    expect(page).toContain('Only of GYM-1.')
    expect(inOrder(await ada.text('/tickets?group=g-lib'))).toEqual([there.id])
    expect((await ben.get('/tickets?printer=lib')).status).toBe(404)
    expect(inOrder(await ben.text('/tickets?group=g-lib'))).toEqual([])
  })

  test('offers only the groups in reach', async () => {
    expect(await ada.text('/tickets')).toContain('>Library</option>')
    const page = await ben.text('/tickets')
    expect(page).toContain('>Gym</option>')
    expect(page).not.toContain('Library')
  })

  test('says what to do where nothing is found', async () => {
    expect(await ada.text('/tickets')).toContain('Nothing is reported.')
    const page = await ada.text('/tickets?q=%3Cb%3Enothing&kind=issue')
    expect(page).toContain('No ticket matches.')
    expect(page).not.toContain('<b>nothing')
  })

  test('refuses what its address cannot mean', async () => {
    for (const query of ['state=closed', 'sort=age', 'page=0', 'kind=both', 'colour=red'])
      expect((await ada.get(`/tickets?${query}`)).status, query).toBe(422)
  })

  test('what was resolved on it is undone from there', async () => {
    const { id } = await report('lib')
    const answer = await ada.submit('/tickets?q=crunch', `/tickets/${id}/resolve`)
    const there = answer.headers.get('location') ?? ''
    expect(there).toBe(`/tickets?q=crunch&undo=${id}`)
    const page = await ada.text(there)
    expect(page).toContain('Resolved: ')
    expect(inOrder(page)).toEqual([])
    const back = await ada.submit(there, `/tickets/${id}/reopen`)
    expect(back.headers.get('location')).toBe('/tickets?q=crunch')
    expect(kept(id)?.state).toBe('open')
    expect(await ada.text(there)).not.toContain('Resolved: ')
  })

  test('does not tell by its undo of a ticket out of reach', async () => {
    const { id } = await report('lib')
    await web.store.update((tx) => resolveTicket(tx, id, web.act))
    expect(await ada.text(`/tickets?undo=${id}`)).toContain('Resolved: ')
    for (const undo of [id, 'constructor'])
      expect(await ben.text(`/tickets?undo=${undo}`)).not.toContain('Resolved: ')
  })

  test('a ticket that was taken is given back', async () => {
    const { id } = await report('lib')
    await ada.submit('/tickets', `/tickets/${id}/take`)
    await ada.submit('/tickets', `/tickets/${id}/give-back`)
    expect(kept(id)).toMatchObject({ state: 'open', takenBy: null })
    expect(await ada.text(`/tickets/${id}`)).toContain('gave it back')
  })

  test('who may only look is offered nothing to do, and refused', async () => {
    await web.person('rae', 'reader')
    const rae = aVisitor(web)
    await rae.signIn('rae')
    const { id } = await report('lib')
    for (const path of ['/tickets', `/tickets/${id}`])
      expect(await rae.text(path)).not.toMatch(/action="\/tickets\/[^"]+\/|erase/)
    const proof = proofOf(await rae.text('/tickets'))
    for (const act of ['take', 'give-back', 'resolve', 'reopen', 'note', 'merge'])
      expect((await rae.send(`/tickets/${id}/${act}`, { proof })).status).toBe(403)
    expect((await rae.get(`/tickets/${id}/merge`)).status).toBe(403)
  })
})

describe('a ticket', () => {
  test('shows what the printer said then, how old that was, and how it is now', async () => {
    web.says.set('10.0.0.1', aReading({ supplies: [aSupply({ percent: 42 })] }))
    await web.sweep.pollNow('lib')
    const printerThen: Ticket['printerThen'] = {
      ...{ verdict: 'error', reasons: [{ word: 'jam', sentence: 'Paper jam in tray 2' }] },
      ...{ alerts: ['Clear <tray> 2'], supplies: [{ name: 'Black toner', level: '47 %' }] },
      readAt: '2026-03-02T07:57:00.000Z',
    }
    const { id } = await report('lib', { printerThen })
    web.clock.advance(120_000)
    const page = await ada.text(`/tickets/${id}`)
    expect(page).toContain('as of 3 minutes before')
    expect(page).toContain('read 2 minutes ago')
    const rows = page.replaceAll(/<\/(td|th)>/g, ' | ').replaceAll(/<[^>]+>/g, '')
    expect(rows).toContain('Verdict | error | ok |')
    expect(rows).toContain('Reasons | Paper jam in tray 2 |  |')
    expect(rows).toContain('Alerts | Clear &lt;tray&gt; 2 |  |')
    expect(rows).toMatch(/Supplies \| Black toner: 47 % \| [^|]+: 42 %/)
  })

  test('whose fault cleared says when, in the list too, and is closed by a button', async () => {
    const ticket = await report('lib')
    await set(ticket, { clearedAt: '2026-03-02T10:42:00.000Z' })
    const path = `/tickets/${ticket.id}`
    for (const page of [await ada.text('/'), await ada.text('/tickets?state=cleared')])
      expect(page).toMatch(/The fault cleared at <time[^>]*>10:42/)
    const page = await ada.text(path)
    expect(page).toMatch(/The fault cleared at <time[^>]*>10:42<\/time>, says the printer/)
    expect(page).toMatch(/aria-label="Close: Paper jam"/)
    await ada.submit(path, `${path}/resolve`)
    expect(kept(ticket.id)?.state).toBe('resolved')
    expect(await ada.text(path)).not.toContain('The fault cleared at')
  })

  test('goes into another one, after a look at what comes together', async () => {
    const [one, other] = [await report('lib'), await report('lib', { fault: 'panel', words: 'E5' })]
    const far = await report('gym')
    const path = `/tickets/${one.id}/merge`
    expect(await ada.text(`/tickets/${one.id}`)).toContain(`href="${path}"`)
    const choice = await ada.text(path)
    expect(choice).toContain(`<option value="${other.id}">Error on the panel, E5, open</option>`)
    expect(choice).not.toContain(far.id)
    const preview = `${path}?into=${other.id}`
    const page = await ada.text(preview)
    expect(page).toContain('It has 2 reports and 0 notes then')
    const done = await ada.send(path, { proof: proofOf(page), into: other.id })
    expect(done.headers.get('location')).toBe(`/tickets/${other.id}`)
    expect(kept(one.id)).toMatchObject({ state: 'merged', mergedInto: other.id })
    const merged = await ada.text(`/tickets/${one.id}`)
    expect(merged).toContain(`It went into <a href="/tickets/${other.id}">another ticket</a>`)
    expect(merged).not.toContain('/reopen"')
    expect(await ada.text(`/tickets/${other.id}`)).toContain('put another ticket into this one')
  })

  test('does not go into one that is settled meanwhile, nor into one out of reach', async () => {
    const [one, other] = [await report('gym'), await report('gym', { fault: 'panel' })]
    const far = await report('lib')
    const path = `/tickets/${one.id}/merge`
    const proof = proofOf(await ben.text(path))
    await web.store.update((tx) => resolveTicket(tx, other.id, web.act))
    const late = await ben.send(path, { proof, into: other.id })
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('The ticket is resolved by desk.')
    for (const into of [far.id, 'none', 'constructor'])
      expect((await ben.send(path, { proof, into })).status).toBe(404)
    expect(kept(one.id)?.state).toBe('open')
  })
})

describe('at a desk that several share', () => {
  test('what is done bears the name that was chosen, and the journal has both', async () => {
    const { id } = await report('gym')
    const path = `/tickets/${id}`
    expect(await ada.text(path)).toContain('<option value="ben">ben</option>')
    const as = `${path}?as=ben`
    expect(await ada.text(as)).toContain('What you do here is done as ben')
    const taken = await ada.submit(as, `${path}/take`)
    expect(taken.headers.get('location')).toBe(as)
    await ada.submit(as, `${path}/note`, { words: 'Ordered' })
    expect(kept(id)).toMatchObject({ takenBy: 'ben', notes: [{ by: 'ben', words: 'Ordered' }] })
    const noted = Object.values(web.store.state.journal).filter(({ subject }) => subject === id)
    expect(noted.slice(1).map(({ by, details }) => [by, details.signedInAs])).toEqual([
      ['ben', 'ada'],
      ['ben', 'ada'],
    ])
    expect(await ada.text(path)).toContain('took it (signed in as ada)')
  })

  test('no name is taken but of accounts that may change this ticket', async () => {
    await web.person('rae', 'reader')
    const { id } = await report('lib')
    const page = await ada.text(`/tickets/${id}`)
    expect(page).not.toMatch(/<option value="(ben|rae)"/)
    const proof = proofOf(page)
    for (const as of ['ben', 'rae', 'nobody', '<b>x'])
      for (const answer of [
        await ada.send(`/tickets/${id}/take`, { proof, as }),
        await ada.get(`/tickets/${id}?as=${encodeURIComponent(as)}`),
      ]) {
        expect(answer.status).toBe(422)
        expect(await answer.text()).toContain('choose a name from the list')
      }
    expect(kept(id)?.state).toBe('open')
  })
})

describe('who asks to be forgotten', () => {
  test('is, once somebody has seen what is held, and the files are written anew', async () => {
    let rewritten = 0
    await web.stop()
    web = await startWeb({
      rewrite: async () => {
        rewritten += 1
      },
    })
    await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'lib' })))
    await web.person('ada', 'administrator')
    ada = aVisitor(web)
    await ada.signIn('ada')
    const { id } = await report('lib', { words: 'My thesis' })
    const look = await ada.submit('/tickets/erase', '/tickets/erase', { email: ' SAM@school.edu ' })
    const page = await look.text()
    expect([look.status, look.headers.get('location')]).toEqual([200, null])
    expect(page).toContain('1 ticket</li><li>1 letter</li><li>1 entry of the journal')
    expect(kept(id)?.words).toBe('My thesis')
    const proof = proofOf(page)
    const done = await ada.send('/tickets/erase', { proof, email: 'SAM@school.edu', erase: '1' })
    expect(done.headers.get('location')).toBe('/tickets/erase?done=1')
    expect(await ada.text('/tickets/erase?done=1')).toContain('Done.')
    expect(JSON.stringify(web.store.state)).not.toMatch(/sam@|thesis/i)
    expect(rewritten).toBe(1)
  })

  test('is asked for by an address, and told where nothing is held', async () => {
    const empty = await ada.submit('/tickets/erase', '/tickets/erase', { email: ' ' })
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('An e-mail address is needed.')
    const none = await ada.submit('/tickets/erase', '/tickets/erase', { email: 'no@school.edu' })
    expect(await none.text()).toContain('Nothing is held')
  })

  test('is forgotten only by who looks after all printers', async () => {
    const { id } = await report('gym')
    const page = await ben.text('/tickets')
    expect(page).not.toContain('/tickets/erase')
    expect((await ben.get('/tickets/erase')).status).toBe(403)
    const fields = { proof: proofOf(page), email: 'sam@school.edu', erase: '1' }
    expect((await ben.send('/tickets/erase', fields)).status).toBe(403)
    expect(kept(id)?.requester.email).toBe('sam@school.edu')
  })
})
