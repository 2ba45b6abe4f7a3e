import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Files, realFiles } from '../../src/disk/files.ts'
import { openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

// The data folder itself: whose it is, who may look in, what stands in its place.

let base = ''
let folder = ''

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-folder-'))
  folder = join(base, 'data')
})
afterEach(async () => {
  await rm(base, { recursive: true })
})

test('writes nothing into a folder of another account, root least of all', async () => {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) {
    await mkdir(folder)
    await chown(folder, 54_321, 54_321)
  }
  // Who is not root finds a folder of root's anywhere.
  const foreign = isRoot ? folder : '/usr'
  const before = await readdir(foreign)
  await expect(open(realFiles, foreign)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      isRoot
        ? /^\S+ belongs to #54321, and this is root\. Ask as that account: sudo -u '#54321' platen …$/
        : /^\/usr belongs to root, and this is \S+\. Ask as that account: sudo -u root platen … If it/,
    ),
  })
  expect(await readdir(foreign)).toEqual(before)
})

test('names the account that the folder belongs to', async () => {
  const ofRoot: Files = { ...realFiles, foreignOwner: async () => 0 }
  await expect(open(ofRoot)).rejects.toThrow(/ belongs to root, .* sudo -u root platen …/)
})

test('closes a folder that is there already to all others', async () => {
  await mkdir(folder)
  await chmod(folder, 0o755)
  await (await open()).close()
  expect((await stat(folder)).mode & 0o7777).toBe(0o700)
})

test('leaves a folder open that many share', async () => {
  await mkdir(folder)
  await chmod(folder, 0o1777)
  await (await open()).close()
  expect((await stat(folder)).mode & 0o7777).toBe(0o1777)
})

test('goes on in a folder that cannot be closed', async () => {
  const said: string[] = []
  const disk = simulateDisk()
  const files: Files = { ...disk, closeToOthers: () => Promise.reject(failure('EPERM')) }
  const log = { ...quiet, warn: (_facts: object, sentence: string) => said.push(sentence) }
  const store = await openStore({ folder, files, log, clock: createTestClock() })
  await store.close()
  expect(said).toEqual(['the data folder could not be closed to other accounts'])
})

test('says what stands in the place of the folder', async () => {
  await writeFile(join(base, 'file'), '')
  await symlink(join(base, 'nowhere'), join(base, 'link'))
  for (const [path, why] of [
    ['file', 'it is a file'],
    ['file/data', 'a part of its path is no folder'],
    ['link', 'it is a link to something that is not there'],
  ]) {
    const asked = join(base, path ?? '')
    await expect(open(realFiles, asked)).rejects.toMatchObject({
      code: 'invalid',
      message: `The data folder ${asked} cannot be made: ${why}. Make it, and let it belong to the account that platen runs as; or choose another with PLATEN_DATA_DIR.`,
    })
  }
})

test('a disk that takes no folder is no mistake of a setting', async () => {
  for (const [code, why] of [
    ['EROFS', 'the disk is read-only'],
    ['ENOENT', 'the disk does not take it; it may be read-only'],
  ]) {
    const disk = simulateDisk()
    disk.fails = ({ operation }) => (operation === 'makeFolder' ? (code ?? null) : null)
    await expect(open(disk)).rejects.toMatchObject({
      code: 'unkeepable',
      message: expect.stringContaining(`${folder} cannot be made: ${why}. Make it, `),
    })
  }
})

test('stops at a link to a file that is not there, and does not put one in its place', async () => {
  await mkdir(folder)
  await symlink('/nowhere/platen.json', join(folder, 'platen.json'))
  await expect(open()).rejects.toThrow(
    /platen\.json cannot be read: it is a link to something that/,
  )
  expect(await readdir(folder)).toEqual(['platen.json'])
})

test('says of a folder in the place of a kept file that it is one', async () => {
  await mkdir(join(folder, 'platen.json'), { recursive: true })
  await expect(open()).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(
      /platen\.json cannot be read: it is a folder\. Nothing .*backup/,
    ),
  })
})

function open(files: Files = realFiles, at = folder) {
  return openStore({ folder: at, files, log: quiet, clock: createTestClock() })
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}
