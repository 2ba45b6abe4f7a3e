import { beforeEach, describe, expect, test } from 'vitest'
import { entriesAbout } from '../../src/core/journal/journal.ts'
import {
  addPrinter,
  changePrinter,
  removePrinter,
  renewCode,
  retirePrinter,
  takeUpPrinter,
} from '../../src/core/printers/changes.ts'
import { exportPrinters, importPrinters, previewPrinters } from '../../src/core/printers/import.ts'
import { findByToken } from '../../src/core/printers/labels.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import type { Typed, Within } from '../../src/core/printers/typed.ts'
import type { Store } from '../../src/core/store.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import { createAct } from '../parts/act.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

// What the office does with its list of printers.

let store: Store
const act = createAct('ada')
const everywhere: Within = () => true
const onlyGym: Within = (group) => group?.id === 'g-gym'

beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' }))
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
    tx.put('printers', aPrinter({ id: 'lib', label: 'LIB-1', ipAddress: '10.0.0.1' }))
  })
})

const add = (typed: Typed, within = everywhere) =>
  store.update((tx) => addPrinter(tx, { typed, within }, act))
const change = (typed: Typed, within = everywhere) =>
  store.update((tx) => changePrinter(tx, printer('lib'), { typed, within }, act))

function printer(id: string): Printer {
  const found = store.state.printers[id]
  if (!found) throw new Error(`no printer ${id}`)
  return found
}

describe('a printer is added', () => {
  test('with its own code, and as the import would have read it', async () => {
    const added = await add({
      ...{ label: ' GYM-1 ', ipAddress: '10.0.0.2:1161', macAddress: 'aa-bb-cc-00-11-22' },
      ...{ group: 'g-gym', snmpVersion: 'v2', model: '', community: 'hush' },
    })
    expect(printer(added.id)).toMatchObject({
      ...{ label: 'GYM-1', ipAddress: '10.0.0.2:1161', macAddress: 'AA:BB:CC:00:11:22' },
      ...{ group: 'g-gym', snmpVersion: '2c', model: null, community: 'hush', isActive: true },
    })
    expect(findByToken(store.state, added.token)?.id).toBe(added.id)
  })

  test('by the name of who did it; the community never shows in the journal', async () => {
    const { id } = await add({
      ...{ label: 'GYM-1', ipAddress: '10.0.0.2', group: 'g-gym', community: 'hush' },
    })
    const [entry] = entriesAbout(store.state, id)
    expect(entry).toMatchObject({
      ...{ what: 'added', by: 'ada', details: { label: 'GYM-1', community: 'changed' } },
      changes: { group: [null, 'Gym'], ipAddress: [null, '10.0.0.2'] },
    })
    expect(JSON.stringify(entry)).not.toContain('hush')
  })

  test.each<[string, Typed, string, string]>([
    ['without a label', { ipAddress: '10.0.0.2' }, 'invalid', 'label'],
    ['without an address', { label: 'A' }, 'invalid', 'ipAddress'],
    ['at no address', { label: 'A', ipAddress: '300.1.1.1' }, 'invalid', 'ipAddress'],
    [
      'with half a card',
      { label: 'A', ipAddress: 'a', macAddress: 'AA:BB' },
      'invalid',
      'macAddress',
    ],
    ['of no version', { label: 'A', ipAddress: 'a', snmpVersion: '4' }, 'invalid', 'snmpVersion'],
    ['with what cannot be seen', { label: 'A\u200b', ipAddress: 'a' }, 'invalid', 'label'],
    ['in no such group', { label: 'A', ipAddress: 'a', group: 'g-none' }, 'invalid', 'group'],
    [
      'in a group of ill will',
      { label: 'A', ipAddress: 'a', group: '__proto__' },
      'invalid',
      'group',
    ],
    ['under a label that is taken', { label: 'lib-1', ipAddress: 'a' }, 'conflict', 'label'],
    [
      'at an address that is taken',
      { label: 'A', ipAddress: '10.0.0.1:161' },
      'conflict',
      'ipAddress',
    ],
  ])('not %s', async (_, typed, code, field) => {
    await expect(add(typed)).rejects.toMatchObject({ code, details: { field } })
    expect(Object.keys(store.state.printers)).toEqual(['lib'])
    expect(Object.keys(store.state.journal)).toEqual([])
  })

  test('as the import would take it, so that what is exported comes back as it was', async () => {
    await add({ label: 'Café\u00a01'.normalize('NFD'), ipAddress: '10.0.0.2' })
    const macAddress = '00:00:00:00:00:00'
    await expect(change({ macAddress })).rejects.toMatchObject({ details: { field: 'macAddress' } })
    const { rows } = previewPrinters(store.state, exportPrinters(store.state))
    expect(rows.map(({ label, outcome }) => [label, outcome])).toEqual([
      ['Café 1', 'same'],
      ['LIB-1', 'same'],
    ])
  })

  test('by who looks after some groups into one of these alone', async () => {
    const typed = { label: 'GYM-1', ipAddress: '10.0.0.2' }
    for (const group of ['', 'g-lib'])
      await expect(add({ ...typed, group }, onlyGym)).rejects.toMatchObject({
        ...{ code: 'invalid', details: { field: 'group' } },
      })
    expect((await add({ ...typed, group: 'g-gym' }, onlyGym)).group).toBe('g-gym')
  })
})

describe('a printer is changed', () => {
  test('in what is told, with what was and what is', async () => {
    await change({ location: 'Room 14', community: 'new secret', group: 'g-lib' })
    expect(printer('lib')).toMatchObject({ location: 'Room 14', building: 'Library' })
    const [entry] = entriesAbout(store.state, 'lib')
    expect(entry).toMatchObject({
      ...{ what: 'changed', details: { label: 'LIB-1', community: 'changed' } },
      changes: { location: ['Room 12', 'Room 14'], group: [null, 'Library'] },
    })
    expect(JSON.stringify(entry)).not.toMatch(/secret|hush/)
  })

  test('into nothing new leaves no trace', async () => {
    const before = printer('lib')
    await change({ label: 'LIB-1', ipAddress: '10.0.0.1' })
    expect(printer('lib')).toBe(before)
    expect(entriesAbout(store.state, 'lib')).toEqual([])
  })

  test('not to the label of another one, nor out of the groups of who does it', async () => {
    await add({ label: 'GYM-1', ipAddress: '10.0.0.2', group: 'g-gym' })
    await expect(change({ label: 'gym-1' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(change({ group: 'g-lib' }, onlyGym)).rejects.toMatchObject({ code: 'invalid' })
    await change({ group: 'g-gym' }, onlyGym)
    await expect(change({ group: '' }, onlyGym)).rejects.toMatchObject({ code: 'invalid' })
    expect(printer('lib')).toMatchObject({ label: 'LIB-1', group: 'g-gym' })
  })

  test('is retired and taken up again', async () => {
    await store.update((tx) => retirePrinter(tx, printer('lib'), act))
    expect(printer('lib').isActive).toBe(false)
    await store.update((tx) => takeUpPrinter(tx, printer('lib'), act))
    expect(printer('lib').isActive).toBe(true)
    expect(entriesAbout(store.state, 'lib').map(({ changes }) => changes)).toEqual([
      { isActive: [true, false] },
      { isActive: [false, true] },
    ])
  })

  test('the import takes back what was typed, unchanged', async () => {
    await change({ macAddress: 'aabbcc001122', group: 'g-lib' })
    const preview = await store.update((tx) =>
      importPrinters(
        tx,
        'label,ipAddress,macAddress,group\nLIB-1,10.0.0.1,AA:BB:CC:00:11:22,library\n',
        act,
      ),
    )
    expect(preview.rows.map(({ outcome }) => outcome)).toEqual(['same'])
  })
})

describe('a printer is removed', () => {
  test('once it is retired, with what was asked about it; the journal says so', async () => {
    await expect(
      store.update((tx) => removePrinter(tx, printer('lib'), act)),
    ).rejects.toMatchObject({ code: 'conflict' })
    await store.update((tx) => {
      tx.put('epochs', {
        ...{ id: 'e-1', printer: 'lib', state: 'begun', why: 'first' },
        ...{ startedAt: act.now.toISOString(), first: 1, last: null, lastAt: null },
      })
      removePrinter(tx, retirePrinter(tx, printer('lib'), act), act)
    })
    expect([store.state.printers, store.state.epochs]).toEqual([{}, {}])
    expect(entriesAbout(store.state, 'lib').at(-1)).toMatchObject({
      ...{ what: 'removed', details: { label: 'LIB-1', ipAddress: '10.0.0.1' } },
    })
  })
})

test('a printer that somebody waits for is not removed', async () => {
  const jam = {
    ...({ kind: 'issue', fault: 'jam', wants: null, words: '', form: null } as const),
    ...{ printerThen: null, requester: { name: null, email: null } },
  }
  const { ticket } = await store.update((tx) => openTicket(tx, printer('lib'), jam, act))
  await store.update((tx) => retirePrinter(tx, printer('lib'), act))
  const remove = () => store.update((tx) => removePrinter(tx, printer('lib'), act))
  await expect(remove()).rejects.toThrow('A ticket of LIB-1 waits for somebody; resolve it first.')
  await store.update((tx) => resolveTicket(tx, ticket.id, act))
  await remove()
  expect(store.state.printers).toEqual({})
})

describe('a new code', () => {
  test('leads to the printer, and so does each old one', async () => {
    const codes = [printer('lib').token]
    for (let at = 0; at < 3; at++)
      codes.push((await store.update((tx) => renewCode(tx, printer('lib'), act))).token)
    expect(new Set(codes).size).toBe(4)
    for (const code of codes.map((each) => each.toUpperCase()).slice(1))
      expect(findByToken(store.state, code)?.id).toBe('lib')
    expect(printer('lib').formerTokens).toEqual(codes.slice(0, 3))
    const entries = entriesAbout(store.state, 'lib')
    expect(entries.map(({ what }) => what)).toEqual(Array(3).fill('code renewed'))
    for (const code of codes) expect(JSON.stringify(entries)).not.toContain(code)
  })

  test('is not made without an end', async () => {
    for (let at = 0; at < 50; at++) await store.update((tx) => renewCode(tx, printer('lib'), act))
    await expect(store.update((tx) => renewCode(tx, printer('lib'), act))).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('what holds an address and is in no list but that of the retired is told to be one of these', async () => {
  const old = store.state.printers.lib
  if (old) await store.update((tx) => retirePrinter(tx, old, act))
  await expect(add({ label: 'LIB-2', ipAddress: '10.0.0.1' })).rejects.toThrow(
    'A retired printer still has the address 10.0.0.1; remove it, or give it another one.',
  )
})
