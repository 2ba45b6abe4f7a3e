import { beforeEach, expect, test } from 'vitest'
import type { Group } from '../../src/core/printers/group.ts'
import { writeSnapshot } from '../../src/disk/snapshot.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { type Operation, type SimulatedDisk, simulateDisk } from '../parts/disk.ts'

// What a store does when the disk does not do what it should.

const folder = '/platen'
const logFile = `${folder}/platen.log`
const snapshotFile = `${folder}/platen.json`

let disk: SimulatedDisk = simulateDisk()
let said: string[] = []

beforeEach(() => {
  disk = simulateDisk(4)
  said = []
})

test('keeps a change that was acknowledged when the power fails right after', async () => {
  const store = await open()
  await put(store, 'g-1')
  for (let crash = 1; crash < 40; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1'])
})

test('brings what waits to the card together', async () => {
  const store = await open()
  const before = disk.steps
  await Promise.all(Array.from({ length: 50 }, (_, n) => put(store, `g-${n}`)))
  // One write, one flush; nothing else.
  expect(disk.steps - before).toBe(2)
})

test('refuses what a full disk would not take, and goes on when there is room again', async () => {
  const store = await open()
  await put(store, 'g-1')
  disk.space = used() + 40
  const refused = await Promise.allSettled([put(store, 'g-2'), put(store, 'g-3')])
  expect(refused.map(reason)).toEqual([
    'unkeepable: The disk of this appliance is full. It goes on by itself when there is room again; nothing was saved. Try again later, and tell whoever looks after it.',
    expect.stringContaining('unkeepable'),
  ])
  expect(Object.keys(store.state.groups)).toEqual(['g-1'])
  expect(await store.update((tx) => Object.keys(tx.state.groups))).toEqual(['g-1'])
  expect(store.trouble()).toBe(
    'Nothing can be saved: the disk is full. Make room; it goes on by itself.',
  )
  expect(disk.text(logFile)?.endsWith('\n')).toBe(true)
  disk.space = Number.POSITIVE_INFINITY
  await put(store, 'g-4')
  expect(store.trouble()).toBeNull()
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1', 'g-4'])
})

test('takes back what waited when the card would not flush, and writes to that log no more', async () => {
  const store = await open()
  await put(store, 'g-1')
  const old = disk.text(logFile)?.split('\n')[0]
  failOnce('flush', logFile)
  const first = put(store, 'g-2')
  const second = put(store, 'g-3')
  expect(Object.keys(store.state.groups)).toEqual(['g-1', 'g-2', 'g-3'])
  expect((await Promise.allSettled([first, second])).map(reason)).toEqual([
    expect.stringMatching(
      /^unkeepable: The disk of this appliance failed \(EIO\); nothing was saved/,
    ),
    expect.stringMatching(/^unkeepable/),
  ])
  expect(Object.keys(store.state.groups)).toEqual(['g-1'])
  expect(store.trouble()).toBeNull()
  await put(store, 'g-4')
  expect(disk.text(logFile)?.split('\n')[0]).not.toBe(old)
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1', 'g-4'])
})

test('takes back, with the one that failed, what was changed after it and had seen it', async () => {
  const store = await open()
  await store.update((tx) => tx.put('groups', aGroup('g-1', '1')))
  const next = () =>
    store.update((tx) =>
      tx.put('groups', aGroup('g-1', String(Number(tx.state.groups['g-1']?.name) + 1))),
    )
  let whileFlushing: Promise<void>[] = []
  let reader: Promise<string | undefined> | null = null
  disk.fails = ({ operation, path }) => {
    if (operation !== 'flush' || path !== logFile || reader) return null
    whileFlushing = [next(), next()]
    reader = store.update((tx) => tx.state.groups['g-1']?.name)
    return 'EIO'
  }
  const failed = await Promise.allSettled([next()])
  const after = await Promise.allSettled(whileFlushing)
  const read = await Promise.allSettled([reader])
  expect([...failed, ...after, ...read].map(reason)).toEqual(
    Array(4).fill(expect.stringMatching(/^unkeepable/)),
  )
  expect(store.state.groups['g-1']?.name).toBe('1')
  await next()
  expect(store.state.groups['g-1']?.name).toBe('2')
})

test('keeps what is changed while it deals with a failure', async () => {
  const store = await open()
  await put(store, 'g-1')
  let during: Promise<void> | null = null
  failOnce('flush', logFile)
  const fail = disk.fails
  disk.fails = (step) => {
    // The new snapshot is on its way.
    if (step.operation === 'append' && step.path === `${snapshotFile}.new`)
      during ??= put(store, 'g-3')
    return fail(step)
  }
  await expect(put(store, 'g-2')).rejects.toMatchObject({ code: 'unkeepable' })
  expect(during).not.toBeNull()
  await during
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1', 'g-3'])
})

test('a refused change stays refused where only the new snapshot could be put in place', async () => {
  const store = await open()
  await put(store, 'g-1')
  // Written whole, not flushed, and neither cut off again nor replaced by a new log.
  disk.fails = ({ operation, path }) => {
    const written = operation === 'append' && path === logFile
    return !written &&
      (path === logFile || operation === 'rename') &&
      !path.startsWith(snapshotFile)
      ? 'EIO'
      : null
  }
  await expect(put(store, 'g-2')).rejects.toThrow(/may show again after a restart/)
  disk.fails = () => null
  // Killed, and started again: the refused line is still there to be read.
  expect(disk.text(logFile)).toContain('g-2')
  for (let crash = 1; crash < 60; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1'])
  expect(await groupsAfter(disk)).toEqual(['g-1'])
})

test('starts again by itself after a card that took nothing for a while', async () => {
  const store = await open()
  await put(store, 'g-1')
  disk.fails = ({ operation }) => (operation === 'flush' ? 'EIO' : null)
  await expect(put(store, 'g-2')).rejects.toThrow(/may show again/)
  await expect(put(store, 'g-3')).rejects.toThrow(/nothing was saved/)
  disk.fails = () => null
  await put(store, 'g-4')
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1', 'g-4'])
})

test('a snapshot that cannot be written costs no change', async () => {
  const store = await open({ leastLogBytes: 300 })
  disk.fails = ({ path }) => (path === `${snapshotFile}.new` ? 'ENOSPC' : null)
  for (let n = 0; n < 9; n += 1) await put(store, `g-${n}`)
  expect(said.join()).toContain('no snapshot could be written')
  expect(await groupsAfter(disk.crash(1))).toHaveLength(9)
})

test('opens on a disk that is full, to be read, and refuses changes until there is room', async () => {
  const first = await open()
  await put(first, 'g-1')
  disk = disk.crash(1)
  disk.space = 0
  const store = await open()
  expect(Object.keys(store.state.groups)).toEqual(['g-1'])
  await expect(put(store, 'g-2')).rejects.toThrow(/is full/)
  disk.space = Number.POSITIVE_INFINITY
  await put(store, 'g-3')
  expect(await groupsAfter(disk.crash(2))).toEqual(['g-1', 'g-3'])
})

test('finds out by itself that there is room again, before somebody has a change', async () => {
  const store = await open()
  await put(store, 'g-1')
  disk.space = used() + 40
  await expect(put(store, 'g-2')).rejects.toMatchObject({ code: 'unkeepable' })
  await store.mend()
  expect(store.trouble()).toMatch(/the disk is full/)
  expect(disk.text(`${snapshotFile}.new`)).toBeNull()
  expect(disk.text(`${logFile}.new`)).toBeNull()
  disk.space = Number.POSITIVE_INFINITY
  await store.mend()
  expect(store.trouble()).toBeNull()
  await put(store, 'g-3')
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-1', 'g-3'])
})

test('keeps what is changed while it mends', async () => {
  const store = await open()
  disk.fails = ({ operation }) => (operation === 'flush' ? 'EIO' : null)
  await expect(put(store, 'g-1')).rejects.toMatchObject({ code: 'unkeepable' })
  disk.fails = () => null
  const mended = store.mend()
  await Promise.all([put(store, 'g-2'), mended, put(store, 'g-3')])
  for (let crash = 1; crash < 20; crash += 1)
    expect(await groupsAfter(disk.crash(crash))).toEqual(['g-2', 'g-3'])
})

test('what is kept after a mend that stopped half-way is there at the next start', async () => {
  const store = await open()
  await put(store, 'g-1')
  disk.space = used() + 40
  await put(store, 'g-2').catch(() => {})
  disk.space = Number.POSITIVE_INFINITY
  // The new snapshot comes into its place; then the disk fails, and the old log lies beside it.
  failOnce('link', logFile)
  await new Promise(setImmediate)
  await store.mend()
  await put(store, 'g-3')
  expect(await groupsAfter(disk.crash(3))).toEqual(['g-1', 'g-3'])
})

test('leaves a disk alone that is well', async () => {
  const store = await open()
  const before = disk.steps
  await store.mend()
  expect(disk.steps).toBe(before)
})

test('opens a disk that is read-only to be read, and goes on when it can be written to', async () => {
  const store = await openReadOnly()
  expect(Object.keys(store.state.groups)).toEqual(['g-1'])
  expect(store.trouble()).toBe('Nothing can be saved: the disk is read-only.')
  expect((await Promise.allSettled([put(store, 'g-2')])).map(reason)).toEqual([
    'unkeepable: The disk of this appliance is read-only; nothing was saved. Try again later, and tell whoever looks after it.',
  ])
  await store.mend()
  expect(store.trouble()).not.toBeNull()
  disk.fails = () => null
  await store.mend()
  expect(store.trouble()).toBeNull()
  expect(await disk.readMark(`${folder}/lock`)).not.toBeNull()
  await put(store, 'g-3')
  await store.close()
  expect(await disk.readMark(`${folder}/lock`)).toBeNull()
  expect(await groupsAfter(disk)).toEqual(['g-1', 'g-3'])
})

test('does not write over what another process did while the disk was read-only for this one', async () => {
  const store = await openReadOnly()
  disk.fails = () => null
  const other = await open()
  await put(other, 'g-2')
  await other.close()
  await store.mend()
  expect(store.trouble()).toMatch(/changed by another process .* Start platen again\.$/)
  await expect(put(store, 'g-3')).rejects.toThrow(/Start platen again\. Nothing was saved\./)
  await store.close()
  expect(await groupsAfter(disk)).toEqual(['g-1', 'g-2'])
})

test('does not begin at all on a disk that never took anything', async () => {
  disk.space = 0
  await expect(open()).rejects.toMatchObject({ code: 'unkeepable' })
  disk.fails = ({ operation }) => (writes.includes(operation) ? 'EROFS' : null)
  await expect(open()).rejects.toMatchObject({ code: 'unkeepable' })
})

test('a first start that failed half-way, and a second that was cut off, leave a folder that starts', async () => {
  for (let step = 1; step <= 24; step += 1) {
    disk = simulateDisk(step)
    disk.fails = ({ operation }) => (operation === 'flushFolder' ? 'EIO' : null)
    await expect(open()).rejects.toMatchObject({ code: 'unkeepable' })
    disk.fails = () => null
    disk.cutAt = disk.steps + step
    await Promise.race([open(), disk.dark])
    for (let crash = 1; crash <= 12; crash += 1)
      expect(await groupsAfter(disk.crash(crash))).toEqual([])
  }
})

test('what was dropped is in no file any more once all was written anew, and a full disk says so', async () => {
  const store = await open()
  await put(store, 'g-secret')
  await store.update((tx) => tx.drop('groups', 'g-secret'))
  disk.space = used()
  await expect(store.rewrite()).rejects.toThrow(/may still stand in the files: the disk is full/)
  disk.space = Number.POSITIVE_INFINITY
  await store.rewrite()
  for (const name of [snapshotFile, logFile].flatMap((file) => [file, `${file}.1`]))
    expect(disk.text(name), name).not.toContain('g-secret')
  await put(store, 'g-1')
  expect(await groupsAfter(disk.crash(2))).toEqual(['g-1'])
})

test('does not start from a snapshot with a flipped bit, and tells which copy is good', async () => {
  await twoGenerations()
  disk.flipBit(snapshotFile, 200)
  const before = disk.text(snapshotFile)
  await expect(open()).rejects.toThrow(
    /platen\.json cannot be read: its checksum does not match .* platen\.json\.1 of 2026-11-20T08:00:00\.000Z is good: move platen\.json aside, rename platen\.json\.1 to platen\.json/,
  )
  expect(disk.text(snapshotFile)).toBe(before)
})

test('loses nothing when the generation before takes the place of a bad one, as advised', async () => {
  await twoGenerations()
  disk.flipBit(snapshotFile, 200)
  await expect(open()).rejects.toMatchObject({ code: 'invalid' })
  await disk.rename(snapshotFile, `${snapshotFile}.bad`)
  await disk.rename(`${snapshotFile}.1`, snapshotFile)
  expect(await groupsAfter(disk)).toEqual(['g-1', 'g-2', 'g-3'])
})

test('the generation before leads on also after a start that carried the log on', async () => {
  await twoGenerations()
  // The power goes; the next start reads the log, and goes on with what it holds.
  disk = disk.crash(5)
  const store = await open()
  await put(store, 'g-4')
  disk = disk.crash(6)
  disk.flipBit(snapshotFile, 200)
  await expect(open()).rejects.toMatchObject({ code: 'invalid' })
  await disk.rename(snapshotFile, `${snapshotFile}.bad`)
  await disk.rename(`${snapshotFile}.1`, snapshotFile)
  expect(await groupsAfter(disk)).toEqual(['g-1', 'g-2', 'g-3', 'g-4'])
})

test('does not start from a log with a flipped bit in the middle', async () => {
  const store = await open()
  for (const id of ['g-1', 'g-2', 'g-3']) await put(store, id)
  const second = disk.text(logFile)?.indexOf('g-2') ?? 0
  disk.flipBit(logFile, second)
  const damaged = disk.text(logFile)
  await expect(open()).rejects.toThrow(
    /platen\.log cannot be read: line 3: its checksum does not match\. Nothing in the folder was changed\. The newest good copy is platen\.json of/,
  )
  expect(disk.text(logFile)).toBe(damaged)
})

test('where only a backup is good, names the newest', async () => {
  await twoGenerations()
  for (const [name, day] of [
    ['a', '18'],
    ['b', '19'],
    ['c', '17'],
  ])
    await writeBackup(name ?? '', `2026-11-${day}T02:00:00.000Z`)
  disk.flipBit(snapshotFile, 200)
  disk.flipBit(`${snapshotFile}.1`, 200)
  await expect(open()).rejects.toThrow(
    /The newest good copy is backup\/b\.json of 2026-11-19T02:00:00\.000Z: move this folder aside/,
  )
})

test('does not start from a log that lacks a line', async () => {
  const store = await open()
  for (const id of ['g-1', 'g-2', 'g-3']) await put(store, id)
  const lines = disk.text(logFile)?.split('\n') ?? []
  await rewrite(logFile, lines.filter((line) => !line.includes('g-2')).join('\n'))
  await expect(open()).rejects.toThrow(/platen\.log cannot be read: line 3: change 2 is missing/)
})

test('does not start from an older snapshot that does not reach the log', async () => {
  await twoGenerations()
  const older = disk.text(`${snapshotFile}.1`) ?? ''
  await disk.remove(`${logFile}.1`)
  await rewrite(snapshotFile, older)
  await expect(open()).rejects.toThrow(/platen\.log cannot be read: changes 2 to 2 are missing/)
})

test('does not start where a file of the two is gone', async () => {
  await twoGenerations()
  const bare = disk.crash(1)
  await bare.remove(snapshotFile)
  await expect(open({}, bare)).rejects.toThrow(/platen\.json cannot be read: it is missing/)
  await disk.remove(logFile)
  await expect(open()).rejects.toThrow(/platen\.log cannot be read: it is missing/)
})

test('does not begin an empty state where the rest of one lies', async () => {
  for (const name of ['journal/readings-2026-11.jsonl', 'status.json']) {
    disk = simulateDisk(3)
    await rewrite(`${folder}/${name}`, 'old')
    const sign = name.split('/')[0]
    await expect(open()).rejects.toMatchObject({
      code: 'invalid',
      message: `/platen/platen.json cannot be read: it is missing, but ${sign} is there. Nothing in the folder was changed. No older copy in this folder can be read either; put back a backup from elsewhere. To begin anew on purpose, move everything out of this folder.`,
    })
    expect(disk.text(snapshotFile)).toBeNull()
  }
  await writeBackup('night', '2026-11-19T02:00:00.000Z')
  await expect(open()).rejects.toThrow(
    /it is missing, but status\.json, backup are there\. .* The newest good copy is backup\/night\.json/,
  )
})

test('begins in a folder that holds only what comes before a start', async () => {
  for (const name of ['.gitignore', 'control.sock', 'logs/platen.log'])
    await rewrite(`${folder}/${name}`, '')
  expect(await groupsAfter(disk)).toEqual([])
})

test('says of a file that it cannot read why, and what helps', async () => {
  await twoGenerations()
  for (const [file, code, words] of [
    [snapshotFile, 'EACCES', /platen\.json cannot be read: .*\(EACCES\)\. .* sudo chown '.+' /],
    [snapshotFile, 'EISDIR', /platen\.json cannot be read: it is a folder\. .* platen\.json\.1 of/],
    [logFile, 'EIO', /platen\.log cannot be read: .*\(EIO\)\. .* newest good copy is platen\.json/],
    [folder, 'EACCES', /^\/platen cannot be read: .*\(EACCES\)\. .* sudo chown '.+' '\/platen'/],
  ] as const) {
    disk.fails = ({ operation, path }) =>
      path === file && ['read', 'list'].includes(operation) ? code : null
    const refused = open()
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused).rejects.toThrow(words)
  }
})

test('looks for a good copy past those that it cannot read', async () => {
  await twoGenerations()
  await writeBackup('a', '2026-11-18T02:00:00.000Z')
  await writeBackup('b', '2026-11-19T02:00:00.000Z')
  const unreadable = [snapshotFile, `${snapshotFile}.1`, `${folder}/backup/b.json`]
  disk.fails = ({ operation, path }) =>
    operation === 'read' && unreadable.includes(path) ? 'EIO' : null
  await expect(open()).rejects.toThrow(/The newest good copy is backup\/a\.json/)
  disk.fails = ({ operation, path }) =>
    path === snapshotFile && operation === 'read'
      ? 'EIO'
      : path.endsWith('/backup')
        ? 'EACCES'
        : null
  await expect(open()).rejects.toThrow(/platen\.json\.1 of .* is good/)
})

test('drops a last line that was torn, and says so', async () => {
  const store = await open()
  await put(store, 'g-1')
  await put(store, 'g-2')
  await rewrite(logFile, disk.text(logFile)?.slice(0, -7) ?? '')
  expect(await groupsAfter(disk)).toEqual(['g-1'])
  expect(said.join()).toContain('cut off')
})

test('starts from a snapshot alone that was copied into an empty folder', async () => {
  await twoGenerations()
  const backup = disk.text(snapshotFile) ?? ''
  disk = simulateDisk(9)
  await rewrite(snapshotFile, backup)
  expect(await groupsAfter(disk)).toEqual(['g-1', 'g-2'])
})

/** g-1 in both snapshots, g-2 in the newer one, g-3 in the log. */

test('gives the whole state a second name while changes go on', async () => {
  const store = await open()
  const copy = `${folder}/backup/copy`
  await put(store, 'g-1')
  const copied = store.copyTo(copy)
  const after = put(store, 'g-2')
  await Promise.all([copied, after])
  expect(disk.text(copy)).toContain('"id":"g-1"')
  expect(disk.text(copy)).toMatch(/"sha256":"[0-9a-f]{64}"\}\n$/)

  await store.copyTo(copy)
  expect(disk.text(copy)).toContain('"id":"g-2"')
  await put(store, 'g-3')
  disk.space = used()
  await expect(store.copyTo(copy)).rejects.toThrow('ENOSPC')
  disk.space = Number.POSITIVE_INFINITY
  await store.copyTo(copy)
  await store.close()
  await expect(store.copyTo(copy)).rejects.toMatchObject({ code: 'unkeepable' })
})

async function twoGenerations(): Promise<void> {
  for (const id of ['g-1', 'g-2']) {
    const store = await open()
    await put(store, id)
    await store.close()
  }
  await put(await open(), 'g-3')
}

/** g-1 is kept, and then the disk turns read-only. */
async function openReadOnly(): Promise<OpenStore> {
  const first = await open()
  await put(first, 'g-1')
  await first.close()
  disk.fails = ({ operation }) => (writes.includes(operation) ? 'EROFS' : null)
  return open()
}

const writes = ['open', 'append', 'truncate', 'rename', 'link', 'mark', 'remove']

async function writeBackup(name: string, writtenAt: string): Promise<void> {
  const head = { version: 1, epoch: 1, seq: 1, writtenAt }
  await writeSnapshot(disk, `${folder}/backup/${name}.json`, { head, collections: [] })
}

async function rewrite(path: string, text: string): Promise<void> {
  const file = await disk.open(path, 'anew')
  await file.append(text)
  await file.flush()
}

function failOnce(operation: Operation, path: string): void {
  let failed = false
  disk.fails = (step) => {
    if (failed || step.operation !== operation || step.path !== path) return null
    failed = true
    return 'EIO'
  }
}

function used(): number {
  return [logFile, snapshotFile].reduce((sum, path) => sum + (disk.text(path)?.length ?? 0), 0)
}

async function groupsAfter(found: SimulatedDisk): Promise<string[]> {
  const store = await open({}, found)
  return Object.keys(store.state.groups).sort()
}

const put = (store: OpenStore, id: string) =>
  store.update((tx) => tx.put('groups', aGroup(id, `the name of ${id}`)))

function reason(result: PromiseSettledResult<unknown>): string {
  return result.status === 'fulfilled' ? 'saved' : `${result.reason.code}: ${result.reason.message}`
}

function aGroup(id: string, name: string): Group {
  return { id, name, building: null, managers: [] }
}

let boots = 0

/** Each start is another process; those before it are gone. */
function open(more: { leastLogBytes?: number } = {}, files = disk): Promise<OpenStore> {
  boots += 1
  const words = `7 ${boots}`
  return openStore({
    ...{ folder, files, log, ...more },
    clock: createTestClock('2026-11-20T08:00:00Z'),
    processes: { pid: 7, identify: () => words },
  })
}

const log = {
  debug() {},
  info: say,
  warn: say,
  error: say,
  room() {
    return log
  },
}

function say(_facts: object, sentence: string): void {
  said.push(sentence)
}
