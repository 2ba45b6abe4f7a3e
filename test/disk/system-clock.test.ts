import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSystemClock } from '../../src/disk/system-clock.ts'

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
