import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { asPerson, until } from '../boot.ts'
import { aMachine } from '../parts/process.ts'

// The real process in a machine whose clock is wrong, and jumps: Debian's faketime under it.

const library = ['x86_64-linux-gnu', 'aarch64-linux-gnu', 'arm-linux-gnueabihf']
  .map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path))

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const day = 86_400_000
/** Hours before now, so that no day begins while the test runs. */
const backupHour = (new Date().getUTCHours() + 18) % 24

/** A machine whose wall clock is set while platen runs, and whose other clock goes on. */
async function aMachineWithAClock() {
  if (!library) throw new Error('faketime is missing: apt-get install faketime')
  const base = mkdtempSync(join(tmpdir(), 'platen-time-'))
  const path = join(base, 'offset')
  writeFileSync(path, '+0')
  const machine = await aMachine({
    ...{ PLATEN_TIME_ZONE: 'UTC', PLATEN_BACKUP_TIME: `${backupHour}:00`.padStart(5, '0') },
    ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: path },
    ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' },
  })
  ends.push(() => rmSync(base, { recursive: true }), machine.end)
  const data = machine.settings.PLATEN_DATA_DIR
  const read = (name: string) =>
    existsSync(join(data, name)) ? readFileSync(join(data, name), 'utf8') : ''
  return {
    ...machine,
    set(time: Date) {
      const seconds = Math.round((time.getTime() - Date.now()) / 1000)
      // In one step: between a file that is emptied and one that is written it would be the true time.
      writeFileSync(`${path}.new`, `${seconds < 0 ? '' : '+'}${seconds}`)
      renameSync(`${path}.new`, path)
    },
    kept: () => read('platen.json') + read('platen.log'),
    /** The days that a backup was made for, as it is kept. */
    backups(): unknown {
      const records = [...this.kept().matchAll(/\{[^{}]*"id":"backup"[^{}]*\}/g)]
      const last = records.at(-1)?.[0]
      return last === undefined ? [] : JSON.parse(last).done
    },
  }
}

test('a Pi that begins in 1970 works on, and makes its backup once when the time comes', async () => {
  const pi = await aMachineWithAClock()
  const csv = join(pi.base, 'printers.csv')
  writeFileSync(csv, `label,ipAddress\nLIB-1,127.0.0.1:9\n`)
  await pi.platen(['import', csv, '--as', 'printers'])
  await pi.platen(['people', 'add', 'ada', '--role', 'administrator'], 'correct horse battery\n')
  const token = /"token":"([^"]+)"/.exec(pi.kept())?.[1]
  const isTrusted = async () => {
    const answer = await pi.get('/api/v1/status', asPerson('ada', 'correct horse battery'))
    return ((await answer.json()) as { clockTrusted: boolean }).clockTrusted
  }
  const isUp = () =>
    pi.get('/readyz').then(
      ({ status }) => status === 200,
      () => false,
    )

  pi.set(new Date('1970-01-02T03:10:00Z'))
  const serving = pi.serve()
  await until(isUp)
  const report = await fetch(`http://127.0.0.1:${pi.port}/p/${token}`, {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams({ matter: 'issue-jam' }),
  })
  expect(report.status).toBe(303)
  const receipt = report.headers.get('location') ?? ''
  expect(await (await pi.get(receipt)).text()).toContain('(time not certain)')
  expect(await isTrusted()).toBe(false)
  // Minutes begin in which a backup is due, for a clock that nobody trusts.
  for (const time of ['02:59:59', '23:59:59']) {
    pi.set(new Date(`1970-01-03T${time}Z`))
    await wait(2500)
  }
  expect(pi.backups()).toEqual([])
  expect(pi.kept()).toMatch(/"openedAt":"1970-01-02T03:1\d:\d\d\.\d{3}Z","clockTrusted":false/)

  const right = new Date()
  const slot = (days: number) =>
    new Date(right.getTime() - backupHour * 3_600_000 + days * day).toISOString().slice(0, 10)
  pi.set(right)
  await until(isTrusted)
  await until(() => pi.kept().includes('"id":"backup"'))
  expect(pi.backups()).toEqual([slot(0)])

  const heldFor = async (ms: number, slots: readonly string[]) => {
    await until(() => JSON.stringify(pi.backups()) === JSON.stringify(slots))
    await wait(ms)
    expect(pi.backups()).toEqual(slots)
  }
  pi.set(new Date(right.getTime() + day))
  await heldFor(2500, [slot(0), slot(1)])
  pi.set(new Date())
  await heldFor(2500, [slot(0), slot(1)])
  await until(async () => !(await isTrusted()))
  // Two years ahead: one backup, and not seven hundred; the site answers all the while.
  pi.set(new Date(right.getTime() + 800 * day))
  await heldFor(2500, [slot(0), slot(1), slot(800)])
  expect(await isUp()).toBe(true)
  expect(await (await pi.get(receipt)).text()).toContain('Paper jam')
  expect(await serving.stop()).toBe(0)
})
