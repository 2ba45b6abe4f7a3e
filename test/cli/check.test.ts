import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { checkVerb } from '../../src/cli/check.ts'
import { checkHeat, checkPower } from '../../src/cli/check-box.ts'
import { judgeDisk } from '../../src/cli/check-disk.ts'
import { checkWear } from '../../src/cli/check-wear.ts'
import { readConfig } from '../../src/config.ts'
import { createDesk } from '../../src/desk.ts'
import { seal } from '../../src/disk/sealed-lines.ts'
import { aSite, until } from '../boot.ts'
import { startAgent } from '../parts/agent.ts'
import { quiet } from '../parts/log.ts'
import { freePort } from '../parts/process.ts'
import { startSmtp } from '../parts/smtp.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function site(env: Record<string, string> = {}) {
  const free = await freePort()
  const at = await aSite({ PLATEN_HTTP_PORT: String(free), ...env })
  ends.push(at.end)
  /** What `platen check` says, by the name of the line. */
  const check = async () => {
    const { code, out } = await at.platen('check', ['--json'])
    const { lines, ok } = JSON.parse(out) as Told
    expect(code).toBe(ok ? 0 : 1)
    return Object.fromEntries(lines.map(({ name, ok, sentence }) => [name, { ok, sentence }]))
  }
  return { ...at, check }
}

interface Told {
  readonly ok: boolean
  readonly lines: readonly { name: string; ok: boolean; sentence: string }[]
}

it('before the first start all is well, nothing is kept, and nothing is made by looking', async () => {
  const at = await site({ SNMP_COMMUNITY: 'hush-hush', EMAIL_TO: 'desk@school.test' })
  const lines = await at.check()
  expect(Object.keys(lines)).toEqual([
    ...['settings', 'configuration', 'state', 'clock', 'disk', 'wear', 'heat', 'power'],
    ...[
      'console',
      'backup',
      'smtp',
      'outbox',
      'journal',
      'readings',
      'snmp',
      'traps',
      'port',
      'service',
    ],
  ])
  expect(lines.state).toEqual({ ok: true, sentence: expect.stringContaining('the first start') })
  expect(lines.smtp).toEqual({ ok: true, sentence: expect.stringContaining('letters wait') })
  expect(lines.port).toMatchObject({ ok: true })
  expect(lines.configuration?.sentence).toContain('SNMP_COMMUNITY=<secret>')
  expect(lines.configuration?.sentence).toContain('EMAIL_TO=desk@school.test')
  expect(JSON.stringify(lines)).not.toContain('hush-hush')
  expect(await readdir(at.base)).toEqual([])
})

it('a line each, for people', async () => {
  const at = await site()
  const { out } = await at.platen('check', [])
  expect(out.trimEnd().split('\n')).toHaveLength(18)
  expect(out).toMatch(/^ok {4} +clock +\d{4}-\d\d-\d\d \d\d:\d\d UTC/m)
  expect(await at.platen('check', [], '')).toMatchObject({ err: '' })
})

it('tells a fresh platen how to go on: an account, by the code of the first one, and printers', async () => {
  const at = await site()
  const before = (await at.check()).state?.sentence
  expect(before).not.toContain('/first')
  const platen = await at.start()
  const [, hint = ''] = platen.facts().hints
  const [code = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(hint) ?? []
  const { sentence = '' } = (await at.check()).state ?? {}
  expect(code).not.toBe('')
  expect(sentence).toContain(`or open /first and type ${code}.`)
  expect(sentence).toContain('platen import FILE --as printers')
})

it('asks the running platen: what is kept, which printers answer, where the site is', async () => {
  const walk = await readFile(join(import.meta.dirname, '../walks/alder-c440.snmprec'))
  const printer = await startAgent({ walk })
  ends.push(printer.stop)
  const at = await site()
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, `label,ipAddress\nLIB-1,${printer.address}\nGONE-1,127.0.0.1:9\n`)
  await at.platen('import', [csv, '--as', 'printers'])
  expect((await at.check()).state?.sentence).toMatch(/platen does not run on .*: 2 printers, 0 acc/)
  const platen = await at.start()
  const answers = () => platen.facts().printers.map(({ status }) => status.snmp.ok)
  await until(() => answers().includes(true) && !answers().includes(null))
  const lines = await at.check()
  expect(lines.state?.sentence).toContain(`platen runs (process ${process.pid})`)
  expect(lines.state?.sentence).toContain('platen people add NAME')
  expect(lines.snmp).toEqual({
    ...{ ok: true, sentence: '1 of 2 printers answered when they were last asked.' },
  })
  expect(lines.port).toMatchObject({ ok: true, sentence: expect.stringMatching(/^platen answers/) })
})

it('knocks at the mail server, and signs in', async () => {
  const smtp = await startSmtp({ auth: { user: 'platen', password: 'right' } })
  ends.push(smtp.stop)
  const email = { EMAIL_HOST: smtp.host, EMAIL_PORT: `${smtp.port}`, EMAIL_USE_TLS: 'false' }
  const signIn = { ...email, EMAIL_HOST_USER: 'platen' }
  const right = await site({ ...signIn, EMAIL_HOST_PASSWORD: 'right' })
  expect((await right.check()).smtp).toEqual({
    ...{ ok: true, sentence: `127.0.0.1:${smtp.port} lets letters in.` },
  })
  const wrong = await (await site({ ...signIn, EMAIL_HOST_PASSWORD: 'mistyped' })).check()
  expect(wrong.smtp).toMatchObject({ ok: false })
  expect(wrong.smtp?.sentence).toContain('EMAIL_HOST_PASSWORD')
  expect(JSON.stringify(wrong)).not.toContain('mistyped')
  const tls = await (await site({ ...email, EMAIL_USE_TLS: 'true' })).check()
  expect(tls.smtp).toMatchObject({ ok: false, sentence: expect.stringContaining('EMAIL_USE_TLS') })
})

it('says what is wrong with a port that is taken, and an address that is not ours', async () => {
  const smtp = await startSmtp()
  ends.push(smtp.stop)
  const taken = await site({ PLATEN_HTTP_PORT: String(smtp.port) })
  expect((await taken.check()).port).toMatchObject({
    ...{ ok: false, sentence: expect.stringContaining('PLATEN_HTTP_PORT') },
  })
  const foreign = await site({ PLATEN_HTTP_HOST: '203.0.113.7' })
  expect((await foreign.check()).port).toMatchObject({
    ...{ ok: false, sentence: expect.stringContaining('PLATEN_HTTP_HOST') },
  })
})

it('says what is wrong with a state that no start would take, and goes on with the rest', async () => {
  const at = await site()
  await (await at.start()).stop()
  await writeFile(join(at.folder, 'platen.json'), 'no state at all')
  const lines = await at.check()
  expect(lines.state).toMatchObject({ ok: false, sentence: expect.stringContaining('platen.json') })
  expect(lines.snmp).toMatchObject({ ok: true })
})

it('tells when others may enter the folder', async () => {
  const at = await site()
  await mkdir(at.folder)
  await chmod(at.folder, 0o755)
  const { disk } = await at.check()
  expect(disk?.ok).toBe(false)
})

it.each([
  ['forgets', { forgets: 'What is saved here is gone after the next start.' }, 'is gone after'],
  ['is full', { freeBytes: 5e6 }, 'Make room'],
  ['is somebody else’s', { isWritable: 'not by us' as const }, 'cannot be written to'],
  ['is on a disk that is read-only', { isWritable: 'read-only' as const }, 'nothing can be saved'],
  ['is open to others', { mode: 0o40755 }, 'chmod 700'],
])('a data folder that %s is wrong', (_, words, sentence) => {
  const place = {
    ...{ folder: '/srv/platen', exists: true, isWritable: 'yes' as const, mode: 0o40700 },
    ...{ freeBytes: 12e9, forgets: null },
  }
  expect(judgeDisk(place)).toEqual({ ok: true, sentence: '/srv/platen: 12 GB free.' })
  expect(judgeDisk({ ...place, ...words })).toEqual({
    ...{ ok: false, sentence: expect.stringContaining(sentence) },
  })
})

it.each([
  [null, true, 'Nothing was counted yet'],
  [{ today: 12_400_000, aDay: null, days: 0 }, true, '12 MB written today.'],
  [
    { today: 12_400_000, aDay: 14_000_000, days: 7 },
    ...([true, '12 MB written today, 14 MB a day over the last 7 days.'] as const),
  ],
  [{ today: 0, aDay: 140_000_000, days: 1 }, true, '140 MB a day over the last day.'],
  [{ today: 600e6, aDay: 14e6, days: 7 }, false, 'wears out an SD card'],
  [{ today: 1e6, aDay: 576e6, days: 7 }, false, 'wears out an SD card'],
] as const)('what is written to the card: %j', (written, ok, sentence) => {
  expect(checkWear(written)).toEqual({ ok, sentence: expect.stringContaining(sentence) })
})

it('tells a machine that is hot, or has had too little power, and what to do', () => {
  expect(checkHeat({ celsius: 48.3 })).toEqual({ ok: true, sentence: '48 °C.' })
  expect(checkHeat({ celsius: 74 })).toEqual({ ok: false, sentence: '74 °C, hot: give it air.' })
  expect(checkHeat({ celsius: 83 })).toMatchObject({ ok: false })
  expect(checkPower({ underVoltage: 'never' })).toMatchObject({ ok: true })
  expect(checkPower({ underVoltage: 'earlier' })).toEqual({
    ok: false,
    sentence: expect.stringMatching(/^Was too low since platen started: another power supply/),
  })
  const untold = { ok: true, sentence: 'The machine does not tell.' }
  expect([checkHeat({ celsius: null }), checkPower({ underVoltage: null })]).toEqual([
    untold,
    untold,
  ])
})

it.each([
  ['linux', '', 'ok'],
  ['xterm-256color', 'C.UTF-8', 'ok'],
  ['xterm-256color', 'C', 'ok'],
  ['dumb', 'C.UTF-8', 'PLATEN_CONSOLE=off'],
])('a terminal of TERM=%s with LANG=%s: %s', async (TERM, LANG, said) => {
  const at = await site()
  const stdout = Object.assign(new PassThrough(), { isTTY: true })
  const streams = {
    ...{ stdin: new PassThrough(), stdout, stderr: new PassThrough() },
    untilInterrupted: () => new AbortController().signal,
  }
  const here = {
    ...{ config: readConfig({}, () => ''), folder: at.folder },
    ...{ version: '0.0.0', log: quiet },
  }
  await checkVerb.run(['--json'], createDesk(here, { ...streams, env: { TERM, LANG } }))
  const { lines } = JSON.parse(stdout.read()) as Told
  const line = lines.find(({ name }) => name === 'console')
  expect(line?.ok ? 'ok' : line?.sentence).toContain(said)
  expect(lines[0]?.sentence).toBe('None are set: everything is at its default.')
})

it('tells which line of the readings is damaged', async () => {
  const at = await site()
  await mkdir(join(at.folder, 'journal'), { recursive: true })
  const line = seal({ printer: 'p-1', pageCount: 41_200 })
  const file = join(at.folder, 'journal/readings-2026-02.jsonl')
  await writeFile(file, line + line)
  const { readings } = await at.check()
  expect(readings).toEqual({ ok: true, sentence: '2 in one month, all as written.' })
  await writeFile(file, line + line.replace('41200', '41201'))
  expect((await at.check()).readings).toMatchObject({
    ...{ ok: false, sentence: expect.stringMatching(/readings-2026-02\.jsonl line 2 is not as/) },
  })
})

it('does not call a platen a stranger that it cannot speak to', async () => {
  const at = await site()
  const port = Number((await at.check()).port?.sentence.match(/:(\d+) is free/)?.[1])
  const server = createServer((_, answer) => void answer.end()).listen(port, '127.0.0.1')
  ends.push(() => server.close())
  await once(server, 'listening')
  expect((await at.check()).port).toMatchObject({
    ...{
      ok: false,
      sentence: expect.stringMatching(/^A platen answers on .*its disk takes nothing/),
    },
  })
})

it('tells where nobody can hear the traps of printers, and what to do', async () => {
  const taken = createSocket('udp4').bind(0, '0.0.0.0')
  await once(taken, 'listening')
  const at = await site({ SNMP_TRAP_PORT: String(taken.address().port) })
  await at.start()
  expect((await at.check()).traps).toMatchObject({
    ...{ ok: false, sentence: expect.stringMatching(/is in use.*SNMP_TRAP_PORT/) },
  })
  taken.close()
})
