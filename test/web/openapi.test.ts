import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Made } from '../../src/core/backup/made.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { aliveTickets } from '../../src/core/tickets/find.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { isDescribed, openApi } from '../../src/web/api/openapi.ts'
import type { Described } from '../../src/web/api/operation.ts'
import { aBox } from '../parts/box.ts'
import { aLetter } from '../parts/letters.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { aVisitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'
import { bodies } from './operations.ts'

// The document, and every operation of it: what it answers is what the document says.

let web: RunningWeb
let headers: Record<string, string>
/** By the name in a path, or behind a `$` in a body. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  web = await startWeb({
    publicUrl: 'http://print.school.test',
    search: async () => ({ devices: [], trouble: null }),
    box: () => aBox({ trouble: ['The card is full.'] }),
    makeBackup: async () => aBackup,
  })
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
    tx.put('printers', aPrinter({ id: 'gym', group: 'g-gym', ipAddress: '10.0.0.1' }))
    tx.put('outbox', aLetter())
  })
  const ada = await web.person('ada', 'administrator')
  const una = await web.person('ben', 'manager', ['Gym'])
  const gym = web.store.state.printers.gym
  if (!gym) throw new Error('no gym')
  const report = (fault: 'jam' | 'panel') => ({
    ...({ kind: 'issue', fault, wants: null, words: '', form: null, printerThen: null } as const),
    requester: { name: 'Sam', email: 'sam@school.test' },
  })
  const one = await web.store.update((tx) => openTicket(tx, gym, report('jam'), web.act))
  const other = await web.store.update((tx) => openTicket(tx, gym, report('panel'), web.act))
  const token = await web.store.update((tx) => addToken(tx, { name: 'ada' }, web.act))
  headers = { authorization: `Bearer ${token}` }
  Object.assign(ids, {
    ...{ printer: 'gym', group: 'g-gym', ticket: one.ticket.id, other: other.ticket.id },
    ...{ person: una.id, ada: ada.id, letter: aLetter().id, question: 'q-1', supply: '1.1' },
  })
})
afterAll(() => web.stop())

const aBackup: Made = {
  ...{ name: 'platen.tar.gz', path: '/data/backup/platen.tar.gz', bytes: 4711, seconds: 1 },
  inside: {
    printers: 1,
    groups: 1,
    people: 2,
    tickets: 2,
    letters: 1,
    entries: 9,
    journalFiles: 0,
    modelFiles: 0,
  },
  ...{ damage: [], copy: null, trouble: null },
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId: string }>>
}

const operations = () => web.web.routes.filter(isDescribed)

async function call(name: string, query = '') {
  const found = operations().find(({ described }) => described.name === name)
  if (!found) throw new Error(`no operation ${name}`)
  const path = found.path.replaceAll(/:(\w+)/g, (_, id: string) => ids[id] ?? `no-${id}`)
  const body =
    bodies[name] &&
    JSON.stringify(bodies[name]).replaceAll(/\$(\w+)/g, (_, id: string) => ids[id] ?? '')
  const answer = await fetch(`http://127.0.0.1:${web.port}${path}${query}`, {
    method: found.method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  })
  return { answer, described: found.described }
}

test('the document holds against the specification, as others check it', async () => {
  const answer = await fetch(`http://127.0.0.1:${web.port}/api/v1/openapi.json`)
  const document = (await answer.json()) as Document
  expect(document.openapi).toBe('3.1.1')
  const { valid, errors } = await new Validator().validate({ ...document })
  expect([errors, valid]).toEqual([undefined, true])
  const described = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  )
  expect(described.toSorted()).toEqual(
    operations()
      .map((each) => each.described.name)
      .toSorted(),
  )
})

test('who has the document already is told so, without all of it', async () => {
  const ask = (tag: string) =>
    fetch(`http://127.0.0.1:${web.port}/api/v1/openapi.json`, { headers: { 'if-none-match': tag } })
  const whole = await ask('"of another release"')
  const again = await ask(whole.headers.get('etag') ?? '')
  expect([whole.status, whole.headers.get('content-type')]).toEqual([
    ...[200, 'application/json; charset=utf-8'],
  ])
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(await (await ask('"of another release"')).text()).toBe(await whole.text())
})

test('the document tells that health comes with 503 as well, and with what', () => {
  const { paths } = openApi(operations(), { version: '1', url: null }) as Document & {
    readonly paths: Record<string, Record<string, { readonly responses: Record<string, object> }>>
  }
  for (const path of ['/health', '/health/printers', '/health/printers/{printer}']) {
    const { 200: well, 503: unwell } = paths[`/api/v1${path}`]?.get?.responses ?? {}
    expect(unwell, path).toEqual({ ...well, description: 'Not well' })
  }
})

test('every way into /api/v1 is in the document', () => {
  const others = web.web.routes.filter(
    (route) => route.path.startsWith('/api/') && !isDescribed(route),
  )
  expect(others.map(({ path }) => path)).toEqual([])
})

/** In an order in which each finds what it needs; behind a name what is asked beside. */
const inTurn = [
  ...[
    'getHealth',
    'getPrintersHealth',
    'listStatuses',
    'getStatus',
    'getPrinterHealth',
    'describe',
  ],
  ...[
    'listPrinters',
    'getPrinter',
    'changePrinter',
    'pollPrinter',
    'renewCode',
    'listQuestions',
    'answerQuestion',
    'setSupplyRule',
    'listSupplyRules',
    'getAccount',
    'getHistory',
    'pollPrinters',
    'getPoll',
  ],
  ...['addPrinter', 'listGroups', 'addGroup', 'getGroup', 'changeGroup', 'setManagers'],
  ...[
    'listTickets',
    'getTicket',
    'takeTicket',
    'giveBackTicket',
    'noteTicket',
    'resolveTicket',
    'reopenTicket',
  ],
  ...[
    'mergeTicket',
    'openTicket',
    'getStatistics',
    'exportPrinters',
    'exportTickets',
    'eraseRequester',
  ],
  ...[
    'listPeople',
    'addPerson',
    'getPerson',
    'changePerson',
    'addToken',
    'listTokens',
    'endToken',
    'listSessions',
  ],
  ...['endSession', 'endSessions', 'setPassword', 'disablePerson', 'enablePerson'],
  ...['importPrinters', 'searchForPrinters', 'getSearch', 'stopSearch'],
  ...['listLabels', 'printLabels', 'printLabelsOnRoll'],
  ...[
    'getSystem',
    'makeBackup',
    'listSettings',
    'listLetters',
    'retryLetter',
    'dropLetter',
    'listJournal',
    'postDigest',
  ],
  ...['removePrinter', 'removeGroup'],
]

test('every operation is called below', () => {
  expect(inTurn.toSorted()).toEqual(
    operations()
      .map(({ described }) => described.name)
      .toSorted(),
  )
})

describe('each answers what the document says', () => {
  test.each(inTurn)('%s', async (name) => {
    await before[name]?.()
    const { answer, described } = await call(name)
    const text = await answer.text()
    expect([answer.status, text.slice(0, 300)]).toEqual([
      expectedStatus(described),
      expect.anything(),
    ])
    const { answers } = described
    if (answers === null) return expect(text).toBe('')
    if ('type' in answers && typeof answers.type === 'string' && answers.type.includes('/'))
      return expect(answer.headers.get('content-type')).toContain(answers.type)
    const told = JSON.parse(text)
    // What the schema does not name would be left out of what it makes.
    if ('parse' in answers) expect(answers.parse(told)).toEqual(told)
    await after[name]?.(told)
  })
})

function expectedStatus({ status = 200, answers }: Described['described']): number {
  return answers === null && status === 200 ? 204 : status
}

/** A browser of the person's, to be signed out. */
async function signIn() {
  await aVisitor(web).signIn('ben')
  const path = `/api/v1/people/${ids.person}/sessions`
  const told = (await (await web.get(path, null, { headers })).json()) as {
    sessions: { id: string }[]
  }
  ids.session = told.sessions[0]?.id ?? ''
}

/** Another device answers where the gym's printer was. */
const ask = () =>
  web.store.update((tx) =>
    tx.put('questions', {
      ...{ id: 'q-1', printer: 'gym', askedAt: '2026-03-02T08:00:00.000Z', kind: 'other-device' },
      facts: { known: aDevice('SN-1'), heard: aDevice('SN-2') },
      ...{ answer: null, answeredBy: null, answeredAt: null },
    }),
  )

const aDevice = (serial: string) => ({
  ...{ serial, macAddresses: [], model: null, pageCount: null, at: null },
})

const retire = () =>
  web.store.update((tx) => {
    const printer = tx.state.printers.gym
    if (printer) tx.put('printers', { ...printer, isActive: false })
    for (const ticket of aliveTickets(tx.state)) tx.put('tickets', { ...ticket, state: 'resolved' })
  })

const before: Record<string, () => unknown> = {
  endSession: signIn,
  listQuestions: ask,
  removePrinter: retire,
}
const after: Record<string, (told: Record<string, string>) => unknown> = {
  pollPrinters: ({ id }) => Object.assign(ids, { poll: id }),
  searchForPrinters: ({ id }) => Object.assign(ids, { search: id }),
  addToken: ({ id }) => Object.assign(ids, { token: id }),
}
