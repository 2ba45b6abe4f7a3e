import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Needs, noRights } from '../../src/core/people/rights.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import type { Route } from '../../src/web/answer.ts'
import { isDescribed } from '../../src/web/api/openapi.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'
import { bodies } from './operations.ts'
import { whoMay } from './who-may.ts'

// Every way in, for every kind of person, against one table. Ben looks after the gym: what is the
// library's he must not even learn the existence of.

let web: RunningWeb
/** By the name in a path: what is the library's. */
const theirs: Record<string, string> = {}
/** By name: how they show who they are. */
const headers: Record<string, Record<string, string>> = {}

beforeAll(async () => {
  const openId = {
    issuer: 'http://127.0.0.1:9',
    clientId: 'platen',
    clientSecret: null,
    name: 'X',
    email: 'verified',
  } as const
  web = await startWeb({ publicUrl: 'http://print.school.test', openId })
  await web.store.update((tx) => {
    for (const id of ['lib', 'gym']) {
      tx.put('groups', aGroup({ id: `g-${id}`, name: id }))
      tx.put(
        'printers',
        aPrinter({
          id,
          label: `${id}-1`,
          token: `TOKEN${id.toUpperCase()}`,
          building: null,
          location: null,
          group: `g-${id}`,
          ipAddress: `10.0.0.${id.length}${id === 'lib' ? 1 : 2}`,
        }),
      )
    }
  })
  await web.person('ada', 'administrator')
  await web.person('rob', 'reader')
  await web.person('ben', 'manager', ['gym'])
  const nix = await web.person('nix', 'reader')
  await web.store.update((tx) => tx.put('people', { ...nix, rights: noRights }))
  const jam = {
    ...({ kind: 'issue', fault: 'jam', wants: null, words: '', form: null } as const),
    printerThen: null,
    requester: { name: null, email: null },
  } as const
  const lib = web.store.state.printers.lib
  if (!lib) throw new Error('no library')
  const { ticket } = await web.store.update((tx) => openTicket(tx, lib, jam, web.act))
  Object.assign(theirs, { printer: 'lib', group: 'g-lib', ticket: ticket.id, supply: '1' })
  for (const name of ['ada', 'rob', 'ben', 'nix']) {
    const token = await web.store.update((tx) => addToken(tx, { name }, web.act))
    headers[name] = { authorization: `Bearer ${token}` }
  }
})
afterAll(() => web.stop())

const named = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

/** As a form, or as JSON: whoever is let through is told that it is no good. */
function ask(route: Route, who: string | null) {
  const path = route.path.replaceAll(
    /:(\w+)/g,
    (_, name: string) => theirs[name] ?? 'nothing-there',
  )
  const isForm = route.method !== 'GET' && (route.takes ?? 'form') !== 'json'
  const good = isDescribed(route) ? bodies[route.described.name] : undefined
  const sent = isForm
    ? new URLSearchParams({ nonsense: '1' })
    : JSON.stringify(good ?? { nonsense: 1 })
  return fetch(`http://127.0.0.1:${web.port}${path}`, {
    redirect: 'manual',
    method: route.method,
    headers: {
      ...(who === null ? {} : headers[who]),
      accept: route.as === 'page' ? 'text/html' : 'application/json',
      ...(route.method === 'GET' || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(route.method === 'GET' || route.takes === 'nothing' ? {} : { body: sent }),
  })
}

test('the table names every way in, and no other', () => {
  const routes = web.web.routes.map(named)
  expect(new Set(routes).size).toBe(routes.length)
  expect(Object.keys(whoMay).toSorted()).toEqual(routes.toSorted())
})

test('each asks for what the table says', () => {
  for (const route of web.web.routes)
    expect([named(route), route.who === 'anybody' ? 'anybody' : route.needs]).toEqual([
      named(route),
      whoMay[named(route)]?.needs,
    ])
})

describe.each(Object.entries(whoMay).map(([way, rule]) => ({ way, ...rule })))(
  '$way',
  ({ way, needs, of }) => {
    const route = () => {
      const found = web.web.routes.find((each) => named(each) === way)
      if (!found) throw new Error(`no way ${way}`)
      return found
    }
    if (needs === 'anybody')
      return test('is open to anybody', async () => {
        const { status } = await ask(route(), null)
        expect([401, 403]).not.toContain(status)
      })

    test('is shut for who is not signed in', async () => {
      const answer = await ask(route(), null)
      await answer.body?.cancel()
      if (route().as === 'json') return expect(answer.status).toBe(401)
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        expect.stringMatching(/^\/login/),
      ])
    })

    if (needs === null) return
    test('is forbidden to who has no right to its area', async () => {
      expect((await ask(route(), 'nix')).status).toBe(403)
    })
    if (mayNotOf(needs, 'reader'))
      test('is forbidden to who may only look', async () => {
        expect((await ask(route(), 'rob')).status).toBe(403)
      })
    if (mayNotOf(needs, 'manager'))
      return test('is forbidden to a manager', async () => {
        expect((await ask(route(), 'ben')).status).toBe(403)
      })
    if (of === 'theirs')
      test('is not there for who looks after another group', async () => {
        expect((await ask(route(), 'ben')).status).toBe(404)
      })
    if (of === 'all')
      test('is forbidden to who looks after some groups', async () => {
        expect((await ask(route(), 'ben')).status).toBe(403)
      })
    if (of === 'own')
      test('tells who looks after another group nothing of the library', async () => {
        const answer = await ask(route(), 'ben')
        const text = await answer.text()
        expect([403, 404]).not.toContain(answer.status)
        expect(text).not.toMatch(/\blib\b|lib-1|g-lib|TOKENLIB/)
      })
    if (way.startsWith('GET'))
      test('is there for an administrator', async () => {
        const { status } = await ask(route(), 'ada')
        expect([401, 403]).not.toContain(status)
      })
  },
)

function mayNotOf(needs: Needs, role: 'reader' | 'manager'): boolean {
  const [area = '', degree] = needs.split(' ')
  if (role === 'reader') return degree === 'change' || ['people', 'system'].includes(area)
  return !['printers', 'tickets'].includes(area) && needs !== 'reports look'
}
