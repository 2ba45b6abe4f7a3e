import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Log } from '../../src/core/log.ts'
import { type Files, realFiles } from '../../src/disk/files.ts'
import { type Migration, migrations } from '../../src/disk/migrations.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'

const states = join(import.meta.dirname, '..', 'states')
const renamed: Migration = {
  to: migrations.length + 1,
  note: 'groups are named in capitals',
  migrate(raw) {
    for (const [id, group] of raw.get('groups') ?? [])
      raw.get('groups')?.set(id, { ...group, ...{ name: 'IN CAPITALS' } })
  },
}

const newest = `${migrations.length}.state`
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-shape-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('there is a state file of each version, and each can be read today', async () => {
  for (const { to } of migrations) {
    const at = join(folder, String(to))
    const store = await openWith(`${to}.state`, at)
    expect(Object.keys(store.state.printers)).toHaveLength(2)
    expect(Object.keys(store.state.people)).toHaveLength(1)
    expect(Object.keys(store.state.tickets)).toHaveLength(to < 2 ? 0 : 3)
    expect([...(store.state.by.printersByLabel.get('lib-2') ?? [])]).toHaveLength(1)
    await store.close()
  }
})

test('times of before they were marked count as certain, and a mark stays', async () => {
  const certain = async (state: string) => {
    const store = await openWith(state, join(folder, state))
    const { sessions, tickets, outbox } = store.state
    await store.close()
    const facts = Object.values(outbox).flatMap((letter) =>
      'ticket' in letter.facts ? [letter.facts] : [],
    )
    return [Object.values(sessions), Object.values(tickets), facts].map((all) =>
      all.map(({ clockTrusted }) => clockTrusted),
    )
  }
  expect(await certain('3.state')).toEqual([[true], [true, true, true], [true, true, true, true]])
  expect(await certain('4.state')).toEqual([
    [true, false],
    [false, true, true],
    [true, true, true, true, false],
  ])
})

test('keeps a copy, with what was only in the log, before it goes to a newer shape', async () => {
  const old = await openWith('1.state', folder)
  await old.update((tx) => tx.put('groups', aGroup('g-new')))
  const said: string[] = []
  const log: Log = { ...quiet, info: (_facts, sentence) => said.push(sentence) }
  // As after a power cut: the change is in the log alone.
  const cut = join(folder, 'cut')
  await openStore({ folder: cut, log: quiet, clock: createTestClock() }).then((made) =>
    made.close(),
  )
  for (const name of ['platen.json', 'platen.log'])
    await copyFile(join(folder, name), join(cut, name))
  await old.close()

  const store = await open(cut, [...migrations, renamed], log)
  expect(Object.values(store.state.groups).map(({ name }) => name)).toEqual([
    'IN CAPITALS',
    'IN CAPITALS',
  ])
  await store.close()
  expect(said).toContain('groups are named in capitals')

  const [backup] = await readdir(join(cut, 'backup'))
  await rm(join(cut, 'platen.log.1'))
  await rm(join(cut, 'platen.log'))
  await copyFile(join(cut, 'backup', backup ?? ''), join(cut, 'platen.json'))
  const back = await open(cut)
  expect(Object.keys(back.state.groups).sort()).toEqual(['g-1', 'g-new'])
  await back.close()
})

test('does not go to a newer shape where there is no room for the copy', async () => {
  await openWith(newest, folder).then((store) => store.close())
  const full: Files = {
    ...realFiles,
    open: (path, how) =>
      path.includes('/backup/') ? Promise.reject(failure('ENOSPC')) : realFiles.open(path, how),
  }
  await expect(open(folder, [...migrations, renamed], quiet, full)).rejects.toMatchObject({
    code: 'unkeepable',
    message: expect.stringMatching(/shape-\d+-.*\.json cannot be written, the disk is full\./),
  })
  await open(folder).then((store) => store.close())
})

test('on a disk that is read-only the copy waits until it can be written', async () => {
  await openWith(newest, folder).then((store) => store.close())
  let isReadOnly = true
  const refuse = () => Promise.reject(failure('EROFS'))
  const files: Files = {
    ...realFiles,
    open: (path, how) => (isReadOnly ? refuse() : realFiles.open(path, how)),
    mark: (path, words) => (isReadOnly ? refuse() : realFiles.mark(path, words)),
  }
  const store = await open(folder, [...migrations, renamed], quiet, files)
  expect(store.state.groups['g-1']?.name).toBe('IN CAPITALS')
  expect(await readdir(folder)).not.toContain('backup')
  isReadOnly = false
  await store.mend()
  expect(store.trouble()).toBeNull()
  expect(await readdir(join(folder, 'backup'))).toHaveLength(1)
  await store.close()
})

test('does not start on a state that a newer platen has written', async () => {
  const store = await open(folder, [...migrations, renamed])
  await store.close()
  const before = await readFile(join(folder, 'platen.json'), 'utf8')
  await expect(open(folder)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('was written by a newer platen'),
  })
  expect(await readFile(join(folder, 'platen.json'), 'utf8')).toBe(before)
})

test('does not start on a record that its schema does not know, and names it', async () => {
  const lowers: Migration = {
    to: 2,
    note: 'a step with a mistake',
    migrate: (raw) => void raw.get('printers')?.set('p-9', { id: 'p-9' }),
  }
  await openWith('1.state', folder).then((store) => store.close())
  await expect(open(folder, [...migrations, lowers])).rejects.toThrow(
    /does not fit this platen: printers p-9 is not as it should be: label/,
  )
})

async function openWith(state: string, at: string): Promise<OpenStore> {
  const empty = await open(at)
  await empty.close()
  for (const name of ['platen.log', 'platen.log.1']) await rm(join(at, name), { force: true })
  await copyFile(join(states, state), join(at, 'platen.json'))
  return open(at)
}

function open(
  at: string,
  steps: readonly Migration[] = migrations,
  log: Log = quiet,
  files: Files = realFiles,
): Promise<OpenStore> {
  return openStore({ folder: at, log, files, clock: createTestClock(), migrations: steps })
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function aGroup(id: string) {
  return { id, name: id, building: null, managers: [] }
}
