import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realFiles } from '../../src/disk/files.ts'
import { type Processes, realProcesses, takeLock } from '../../src/disk/lock.ts'
import { openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-lock-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('refuses a second platen with the first one’s process id', async () => {
  const other = spawn('sleep', ['60'])
  await once(other, 'spawn')
  const pid = other.pid ?? 0
  await symlink(realProcesses.identify(pid) ?? '', join(folder, 'lock'))
  const second = openStore({ folder, log: quiet, clock: createTestClock(), patienceMs: 0 })
  await expect(second).rejects.toMatchObject({
    code: 'conflict',
    message: `${folder} is already in use by process ${pid}, another platen. Stop that one first, or wait until it is done.`,
  })
  expect(await readdir(folder)).toEqual(['lock'])

  other.kill('SIGKILL')
  await once(other, 'exit')
  const store = await openStore({ folder, log: quiet, clock: createTestClock() })
  await store.close()
})

test('refuses a second one in the same process too, and lets it in when the first has stopped', async () => {
  const first = await openStore({ folder, log: quiet, clock: createTestClock() })
  const second = () => openStore({ folder, log: quiet, clock: createTestClock(), patienceMs: 0 })
  await expect(second()).rejects.toMatchObject({ code: 'conflict', details: { pid: process.pid } })
  await first.close()
  expect(await readdir(folder)).not.toContain('lock')
  await (await second()).close()
})

test('waits for one that has the folder for a moment only', async () => {
  const first = await openStore({ folder, log: quiet, clock: createTestClock() })
  const second = openStore({ folder, log: quiet, clock: createTestClock() })
  await new Promise((resolve) => setTimeout(resolve, 150))
  await first.close()
  await (await second).close()
})

test('refuses what is no lock, and says what it is', async () => {
  await writeFile(join(folder, 'lock'), 'mine')
  await expect(takeLock(realFiles, folder)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(`${folder}/lock is not a lock of platen`),
  })
})

test('names what a disk for it has to have', async () => {
  for (const [code, words] of [
    ['EPERM', 'needs one with links, such as ext4'],
    ['EACCES', 'belong to the account that platen runs as'],
    ['ENOSPC', 'is full'],
  ]) {
    const disk = simulateDisk()
    disk.fails = ({ operation }) => (operation === 'mark' ? (code ?? null) : null)
    await expect(takeLock(disk, '/platen')).rejects.toMatchObject({
      code: 'unkeepable',
      message: expect.stringMatching(`^platen cannot write /platen/lock .*${words}`),
    })
  }
})

test('is let go where the start fails', async () => {
  await writeFile(join(folder, 'platen.json'), 'rubbish')
  const start = openStore({ folder, log: quiet, clock: createTestClock() })
  await expect(start).rejects.toMatchObject({ code: 'invalid' })
  expect(await readdir(folder)).toEqual(['platen.json'])
})

test('takes over from a process that died, though its number was given out again', async () => {
  const me = realProcesses.identify(process.pid) ?? ''
  expect(me).toMatch(/^\d+ \d+ [0-9a-f-]{36}$/)
  const [pid, start, boot] = me.split(' ')
  for (const dead of [`${pid} ${start} another-boot`, `${pid} ${Number(start) - 1} ${boot}`]) {
    await symlink(dead, join(folder, 'lock'))
    const release = await takeLock(realFiles, folder)
    await expect(takeLock(realFiles, folder)).rejects.toMatchObject({ code: 'conflict' })
    await release()
    expect(await readdir(folder)).toEqual([])
  }
})

test('lets one in where many find a dead one’s lock at the same time', async () => {
  for (let round = 0; round < 40; round += 1) {
    const alive = Array.from({ length: 8 }, (_, n) => 1000 + n)
    await symlink('999 dead', join(folder, 'lock'))
    const taken = await Promise.allSettled(
      alive.map((pid) => takeLock(realFiles, folder, { processes: processes(pid, alive) })),
    )
    const won = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(won).toHaveLength(1)
    for (const release of won) await release()
    expect(await readdir(folder)).toEqual([])
  }
})

test('one that died while it took over is no obstacle', async () => {
  await symlink('999 dead', join(folder, 'lock'))
  // 1001 holds the right to replace 999 and goes no further.
  const stuck = { ...realFiles, rename: () => Promise.reject(new Error('killed here')) }
  await expect(takeLock(stuck, folder, { processes: processes(1001, [1001]) })).rejects.toThrow(
    'killed here',
  )
  expect(await readdir(folder)).toHaveLength(2)
  await takeLock(realFiles, folder, { processes: processes(1002, [1002]) })
  expect(await readdir(folder)).toEqual(['lock'])
})

function processes(pid: number, alive: readonly number[]): Processes {
  return { pid, identify: (asked) => (alive.includes(asked) ? `${asked} alive` : null) }
}
