import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { lookAt } from '../../src/disk/look.ts'
import { aSite, type Running, until } from '../boot.ts'
import { quiet } from '../parts/log.ts'
import { freePort } from '../parts/process.ts'
import { startSmtp } from '../parts/smtp.ts'

// The mail server is down while students report troubles, and platen is started again in between: the
// letters come later, each once, in the order of the reports.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A site with one printer, and its QR page's path. */
async function aSiteWithPrinter(port: number) {
  const at = await aSite({
    ...{ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(port), EMAIL_USE_TLS: 'false' },
    ...{ EMAIL_TO: 'desk@school.test', PLATEN_PUBLIC_URL: 'https://print.school.test' },
  })
  ends.push(at.end)
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, 'label,ipAddress,building\nLIB-1,127.0.0.1:9,Library\n')
  await at.platen('import', [csv, '--as', 'printers'])
  const kept = await lookAt(at.folder, quiet)
  const [printer] = Object.values(kept?.printers ?? {})
  return { at, page: `/p/${printer?.token}` }
}

const report = (platen: Running, page: string, fields: Record<string, string>) =>
  fetch(`${new URL(page, local(platen))}`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
  })

/** The site as this machine reaches it, whatever the public address is. */
const local = (platen: Running) => `http://127.0.0.1:${platen.port}`

it('a mail server that says to whom it would not send is quoted without the address, wherever it stands', async () => {
  const recipient = (address: string) => `450 4.2.0 <${address}>: try again later` as const
  const smtp = await startSmtp({ refuse: { recipient } })
  ends.push(smtp.stop)
  const { at, page } = await aSiteWithPrinter(smtp.port)
  const platen = await at.start()
  expect((await report(platen, page, { matter: 'issue-jam' })).status).toBe(303)
  await until(() => platen.facts().trouble.some((words) => words.includes('try again later')))
  expect(JSON.stringify(platen.facts())).not.toContain('desk@school.test')
})

it('two reports while the mail server is down and platen restarts: two letters later, in order', async () => {
  const port = await freePort()
  const { at, page } = await aSiteWithPrinter(port)
  const first = await at.start()
  expect((await report(first, page, { matter: 'issue-jam', words: 'It tore' })).status).toBe(303)
  expect((await report(first, page, { matter: 'supply-toner' })).status).toBe(303)
  await until(() => first.facts().trouble.some((words) => words.startsWith('2 letters wait for')))
  const health = await first.get('/api/v1/health')
  expect(await health.json()).toMatchObject({ parts: { mail: { ok: false } } })
  const checked = await at.platen('check', [])
  expect(checked.code).toBe(1)
  expect(checked.out).toMatch(/^WRONG +smtp +127\.0\.0\.1:\d+: connect ECONNREFUSED/m)
  expect(checked.out).toMatch(/^WRONG +outbox +2 letters wait, the oldest since /m)
  await first.stop()

  const smtp = await startSmtp({ port })
  ends.push(smtp.stop)
  const second = await at.start()
  await until(() => smtp.letters.length === 2)
  expect(smtp.letters.map(({ mail }) => mail.subject)).toEqual([
    'LIB-1: Paper jam [Print room North]',
    'LIB-1: Asks for toner [Print room North]',
  ])
  expect(smtp.letters[0]).toMatchObject({ to: ['desk@school.test'] })
  expect(smtp.letters[0]?.mail.text).toContain('> It tore')
  expect(smtp.letters[0]?.mail.text).toMatch(/https:\/\/print\.school\.test\/tickets\/t-/)
  await until(() => second.facts().trouble.length === 0)
  await second.stop()

  const third = await at.start()
  await wait(300)
  await third.stop()
  expect(smtp.letters).toHaveLength(2)
}, 60_000)

it('a mail server that never says a word holds up no report and no stop', async () => {
  const mute = createServer().listen(0, '127.0.0.1')
  await once(mute, 'listening')
  ends.push(() => mute.close())
  const { at, page } = await aSiteWithPrinter((mute.address() as AddressInfo).port)
  const knocked = once(mute, 'connection')
  const platen = await at.start()
  // Nobody waits for its greeting: that is half a minute, and longer than a test may take.
  expect((await report(platen, page, { matter: 'issue-jam' })).status).toBe(303)
  await knocked
  await platen.stop()
  expect(Object.values((await lookAt(at.folder, quiet))?.outbox ?? {})).toMatchObject([
    { state: 'waiting', tries: 0 },
  ])
})
