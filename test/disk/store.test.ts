import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Group } from '../../src/core/printers/group.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'

let folder = ''

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'platen-store-')), 'data')
})
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true })
})

test('shows the next start what was changed', async () => {
  const store = await open()
  await store.update((tx) => {
    tx.put('groups', aGroup('g-1', 'Library'))
    tx.put('groups', aGroup('g-2', 'Annex'))
  })
  await store.update((tx) => tx.drop('groups', 'g-2'))
  await store.close()
  const next = await open()
  expect(Object.values(next.state.groups)).toEqual([aGroup('g-1', 'Library')])
  await next.close()
})

test('answers with what the act returned, when it is in the log', async () => {
  const store = await open()
  const name = await store.update((tx) => {
    tx.put('groups', aGroup('g-1', 'Library'))
    return tx.state.groups['g-1']?.name
  })
  expect(name).toBe('Library')
  expect(await readFile(join(folder, 'platen.log'), 'utf8')).toContain('Library')
  await store.close()
})

test('an act that throws leaves nothing behind, whatever it had put, dropped and put again', async () => {
  const store = await open()
  await store.update((tx) => tx.put('printers', aPrinter('p-1', { label: 'LIB-1' })))
  const before = JSON.stringify(store.state.printers)
  const refused = store.update((tx) => {
    tx.put('printers', aPrinter('p-1', { label: 'LIB-2' }))
    tx.put('printers', aPrinter('p-2', { label: 'LIB-3' }))
    tx.drop('printers', 'p-1')
    tx.put('printers', aPrinter('p-1', { label: 'LIB-4' }))
    throw new Refusal('conflict', 'That label is taken.')
  })
  await expect(refused).rejects.toMatchObject({ code: 'conflict' })
  expect(JSON.stringify(store.state.printers)).toBe(before)
  expect([...store.state.by.printersByLabel]).toEqual([['lib-1', new Set(['p-1'])]])
  await store.close()
})

test('finds a printer by its label, its address and its token, and no more by the old ones', async () => {
  const store = await open()
  const ids = (label: string) => [...(store.state.by.printersByLabel.get(label) ?? [])]
  await store.update((tx) => {
    tx.put('printers', aPrinter('p-1', { label: 'LIB-1' }))
    tx.put('printers', aPrinter('p-2', { label: 'Lib-1' }))
  })
  expect(ids('lib-1')).toEqual(['p-1', 'p-2'])
  await store.update((tx) => tx.put('printers', aPrinter('p-1', { label: 'LIB-9' })))
  expect([ids('lib-1'), ids('lib-9')]).toEqual([['p-2'], ['p-1']])
  await store.update((tx) => tx.drop('printers', 'p-2'))
  expect([...store.state.by.printersByLabel.keys()]).toEqual(['lib-9'])
  await store.close()
  const next = await open()
  expect([...next.state.by.printersByToken]).toEqual([['token-p-1', new Set(['p-1'])]])
  await next.close()
})

test('an id that is a word of JavaScript is an id like any other', async () => {
  const store = await open()
  expect(store.state.groups.constructor).toBeUndefined()
  const ids = ['__proto__', 'constructor', 'hasOwnProperty', '7']
  await store.update((tx) => {
    for (const id of ids) tx.put('groups', aGroup(id, `group ${id}`))
  })
  expect('name' in {}).toBe(false)
  await store.close()
  const next = await open()
  expect(Object.keys(next.state.groups).sort()).toEqual([...ids].sort())
  for (const id of ids) expect(next.state.groups[id]?.name).toBe(`group ${id}`)
  await next.close()
})

test('does not take a record that would stop the next start', async () => {
  const store = await open()
  const put = store.update((tx) => tx.put('groups', aGroup('g-1', '')))
  await expect(put).rejects.toThrow(/groups g-1 is not as it should be: name/)
  expect(Object.keys(store.state.groups)).toEqual([])
  await store.close()
})

test('an act that goes on after its end changes nothing', async () => {
  const store = await open()
  const late = await store.update((tx) => [() => tx.put('groups', aGroup('g-1', 'late'))])
  expect(() => late[0]?.()).toThrow(/is over/)
  expect(Object.keys(store.state.groups)).toEqual([])
  await store.close()
})

test('tells those who watch, until they stop, and survives one that fails', async () => {
  const store = await open()
  const heard: string[] = []
  store.onChange(() => {
    throw new Error('a screen that broke')
  })
  const stop = store.onChange(() => heard.push(Object.keys(store.state.groups).join()))
  await store.update((tx) => tx.put('groups', aGroup('g-1', 'one')))
  stop()
  await store.update((tx) => tx.put('groups', aGroup('g-2', 'two')))
  expect(heard).toEqual(['g-1'])
  expect(Object.keys(store.state.groups)).toEqual(['g-1', 'g-2'])
  await store.close()
})

test('writes one line a change, and a whole snapshot only when it stops', async () => {
  const store = await open()
  const snapshot = await readFile(join(folder, 'platen.json'), 'utf8')
  for (const id of ['g-1', 'g-2', 'g-3'])
    await store.update((tx) => tx.put('groups', aGroup(id, id)))
  const log = await readFile(join(folder, 'platen.log'), 'utf8')
  expect(log.trimEnd().split('\n')).toHaveLength(1 + 3)
  expect(await readFile(join(folder, 'platen.json'), 'utf8')).toBe(snapshot)
  await store.close()
  expect(
    JSON.parse(await readFile(join(folder, 'platen.json'), 'utf8')).collections.groups,
  ).toHaveLength(3)
  expect((await readFile(join(folder, 'platen.log'), 'utf8')).trimEnd().split('\n')).toHaveLength(1)
})

test('keeps the log short by snapshots while changes go on, and loses none of them', async () => {
  const store = await open({ leastLogBytes: 2_000 })
  const changes = Array.from({ length: 400 }, (_, n) =>
    store.update((tx) => tx.put('groups', aGroup(`g-${n % 90}`, `change ${n}`))),
  )
  await Promise.all(changes.slice(0, 200))
  for (let n = 0; n < 200; n += 1)
    await store.update((tx) => tx.put('groups', aGroup(`g-${n % 90}`, `later ${n}`)))
  const due = JSON.stringify(sorted(store))
  expect((await stat(join(folder, 'platen.log'))).size).toBeLessThan(30_000)
  await store.close()
  const next = await open()
  expect(JSON.stringify(sorted(next))).toBe(due)
  await next.close()
})

test('keeps a table of a hundred thousand, as one change and as many at once', async () => {
  const store = await open()
  await store.update((tx) => {
    for (let n = 0; n < 100_000; n += 1) tx.put('groups', aGroup(`g-${n}`, 'from a table'))
  })
  const many = Array.from({ length: 100_000 }, (_, n) =>
    store.update((tx) => tx.put('groups', aGroup(`g-${n}`, 'one by one'))),
  )
  await Promise.all(many)
  await store.close()
  const next = await open()
  expect(Object.keys(next.state.groups)).toHaveLength(100_000)
  expect(next.state.groups['g-99999']?.name).toBe('one by one')
  await next.close()
}, 120_000)

test('is nobody else’s to read', async () => {
  const store = await open()
  await store.update((tx) => tx.put('groups', aGroup('g-1', 'one')))
  await store.close()
  const modes = await Promise.all(
    ['.', ...(await readdir(folder))].map(
      async (name) => (await stat(join(folder, name))).mode & 0o777,
    ),
  )
  expect(modes).toEqual([0o700, ...modes.slice(1).map(() => 0o600)])
  expect(modes.length).toBeGreaterThan(3)
})

test('refuses what is asked while it stops', async () => {
  const store = await open()
  const closed = store.close()
  const late = store.update((tx) => tx.put('groups', aGroup('g-1', 'late')))
  await expect(late).rejects.toMatchObject({ code: 'unkeepable' })
  await closed
})

function open(more: { leastLogBytes?: number } = {}): Promise<OpenStore> {
  return openStore({ folder, log: quiet, clock: createTestClock(), ...more })
}

function sorted(store: OpenStore): Group[] {
  return Object.values(store.state.groups).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function aGroup(id: string, name: string): Group {
  return { id, name, building: null, managers: [] }
}

function aPrinter(id: string, of: Partial<Printer>): Printer {
  return {
    ...{ id, label: id, assetTag: null, make: null, model: null, building: null, location: null },
    ...{ ipAddress: '127.0.0.1', macAddress: null, serial: null, group: null, organisation: null },
    ...{
      community: null,
      snmpVersion: null,
      isActive: true,
      token: `token-${id}`,
      formerTokens: [],
    },
    ...{ device: null, stranger: null, supplies: {} },
    createdAt: '2026-11-20T08:00:00Z',
    ...of,
  }
}
