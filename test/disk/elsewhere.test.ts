import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createElsewhere, type Elsewhere } from '../../src/disk/elsewhere.ts'

// A folder that may hang, asked by others.

const ms = 10_000
let folder = ''
let elsewhere: Elsewhere
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-elsewhere-'))
  elsewhere = createElsewhere()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('gives back what it was given, for its owner’s eyes, also under an odd name', async () => {
  for (const name of ['canary', '-n', 'a b$(id)\'"', 'of=x', 'Zürich']) {
    const path = join(folder, name)
    expect(await elsewhere.read(path, ms)).toBeNull()
    await elsewhere.write(path, 'first', ms)
    await elsewhere.write(path, 'then', ms)
    expect((await elsewhere.read(path, ms))?.toString()).toBe('then')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await elsewhere.copy(path, `${path}.copy`, ms)
    expect(await readFile(`${path}.copy`, 'utf8')).toBe('then')
    await elsewhere.remove([path, `${path}.copy`, `${path}.gone`], ms)
  }
  expect(await readdir(folder)).toEqual([])
})

test('lists a folder, and no name in it passes for two', async () => {
  for (const name of ['b', 'a', '.c', 'one\ntwo']) await writeFile(join(folder, name), '')
  expect(await elsewhere.list(folder, ms)).toEqual(expect.arrayContaining(['.c', 'a', 'b']))
  expect(await elsewhere.list(folder, ms)).toHaveLength(4)
})

test('knows the disk as this process does, and a file from a folder', async () => {
  expect(await elsewhere.diskOf('/dev/shm', ms)).toBe((await stat('/dev/shm')).dev)
  expect(await elsewhere.diskOf(folder, ms)).toBe((await stat(folder)).dev)
  expect(await elsewhere.diskOf('/dev/null', ms)).toBeNull()
})

test('says what fails as Node does, and leaves no half behind', async () => {
  const codeOf = (work: Promise<unknown>) => work.catch(({ code }) => code)
  const path = join(folder, 'platen.canary')
  expect(await codeOf(elsewhere.diskOf(join(folder, 'gone'), ms))).toBe('ENOENT')
  expect(await codeOf(elsewhere.list(join(folder, 'gone'), ms))).toBe('ENOENT')
  expect(await codeOf(elsewhere.read(folder, ms))).toBe('Is a directory')
  await mkdir(path)
  expect(await codeOf(elsewhere.write(path, 'x', ms))).toMatch(/directory/)
  expect(await readdir(folder)).toEqual(['platen.canary'])
})

test('a copy that is other than what was copied does not get its name', async () => {
  // Other words at each reading.
  const copied = elsewhere.copy('/proc/sys/kernel/random/uuid', join(folder, 'uuid'), ms)
  await expect(copied).rejects.toMatchObject({ code: 'differs' })
  expect(await readdir(folder)).toEqual([])
})

test('whoever waits for ever is left behind, and when he has ended it is asked again', async () => {
  const path = join(folder, 'platen.canary')
  execFileSync('mkfifo', [path])
  for (const ask of [
    () => elsewhere.read(path, 100),
    () => elsewhere.copy('/dev/null', path.replace('.canary', ''), 100),
  ]) {
    execFileSync('mkfifo', [join(folder, 'platen.new')])
    await expect(ask()).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(await again()).toContain('platen.canary')
    await rm(join(folder, 'platen.new'))
  }
})

test('what is given up rejects at once, and nothing is begun after', async () => {
  const farewell = new AbortController()
  const given = createElsewhere(farewell.signal)
  const path = join(folder, 'platen.canary')
  execFileSync('mkfifo', [path])
  const asked = given.read(path, 60_000)
  farewell.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(given.list(folder, 60_000)).rejects.toMatchObject({ name: 'AbortError' })
})

/** He who was killed ends soon, here. */
async function again(): Promise<string[]> {
  for (;;)
    try {
      return await elsewhere.list(folder, ms)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
}
