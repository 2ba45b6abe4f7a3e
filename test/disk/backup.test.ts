import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Header, Pax } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportPrinters } from '../../src/core/printers/import.ts'
import type { State } from '../../src/core/state.ts'
import { lookIntoBackup } from '../../src/disk/backup/look.ts'
import { makeBackup } from '../../src/disk/backup/make.ts'
import { restoreBackup } from '../../src/disk/backup/restore.ts'
import { readBackup } from '../../src/disk/backup/verify.ts'
import { type Files, realFiles } from '../../src/disk/files.ts'
import { seal } from '../../src/disk/sealed-lines.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'
import { aGroup, aPrinter } from '../parts/records.ts'

let base = ''
let folder = ''
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-backup-'))
  folder = join(base, 'data')
})
afterEach(async () => {
  await rm(base, { recursive: true })
})

test('after everything was wiped a restore brings back every printer, ticket, person and reading, byte for byte', async () => {
  const { file, saved, journal } = await aSiteWithBackup()
  await rm(folder, { recursive: true })
  const restored = await restore(file)
  expect(restored.inside).toMatchObject({ printers: 302, people: 1, tickets: 3, journalFiles: 2 })
  expect(await kept(folder)).toEqual(saved)
  for (const [name, bytes] of journal)
    expect(await readFile(join(folder, 'journal', name))).toEqual(bytes)
  expect(await readFile(join(folder, 'models/m-1/gear with a rather long name.stl'), 'utf8')).toBe(
    'solid gear',
  )
}, 120_000)

test('a backup is made while changes go on, and holds all that was saved when it was begun', async () => {
  await fill(folder)
  const store = await open()
  let stop = false
  let changes = 0
  const busy = (async () => {
    while (!stop) {
      await store.update((tx) => tx.put('groups', aGroup({ id: `g-new-${changes + 1}` })))
      changes += 1
    }
  })()
  while (changes < 3) await new Promise((resolve) => setImmediate(resolve))
  const [before, made] = [changes, await makeBackup({ ...parts(), store }, createAct())]
  stop = true
  await busy
  await store.close()
  expect(changes).toBeGreaterThan(before)
  await restore(made.path)
  const back = await open()
  const numbers = Object.keys(back.state.groups)
    .filter((id) => id.startsWith('g-new-'))
    .map((id) => Number(id.slice(6)))
  await back.close()
  // In order, without a gap, and none of those that came after it.
  expect(numbers.length).toBeGreaterThanOrEqual(before)
  expect(numbers.length).toBeLessThan(changes)
  expect(Math.max(...numbers)).toBe(numbers.length)
})

test('of a file that is being written it takes the whole lines, and says which were damaged', async () => {
  await fill(folder)
  const lines = [seal({ n: 1 }), seal({ n: 2 }).replace('2', '3'), seal({ n: 4 })]
  await writeFile(join(folder, 'journal/readings-2026-11.jsonl'), `${lines.join('')}{"half":`)
  const { path, damage } = await backup()
  const read = new Map<string, string>()
  await readBackup(path, async (name, body) => {
    const chunks: Buffer[] = []
    for await (const chunk of body) chunks.push(chunk)
    read.set(name, Buffer.concat(chunks).toString())
  })
  expect(read.get('journal/readings-2026-11.jsonl')).toBe(lines.join(''))
  expect(damage).toEqual(['journal/readings-2026-11.jsonl: line 2 is not as it was written.'])
  expect(read.get('settings.env')).toContain("EMAIL_TO='the desk@school.test'\n")
  expect(read.get('settings.env')).toContain('# SNMP_COMMUNITY= was set; it is a secret')
})

test.each<[string, (bytes: Buffer) => Buffer, string]>([
  ['turns a bit of what is written', (bytes) => flipped(bytes), 'is no good backup'],
  ['is full', () => full(), 'ENOSPC'],
])('on a disk that %s there is no backup, and no half of one', async (_, lie, why) => {
  await fill(folder)
  const store = await open()
  const files: Files = {
    ...realFiles,
    async open(path, how) {
      const file = await realFiles.open(path, how)
      return { ...file, append: async (bytes) => file.append(lie(Buffer.from(bytes))) }
    },
  }
  await expect(makeBackup({ ...parts(), store, files }, createAct())).rejects.toThrow(why)
  expect(await readdir(join(folder, 'backup'))).toEqual([])
  await store.close()
})

test('any tar opens it, and nobody but its owner reads it', async () => {
  await fill(folder)
  const { path } = await backup()
  const names = execFileSync('tar', ['-tzf', path]).toString().trim().split('\n')
  expect(names).toContain('platen.json')
  expect(names.at(-1)).toBe('manifest.json')
  execFileSync('gzip', ['-t', path])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'backup'))).toEqual([path.slice(folder.length + 8)])
})

test('what an older platen backed up comes back in the shape of today', async () => {
  await mkdir(folder)
  await copyFile(join(import.meta.dirname, '../states/3.state'), join(folder, 'platen.json'))
  // As platen 3 would have made it: the state as it lies there, in its shape.
  const copyTo = (to: string) => copyFile(join(folder, 'platen.json'), to)
  const states = join(import.meta.dirname, '../states')
  const [now, state] = [await kept(states, '3.state'), await stateOf(states, '3.state')]
  const { path } = await makeBackup({ ...parts(), store: { state, copyTo } }, createAct())
  const file = join(base, 'old.tar.gz')
  await copyFile(path, file)
  await rm(folder, { recursive: true })
  await restore(file)
  const { csv, collections } = await kept(folder)
  expect(csv).toBe(now.csv)
  expect(collections).toEqual(now.collections)
})

test('a bit that turned anywhere in it is found, and nothing is touched', async () => {
  await mkdir(folder)
  await copyFile(join(import.meta.dirname, '../states/5.state'), join(folder, 'platen.json'))
  const { path } = await backup()
  const before = await listing()
  const good = await readFile(path)
  const bad = join(base, 'bad.tar.gz')
  const bits = good.length * 8
  // Every bit of the head and of the end of what is compressed; of the rest a sample.
  const [head, end] = [80, bits - 92 * 8]
  for (let bit = 0; bit < bits; bit += bit < head || (bit > end - 80 && bit < end) ? 1 : 601) {
    const bytes = Buffer.from(good)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    await writeFile(bad, bytes)
    const tried = await readBackup(bad).then(
      () => `good with bit ${bit} turned`,
      (error) => error.code,
    )
    expect(tried).toBe('invalid')
  }
  await expect(restore(bad)).rejects.toMatchObject({ code: 'invalid' })
  expect(await listing()).toEqual(before)
})

test('one that was cut short anywhere is found, and so is what follows its end', async () => {
  await mkdir(folder)
  await copyFile(join(import.meta.dirname, '../states/5.state'), join(folder, 'platen.json'))
  const { path } = await backup()
  const good = await readFile(path)
  const bad = join(base, 'bad.tar.gz')
  for (const length of [
    0,
    1,
    91,
    92,
    93,
    500,
    good.length - 93,
    good.length - 92,
    good.length - 1,
  ]) {
    await writeFile(bad, good.subarray(0, length))
    await expect(lookIntoBackup({ file: bad, folder, log: quiet })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('is no good backup'),
    })
  }
  await writeFile(bad, Buffer.concat([good, Buffer.alloc(1)]))
  await expect(readBackup(bad)).rejects.toMatchObject({ code: 'invalid' })
  await expect(readBackup(join(base, 'none'))).rejects.toMatchObject({ code: 'invalid' })
})

test.each<[string, (entries: Entry[]) => Entry[], string]>([
  ['a path that leads out', (all) => listed([...all, file('../evil', 'x')]), 'which no backup'],
  [
    'a path inside that leads out',
    (all) => listed([...all, file('journal/../../evil', 'x')]),
    'which no backup',
  ],
  ['an absolute path', (all) => listed([...all, file('/etc/evil', 'x')]), 'which no backup'],
  ['a file that is none of ours', (all) => listed([...all, file('lock', 'x')]), 'which no backup'],
  [
    'a link',
    (all) => [...all, { name: 'journal/x', type: 'SymbolicLink', body: '' }],
    'SymbolicLink',
  ],
  ['a hard link', (all) => [...all, { name: 'journal/x', type: 'Link', body: '' }], 'is a Link'],
  ['a folder', (all) => [...all, { name: 'journal/x', type: 'Directory', body: '' }], 'Directory'],
  [
    'a device',
    (all) => [...all, { name: 'models/x', type: 'CharacterDevice', body: '' }],
    'CharacterDevice',
  ],
  ['the same file twice', (all) => [...all, ...all.slice(0, 1)], 'which no backup'],
  [
    'another file than was listed',
    (all) => [...all, file('journal/more.jsonl', 'x')],
    'more.jsonl',
  ],
  [
    'a file that is not there',
    (all) => all.filter(({ name }) => name !== 'settings.env'),
    'settings.env',
  ],
  [
    'a file of a size that cannot be',
    (all) => [...all, { ...file('models/x', ''), size: 1e13 }],
    'more than',
  ],
  ['zeros without end', (all) => [...all, file('models/x', Buffer.alloc(45_000_000))], 'more than'],
  [
    'a list that is missing',
    (all) => all.map((e) => (e.name === 'manifest.json' ? file('journal/m', e.body) : e)),
    'manifest.json',
  ],
])('refuses %s, and nothing is touched', async (_, change, word) => {
  await mkdir(folder)
  await copyFile(join(import.meta.dirname, '../states/5.state'), join(folder, 'platen.json'))
  const { path } = await backup()
  const entries = entriesOf(await readFile(path))
  const list = entries.pop()
  const bad = join(base, 'bad.tar.gz')
  await writeFile(bad, forged(entries, list))
  await readBackup(bad)
  const before = await listing()
  const changed = change([...entries, ...(list ? [list] : [])])
  const last = changed.findIndex(({ name }) => name === 'manifest.json')
  const [manifest] = last === -1 ? [] : changed.splice(last, 1)
  await writeFile(bad, forged(changed, manifest))
  await expect(restore(bad)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(word),
  })
  expect(await listing()).toEqual(before)
})

test.each<[string, (text: string) => string, string]>([
  ['of a newer platen', (text) => resealed(text.replace('{"version":5', '{"version":99')), 'newer'],
  [
    'whose records fit no schema',
    (text) => resealed(text.replace('"token":', '"tokem":')),
    'token',
  ],
  ['that was damaged before', (text) => text.replace('"token":', '"tokem":'), 'checksum'],
])('refuses a state %s, sound as the file may be', async (_, change, word) => {
  const state = await stateOf(join(import.meta.dirname, '../states'), '5.state')
  const copyTo = async (to: string) => {
    const text = await readFile(join(import.meta.dirname, '../states/5.state'), 'utf8')
    await writeFile(to, change(text))
  }
  const { path } = await makeBackup({ ...parts(), store: { state, copyTo } }, createAct())
  await expect(restore(path)).rejects.toMatchObject({
    ...{ code: 'invalid', message: expect.stringContaining(word) },
  })
  expect(await readdir(folder)).toEqual(['backup'])
})

test('tells what would come back and what is newer here, and changes nothing', async () => {
  const { file } = await aSiteWithBackup()
  const store = await open()
  const [ticket] = Object.values(store.state.tickets)
  await store.update((tx) => {
    if (ticket) tx.put('tickets', { ...ticket, id: 't-new', receipt: 'R-NEW' })
  })
  await store.close()
  const before = await listing()
  expect(await lookIntoBackup({ file, folder, log: quiet })).toMatchObject({
    ...{ site: 'Print room North', version: '0.1.0', clockTrusted: true, journalTrouble: null },
    inside: { printers: 302, tickets: 3 },
    newerHere: { tickets: 1, entries: 0 },
  })
  expect(await listing()).toEqual(before)
})

test('while a platen has the folder nothing is restored, and it says how to stop it', async () => {
  const { file } = await aSiteWithBackup()
  const store = await open()
  await expect(restore(file)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('systemctl stop platen'),
  })
  await store.close()
})

test('what was there is set aside, the restore is in the journal, and nobody is signed in', async () => {
  await fill(folder)
  const signedIn = await open()
  const at = '2026-03-02T08:00:00.000Z'
  const times = {
    startedAt: at,
    seenAt: at,
    clockTrusted: true,
    by: 'password',
    browser: '',
  } as const
  const [person] = Object.values(signedIn.state.people)
  await signedIn.update((tx) =>
    tx.put('sessions', { id: 's-1', person: person?.id ?? '', ...times }),
  )
  await signedIn.close()
  const { path } = await backup()
  const before = await readFile(join(folder, 'platen.json'))
  const readings = await readFile(join(folder, 'journal/readings-2026-02.jsonl'))
  await writeFile(join(folder, 'journal/readings-2026-12.jsonl'), seal({ newer: true }))
  const { aside } = await restore(path)
  expect(await readFile(join(aside ?? '', 'platen.json'))).toEqual(before)
  expect(await readFile(join(aside ?? '', 'journal/readings-2026-02.jsonl'))).toEqual(readings)
  expect(await readdir(join(folder, 'journal'))).not.toContain('readings-2026-12.jsonl')
  const store = await open()
  expect(store.state.sessions).toEqual({})
  const restored = Object.values(store.state.journal).filter(({ what }) => what === 'restored')
  expect(restored).toMatchObject([
    { by: 'admin', from: 'command line', subject: 'platen-2026-03-02T08-00-00Z.tar.gz' },
  ])
  await store.close()
})

test('a letter that waited when it was made may have been sent since, and will say so', async () => {
  const { file } = await aSiteWithBackup()
  await restore(file)
  const letters = Object.values((await stateOf(folder, 'platen.json')).outbox)
  const waiting = letters.filter(({ state }) => state === 'waiting')
  expect(waiting.length).toBeGreaterThan(0)
  expect(waiting.every(({ maybeTwice }) => maybeTwice)).toBe(true)
})

test('on a disk that is read-only nothing is restored, in a sentence', async () => {
  const { file } = await aSiteWithBackup()
  await fill(folder)
  const before = await listing()
  const mark = () => Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' }))
  await expect(restore(file, { ...realFiles, mark })).rejects.toMatchObject({
    code: 'unkeepable',
    message: expect.stringMatching(/^Nothing was restored into .*: the disk is read-only\./),
  })
  expect(await listing()).toEqual(before)
})

test('a damaged state can be restored over, and stays beside', async () => {
  const { file, saved } = await aSiteWithBackup()
  await writeFile(join(folder, 'platen.json'), 'no state at all')
  const { aside, newerHere } = await restore(file)
  expect(newerHere).toBeNull()
  expect(await kept(folder)).toEqual(saved)
  expect(await readFile(join(aside ?? '', 'platen.json'), 'utf8')).toBe('no state at all')
})

test('a start from a damaged file names the newest good backup and how to put it back', async () => {
  await fill(folder)
  const { path } = await backup()
  await copyFile(path, join(folder, 'backup/platen-2026-03-05T08-00-00Z.tar.gz'))
  await writeFile(join(folder, 'backup/platen-2026-03-06T08-00-00Z.tar.gz'), 'bad')
  await writeFile(join(folder, 'platen.json'), 'no state at all')
  await expect(open()).rejects.toMatchObject({
    message: expect.stringMatching(
      /platen\.json\.1 of .* is good: .*newest good backup is of 2026-03-05T08:00:00.000Z;.*platen restore '.*\/backup\/platen-2026-03-05T08-00-00Z\.tar\.gz'$/,
    ),
  })
  await rm(join(folder, 'platen.json.1'))
  await expect(open()).rejects.toThrow(
    /No older copy.*platen restore '.*platen-2026-03-05T08-00-00Z\.tar\.gz'$/,
  )
})

async function aSiteWithBackup() {
  await fill(folder)
  const { path } = await backup()
  const file = join(base, 'backup.tar.gz')
  await copyFile(path, file)
  const names = (await readdir(join(folder, 'journal'))).sort()
  const journal = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, 'journal', name))] as const),
  )
  return { file, journal, saved: await kept(folder) }
}

/** 302 printers, an account, tickets, readings, an archive of the journal, a model. */
async function fill(at: string) {
  await mkdir(join(at, 'journal'), { recursive: true })
  await mkdir(join(at, 'models/m-1'), { recursive: true })
  await copyFile(join(import.meta.dirname, '../states/5.state'), join(at, 'platen.json'))
  await writeFile(join(at, 'models/m-1/gear with a rather long name.stl'), 'solid gear')
  const lines = Array.from({ length: 3000 }, (_, n) => seal({ n, printer: `p-${n % 300}` }))
  await writeFile(join(at, 'journal/readings-2026-02.jsonl'), lines.join(''))
  await writeFile(join(at, 'journal/journal-2025-02.jsonl'), lines.slice(0, 20).join(''))
  const store = await open()
  await store.update((tx) => {
    for (let n = 0; n < 300; n += 1)
      tx.put(
        'printers',
        aPrinter({ id: `q-${n}`, label: `Q-${n}`, ipAddress: `192.0.2.1:${n + 1}` }),
      )
  })
  await store.close()
}

function parts() {
  const settings = [
    ['SNMP_COMMUNITY', '<secret>'],
    ['EMAIL_TO', 'the desk@school.test'],
  ] as const
  return { folder, version: '0.1.0', site: 'Print room North', settings }
}

async function backup() {
  const store = await open()
  try {
    return await makeBackup({ ...parts(), store }, createAct())
  } finally {
    await store.close()
  }
}

function open(): Promise<OpenStore> {
  return openStore({ folder, log: quiet, clock: createTestClock(), patienceMs: 0 })
}

function restore(file: string, files: Files = realFiles) {
  const clock = createTestClock('2026-03-09T08:00:00.000Z')
  const by = { by: 'admin', from: 'command line' } as const
  return restoreBackup({ ...{ file, folder, log: quiet, clock, by, witness: null, files } })
}

/** The exports, and each collection as JSON; without what the restore itself writes. */
async function kept(at: string, name = 'platen.json') {
  const state = await stateOf(at, name)
  const collections = Object.entries(state).flatMap(([collection, records]) =>
    ['by', 'chain', 'sessions'].includes(collection)
      ? []
      : [[collection, sorted(collection, records)] as const],
  )
  return { csv: exportPrinters(state), collections: JSON.stringify(collections) }
}

async function stateOf(at: string, name: string): Promise<State> {
  const look = join(base, 'look')
  await rm(look, { recursive: true, force: true })
  await mkdir(look)
  for (const one of [name, 'platen.log', 'platen.log.1'])
    await copyFile(join(at, one), join(look, one === name ? 'platen.json' : one)).catch(() => {})
  const store = await openStore({ folder: look, log: quiet, clock: createTestClock() })
  await store.close()
  return store.state
}

function sorted(_collection: string, records: State[keyof State]) {
  return Object.values(records)
    .filter((record) => !('what' in record && record.what === 'restored'))
    .map((record) => ('maybeTwice' in record ? { ...record, maybeTwice: 'unsaid' } : record))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Every file of the folder with its bytes. */
async function listing(): Promise<[string, string][]> {
  const all = await readdir(base, { recursive: true, withFileTypes: true })
  const files = all.filter((one) => one.isFile() && one.name !== 'bad.tar.gz')
  return Promise.all(
    files.map(async (one): Promise<[string, string]> => {
      const path = join(one.parentPath, one.name)
      return [path, (await readFile(path)).toString('base64')]
    }),
  )
}

interface Entry {
  readonly name: string
  readonly type: 'File' | 'SymbolicLink' | 'Link' | 'Directory' | 'CharacterDevice'
  readonly body: Buffer | string
  readonly size?: number
}

const file = (name: string, body: Buffer | string): Entry => ({ name, type: 'File', body })

function entriesOf(backup: Buffer): Entry[] {
  const bytes = gunzipSync(backup)
  const entries: Entry[] = []
  for (let at = 0; ; ) {
    const header = new Header(bytes, at)
    if (header.nullBlock || !header.path) return entries
    const size = header.size ?? 0
    entries.push(file(header.path, bytes.subarray(at + 512, at + 512 + size)))
    at += 512 + Math.ceil(size / 512) * 512
  }
}

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4
  return bytes
}

function full(): never {
  throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
}

/** With all of them in its list. */
function listed(entries: readonly Entry[]): Entry[] {
  const files = entries.flatMap(({ name, body }) => {
    const bytes = Buffer.from(body)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return name === 'manifest.json' ? [] : [[name, { bytes: bytes.length, sha256 }] as const]
  })
  return entries.map((entry) => {
    if (entry.name !== 'manifest.json') return entry
    const said = JSON.parse(entry.body.toString()) as object
    return file(entry.name, JSON.stringify({ ...said, files: Object.fromEntries(files) }))
  })
}

/** With a seal that fits: somebody who knows how they are made. */
function forged(entries: readonly Entry[], list: Entry | undefined): Buffer {
  const blocks = [...entries, ...(list ? [list] : [])].flatMap(({ name, type, body, size }) => {
    const bytes = Buffer.from(body)
    const linkpath = type === 'File' ? undefined : '/etc/passwd'
    const header = new Header({
      path: name,
      type,
      size: size ?? bytes.length,
      mode: 0o600,
      linkpath,
    })
    const long = header.encode() ? [new Pax({ path: name }).encode()] : []
    const pad = Buffer.alloc((512 - (bytes.length % 512)) % 512)
    return [...long, header.block ?? Buffer.alloc(0), bytes, pad]
  })
  const packed = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
  return Buffer.concat([packed, sealOf(packed)])
}

function sealOf(packed: Buffer): Buffer {
  const sum = createHash('sha256').update(packed).digest('hex')
  const head = Buffer.from('1f8b0810000000000003', 'hex')
  return Buffer.concat([
    head,
    Buffer.from(`sha256 ${sum}\0`),
    Buffer.from('03000000000000000000', 'hex'),
  ])
}

/** A snapshot says its own checksum in its last line. */
function resealed(snapshot: string): string {
  const end = snapshot.lastIndexOf('"sha256":')
  const sum = createHash('sha256').update(snapshot.slice(0, end)).digest('hex')
  return `${snapshot.slice(0, end)}"sha256":"${sum}"}\n`
}
