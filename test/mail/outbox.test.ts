import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { Letter, TicketLetter } from '../../src/core/outbox/letter.ts'
import { outboxFacts } from '../../src/core/outbox/outbox.ts'
import type { Store } from '../../src/core/store.ts'
import { createOutbox, type OutboxParts } from '../../src/mail/outbox.ts'
import { createPost } from '../../src/mail/transport.ts'
import { createTestClock } from '../parts/clock.ts'
import { aLetter, ticketFacts } from '../parts/letters.ts'
import { listening } from '../parts/listening.ts'
import { quiet } from '../parts/log.ts'
import { aGroup, aPerson } from '../parts/records.ts'
import { type Smtp, type SmtpWishes, startSmtp } from '../parts/smtp.ts'
import { createMemoryStore } from '../parts/store.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function server(wishes: SmtpWishes = {}): Promise<Smtp> {
  const started = await startSmtp(wishes)
  ends.push(started.stop)
  return started
}

function outboxTo({ host, port }: Pick<Smtp, 'host' | 'port'>, parts: Partial<OutboxParts> = {}) {
  const clock = createTestClock()
  const store = createMemoryStore()
  const post = createPost({
    ...{ host, port, startTls: false, caFile: null, user: null, password: null },
    from: { name: 'North', address: 'platen@print.school.test' },
  })
  const site = { name: 'North', url: null, timeZone: 'Europe/Berlin' }
  const outbox = createOutbox({
    ...{ store, clock, log: quiet, post, fallback: 'desk@school.test', site },
    ...parts,
  })
  ends.push(outbox.stop)
  return { ...{ clock, store, outbox }, post: (letters: Letter[]) => postAll(store, letters) }
}

const postAll = (store: Store, letters: readonly Letter[]) =>
  store.update((tx) => {
    for (const letter of letters) tx.put('outbox', letter)
  })

/** Letters to different people, a minute apart, about printers named after them. */
const inTurn = (...names: readonly string[]): TicketLetter[] =>
  names.map((name, minute) =>
    aLetter({
      id: `l-${name}`,
      to: { email: `${name}@school.test` },
      facts: ticketFacts({ printer: name }),
      postedAt: new Date(Date.parse('2026-03-02T07:00:00Z') + minute * 60_000).toISOString(),
    }),
  )

const receivers = (smtp: Smtp) => smtp.letters.flatMap(({ to }) => to.map((a) => a.split('@')[0]))
const statesOf = (store: Store) =>
  Object.fromEntries(Object.values(store.state.outbox).map(({ id, state }) => [id, state]))

it('sends what waits, in order, once', async () => {
  const smtp = await server()
  const { outbox, store, post } = outboxTo(smtp)
  await post(inTurn('ada', 'bob', 'cyd'))
  await Promise.all([outbox.tick(), outbox.tick()])
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['ada', 'bob', 'cyd'])
  expect(statesOf(store)).toEqual({ 'l-ada': 'sent', 'l-bob': 'sent', 'l-cyd': 'sent' })
  expect(outbox.trouble()).toBeNull()
})

it('a letter that is posted goes out at once, without waiting for a round', async () => {
  const smtp = await server()
  const { outbox, store, post } = outboxTo(smtp)
  const gone = new Promise<void>((resolve) => {
    store.onChange(() => {
      outbox.noticeChange()
      if (statesOf(store)['l-ada'] === 'sent') resolve()
    })
  })
  await post(inTurn('ada'))
  await gone
  expect(receivers(smtp)).toEqual(['ada'])
})

it('while the server takes nothing all keep their place, and it is asked ever more rarely', async () => {
  const smtp = await server({ refuse: { sender: () => '451 Not today' } })
  const { outbox, store, clock, post } = outboxTo(smtp)
  await post(inTurn('ada', 'bob'))
  await outbox.tick()
  await outbox.tick()
  expect(smtp.connections()).toBe(1)
  expect(outbox.trouble()).toMatch(/^2 letters wait for 127\.0\.0\.1:\d+: .*451 Not today/)
  expect(outbox.health()).toMatchObject({ ok: false })
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    const before = smtp.connections()
    clock.advance(minutes * 60_000 - 1000)
    await outbox.tick()
    expect(smtp.connections()).toBe(before)
    clock.advance(1000)
    await outbox.tick()
    expect(smtp.connections()).toBe(before + 1)
  }
  clock.advance(90 * 86_400_000)
  await outbox.tick()
  expect(statesOf(store)).toEqual({ 'l-ada': 'waiting', 'l-bob': 'waiting' })
  smtp.wishes.refuse = {}
  clock.advance(15 * 60_000)
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['ada', 'bob'])
  expect(outbox.health()).toEqual({ ok: true, sentence: 'Letters are sent.' })
})

it.each([
  ['a full mailbox', { recipient: (to: string) => (to.startsWith('ada') ? '452 Full' : null) }],
  ['a letter that breaks the server', { text: onlyHangsUpOnAda }],
] as const)('%s steps aside for the others, and is tried again', async (_, refuse) => {
  const smtp = await server({ refuse })
  const { outbox, store, clock, post } = outboxTo(smtp)
  await post(inTurn('ada', 'bob'))
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['bob'])
  expect(store.state.outbox['l-ada']).toMatchObject({ state: 'waiting', tries: 1 })
  expect(outbox.health().ok).toBe(true)
  expect(outbox.trouble()).toMatch(/^A letter waits: /)
  smtp.wishes.refuse = {}
  clock.advance(59_000)
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['bob'])
  clock.advance(1000)
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['bob', 'ada'])
})

function onlyHangsUpOnAda({ subject }: { subject?: string | undefined }) {
  return subject?.startsWith('ada') ? 'hang-up' : null
}

it('gives up at once what the server will never take', async () => {
  const smtp = await server({ refuse: { recipient: () => '550 No such user' } })
  const { outbox, store, post } = outboxTo(smtp)
  await post(inTurn('ada'))
  await outbox.tick()
  expect(statesOf(store)).toEqual({ 'l-ada': 'given-up' })
  expect(outboxFacts(store.state)).toMatchObject({
    ...{ waiting: 0, givenUp: 1 },
    lastTrouble: expect.stringContaining('550 No such user'),
  })
})

it('writes again only to those whom the letter has not reached', async () => {
  const smtp = await server({
    refuse: { recipient: (to) => (to.startsWith('bob') ? '450 Busy' : null) },
  })
  const both = { fallback: 'ada@school.test, bob@School.TEST' }
  const { outbox, store, clock, post } = outboxTo(smtp, both)
  await post([aLetter({ to: { group: null } })])
  await outbox.tick()
  smtp.wishes.refuse = {}
  clock.advance(60_000)
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['ada', 'bob'])
  expect(statesOf(store)).toEqual({ 'l-1': 'sent' })
  expect(new Set(smtp.letters.map(({ mail }) => mail.messageId)).size).toBe(1)
})

it('a letter for nobody waits aside and says what to do, until there is somebody', async () => {
  const smtp = await server()
  const { outbox, store, post } = outboxTo(smtp, { fallback: null })
  await store.update((tx) => tx.put('groups', aGroup()))
  await post([aLetter(), ...inTurn('bob').map((letter) => ({ ...letter, id: 'l-2' }))])
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['bob'])
  expect(outbox.trouble()).toBe(
    'A letter waits: Nobody to send it to: give a manager of Library an e-mail address, or set EMAIL_TO.',
  )
  await store.update((tx) => {
    tx.put('people', {
      ...aPerson({ id: 'u-1', name: 'ada', email: 'ada@school.test' }),
    })
    tx.put('groups', aGroup({ managers: ['u-1'] }))
  })
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['bob', 'ada'])
})

it('without a mail server letters wait; that is told, and is no fault', async () => {
  const { outbox, store, post } = outboxTo({ host: '', port: 0 }, { post: null })
  expect(outbox.health()).toEqual({ ok: true, sentence: 'No mail server is set.' })
  await post(inTurn('ada', 'bob'))
  await outbox.tick()
  expect(outbox.trouble()).toBe('2 letters wait: no mail server is set (EMAIL_HOST).')
  expect(outbox.health().ok).toBe(true)
  expect(statesOf(store)).toEqual({ 'l-ada': 'waiting', 'l-bob': 'waiting' })
})

it('a letter whose mark the disk would not take is not sent again', async () => {
  const memory = createMemoryStore()
  let isFull = false
  const text = () => {
    isFull = true
    return null
  }
  const smtp = await server({ refuse: { text } })
  const store: Store = {
    ...memory,
    update: (change) =>
      memory.update((tx) => {
        const full = { ...tx, put: fail }
        return change(isFull ? full : tx)
      }),
  }
  const { outbox, clock } = outboxTo(smtp, { store })
  await postAll(store, inTurn('ada', 'bob'))
  for (let minute = 0; minute < 3; minute++) {
    await outbox.tick()
    clock.advance(15 * 60_000)
  }
  expect(receivers(smtp)).toEqual(['ada'])
  smtp.wishes.refuse = {}
  isFull = false
  await outbox.tick()
  expect(receivers(smtp)).toEqual(['ada', 'bob'])
  expect(statesOf(store)).toEqual({ 'l-ada': 'sent', 'l-bob': 'sent' })
  expect(Object.values(store.state.outbox)).toMatchObject([
    { maybeTwice: false, handedAt: null },
    { maybeTwice: false, handedAt: null },
  ])
})

it('a letter that was in the hands of the post when platen died comes again, and says so', async () => {
  const smtp = await server()
  const { outbox, store, post } = outboxTo(smtp)
  const [ada, bob] = inTurn('ada', 'bob')
  await post([{ ...aLetter(ada), handedAt: '2026-03-02T07:59:00.000Z' }, aLetter(bob)])
  await outbox.tick()
  const lastLines = smtp.letters.map(({ mail }) => mail.text?.trim().split('\n').at(-1))
  expect(lastLines).toEqual([
    expect.stringContaining('You may have got this letter before'),
    expect.not.stringContaining('before'),
  ])
  expect(store.state.outbox['l-ada']).toMatchObject({ maybeTwice: true, handedAt: null })
  expect(store.state.outbox['l-bob']).toMatchObject({ maybeTwice: false, handedAt: null })
})

it('a letter that broke the connection after its last word comes again as the same, and says so', async () => {
  const smtp = await server({ refuse: { text: onlyHangsUpOnAda } })
  const { outbox, clock, post } = outboxTo(smtp)
  await post(inTurn('ada'))
  await outbox.tick()
  smtp.wishes.refuse = {}
  clock.advance(60_000)
  await outbox.tick()
  expect(smtp.letters).toHaveLength(1)
  expect(smtp.letters[0]?.mail.text).toContain('You may have got this letter before')
  expect(smtp.letters[0]?.mail.messageId).toBe('<l-ada@print.school.test>')
})

it('no letter that a closed post never got says that it came before', async () => {
  const smtp = await server({ refuse: { sender: () => '451 Not today' } })
  const { outbox, clock, post } = outboxTo(smtp)
  await post(inTurn('ada'))
  await outbox.tick()
  smtp.wishes.refuse = {}
  clock.advance(60_000)
  await outbox.tick()
  expect(smtp.letters).toHaveLength(1)
  expect(smtp.letters[0]?.mail.text).not.toContain('before')
})

it('a letter about a change that the disk refused never goes out', async () => {
  const smtp = await server()
  const memory = createMemoryStore()
  const store: Store = { ...memory, update: () => Promise.reject(new Error('the disk is full')) }
  await postAll(memory, inTurn('ada'))
  const { outbox } = outboxTo(smtp, { store })
  await outbox.tick()
  expect(smtp.connections()).toBe(0)
})

it('at the end the letter under way has three seconds; the mark says whether it may have gone', async () => {
  const mute = createServer()
  ends.push(() => mute.close())
  let hasAll = () => {}
  const [knocked, handedOver] = [
    once(mute, 'connection'),
    new Promise<void>((resolve) => (hasAll = resolve)),
  ]
  const text = () => {
    hasAll()
    return null
  }
  const [slow, silent] = [
    outboxTo(await server({ slowMs: 60_000, refuse: { text } })),
    outboxTo({ host: '127.0.0.1', port: await listening(mute) }),
  ]
  for (const { outbox, post } of [slow, silent]) {
    await post(inTurn('ada', 'bob'))
    void outbox.tick()
  }
  await Promise.all([knocked, handedOver])
  // One answers after a minute, one never.
  await Promise.all([slow, silent].map(({ outbox }) => outbox.stop()))
  for (const { store } of [slow, silent])
    expect(statesOf(store)).toEqual({ 'l-ada': 'waiting', 'l-bob': 'waiting' })
  expect(slow.store.state.outbox['l-ada']?.handedAt).not.toBeNull()
  expect(slow.store.state.outbox['l-bob']?.handedAt).toBeNull()
  expect(silent.store.state.outbox['l-ada']?.handedAt).toBeNull()
})

it('a letter that never left the house before the end is told to nobody as sent', async () => {
  const smtp = await server()
  const { outbox, store, post } = outboxTo(smtp)
  await post(inTurn('ada'))
  void outbox.tick()
  await outbox.stop()
  expect(smtp.letters).toEqual([])
  expect(store.state.outbox['l-ada']).toMatchObject({ handedAt: null, trouble: null, tries: 0 })
})

function fail(): never {
  throw new Error('the disk is full')
}
