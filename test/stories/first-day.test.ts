import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { aSite, asPerson, type Running, until } from '../boot.ts'
import { type Agent, startAgent } from '../parts/agent.ts'

// Somebody with a list of printers installs platen: imports, makes accounts, starts, looks, stops,
// starts again.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const walk = (name: string) => readFile(join(import.meta.dirname, '../walks', `${name}.snmprec`))

async function agent(name: string): Promise<Agent> {
  const started = await startAgent({ walk: await walk(name) })
  ends.push(started.stop)
  return started
}

/** A colour laser with toner for weeks. */
async function wellPrinter(): Promise<Agent> {
  const printer = await agent('alder-c440')
  for (let supply = 1; supply <= 9; supply++)
    printer.set(`1.3.6.1.2.1.43.11.1.1.9.1.${supply}`, '2', '-3')
  return printer
}

async function site(env?: Record<string, string>) {
  const made = await aSite(env)
  ends.push(made.end)
  return made
}

/** Where every printer answers, be it late. */
const patient = { SNMP_TIMEOUT: '5' }

const admin = asPerson('ADMIN', 'correct horse battery')
const ada = asPerson('ada', 'correct horse battery')

async function feed(platen: Running, query = '', who = admin) {
  const answer = await platen.get(`/api/v1/status${query}`, who)
  const body = (await answer.json()) as { printers: Record<string, unknown>[] }
  return { status: answer.status, printers: body.printers }
}

it('the fleet is imported, watched, served, and there again after a restart', async () => {
  const healthy = await wellPrinter()
  const jammed = await agent('birch-m220-jam')
  const at = await site()
  const csv = join(at.base, 'printers.csv')
  await writeFile(
    csv,
    `label;ipAddress;building;group\nLIB-1;${healthy.address};Library;Library\nDRP-1;${jammed.address};Draper;Draper\nGONE-1;127.0.0.1:9;Draper;Draper\n`,
  )

  const preview = await at.platen('import', [csv, '--as', 'printers', '--dry-run'])
  expect(preview).toMatchObject({ code: 0 })
  expect(preview.out).toContain('new group: Library')
  expect(preview.out).toContain('3 new, 0 changed, 0 same, 0 refused')
  expect((await at.platen('export', ['printers'])).out.split('\r\n')).toHaveLength(2)

  expect(await at.platen('import', [csv, '--as', 'printers'])).toMatchObject({ code: 0 })
  const password = 'correct horse battery\n'
  expect(
    await at.platen('people', ['add', 'ADMIN', '--role', 'administrator'], password),
  ).toMatchObject({ code: 0 })
  expect(
    await at.platen('people', ['add', 'ada', '--role', 'manager', '--group', 'library'], password),
  ).toMatchObject({ code: 0 })

  const platen = await at.start()
  const verdicts = () => platen.facts().printers.map(({ status }) => status.verdict)
  // A machine that stands still for a moment takes a printer for silent, until it is asked again.
  await until(() => verdicts().sort().join() === 'error,offline,ok')
  const { printers } = await feed(platen)
  expect(
    printers.map(({ printer, verdict }) => [(printer as { label: string }).label, verdict]),
  ).toEqual([
    ['DRP-1', 'error'],
    ['GONE-1', 'offline'],
    ['LIB-1', 'ok'],
  ])
  expect((await feed(platen, '', ada)).printers).toMatchObject([
    { printer: { label: 'LIB-1', group: { name: 'Library' } } },
  ])
  expect((await platen.get('/readyz')).status).toBe(200)
  expect((await platen.get('/api/v1/health')).status).toBe(200)

  await platen.stop()
  const again = await at.start()
  const shown = await feed(again)
  expect(shown.printers).toHaveLength(3)
  expect(shown.printers[2]).toMatchObject({ printer: { label: 'LIB-1' }, verdict: 'ok' })
  expect(shown.printers[2]?.fetchedAt).not.toBeNull()
}, 60_000)

it('the command line speaks to the running platen, and its work shows at once', async () => {
  const printer = await wellPrinter()
  const at = await site(patient)
  const platen = await at.start()
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, `label,ipAddress\nLIB-1,${printer.address}\n`)
  expect(await at.platen('import', [csv, '--as', 'printers'])).toMatchObject({ code: 0 })
  await until(() => platen.facts().printers[0]?.status.verdict === 'ok')
  await at.platen('people', ['add', 'ADMIN', '--role', 'administrator'], 'correct horse battery\n')
  const { out: token } = await at.platen('people', ['token', 'admin'])
  const bearer = { authorization: `Bearer ${token.trim()}` }
  expect((await feed(platen, '', bearer)).printers).toHaveLength(1)
  expect((await at.platen('people', ['list'])).out).toMatch(/ADMIN +administrator +all +1/)
  await at.platen('people', ['disable', 'ADMIN'])
  expect((await feed(platen, '', bearer)).status).toBe(401)
})

it('a bad list is refused whole, each bad row told, by the running platen too', async () => {
  const at = await site()
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, 'label,ipAddress\nA,10.0.0.1\nB,10.0.0.300\n')
  for (const state of ['stopped', 'running']) {
    if (state === 'running') await at.start()
    const refused = await at.platen('import', [csv, '--as', 'printers'])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('"10.0.0.300" is no address')
    expect(refused.err).toContain('Nothing was imported: 1 of 2 rows')
    expect((await at.platen('export', ['printers'])).out).not.toContain('10.0.0.1')
  }
})

it('a jam shows within one poll, is asked for past the cache, and goes', async () => {
  const printer = await agent('birch-m220-jam')
  const at = await site({ ...patient, SNMP_POLL_INTERVAL_SECONDS: '3600' })
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, `label,ipAddress\nDRP-1,${printer.address}\n`)
  await at.platen('import', [csv, '--as', 'printers'])
  await at.platen('people', ['add', 'ADMIN', '--role', 'administrator'], 'correct horse battery\n')
  const platen = await at.start()
  await until(() => platen.facts().printers[0]?.status.verdict === 'error')
  const { id } = platen.facts().printers[0]?.status.printer ?? { id: '' }
  for (let column = 2; column <= 9; column++)
    for (const row of [17, 21]) printer.remove(`1.3.6.1.2.1.43.18.1.1.${column}.1.${row}`)
  const jam = platen.facts().printers[0]?.status.reasons[0]
  expect(jam).toMatch(/^Paper jam: /)
  printer.set('1.3.6.1.2.1.25.3.5.1.2.1', '4x', '00')
  printer.set('1.3.6.1.2.1.25.3.2.1.5.1', '2', '2')
  expect((await feed(platen, `?printer=${id}`)).printers).toMatchObject([{ verdict: 'error' }])
  expect((await feed(platen, `?printer=${id}&force=1`)).printers[0]?.reasons).not.toContain(
    'Paper jam',
  )
})

it('what a printer writes is text in the feed, whatever it is', async () => {
  const printer = await wellPrinter()
  const nasty = '<script>alert(1)</script>\u001b[2J\u0007'
  printer.set('1.3.6.1.2.1.43.16.5.1.2.1.1', '4x', Buffer.from(nasty).toString('hex'))
  const at = await site(patient)
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, `label,ipAddress\nLIB-1,${printer.address}\n`)
  await at.platen('import', [csv, '--as', 'printers'])
  await at.platen('people', ['add', 'ADMIN', '--role', 'administrator'], 'correct horse battery\n')
  const platen = await at.start()
  await until(() => platen.facts().printers[0]?.status.verdict === 'ok')
  const answer = await platen.get('/api/v1/status', admin)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  const text = await answer.text()
  expect(text).not.toContain('\u001b')
  expect(JSON.parse(text).printers[0].console).toContain(nasty)
  const probed = await at.platen('probe', [printer.address])
  expect(probed.code).toBe(0)
  expect(probed.out).toContain('alert(1)')
  expect(probed.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
})

it('a second platen on the folder is refused with the process id of the first', async () => {
  const at = await site()
  await at.start()
  await expect(at.start()).rejects.toThrow(new RegExp(`process ${process.pid}\\b`))
})

it('a probe of nobody says so, and its exit code is 1', async () => {
  const at = await site()
  const probed = await at.platen('probe', ['127.0.0.1:9'])
  expect(probed.code).toBe(1)
  expect(probed.err).toContain('127.0.0.1:9: ')
  expect(await at.platen('probe', [])).toMatchObject({ code: 2 })
  expect(await at.platen('probe', ['http://nowhere'])).toMatchObject({ code: 2 })
})
