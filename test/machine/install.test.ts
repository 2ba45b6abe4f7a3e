import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { asPerson, until } from '../boot.ts'
import { aMachine, program } from '../parts/process.ts'
import { startFleet } from '../parts/simulator.ts'
import { startShell } from '../parts/tmux.ts'

// The install as README tells it: import, an account, `npm start` on a terminal, the feed by HTTP,
// stop, start again.

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

const checkout = join(import.meta.dirname, '../..')

it.each([
  [80, 24],
  [160, 45],
])(
  'a list of printers becomes the fleet on a screen of %ix%i and in the feed',
  async (columns, rows) => {
    const fleet = await startFleet({ count: 12, deadPercent: 10, delayMs: 20 })
    ends.push(fleet.stop)
    const machine = await aMachine({ SNMP_TIMEOUT: '3' })
    ends.push(machine.end)
    const csv = join(machine.base, 'printers.csv')
    const lines = fleet.printers.map(({ address }, at) => `LAB-${at + 1},${address},Lab\n`)
    writeFileSync(csv, `label,ipAddress,building\n${lines.join('')}`)
    const env = { ...machine.settings, PATH: process.env.PATH ?? '' }
    const shell = await startShell({ term: 'linux', columns, rows, folder: checkout, env })
    ends.push(shell.end)

    shell.type('clear; npm start')
    const empty = await shell.until('platen import printers.csv')
    expect(empty).toContain('? help')
    expect(await machine.platen(['import', csv, '--as', 'printers'])).toMatchObject({
      code: 0,
      err: '',
    })
    await machine.platen(
      ['people', 'add', 'ADMIN', '--role', 'administrator'],
      'correct horse battery\n',
    )
    await shell.until('All well')
    const board = await shell.until('offline 1')
    for (const words of ['PLATEN', 'SILENT', 'Activity', `http://127.0.0.1:${machine.port}`])
      expect(board).toContain(words)
    expect([...board.replaceAll('\n', '')].filter((glyph) => !isGlyph(glyph))).toEqual([])

    const admin = asPerson('ADMIN', 'correct horse battery')
    const feed = async () => {
      const answer = await machine.get('/api/v1/status', admin)
      return (await answer.json()) as {
        printers: { printer: { label: string }; fetchedAt: string | null }[]
      }
    }
    const read = async () => (await feed()).printers.filter(({ fetchedAt }) => fetchedAt !== null)
    expect((await feed()).printers).toHaveLength(12)
    await until(async () => (await read()).length === 11)
    const second = await machine.platen(['serve', '--no-console'])
    expect(second.code).toBe(1)
    expect(second.err).toMatch(/already .*process \d+/)

    shell.press('q')
    await shell.until('Stop platen')
    shell.press('y')
    await shell.atRest()
    await shell.until('room$')
    shell.type('clear; echo left $?')
    await shell.until('left 0')
    expect(shell.modes()).toBe('100')

    const again = machine.serve()
    await machine.isUp()
    const kept = await feed()
    expect(kept.printers.map(({ printer }) => printer.label)).toContain('LAB-12')
    expect(kept.printers.filter(({ fetchedAt }) => fetchedAt !== null)).toHaveLength(11)
    expect(await again.stop()).toBe(0)
  },
)

it.each([
  ['a crash', 70, 'platen broke: boom'],
  ['SIGTERM', 0, 'room$'],
])('after %s the terminal is as it was, and the exit code is %i', async (what, code, words) => {
  const machine = await aMachine()
  ends.push(machine.end)
  // Double quotes mean something in NODE_OPTIONS.
  const boom = `data:text/javascript,process.on('SIGUSR2',()=>{throw(new(Error)('boom'))})`
  const crash: Record<string, string> =
    what === 'a crash' ? { NODE_OPTIONS: `--import=${boom}` } : {}
  const env = { ...machine.settings, ...crash, PATH: process.env.PATH ?? '' }
  const shell = await startShell({ term: 'linux', columns: 80, rows: 24, env })
  ends.push(shell.end)
  shell.type(`node ${program} serve`)
  await shell.until('? help')
  process.kill(shell.childPid(), what === 'SIGTERM' ? 'SIGTERM' : 'SIGUSR2')
  await shell.atRest()
  await shell.until(words)
  shell.type('echo left $?')
  await shell.until(`left ${code}`)
  expect(shell.modes()).toBe('100')
})

it('a terminal that goes away ends it well', async () => {
  const machine = await aMachine()
  ends.push(machine.end)
  const env = { ...machine.settings, PATH: process.env.PATH ?? '' }
  const shell = await startShell({ term: 'linux', columns: 80, rows: 24, env })
  const said = join(machine.base, 'said')
  writeFileSync(
    join(machine.base, 'run'),
    `trap '' HUP\nnode ${program} serve\necho $? > ${said}\n`,
  )
  shell.type(`bash ${join(machine.base, 'run')}`)
  await shell.until('? help')
  shell.end()
  // Bash makes the file before it writes.
  await until(() => existsSync(said) && readFileSync(said, 'utf8') !== '')
  expect(readFileSync(said, 'utf8')).toBe('0\n')
})

it('a long list goes whole through a pipe, and is no success where it cannot be written', async () => {
  const machine = await aMachine()
  ends.push(machine.end)
  const csv = join(machine.base, 'printers.csv')
  const rows = Array.from({ length: 5000 }, (_, at) => `P-${at},p${at}.school.edu\n`)
  writeFileSync(csv, `label,ipAddress\n${rows.join('')}`)
  await machine.platen(['import', csv, '--as', 'printers'])
  const env = { PATH: process.env.PATH, ...machine.settings }
  const sh = (words: string) => spawnSync('sh', ['-c', words], { env, encoding: 'utf8' })
  expect(sh(`node ${program} export printers | (sleep 0.3; wc -l)`).stdout.trim()).toBe('5001')
  const full = sh(`node ${program} export printers > /dev/full`)
  expect(full.status).toBe(1)
  expect(full.stderr).toContain('Not all of it was written')
})

it('wrong settings are all told at once, with exit code 78', async () => {
  const machine = await aMachine({
    PLATEN_HTTP_PORT: '99999',
    SNMP_TIMEOUT: 'soon',
    PLATEN_COLOR: 'red',
  })
  ends.push(machine.end)
  const { code, err } = await machine.platen(['serve'])
  expect(code).toBe(78)
  for (const name of ['PLATEN_HTTP_PORT', 'SNMP_TIMEOUT', 'PLATEN_COLOR'])
    expect(err).toContain(name)
})

it('wrong usage ends with 2, help with 0, a silent printer with 1', async () => {
  const machine = await aMachine({ SNMP_TIMEOUT: '0.2', SNMP_RETRIES: '0' })
  ends.push(machine.end)
  expect(await machine.platen(['dance'])).toMatchObject({ code: 2 })
  expect(await machine.platen(['probe', '--loud'])).toMatchObject({ code: 2 })
  expect(await machine.platen(['probe', '--help'])).toMatchObject({ code: 0 })
  expect(await machine.platen(['probe', '127.0.0.1:9'])).toMatchObject({ code: 1 })
  const { code, out } = await machine.platen(['probe', '127.0.0.1:9', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ ok: false, supplies: [], pageCount: null })
  expect(await machine.platen(['version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})
