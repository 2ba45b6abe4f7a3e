import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Mail, Outcome } from '../../src/core/outbox/letter.ts'
import { createPost, type MailServer } from '../../src/mail/transport.ts'
import { certificate } from '../parts/certificate.ts'
import { listening } from '../parts/listening.ts'
import { freePort } from '../parts/process.ts'
import { type Smtp, type SmtpWishes, startSmtp } from '../parts/smtp.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function server(wishes: SmtpWishes = {}): Promise<Smtp> {
  const started = await startSmtp(wishes)
  ends.push(started.stop)
  return started
}

const postTo = ({ host, port }: Pick<Smtp, 'host' | 'port'>, words: Partial<MailServer> = {}) =>
  createPost({
    ...{ host, port, startTls: false, caFile: null, user: null, password: null },
    from: { name: 'Print room North', address: 'platen@print.school.test' },
    ...words,
  })

const aMail = (words: Partial<Mail> = {}): Mail => ({
  id: 'l-7Z3K',
  to: ['ada@school.test'],
  subject: 'LIB-1: Paper jam',
  text: 'It is jammed.\n',
  html: '<p>It is jammed.</p>\n',
  ...words,
})

const never = new AbortController().signal

/** A file of the certificate that the test's server shows. */
function caFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platen-ca-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'ca.pem')
  writeFileSync(path, certificate)
  return path
}

it('a letter arrives as text and HTML, and says that no person wrote it', async () => {
  const smtp = await server()
  const to = ['ada@school.test', 'bob@school.test']
  expect(await postTo(smtp).send(aMail({ to }), never)).toEqual({ how: 'taken', rejected: [] })
  const [letter] = smtp.letters
  expect(letter).toMatchObject({ from: 'platen@print.school.test', to })
  expect(letter?.mail).toMatchObject({
    from: { name: 'Print room North', address: 'platen@print.school.test' },
    to: [{ address: 'ada@school.test' }, { address: 'bob@school.test' }],
    subject: 'LIB-1: Paper jam',
    messageId: '<l-7Z3K@print.school.test>',
  })
  expect(letter?.mail.text?.trim()).toBe('It is jammed.')
  expect(letter?.mail.html?.trim()).toBe('<p>It is jammed.</p>')
  const header = (name: string) => letter?.mail.headers.find(({ key }) => key === name)?.value
  expect(header('auto-submitted')).toBe('auto-generated')
  expect(Number.isNaN(Date.parse(letter?.mail.date ?? ''))).toBe(false)
})

it('nothing that somebody typed can add a header or a recipient', async () => {
  const smtp = await server()
  const subject = 'LIB-1\r\nBcc: eve@evil.test\r\n\r\nhello: Paper jam \u2028 \u0000'
  expect(await postTo(smtp).send(aMail({ subject }), never)).toMatchObject({ how: 'taken' })
  const head = smtp.letters[0]?.raw.split('\r\n\r\n')[0] ?? ''
  expect(head).not.toMatch(/^bcc:/im)
  expect(smtp.letters[0]?.mail.subject).toBe('LIB-1 Bcc: eve@evil.test hello: Paper jam')
  for (const address of [
    'ada@school.test\r\nRCPT TO:<eve@evil.test>',
    'ada@school.test>, <eve@evil.test',
    'ada@school.test, eve@evil.test',
    '',
  ])
    expect(await postTo(smtp).send(aMail({ to: [address] }), never)).toMatchObject({
      how: 'refused',
    })
  expect(smtp.letters.flatMap(({ to }) => to)).toEqual(['ada@school.test'])
})

const [not, maybe] = [{ maybeTaken: false }, { maybeTaken: true }]
const answers: [string, SmtpWishes['refuse'], Partial<Outcome>][] = [
  ['a recipient that is not there', { recipient: () => '550 No such user' }, { how: 'refused' }],
  ['a text that it dislikes', { text: () => '554 Looks like spam' }, { how: 'refused' }],
  ['a full mailbox', { recipient: () => '452 Mailbox full' }, { how: 'not-now', ...not }],
  [
    'a relay that does not know us',
    { recipient: () => '554 5.7.1 Relay access denied' },
    { how: 'not-now', ...not },
  ],
  ['a text that is looked at later', { text: () => '451 Greylisted' }, { how: 'not-now', ...not }],
  // It had all of it.
  ['a letter that breaks it', { text: () => 'hang-up' }, { how: 'not-now', ...maybe }],
  [
    'a recipient for whom one must sign in',
    { recipient: () => '530 Sign in first' },
    { how: 'closed', ...not },
  ],
  [
    'a sender that it does not know',
    { sender: () => '550 Who are you' },
    { how: 'closed', ...not },
  ],
  ['a server that shuts down', { recipient: () => '421 Closing' }, { how: 'closed', ...not }],
]

it.each(answers)('tells %s from the rest', async (_, refuse, outcome) => {
  const smtp = await server({ refuse })
  expect(await postTo(smtp).send(aMail(), never)).toMatchObject(outcome)
  expect(smtp.letters).toEqual([])
})

it('tells who of several was not taken, and whether it is for good', async () => {
  const words = { 'bob@school.test': '550 No such user', 'cyd@school.test': '450 Busy' } as const
  const smtp = await server({
    refuse: { recipient: (address) => words[address as keyof typeof words] ?? null },
  })
  const to = ['ada@school.test', 'bob@school.test', 'cyd@school.test']
  expect(await postTo(smtp).send(aMail({ to }), never)).toMatchObject({
    how: 'taken',
    rejected: [
      { address: 'bob@school.test', how: 'for-good', why: expect.stringContaining('No such user') },
      { address: 'cyd@school.test', how: 'not-now', why: expect.stringContaining('Busy') },
    ],
  })
})

it('a server that is down is closed, and has taken nothing', async () => {
  const smtp = await server()
  const down = postTo(smtp, { port: await freePort() })
  expect(await down.send(aMail(), never)).toMatchObject({
    how: 'closed',
    why: expect.stringContaining('ECONNREFUSED'),
    maybeTaken: false,
  })
  expect(await down.knock()).toContain('ECONNREFUSED')
})

it('a server that says nothing is given up when platen stops, and may have the whole letter', async () => {
  const [before, after] = [new AbortController(), new AbortController()]
  const mute = createServer(() => before.abort())
  ends.push(() => mute.close())
  const port = await listening(mute)
  expect(await postTo({ host: '127.0.0.1', port }).send(aMail(), before.signal)).toEqual({
    ...{ how: 'given-up', maybeTaken: false },
  })
  const text = () => {
    after.abort()
    return null
  }
  const slow = await server({ slowMs: 60_000, refuse: { text } })
  expect(await postTo(slow).send(aMail(), after.signal)).toEqual({
    ...{ how: 'given-up', maybeTaken: true },
  })
})

it('speaks STARTTLS or nothing, and believes only a certificate that somebody vouches for', async () => {
  const smtp = await server({ tls: 'starttls' })
  const distrusted = await postTo(smtp, { startTls: true }).send(aMail(), never)
  expect(distrusted).toMatchObject({ how: 'closed', why: expect.stringContaining('EMAIL_CA_FILE') })
  expect(smtp.letters).toEqual([])
  const trusting = postTo(smtp, { startTls: true, caFile: caFile() })
  expect(await trusting.knock()).toBeNull()
  expect(await trusting.send(aMail(), never)).toMatchObject({ how: 'taken' })
  expect(smtp.letters).toMatchObject([{ secure: true }])

  const plain = await server()
  expect(await postTo(plain, { startTls: true }).send(aMail(), never)).toMatchObject({
    how: 'closed',
  })
  expect(plain.letters).toEqual([])
  expect(await postTo(smtp, { caFile: '/nowhere/ca.pem' }).knock()).toContain('EMAIL_CA_FILE')
})

it('signs in, and a wrong password is told without being told', async () => {
  const auth = { user: 'platen', password: 'hush-hush-7' }
  const smtp = await server({ tls: 'starttls', auth })
  const words = { startTls: true, caFile: caFile(), user: 'platen' }
  const right = postTo(smtp, { ...words, password: 'hush-hush-7' })
  expect(await right.send(aMail(), never)).toMatchObject({ how: 'taken' })
  const wrong = postTo(smtp, { ...words, password: 'hush-hush-8' })
  const outcome = await wrong.send(aMail(), never)
  expect(outcome).toMatchObject({ how: 'closed' })
  expect(JSON.stringify([outcome, await wrong.knock()])).not.toContain('hush-hush')
  expect(await wrong.knock()).toContain('EMAIL_HOST_PASSWORD')
  expect(
    await postTo(smtp, { startTls: true, caFile: words.caFile }).send(aMail(), never),
  ).toMatchObject({ how: 'closed' })
})
