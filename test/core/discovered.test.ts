import { describe, expect, it } from 'vitest'
import { recogniseDevices } from '../../src/core/printers/discovered.ts'
import type { FoundDevice } from '../../src/core/printers/found.ts'
import { tellFound } from '../../src/core/printers/found-rows.ts'
import { exportPrinters, importPrinters, previewPrinters } from '../../src/core/printers/import.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const since = '2026-03-01T08:00:00.000Z'
const mac = '00:11:22:33:44:55'

function aDevice(facts: Partial<FoundDevice> = {}): FoundDevice {
  return {
    address: '10.0.0.7',
    isPrinter: true,
    name: 'NPI3F2A1C',
    make: null,
    model: 'Folio 400',
    description: null,
    location: null,
    serial: null,
    macAddresses: [],
    community: null,
    answers: true,
    ...facts,
  }
}

async function anOffice(...printers: Partial<Printer>[]) {
  const store = createMemoryStore()
  await store.update((tx) => {
    for (const [at, printer] of printers.entries())
      tx.put('printers', aPrinter({ id: `p-${at + 1}`, ipAddress: `10.0.0.${at + 7}`, ...printer }))
  })
  const meanings = (...devices: FoundDevice[]) =>
    recogniseDevices(store.state, devices).map(({ meaning, label, from }) =>
      [meaning, label, from].filter((word) => word !== null).join(' '),
    )
  return { store, meanings }
}

describe('a device that was found', () => {
  it('is known by its serial, wherever the office has that from', async () => {
    const heard = { serial: 'AB1', macAddresses: [], since }
    const { meanings } = await anOffice({ device: heard }, { serial: 'ab2' })
    expect(meanings(aDevice({ serial: 'AB1' }))).toEqual(['known P-1'])
    expect(meanings(aDevice({ serial: 'AB2', address: '10.0.0.8' }))).toEqual(['known P-2'])
  })

  it('has moved where a known serial answers at another address', async () => {
    const { meanings } = await anOffice({ serial: 'AB1' })
    expect(meanings(aDevice({ serial: 'AB1', address: '10.0.0.90' }))).toEqual([
      'moved P-1 10.0.0.7',
    ])
    expect(meanings(aDevice({ serial: 'AB1', address: '10.0.0.7:1161' }))).toEqual([
      'moved P-1 10.0.0.7',
    ])
  })

  it('is known by a network card where it tells no serial, or a blanked one', async () => {
    const { meanings } = await anOffice({ macAddress: mac })
    const moved = { macAddresses: ['02:00:00:00:00:01', mac], address: '10.0.0.90' }
    expect(meanings(aDevice(moved))).toEqual(['moved P-1 10.0.0.7'])
    expect(meanings(aDevice({ ...moved, serial: 'XXXXXXXX' }))).toEqual(['moved P-1 10.0.0.7'])
  })

  it('is new though its network card was in another printer, when its serial is another', async () => {
    const { meanings } = await anOffice({ serial: 'AB1', macAddress: mac })
    const device = aDevice({ serial: 'AB2', macAddresses: [mac], address: '10.0.0.90' })
    expect(meanings(device)).toEqual(['new'])
  })

  it('is never known by its address alone: it stands where the printer is, or is another', async () => {
    const { meanings } = await anOffice({ serial: 'AB1' }, {})
    expect(meanings(aDevice())).toEqual(['at P-1'])
    expect(meanings(aDevice({ serial: 'AB2' }))).toEqual(['other P-1'])
    expect(meanings(aDevice({ serial: 'AB2', address: '10.0.0.8' }))).toEqual(['at P-2'])
  })

  it('is new in the place of a printer that was found elsewhere', async () => {
    const { meanings } = await anOffice({ serial: 'AB1' })
    const mover = aDevice({ serial: 'AB1', address: '10.0.0.90' })
    expect(meanings(mover, aDevice({ serial: 'AB2' }))).toEqual(['moved P-1 10.0.0.7', 'new'])
  })

  it('with two addresses is one device, and has not moved while one of them is the known', async () => {
    const { meanings } = await anOffice({ serial: 'AB1' })
    const [cable, radio] = [aDevice({ serial: 'AB1' }), { address: '10.0.0.3', serial: 'AB1' }]
    expect(meanings(aDevice(radio), cable)).toEqual(['again P-1 10.0.0.7', 'known P-1'])
    const strange = [aDevice({ serial: 'N1', address: '10.0.0.3' }), aDevice({ serial: 'N1' })]
    const { meanings: elsewhere } = await anOffice()
    expect(elsewhere(...strange)).toEqual(['new', 'again 10.0.0.3'])
  })

  it('is nobody where two printers of the office tell the same serial', async () => {
    const { meanings } = await anOffice({ serial: '1' }, { serial: '1' })
    expect(meanings(aDevice({ serial: '1', address: '10.0.0.90' }))).toEqual(['new'])
    expect(meanings(aDevice({ serial: '1', address: '10.0.0.8' }))).toEqual(['known P-2'])
  })

  it('is not followed where the office knows the printer by a name', async () => {
    const { meanings } = await anOffice({ serial: 'AB1', ipAddress: 'lib-1.school.test' })
    expect(meanings(aDevice({ serial: 'AB1' }))).toEqual(['known P-1'])
  })
})

describe('what was found, as a file to import', () => {
  it('takes a moved printer to its new address and leaves the rest of it as it is', async () => {
    const { store } = await anOffice({ serial: 'AB1', label: 'LIB-1', community: 'hush' }, {})
    const { csv } = tellFound(store.state, [
      aDevice({ serial: 'AB1', address: '10.0.0.90', model: 'Folio 400 X' }),
      aDevice({ address: '10.0.0.8' }),
    ])
    expect(previewPrinters(store.state, csv).rows).toMatchObject([
      {
        ...{ row: 2, label: 'LIB-1', outcome: 'changed' },
        says: 'ipAddress 10.0.0.7 -> 10.0.0.90',
      },
      { row: 3, label: 'P-2', outcome: 'same', says: '' },
    ])
  })

  it('gives new printers a label of their own, whatever they are called', async () => {
    const { store } = await anOffice({ label: 'npi3f2a1c-9', ipAddress: '10.0.9.1' })
    const odd = `=cmd|\uFFFD\u202e"x",\n\u0007${'\u{1F5A8}'.repeat(120)}`
    const { csv } = tellFound(store.state, [
      aDevice({ address: '10.0.0.9', serial: 'A', community: 'hush' }),
      aDevice({ address: '10.0.1.9', serial: 'B' }),
      aDevice({ address: '10.0.1.9:1161', serial: 'C' }),
      aDevice({ address: '10.0.1.10', name: null, serial: 'D' }),
      aDevice({ address: '10.0.1.11', name: null, model: null }),
      aDevice({ address: '10.0.1.12', name: odd, model: odd, serial: odd, location: odd }),
    ])
    const preview = previewPrinters(store.state, csv)
    expect(preview.rows.map(({ outcome }) => outcome)).toEqual(Array(6).fill('new'))
    expect(preview.rows.slice(0, 5).map(({ label }) => label)).toEqual([
      ...['NPI3F2A1C-0-9', 'NPI3F2A1C-1-9', 'NPI3F2A1C-0-1-9'],
      ...['Folio 400-10', 'Printer-11'],
    ])
    await store.update((tx) => importPrinters(tx, csv, createAct()))
    expect(exportPrinters(store.state)).toContain('hush')
  })

  it('leaves out what is no printer, and what stands in the place of another', async () => {
    const { store } = await anOffice({ serial: 'AB1' })
    const { csv } = tellFound(store.state, [
      aDevice({ serial: 'AB2' }),
      aDevice({ address: '10.0.0.99', isPrinter: false }),
    ])
    expect(csv.trim().split('\n')).toHaveLength(1)
  })
})
