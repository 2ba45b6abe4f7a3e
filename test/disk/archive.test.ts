import { beforeEach, describe, expect, test } from 'vitest'
import { checkJournal, proveJournal } from '../../src/cli/check-journal.ts'
import type { ArchivedMonth } from '../../src/core/journal/entry.ts'
import { verifyJournal } from '../../src/core/journal/verify.ts'
import { createArchive, readArchive } from '../../src/disk/archive.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { type SimulatedDisk, simulateDisk } from '../parts/disk.ts'
import { day, writeDown } from '../parts/journal.ts'
import { quiet } from '../parts/log.ts'

const folder = '/platen'
const january = '/platen/journal/entries-2026-01.jsonl'
const february = '/platen/journal/entries-2026-02.jsonl'
const aYearLater = day('2027-03-01')

let starts = 0
/** By a process of its own: whoever had the folder before a power cut is gone. */
function open(files: SimulatedDisk): Promise<OpenStore> {
  starts += 1
  const pid = starts
  const identify = (of: number) => (of === pid ? `start ${pid}` : null)
  const parts = { folder, log: quiet, clock: createTestClock(), files }
  return openStore({ ...parts, processes: { pid, identify } })
}

let disk: SimulatedDisk
let store: OpenStore
beforeEach(async () => {
  disk = simulateDisk()
  store = await open(disk)
  await writeDown(store, [
    { on: '2026-01-05', what: 'ticket opened', email: 'bo@school.edu' },
    { on: '2026-01-06' },
    { on: '2026-02-02', what: 'ticket resolved' },
    { on: '2027-02-02' },
  ])
})

const archiving = () => createArchive({ folder, store, log: quiet, files: disk })
const numbers = () => Object.values(store.state.journal).map(({ number }) => number)
const check = async (on = store, files = disk) =>
  checkJournal(await proveJournal(on.state), () => readArchive(folder, files))

async function write(path: string, lines: string): Promise<void> {
  const file = await disk.open(path, 'anew')
  await file.append(Buffer.from(lines))
  await file.flush()
  await file.close()
}

async function months(files = disk): Promise<ArchivedMonth[]> {
  const all: ArchivedMonth[] = []
  for await (const month of readArchive(folder, files)) all.push(month)
  return all
}

test('old entries go to the files of their months, the person left out, and the chain holds', async () => {
  const archive = archiving()
  await archive.archive(aYearLater)
  expect(numbers()).toEqual([4])
  expect(archive.trouble()).toBeNull()
  expect((await months()).map(({ file, entries }) => [file, entries.length])).toEqual([
    ['entries-2026-01.jsonl', 2],
    ['entries-2026-02.jsonl', 1],
  ])
  expect(disk.text(january)).toContain('"what":"ticket opened"')
  expect(disk.text(january)).not.toContain('school')
  expect(await check()).toEqual({ ok: true, sentence: expect.any(String) })
})

test('what stays long enough goes another day, behind what is there', async () => {
  const archive = archiving()
  await archive.archive(day('2026-08-01'))
  expect(numbers()).toEqual([1, 3, 4])
  await archive.archive(aYearLater)
  const [first] = await months()
  expect(first?.entries.map(({ number }) => number)).toEqual([2, 1])
  expect(await check()).toMatchObject({ ok: true })
})

test('more than one change should hold: all of them go in one call', async () => {
  disk = simulateDisk()
  store = await open(disk)
  await writeDown(
    store,
    Array.from({ length: 450 }, () => ({ on: '2026-02-03' })),
  )
  const lines = disk.text('/platen/platen.log')?.split('\n').length ?? 0
  await archiving().archive(day('2028-03-01'))
  expect([numbers(), Object.values(store.state.archived)]).toEqual([
    [],
    [expect.objectContaining({ first: 1, last: 450 })],
  ])
  expect((disk.text('/platen/platen.log')?.split('\n').length ?? 0) - lines).toBeGreaterThan(1)
  expect(await check()).toMatchObject({ ok: true })
})

test('a disk that does not take them: nothing leaves the state, and it is tried again', async () => {
  const archive = archiving()
  for (const operation of ['append', 'flush', 'flushFolder'] as const) {
    disk.fails = (step) => {
      const isOurs = step.operation === operation && step.path.startsWith('/platen/journal')
      return isOurs ? 'ENOSPC' : null
    }
    await archive.archive(aYearLater)
    expect(numbers()).toEqual([1, 2, 3, 4])
    expect(archive.trouble()).toMatch(
      /^Old entries of the journal cannot be archived: the disk is full\./,
    )
  }
  disk.fails = () => null
  await archive.archive(aYearLater)
  expect([numbers(), archive.trouble()]).toEqual([[4], null])
  expect(await check()).toMatchObject({ ok: true })
})

test('a power cut at any moment loses no entry, and the archive is right after the next try', async () => {
  await store.close()
  /** The same start, cut at each step of what follows. */
  async function cutAfter(steps: number, seed: number) {
    const cut = disk.crash(seed)
    const begun = await open(cut)
    cut.cutAt = cut.steps + steps
    const done = createArchive({ folder, store: begun, log: quiet, files: cut })
      .archive(aYearLater)
      .then(() => 'done' as const)
    const how = await Promise.race([done, cut.dark.then(() => 'dark' as const)])
    const after = cut.crash(seed + 1000)
    const again = await open(after)
    const left = Object.values(again.state.journal).map(({ number }) => number)
    const inFiles = (await months(after)).flatMap(({ entries }) => entries.map((e) => e.number))
    expect([...new Set([...left, ...inFiles])].sort()).toEqual([1, 2, 3, 4])
    expect(verifyJournal(again.state)).toMatchObject({ ok: true })
    const later = createArchive({ folder, store: again, log: quiet, files: after })
    await later.archive(aYearLater)
    expect(Object.keys(again.state.journal)).toHaveLength(1)
    expect(await check(again, after)).toMatchObject({ ok: true })
    return how
  }
  for (let seed = 1; seed <= 8; seed += 1)
    for (let steps = 1; (await cutAfter(steps, seed)) === 'dark'; steps += 1);
})

describe('what `check` says of the journal:', () => {
  test('nothing yet', async () => {
    const none = await open(simulateDisk())
    expect(await check(none)).toEqual({ ok: true, sentence: 'Nothing was written in it yet.' })
    expect(await checkJournal(null, () => readArchive(folder, disk))).toMatchObject({ ok: true })
  })

  test('how many there are, and the newest, to be written down elsewhere', async () => {
    const hash = store.state.chain.journal?.hash.slice(0, 12)
    expect(await check()).toEqual({
      ok: true,
      sentence: `4 entries, each bound to the one before. The newest is 4 ${hash}: written down elsewhere, it proves all before it.`,
    })
  })

  test('which are archived, and which files are not here', async () => {
    await archiving().archive(aYearLater)
    expect((await check()).sentence).toContain('before (1 kept here, 3 archived). The newest')
    await disk.remove(january)
    expect(await check()).toEqual({
      ok: true,
      sentence: expect.stringContaining('3 archived; of these entries 1 to 2 are not here)'),
    })
    await disk.remove(february)
    expect((await check()).sentence).toContain('of these entries 1 to 3 are not here')
  })

  test('a month that was cut off in the middle of a line, emptied or taken out behind an older one', async () => {
    await archiving().archive(aYearLater)
    const [first = '', second = ''] = (disk.text(january) ?? '').split(/(?<=\n)/)
    const saying = (start: string) => ({ ok: false, sentence: expect.stringMatching(start) })
    const inJanuary = '^Entry 2 is missing from journal/entries-2026-01.jsonl to '
    const behindJanuary = '^Entry 3 is missing from journal/entries-2026-01.jsonl: only whole'
    await write(january, first)
    expect(await check()).toEqual(saying(inJanuary))
    await write(january, first + second.slice(0, 40))
    expect(await check()).toEqual(saying(inJanuary))
    await write(january, first + second)
    expect(await check()).toMatchObject({ ok: true })
    await write(february, '')
    expect(await check()).toEqual(saying(behindJanuary))
    await disk.remove(february)
    expect(await check()).toEqual(saying(behindJanuary))
  })

  test('one that was changed in the state', async () => {
    const [first] = Object.values(store.state.journal)
    if (first) await store.update((tx) => tx.put('journal', { ...first, by: 'somebody else' }))
    expect(await check()).toEqual({
      ok: false,
      sentence: expect.stringMatching(/^Entry 1 of 2026-01-05 08:00 UTC was changed after/),
    })
  })

  test('one bit that turned in the archive', async () => {
    await archiving().archive(aYearLater)
    disk.flipBit(january, (disk.text(january) ?? '').indexOf('ticket taken'))
    expect(await check()).toEqual({
      ok: false,
      sentence: expect.stringMatching(
        /^Line 2 of journal\/entries-2026-01.jsonl cannot be read, and entry 2 is nowhere\./,
      ),
    })
  })
})
