import { beforeEach, describe, expect, test } from 'vitest'
import {
  asArchived,
  type DueEntries,
  dropArchived,
  dueSteps,
} from '../../src/core/journal/archive.ts'
import { linkOf } from '../../src/core/journal/chain.ts'
import type { ArchivedEntry, ArchivedMonth } from '../../src/core/journal/entry.ts'
import { eraseFromJournal } from '../../src/core/journal/erasure.ts'
import { note } from '../../src/core/journal/journal.ts'
import { verifyJournal } from '../../src/core/journal/verify.ts'
import { verifyArchive } from '../../src/core/journal/verify-archive.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from '../parts/act.ts'
import { day, writeDown } from '../parts/journal.ts'
import { createMemoryStore } from '../parts/store.ts'

let store: Store
beforeEach(() => {
  store = createMemoryStore()
})

const numbers = (all: readonly { readonly number: number }[]) => all.map(({ number }) => number)
/** With `between` done after each step. */
function dueEntries(of: Store, iso: string, between = () => {}): DueEntries {
  const steps = dueSteps(of.state, day(iso))
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    between()
  }
}
const archivedBy = (of: Store, iso: string) => dueEntries(of, iso).due.map(asArchived)
const dueOn = (iso: string) => numbers(archivedBy(store, iso))
const kept = () => numbers(Object.values(store.state.journal)).sort((a, b) => a - b)
const runs = () =>
  Object.values(store.state.archived)
    .map(({ first, last }) => [first, last])
    .sort(([a = 0], [b = 0]) => a - b)

/** What is due that day leaves the state, so many in one change; gives what went. */
async function archiveOn(iso: string, atOnce = 500): Promise<ArchivedEntry[]> {
  const { due, runs } = dueEntries(store, iso)
  for (let at = 0; at < due.length; at += atOnce)
    await store.update((tx) => dropArchived(tx, due.slice(at, at + atOnce), runs))
  return due.map(asArchived)
}

/** Of ids that `writeDown` did not give yet. */
function noteLater(number: number): Promise<void> {
  const act = { ...createAct('ada', day('2027-03-05')), newId: () => `later-${number}` }
  return store.update((tx) => note(tx, act, { what: 'ticket taken', subject: `later-${number}` }))
}

function proof() {
  const found = verifyJournal(store.state)
  if (!found.ok) throw new Error(found.sentence)
  return found
}

describe('an entry stays', () => {
  test('a year, half a year or a quarter, by what was done', async () => {
    await writeDown(store, [
      { on: '2026-01-01', what: 'ticket opened' },
      { on: '2026-01-01', what: 'ticket taken' },
      { on: '2026-01-01', what: 'device learned' },
    ])
    expect(dueOn('2026-04-01')).toEqual([])
    expect(dueOn('2026-04-02')).toEqual([3])
    expect(dueOn('2026-06-30')).toEqual([3])
    expect(dueOn('2026-07-01')).toEqual([2, 3])
    expect(dueOn('2027-01-01')).toEqual([2, 3])
    expect(dueOn('2027-01-02')).toEqual([1, 2, 3])
  })

  test('a year where nobody knows any more what its words weigh', async () => {
    await writeDown(store, [{ on: '2026-01-01' }])
    const [old] = Object.values(store.state.journal)
    if (old) await store.update((tx) => tx.put('journal', { ...old, what: 'sent by pigeon' }))
    expect(dueOn('2026-12-31')).toEqual([])
    expect(dueOn('2027-01-02')).toEqual([1])
  })

  test('a year after the first sure time behind it, where its own time is not sure', async () => {
    await writeDown(store, [
      { on: '1970-01-01', what: 'device learned', clockTrusted: false },
      { on: '2099-01-01', what: 'device learned', clockTrusted: false },
      { on: '2026-03-02', what: 'ticket opened' },
      { on: '2020-01-01', what: 'device learned', clockTrusted: false },
    ])
    expect(dueOn('2027-03-02')).toEqual([])
    expect(dueOn('2027-03-03')).toEqual([1, 2, 3])
    expect(dueOn('2040-01-01')).toEqual([1, 2, 3])
  })

  test('no longer, where that sure time left for the archive before it', async () => {
    await writeDown(store, [
      { on: '2099-01-01', what: 'ticket opened', clockTrusted: false },
      { on: '2098-01-01', what: 'device learned', clockTrusted: false },
      { on: '2026-03-02', what: 'device learned' },
      { on: '2026-09-02', what: 'device learned' },
      { on: '2027-03-01', what: 'ticket opened' },
    ])
    await archiveOn('2026-06-30')
    await archiveOn('2026-12-31')
    expect([kept(), runs()]).toEqual([[1, 2, 5], [[3, 4]]])
    expect(dueOn('2027-03-02')).toEqual([])
    expect(dueOn('2027-03-03')).toEqual([1, 2])
  })

  test('and goes to the month of that sure time: months follow one another as the numbers do', async () => {
    await writeDown(store, [
      { on: '2026-01-31' },
      { on: '1970-01-01', clockTrusted: false },
      { on: '2026-02-01' },
    ])
    const { due } = dueEntries(store, '2027-06-01')
    expect(due.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-02'])
  })
})

test('however many go in one change, the runs that stay are the same', async () => {
  const [light, middle, heavy] = ['device learned', 'ticket taken', 'ticket opened'] as const
  const pattern = [light, heavy, middle, light, light, heavy, middle, middle, light, middle]
  for (const atOnce of [1, 2, 3, 7]) {
    store = createMemoryStore()
    await writeDown(
      store,
      pattern.map((what) => ({ on: '2026-01-01', what })),
    )
    await archiveOn('2026-05-01', atOnce)
    expect(runs()).toEqual([
      [1, 1],
      [4, 5],
      [9, 9],
    ])
    await archiveOn('2026-08-01', atOnce)
    expect([kept(), runs()]).toEqual([
      [2, 6],
      [
        [1, 1],
        [3, 5],
        [7, 10],
      ],
    ])
    expect(proof().entries).toBe(2)
    await archiveOn('2027-05-01', atOnce)
    expect([kept(), runs()]).toEqual([[], [[1, 10]]])
    expect(proof()).toMatchObject({ entries: 0, end: { number: 10 } })
  }
})

test('one that is noted, and one that is erased, while what is due is looked for: all goes on', async () => {
  await writeDown(
    store,
    Array.from({ length: 1100 }, () => ({ on: '2026-01-01', email: 'bo@school.edu' })),
  )
  const busy: Promise<unknown>[] = []
  const { due, runs: known } = dueEntries(store, '2027-01-02', () => {
    busy.push(
      noteLater(busy.length),
      store.update((tx) => eraseFromJournal(tx, 'bo@school.edu')),
    )
  })
  await Promise.all(busy)
  expect(busy.length).toBeGreaterThan(0)
  expect(due).toHaveLength(1100)
  await store.update((tx) => dropArchived(tx, due, known))
  expect(runs()).toEqual([[1, 1100]])
  expect(proof().entries).toBe(kept().length)
})

test('runs that meet become one, in whatever order their entries go', async () => {
  const [light, heavy] = ['device learned', 'ticket opened'] as const
  await writeDown(store, [
    ...[light, heavy, light, light, heavy].map((what) => ({ on: '2026-01-01', what })),
  ])
  await archiveOn('2026-05-01')
  expect([kept(), runs()]).toEqual([
    [2, 5],
    [
      [1, 1],
      [3, 4],
    ],
  ])
  expect(proof().entries).toBe(2)
  await archiveOn('2027-05-01')
  expect([kept(), runs()]).toEqual([[], [[1, 5]]])
  await writeDown(store, [{ on: '2027-05-02' }])
  expect(proof()).toMatchObject({ entries: 1, end: { number: 6 } })
})

test('an entry whose forerunner is missing stays, for whoever looks into it', async () => {
  await writeDown(store, [{ on: '2026-01-01' }, { on: '2026-01-01' }, { on: '2026-01-01' }])
  const lost = Object.values(store.state.journal).find(({ number }) => number === 2)
  await store.update((tx) => tx.drop('journal', lost?.id ?? ''))
  expect(dueOn('2027-01-02')).toEqual([1])
})

test('what goes tells of no person any more', async () => {
  await writeDown(store, [{ on: '2026-01-01', email: 'bo@school.edu' }])
  const [gone] = await archiveOn('2027-01-02')
  expect(gone?.personalHash).toMatch(/^[\w-]{43}$/)
  expect(JSON.stringify(gone)).not.toMatch(/@school|"salt"/)
})

test('a run whose ends were changed does not bridge anything', async () => {
  await writeDown(store, [{ on: '2026-01-01' }, { on: '2026-01-01' }, { on: '2027-01-01' }])
  await archiveOn('2026-12-01')
  const [run] = Object.values(store.state.archived)
  if (!run) throw new Error('nothing was archived')
  const say = async (words: Partial<typeof run>) => {
    await store.update((tx) => tx.put('archived', { ...run, ...words }))
    return verifyJournal(store.state)
  }
  expect(await say({ hash: 'made up' })).toMatchObject({ ok: false })
  expect(await say({ before: 'made up' })).toMatchObject({ ok: false })
  const { hash } = store.state.chain.journal ?? run
  const sentence = 'An entry is both archived and not.'
  expect(await say({ last: 3, hash })).toEqual({ ok: false, sentence })
  expect(await say({})).toMatchObject({ ok: true })
  const none = { id: 'a-3', first: 3, last: 2, before: run.hash }
  expect(await say(none)).toMatchObject({ sentence: 'The archived entries 3 to 2 are none.' })
})

test('a run that was changed stays apart from what comes after it, so that it shows', async () => {
  await writeDown(store, [{ on: '2026-01-01' }, { on: '2026-03-01' }])
  await archiveOn('2026-07-01')
  const [run] = Object.values(store.state.archived)
  if (!run) throw new Error('nothing was archived')
  const changed = { ...run, hash: 'made up' }
  await store.update((tx) => tx.put('archived', changed))
  await store.update((tx) => {
    const [entry] = Object.values(tx.state.journal)
    const due = entry && { entry, before: run.hash, month: '2026-03' }
    if (due) dropArchived(tx, [due], new Map([[1, changed]]))
  })
  expect(runs()).toEqual([
    [1, 1],
    [2, 2],
  ])
  expect(verifyJournal(store.state)).toMatchObject({
    sentence: expect.stringMatching(/^The archived entries 2 to 2 do not follow on entry 1/),
  })
})

describe('the files of the archive', () => {
  let january: ArchivedEntry[]
  let february: ArchivedEntry[]
  beforeEach(async () => {
    const on = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-02-02', '2026-02-03', '2027-01-02']
    await writeDown(
      store,
      on.map((each) => ({ on: each })),
    )
    const gone = await archiveOn('2027-01-03')
    january = gone.slice(0, 3)
    february = gone.slice(3)
  })

  const month = (file: string, entries: readonly ArchivedEntry[], damaged: number[] = []) =>
    ({ file, entries, damaged }) satisfies ArchivedMonth

  function verify(...months: readonly ArchivedMonth[]) {
    const files = verifyArchive(proof())
    for (const each of months) files.add(each)
    return files.end()
  }
  const asWritten = () => verify(month('01', january), month('02', february))
  const whatIsWrong = (...months: readonly ArchivedMonth[]) => {
    const found = verify(...months)
    return found.ok ? null : found.sentence
  }
  const without = (entries: readonly ArchivedEntry[], number: number) =>
    entries.filter((each) => each.number !== number)
  const forged = (entries: readonly ArchivedEntry[], number: number) =>
    entries.map((each) => (each.number === number ? { ...each, by: 'somebody else' } : each))

  test('hold what left the state', () => {
    expect(numbers(january)).toEqual([1, 2, 3])
    expect(asWritten()).toEqual({ ok: true, notHere: [] })
  })

  test('may be missing, the oldest first: the ends of the run bridge them, and it is told which', () => {
    expect(verify()).toEqual({ ok: true, notHere: [[1, 5]] })
    expect(verify(month('02', february))).toEqual({ ok: true, notHere: [[1, 3]] })
  })

  test('show what is missing behind an entry that is there', () => {
    const only = ': only whole months may be gone, the oldest first.'
    expect(whatIsWrong(month('01', january))).toBe(
      `Entries 4 to 5 are missing from journal/01${only}`,
    )
    expect(whatIsWrong(month('01', january), month('02', []))).toMatch(/^Entries 4 to 5 are/)
    expect(whatIsWrong(month('01', without(january, 3)), month('02', february))).toBe(
      `Entry 3 is missing from journal/01 to journal/02${only}`,
    )
    expect(whatIsWrong(month('01', january), month('02', without(february, 5)))).toBe(
      `Entry 5 is missing from journal/02${only}`,
    )
  })

  test('show it too where it left the state at another time', async () => {
    const [light, heavy] = ['device learned', 'ticket opened'] as const
    store = createMemoryStore()
    await writeDown(store, [
      { on: '2026-01-01', what: light },
      { on: '2026-01-01', what: heavy },
      { on: '2026-02-01', what: light },
      { on: '2026-02-01', what: heavy },
    ])
    const [one, three] = await archiveOn('2026-06-01')
    if (!one || !three) throw new Error('nothing was archived')
    expect(verify(month('02', [three]))).toEqual({ ok: true, notHere: [[1, 1]] })
    expect(whatIsWrong(month('01', [one]))).toMatch(/^Entry 3 is missing from journal\/01:/)
  })

  test('cannot be rewritten behind a gap', () => {
    let before = ''
    const rewritten = january.map((each) => {
      const words = { ...each, by: 'somebody else', before }
      before = linkOf(before, words)
      return { ...words, hash: before }
    })
    expect(whatIsWrong(month('01', rewritten.slice(0, 2)), month('02', february))).toMatch(
      /^Entry 3 is missing/,
    )
  })

  test('show an entry that was changed', () => {
    for (const number of [1, 2, 3])
      expect(whatIsWrong(month('01', forged(january, number)))).toMatch(
        new RegExp(`^Entry ${number} of 2026-01-0\\d 08:00 UTC was changed after it was archived`),
      )
  })

  test('show one that stands in the place of another', async () => {
    const twin = createMemoryStore()
    await writeDown(
      twin,
      [...Array(3)].map(() => ({ on: '2026-01-05' })),
    )
    const strange = archivedBy(twin, '2027-01-03')
    expect(whatIsWrong(month('01', [...january.slice(0, 2), ...strange.slice(2)]))).toMatch(
      /^Entry 3 in journal\/01 does not fit/,
    )
    expect(whatIsWrong(month('01', strange), month('02', february))).toMatch(/does not fit/)
    const [four, five] = february
    if (!four || !five) throw new Error('nothing was archived')
    const last = { ...five, by: 'somebody else' }
    const forgery = { ...last, hash: linkOf(five.before, last) }
    expect(whatIsWrong(month('01', january), month('02', [four, forgery]))).toMatch(
      /^Entry 5 in journal\/02 does not fit/,
    )
  })

  test('show a line that was taken out', () => {
    expect(whatIsWrong(month('01', without(january, 2)), month('02', february))).toBe(
      'Entry 2 is missing from journal/01: only whole months may be gone, the oldest first.',
    )
  })

  test('may hold an entry twice, but not two of the same number', async () => {
    expect(verify(month('01', [...january, ...january]), month('02', february)).ok).toBe(true)
    const twin = createMemoryStore()
    await writeDown(twin, [{ on: '2026-01-08' }])
    const strange = archivedBy(twin, '2027-01-03')
    expect(whatIsWrong(month('01', january), month('02', strange))).toBe(
      'Entry 1 of 2026-01-08 08:00 UTC is archived twice, and not the same: in journal/01 and journal/02.',
    )
  })

  test('may hold half a line of a power cut, as long as nothing is missing', () => {
    expect(verify(month('01', january, [4]), month('02', february)).ok).toBe(true)
    expect(whatIsWrong(month('01', january), month('02', without(february, 5), [2]))).toBe(
      'Line 2 of journal/02 cannot be read, and entry 5 is nowhere.',
    )
  })

  test('are not those of a later time than the state', async () => {
    const [last] = february.slice(-1)
    if (!last) throw new Error('nothing was archived')
    const older = createMemoryStore()
    await writeDown(older, [{ on: '2026-01-05' }])
    const found = verifyJournal(older.state)
    if (!found.ok) throw new Error(found.sentence)
    const files = verifyArchive(found)
    files.add(month('02', [last]))
    expect(files.end()).toMatchObject({
      sentence: expect.stringMatching(/journal ends at 1: the state is older than its archive/),
    })
  })
})
