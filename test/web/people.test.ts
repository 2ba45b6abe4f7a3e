import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { areas, noRights, type RoleName, roles } from '../../src/core/people/rights.ts'
import { choicesOf, chosenOf } from '../parts/choices.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// Ada looks after everything; Ben after the gym; Dean after the gym and its people.

let web: RunningWeb
let ada: Visitor
let ben: Visitor
let benId = ''
let adaId = ''
const deans = { ...roles.manager.rights, people: 'change' } as const

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
  benId = idOf('ben')
  adaId = idOf('ada')
})
afterEach(() => web.stop())

const idOf = (name: string) =>
  Object.values(web.store.state.people).find((person) => person.name === name)?.id ?? ''
const account = (id = benId) => {
  const person = web.store.state.people[id]
  if (!person) throw new Error(`no account ${id}`)
  return person
}
/** The fields of a form as a browser sends them. */
const fields = (role: RoleName | 'own', more: Record<string, string> = {}) => ({
  ...{ name: 'ben', email: '', role, reach: 'groups', group: 'g-gym' },
  ...Object.fromEntries(areas.map((area) => [`rights.${area}`, 'none'])),
  ...more,
})

async function aDean(): Promise<Visitor> {
  const { id } = await web.person('dean', 'manager', ['Gym'])
  await web.store.update((tx) => tx.put('people', { ...account(id), rights: deans }))
  const dean = aVisitor(web)
  await dean.signIn('dean')
  return dean
}

describe('the list', () => {
  test('tells who may what, how they sign in and when they were seen', async () => {
    const page = await ada.text('/people')
    expect(page).toMatch(/ada<\/a>[\s\S]*administrator; all printers[\s\S]*ben<\/a>/)
    expect(page).toContain('manager; Gym')
    expect(page).toContain('password, signed in at 1 browser, seen')
    await web.store.update((tx) =>
      tx.put('people', { ...account(), rights: { ...noRights, tickets: 'look' } }),
    )
    expect(await ada.text('/people')).toContain('own rights: tickets look; Gym')
  })

  test('is looked through by name, role and group, with accents or without', async () => {
    expect(await ada.text('/people?q=M%C3%81n%C3%81ger+gym')).toMatch(/ben<\/a>/)
    expect(await ada.text('/people?q=gym')).toMatch(/ben<\/a>/)
    expect(await ada.text('/people?q=gym')).not.toMatch(/>ada<\/a> <span class="aside">/)
    expect(await ada.text('/people?q=nobody')).toContain('Nobody matches “nobody”')
    expect((await ada.get('/people?who=ben')).status).toBe(422)
  })

  test('and everything below it is shut for who has no right to accounts', async () => {
    for (const path of ['/people', '/people/new', `/people/${adaId}`])
      expect([path, (await ben.get(path)).status]).toEqual([path, 403])
    expect(await ben.text('/')).not.toContain('href="/people"')
  })
})

describe('a new person', () => {
  const add = (more: Record<string, string>) =>
    ada.submit('/people/new', '/people/new', fields('manager', { name: 'cleo', ...more }))

  test('is added with a role and groups, and signs in', async () => {
    const answer = await add({ password: 'cleo rides a horse', email: 'cleo@school.example' })
    expect(answer.status).toBe(303)
    const id = idOf('cleo')
    expect(answer.headers.get('location')).toBe(`/people/${id}?done=added`)
    expect(account(id)).toMatchObject({ email: 'cleo@school.example', ...roles.manager })
    expect(web.store.state.groups['g-gym']?.managers).toContain(id)
    expect((await aVisitor(web).signIn('cleo')).status).toBe(303)
  })

  test.each([
    [{ name: 'BEN', email: 'b@school.example', openid: '1' }, 409, 'named ben already'],
    [{ email: 'nowhere', openid: '1' }, 422, 'no e-mail address'],
    [{ password: '' }, 422, 'Give a password'],
    [{ password: 'short' }, 422, 'too short'],
    [{ role: 'king', password: 'long enough' }, 422, 'Say what the person may do'],
  ])('%j is refused, and what was typed stays', async (more, status, words) => {
    const answer = await add({ ...more, 'rights.jobs': 'look' })
    const text = await answer.text()
    expect(answer.status).toBe(status)
    expect(text).toContain(words)
    expect(text).toContain(`value="${'name' in more ? more.name : 'cleo'}"`)
    expect(chosenOf(text, 'rights-jobs')).toBe('look')
    expect(text).not.toMatch(/value="(long enough|short)"/)
    expect(Object.keys(web.store.state.people)).toHaveLength(2)
  })
})

describe('one account', () => {
  const change = (who: Visitor, form: Record<string, string>, id = benId) =>
    who.submit(`/people/${id}`, `/people/${id}/change`, form)

  test('is given own rights, area by area, and the page tells them again', async () => {
    const more = { 'rights.tickets': 'look', 'rights.reports': 'change', email: 'b@school.example' }
    const answer = await change(ada, fields('own', { ...more, reach: 'all', summary: '1' }))
    expect(answer.headers.get('location')).toBe(`/people/${benId}?done=kept`)
    expect(account()).toMatchObject({
      rights: { ...noRights, tickets: 'look', reports: 'change' },
      ...{ reach: 'all', summary: true, email: 'b@school.example' },
    })
    const page = await ada.text(`/people/${benId}?done=kept`)
    expect(page).toContain('role="status">Kept.')
    expect(page).toMatch(/value="own" required checked/)
    expect(chosenOf(page, 'rights-reports')).toBe('change')
    expect(page).toMatch(/name="group" value="g-gym" checked/)
  })

  test('with a role has its rights, whatever the table says', async () => {
    await change(ada, fields('reader', { 'rights.system': 'change' }))
    expect(account()).toMatchObject(roles.reader)
  })

  test('of the last administrator stays one', async () => {
    const form = fields('manager', { name: 'ada' })
    const answer = await change(ada, form, adaId)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('the last account that may change every other one')
    expect((await ada.submit(`/people/${adaId}`, `/people/${adaId}/disable`)).status).toBe(409)
    expect(account(adaId)).toMatchObject(roles.administrator)
  })

  test('gets another password: signed out everywhere, and the old one is of no use', async () => {
    const password = { password: 'somebody told ben' }
    const path = `/people/${benId}`
    expect((await ada.submit(path, `${path}/password`, password)).status).toBe(303)
    expect((await ben.get('/printers')).status).toBe(303)
    expect((await aVisitor(web).signIn('ben')).status).toBe(422)
    expect((await aVisitor(web).signIn('ben', 'somebody told ben')).status).toBe(303)
  })

  test('of who looks has its password elsewhere, where the old one is asked for', async () => {
    const page = await ada.text(`/people/${adaId}`)
    expect(page).not.toContain(`/people/${adaId}/password`)
    const proof = page.match(/name="proof" value="([^"]+)"/)?.[1] ?? ''
    const before = account(adaId).password
    const answer = await ada.send(`/people/${adaId}/password`, { proof, password: 'found open' })
    expect(answer.status).toBe(409)
    expect(account(adaId).password).toBe(before)
  })

  test('is disabled and enabled', async () => {
    const path = `/people/${benId}`
    await ada.submit(path, `${path}/disable`)
    expect((await ben.get('/printers')).status).toBe(303)
    expect((await aVisitor(web).signIn('ben')).status).toBe(422)
    expect(await ada.text(path)).toContain('nobody can sign in to it')
    await ada.submit(path, `${path}/enable`)
    expect((await aVisitor(web).signIn('ben')).status).toBe(303)
  })

  test('is signed out at one browser, and everywhere', async () => {
    const second = aVisitor(web, { 'user-agent': 'Edg on Windows' })
    await second.signIn('ben')
    const path = `/people/${benId}`
    const [, session = ''] =
      (await ada.text(path)).match(/Edge on Windows.*?name="session" value="([^"]+)"/s) ?? []
    await ada.submit(path, `${path}/end-session`, { session })
    expect((await second.get('/printers')).status).toBe(303)
    expect((await ben.get('/printers')).status).toBe(200)
    await ada.submit(path, `${path}/end-sessions`)
    expect((await ben.get('/printers')).status).toBe(303)
  })

  test('that is not there is missing', async () => {
    expect((await ada.get('/people/u-nobody')).status).toBe(404)
    expect((await ada.get('/people/__proto__')).status).toBe(404)
  })
})

describe('who looks after the people of some groups', () => {
  test('is offered and lets go no more than the own rights', async () => {
    const dean = await aDean()
    const page = await dean.text(`/people/${benId}`)
    expect(page).not.toMatch(/value="administrator"|value="reader"|Library/)
    expect(page).not.toContain('id="rights-system"')
    expect(choicesOf(page, 'rights-reports')).toEqual(['none', 'look'])
    expect(choicesOf(page, 'reach')).toEqual(['groups'])
    const path = `/people/${benId}`
    const form = fields('own', { 'rights.system': 'look' })
    expect((await dean.submit(path, `${path}/change`, form)).status).toBe(403)
    expect((await dean.submit(path, `${path}/change`, fields('administrator'))).status).toBe(403)
    const theirs = await dean.submit(path, `${path}/change`, fields('manager', { group: 'g-lib' }))
    expect(theirs.status).toBe(404)
    expect(account()).toMatchObject(roles.manager)
    expect(web.store.state.groups['g-lib']?.managers).toEqual([])
  })

  test('looks at an account that may more, and changes nothing of it', async () => {
    const dean = await aDean()
    const page = await dean.text(`/people/${adaId}`)
    expect(page).toContain('This account may more than yours')
    const proof = page.match(/name="proof" value="([^"]+)"/)?.[1] ?? ''
    for (const way of ['change', 'password', 'disable', 'end-sessions', 'no-password']) {
      expect(page).not.toContain(`/people/${adaId}/${way}`)
      const sent = { ...fields('manager'), proof, password: 'dean has it now' }
      const answer = await dean.send(`/people/${adaId}/${way}`, sent)
      expect([way, answer.status]).toEqual([way, 403])
    }
    expect((await ada.get('/people')).status).toBe(200)
  })

  test('may no more once the right is gone, be it while the form is on its way', async () => {
    const dean = await aDean()
    const [, proof = ''] =
      (await dean.text(`/people/${benId}`)).match(/name="proof" value="([^"]+)"/) ?? []
    const body = new URLSearchParams({ proof }).toString()
    const form = slowForm(`/people/${benId}/disable`, dean.cookie(), body.length)
    // Two answers later the headers were read for sure.
    for (let asked = 0; asked < 2; asked++) await (await dean.get('/people')).text()
    const { rights } = roles.manager
    await web.store.update((tx) => tx.put('people', { ...account(idOf('dean')), rights }))
    expect(await form.end(body)).toBe(403)
    expect(account().disabledAt).toBeNull()
  })
})

/** A form whose headers are there and whose words are not yet; `end` answers the status. */
function slowForm(path: string, cookie: string, length: number) {
  const headers = {
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': length,
  }
  const sent = request({ host: '127.0.0.1', port: web.port, path, method: 'POST', headers })
  sent.flushHeaders()
  const status = new Promise<number>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
  })
  return {
    end(body: string) {
      sent.end(body)
      return status
    },
  }
}

test('who only looks at accounts is shown no form', async () => {
  await web.person('lou', 'reader')
  const rights = { ...noRights, people: 'look' } as const
  await web.store.update((tx) => tx.put('people', { ...account(idOf('lou')), rights }))
  const lou = aVisitor(web)
  await lou.signIn('lou')
  const page = await lou.text(`/people/${benId}`)
  expect(page).toContain('<dt>May</dt><dd>manager</dd>')
  expect(page.match(/<form /g)).toHaveLength(1)
  expect(await lou.text('/people')).not.toContain('Add a person')
  expect((await lou.get('/people/new')).status).toBe(403)
})

test('a name that holds markup is text on every page', async () => {
  const name = '<b>x</b>"\'&'
  await web.store.update((tx) => tx.put('people', { ...account(), name, email: name }))
  for (const path of ['/people', `/people/${benId}`, '/groups', '/groups/g-gym'])
    expect(await ada.text(path)).not.toContain('<b>x')
})
