import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSystemClock, lastWritten } from '../../src/disk/system-clock.ts'

test('trusts the time when systemd has set it', async () => {
  const timesync = await mkdtemp(join(tmpdir(), 'platen-timesync-'))
  const longAgo = new Date(0)
  expect(createSystemClock({ timesync, notBefore: longAgo }).trusted()).toBe(false)
  await writeFile(join(timesync, 'synchronized'), '')
  expect(createSystemClock({ timesync }).trusted()).toBe(true)
  await rm(timesync, { recursive: true })
})

test('where nothing tells, trusts a time that is not before what was written down', () => {
  const timesync = '/nowhere/timesync'
  const yesterday = new Date(Date.now() - 86_400_000)
  const tomorrow = new Date(Date.now() + 86_400_000)
  expect(createSystemClock({ timesync, notBefore: yesterday }).trusted()).toBe(true)
  expect(createSystemClock({ timesync, notBefore: tomorrow }).trusted()).toBe(false)
})

test('what was written down last is the newest file of the data folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-data-'))
  expect(lastWritten(join(folder, 'none'))).toEqual(new Date(0))
  for (const [name, at] of [
    ['platen.json', '2026-03-01T00:00:00Z'],
    ['platen.log', '2026-03-02T08:00:00Z'],
  ] as const) {
    await writeFile(join(folder, name), '')
    await utimes(join(folder, name), new Date(at), new Date(at))
  }
  expect(lastWritten(folder)).toEqual(new Date('2026-03-02T08:00:00Z'))
  await rm(folder, { recursive: true })
})

test('a file that is renamed into its place meanwhile does not make it forget the time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-data-'))
  const saves =
    'while :; do : > "$0/status.json.new"; mv "$0/status.json.new" "$0/status.json"; done'
  const other = spawn('sh', ['-c', saves, folder])
  await once(other, 'spawn')
  await writeFile(join(folder, 'platen.log'), '')
  const told: number[] = []
  for (const until = Date.now() + 500; Date.now() < until; ) told.push(+lastWritten(folder))
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(Math.min(...told)).toBeGreaterThan(Date.now() - 10_000)
  await rm(folder, { recursive: true })
})

test('a folder that cannot be read tells no time; the store says what is wrong with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-data-'))
  await writeFile(join(folder, 'file'), '')
  expect(lastWritten(join(folder, 'file'))).toEqual(new Date(0))
  await rm(folder, { recursive: true })
})
