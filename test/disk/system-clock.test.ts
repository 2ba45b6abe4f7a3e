import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSystemClock, lastWritten } from '../../src/disk/system-clock.ts'
import { until } from '../boot.ts'
import { createTestClock } from '../parts/clock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-clock-'))
})
afterEach(() => rm(folder, { recursive: true }))

const minute = 60_000
const day = 24 * 60 * minute
const at = (iso: string) => new Date(iso)

describe('with systemd-timesyncd', () => {
  const time = () => createTestClock('2026-03-02T08:00:00Z')
  const setBySystem = async (when: Date) => {
    await writeFile(join(folder, 'synchronized'), '')
    await utimes(join(folder, 'synchronized'), when, when)
  }

  test('the time is trusted once that has set it, whatever was written down', async () => {
    const clock = time()
    const asked = createSystemClock({ timesync: folder, time: clock, notBefore: at('2031-01-01') })
    expect(asked.trusted()).toBe(false)
    await setBySystem(clock.now())
    expect(asked.trusted()).toBe(true)
  })

  test('a Pi that begins two weeks back is right when that has set it forward', async () => {
    const clock = time()
    const asked = createSystemClock({ timesync: folder, time: clock })
    expect(asked.trusted()).toBe(false)
    clock.set(at('2026-03-16T08:00:00Z'))
    await setBySystem(clock.now())
    expect(asked.trusted()).toBe(true)
  })

  test('set back by hand it is trusted again only when that has set it anew', async () => {
    const clock = time()
    await setBySystem(at('2026-03-02T07:30:00Z'))
    const asked = createSystemClock({ timesync: folder, time: clock })
    expect(asked.trusted()).toBe(true)
    clock.set(at('2026-03-02T07:50:00Z'))
    expect(asked.trusted()).toBe(false)
    clock.advance(30 * minute)
    expect(asked.trusted()).toBe(false)
    clock.set(at('2026-03-02T08:40:00Z'))
    await setBySystem(clock.now())
    expect(asked.trusted()).toBe(true)
  })

  test('when it is that service itself that sets a wrong time back, the time is right at once', async () => {
    const clock = createTestClock('2027-03-02T08:00:00Z')
    await setBySystem(clock.now())
    const asked = createSystemClock({ timesync: folder, time: clock })
    expect(asked.trusted()).toBe(true)
    clock.set(at('2026-03-02T08:00:00Z'))
    await setBySystem(clock.now())
    expect(asked.trusted()).toBe(true)
  })

  test('a word of that service from a time to come is from before somebody set the clock back', async () => {
    const clock = time()
    await setBySystem(at('2026-03-02T09:00:00Z'))
    expect(createSystemClock({ timesync: folder, time: clock }).trusted()).toBe(false)
  })

  test('a second that the clock is set back is how clocks are kept right', async () => {
    const clock = time()
    await setBySystem(clock.now())
    const asked = createSystemClock({ timesync: folder, time: clock })
    expect(asked.trusted()).toBe(true)
    clock.set(at('2026-03-02T07:59:59Z'))
    clock.advance(minute)
    expect(asked.trusted()).toBe(true)
  })
})

describe('with another service that keeps time', () => {
  /** A systemd that runs, no timesyncd, and a timedatectl that says so: the shell's words. */
  async function asking(words: string) {
    const clock = createTestClock('2026-03-02T08:00:00Z')
    const [systemd, timedatectl] = [join(folder, 'systemd'), join(folder, 'timedatectl')]
    await mkdir(systemd)
    const says = (script: string) => writeFile(timedatectl, `#!/bin/sh\n${script}\n`)
    await says(words)
    await chmod(timedatectl, 0o755)
    const parts = { timesync: join(folder, 'none'), systemd, timedatectl, time: clock }
    return { clock, says, parts }
  }

  const soon = async (isSo: () => boolean) => {
    await until(isSo)
    return isSo()
  }

  test('the time is trusted once the kernel knows of it, which is asked again each minute', async () => {
    const { clock, says, parts } = await asking('echo no')
    const asked = createSystemClock({ ...parts, notBefore: at('2020-01-01') })
    await asked.asked()
    expect(asked.trusted()).toBe(false)
    await says(`test "$*" = 'show --property=NTPSynchronized --value' && echo yes`)
    clock.advance(minute - 1)
    asked.trusted()
    await wait(50)
    expect(asked.trusted()).toBe(false)
    clock.advance(1)
    expect(await soon(asked.trusted)).toBe(true)
  })

  test('its yes is worth nothing after the clock was set back, until it says so again', async () => {
    const { clock, says, parts } = await asking('echo yes')
    const asked = createSystemClock(parts)
    await asked.asked()
    expect(asked.trusted()).toBe(true)
    await says('echo no')
    clock.set(at('2026-03-01T08:00:00Z'))
    expect(asked.trusted()).toBe(false)
    await asked.asked()
    expect(asked.trusted()).toBe(false)
    await says('echo yes')
    clock.advance(minute)
    expect(await soon(asked.trusted)).toBe(true)
  })

  test('where the kernel cannot be asked, what was written down decides', async () => {
    const { parts } = await asking('echo "Failed to connect to bus" >&2; exit 1')
    for (const [notBefore, isRight] of [
      ['2026-03-01T00:00:00Z', true],
      ['2026-03-03T00:00:00Z', false],
    ] as const) {
      const asked = createSystemClock({ ...parts, notBefore: at(notBefore) })
      expect(asked.trusted()).toBe(false)
      await asked.asked()
      expect(asked.trusted()).toBe(isRight)
    }
  })
})

describe('where nothing tells', () => {
  const nowhere = { timesync: '/nowhere/timesync', systemd: '/nowhere/systemd' }

  test('a time is trusted that is not before what was written down', () => {
    const time = createTestClock('2026-03-02T08:00:00Z')
    const asked = createSystemClock({ ...nowhere, time, notBefore: at('2026-03-02T07:00:00Z') })
    expect(asked.trusted()).toBe(true)
    asked.wasAt(at('2026-03-03T08:00:00Z'))
    expect(asked.trusted()).toBe(false)
    time.advance(day)
    expect(asked.trusted()).toBe(true)
  })

  test('set back it is trusted again when it has passed the last time that was', () => {
    const time = createTestClock('2026-03-02T08:00:00Z')
    const asked = createSystemClock({ ...nowhere, time })
    expect(asked.trusted()).toBe(true)
    time.set(at('2026-03-02T07:00:00Z'))
    expect(asked.trusted()).toBe(false)
    time.advance(60 * minute - 1)
    expect(asked.trusted()).toBe(false)
    time.advance(1)
    expect(asked.trusted()).toBe(true)
  })

  test('set forward it goes on being trusted: nobody can tell', () => {
    const time = createTestClock('2026-03-02T08:00:00Z')
    const asked = createSystemClock({ ...nowhere, time })
    asked.trusted()
    time.set(at('2028-03-02T07:00:00Z'))
    expect(asked.trusted()).toBe(true)
  })
})

test('what was written down last is the newest file of the data folder', async () => {
  expect(lastWritten(join(folder, 'none'))).toEqual(new Date(0))
  for (const [name, when] of [
    ['platen.json', '2026-03-01T00:00:00Z'],
    ['platen.log', '2026-03-02T08:00:00Z'],
  ] as const) {
    await writeFile(join(folder, name), '')
    await utimes(join(folder, name), at(when), at(when))
  }
  expect(lastWritten(folder)).toEqual(at('2026-03-02T08:00:00Z'))
})

test('a file that is renamed into its place meanwhile does not make it forget the time', async () => {
  // One process: of a shell that is killed the `mv` lives on, and writes where all is being removed.
  const saves = `
    const { renameSync, writeFileSync } = require('node:fs')
    for (;;) {
      writeFileSync('status.json.new', '')
      renameSync('status.json.new', 'status.json')
    }`
  const other = spawn(process.execPath, ['-e', saves], { cwd: folder })
  await until(() => existsSync(join(folder, 'status.json')))
  await writeFile(join(folder, 'platen.log'), '')
  const told: number[] = []
  for (const end = Date.now() + 500; Date.now() < end; ) told.push(+lastWritten(folder))
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(Math.min(...told)).toBeGreaterThan(Date.now() - 10_000)
})

test('a folder that cannot be read tells no time; the store says what is wrong with it', async () => {
  await writeFile(join(folder, 'file'), '')
  expect(lastWritten(join(folder, 'file'))).toEqual(new Date(0))
})
