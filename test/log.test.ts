import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog, type LogLevels, readLogLevels } from '../src/log.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

function levels(text: string): LogLevels {
  const read = readLogLevels(text)
  if (!read) throw new Error(`no levels: ${text}`)
  return read
}

const written = async (name = 'platen.jsonl') =>
  (await readFile(join(folder, name), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a room may say more than the others, and another less', async () => {
  const log = createLog(levels('info snmp=debug web=warn'), folder)
  for (const room of ['snmp', 'web', 'disk'])
    for (const level of ['debug', 'info', 'warn'] as const) log.room(room)[level]({}, `${level}!`)
  const told = (await written()).map(({ room, level }) => `${room} ${level}`)
  expect(told).toEqual([
    'snmp debug',
    'snmp info',
    'snmp warn',
    'web warn',
    'disk info',
    'disk warn',
  ])
})

test.each(['loud', 'info snmp', 'info snmp=loud', '', 'info =warn', 'info SNMP=warn'])(
  'what is no level is told: %j',
  (text) => expect(readLogLevels(text)).toBeNull(),
)

test('a full file makes way while platen runs, and three full ones stay', async () => {
  const log = createLog(levels('info'), folder)
  const megabyte = 'x'.repeat(1024 * 1024)
  for (let line = 1; line <= 30; line++) log.info({ line, megabyte }, 'filled')
  const names = (await readdir(folder)).sort()
  expect(names).toEqual(['platen.jsonl', ...[1, 2, 3].map((at) => `platen.jsonl.${at}`)])
  for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(7e6)
  const lines = []
  for (const name of names.slice(1).reverse().concat('platen.jsonl'))
    lines.push(...(await written(name)).map(({ line }) => line))
  // The newest ones, in their order, without a gap.
  expect(lines).toEqual(Array.from(lines, (_, at) => 31 - lines.length + at))
  expect(lines.length).toBeGreaterThan(15)
  expect((await stat(join(folder, 'platen.jsonl'))).mode & 0o777).toBe(0o600)
})
