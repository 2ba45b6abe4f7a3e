import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { disablePerson } from '../../src/core/people/people.ts'
import { noRights } from '../../src/core/people/rights.ts'
import { addToken, removeToken } from '../../src/core/people/tokens.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import type { Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// What is on its way while its sender is shut out changes nothing any more.

let web: RunningWeb
let ben: Visitor

beforeEach(async () => {
  ;({ web, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

const gym = () => web.store.state.printers.gym
const benNow = () => Object.values(web.store.state.people).find(({ name }) => name === 'ben')

/** Its headers are read, its words are not yet; `end` answers the status. */
async function onItsWay(
  [method, path]: readonly [string, string],
  headers: Record<string, string>,
  body: string,
) {
  const length = { 'content-length': body.length }
  const where = { host: '127.0.0.1', port: web.port, path, method }
  const sent = request({ ...where, headers: { ...headers, ...length } })
  sent.flushHeaders()
  const status = new Promise<number>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
  })
  // Two answers later the headers were read for sure.
  for (let asked = 0; asked < 2; asked++) await (await ben.get('/printers')).text()
  return () => {
    sent.end(body)
    return status
  }
}

async function slowForm(path: string) {
  const page = await ben.text('/printers/gym/edit')
  const [, proof = ''] = page.match(/name="proof" value="([^"]+)"/) ?? []
  const headers = {
    cookie: ben.cookie(),
    accept: 'text/html',
    'content-type': 'application/x-www-form-urlencoded',
  }
  return onItsWay(['POST', path], headers, new URLSearchParams({ proof }).toString())
}

test('the form of who is disabled meanwhile', async () => {
  const end = await slowForm('/printers/gym/retire')
  await web.store.update((tx) => void disablePerson(tx, { name: 'ben' }, web.act))
  expect(await end()).toBe(303)
  expect(gym()?.isActive).toBe(true)
})

test('the form of who loses the right meanwhile', async () => {
  const end = await slowForm('/printers/gym/retire')
  await web.store.update((tx) => {
    const person = benNow()
    if (person) tx.put('people', { ...person, rights: { ...noRights, printers: 'look' } })
  })
  expect(await end()).toBe(403)
  expect(gym()?.isActive).toBe(true)
})

test('what a script sends with a token that is ended meanwhile', async () => {
  const token = await web.store.update((tx) => addToken(tx, { name: 'ben' }, web.act))
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ ipAddress: '10.66.6.6' })
  const end = await onItsWay(['PATCH', '/api/v1/printers/gym'], headers, body)
  const id = benNow()?.tokens[0]?.id ?? ''
  await web.store.update((tx) => void removeToken(tx, { name: 'ben', id }, web.act))
  expect(await end()).toBe(401)
  expect(gym()?.ipAddress).toBe('10.0.0.2')
})
