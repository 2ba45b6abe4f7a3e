import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countRows, importPrinters, previewPrinters } from '../../src/core/printers/import.ts'
import type { ImportFile } from '../../src/core/printers/import-plan.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../imports', name), 'utf8')

async function anOffice(...printers: Partial<Printer>[]) {
  const store = createMemoryStore()
  await store.update((tx) => {
    for (const [at, printer] of printers.entries())
      tx.put('printers', aPrinter({ id: `p-${at + 1}`, ipAddress: `10.0.0.${at + 1}`, ...printer }))
  })
  const told = (file: string | ImportFile) =>
    previewPrinters(store.state, file).rows.map(({ outcome, says }) =>
      [outcome, outcome !== 'changed' && says].filter(Boolean).join(': '),
    )
  const take = (file: string | ImportFile) =>
    store.update((tx) => importPrinters(tx, file, createAct()))
  const kept = () => Object.values(store.state.printers)
  return { store, told, take, kept }
}

describe('what people write is mended, and told', () => {
  it.each([
    ['http://10.0.0.7/', '10.0.0.7'],
    ['https://10.0.0.7:8443/hp/device', '10.0.0.7'],
    ['ipp://lib-1.school.edu:631/ipp/print', 'lib-1.school.edu'],
    ['snmp://10.0.0.7:1161', '10.0.0.7:1161'],
    ['10.0.0.7/24', '10.0.0.7'],
    ['10.0.0.7/', '10.0.0.7'],
    ['10. 0. 0. 7', '10.0.0.7'],
    ['010.000.000.007', '10.0.0.7', ', its zeros as decimal'],
    ['10.0.0.008:161', '10.0.0.8:161', ', its zeros as decimal'],
  ])('reads the address %s', async (typed, address, more = '') => {
    const { store, take, kept } = await anOffice()
    const file = `label,ipAddress\nA,${typed}\n`
    const [row] = previewPrinters(store.state, file).rows
    expect(row?.cleaned).toEqual([`ipAddress "${typed}" read as ${address}${more}`])
    await take(file)
    expect(kept()).toMatchObject([{ ipAddress: address }])
  })

  it.each([
    ['00-11-22-33-44-5f', '00:11:22:33:44:5F'],
    ['0011.2233.445f', '00:11:22:33:44:5F'],
    ['00 11 22 33 44 5f', '00:11:22:33:44:5F'],
    ['0:11:22:33:4:5f', '00:11:22:33:04:5F'],
    ['0x00112233445f', '00:11:22:33:44:5F'],
  ])('reads the network card %s', async (typed, mac) => {
    const { take, kept } = await anOffice()
    const preview = await take(`label,ipAddress,macAddress\nA,10.0.0.7,${typed}\n`)
    expect(preview.rows[0]?.cleaned).toEqual([`macAddress "${typed}" read as ${mac}`])
    expect(kept()).toMatchObject([{ macAddress: mac }])
  })

  it('leaves out a network card that is nobody’s', async () => {
    const { take, kept } = await anOffice()
    const preview = await take('label,ipAddress,macAddress\nA,10.0.0.7,00:00:00:00:00:00\n')
    expect(preview.rows[0]?.cleaned).toEqual(["macAddress 00:00:00:00:00:00 is nobody's; left out"])
    expect(kept()).toMatchObject([{ macAddress: null }])
  })

  it('takes off blanks, hard blanks, line breaks and what nobody sees', async () => {
    const { take, kept } = await anOffice()
    const file =
      'label,ipAddress,location,group\n LIB-1 ,10.0.0.7,"2nd\u00a0floor\nleft","Lib\u200brary"\n'
    const preview = await take(file)
    expect(kept()).toMatchObject([{ label: 'LIB-1', location: '2nd floor left' }])
    expect(preview.newGroups).toEqual(['Library'])
    expect(preview.rows[0]?.cleaned).toEqual([
      'blanks taken off label',
      'hard blanks made plain ones in location',
      'line breaks and tabs made blanks in location',
      'characters that nobody sees taken out of group',
    ])
  })

  it('tells nothing of what was well', async () => {
    const { take } = await anOffice()
    const preview = await take(
      'label,ipAddress,macAddress\nA,10.0.0.7:1161,00:11:22:33:44:5F\nB,[fd00::7]:161,\n',
    )
    expect(preview.rows.flatMap(({ cleaned }) => cleaned)).toEqual([])
  })

  it('reads the columns of the campus list by its names, and says so', async () => {
    const { take, kept } = await anOffice()
    const preview = await take(sample('campus-printers.csv'))
    expect(preview.readAs).toEqual([{ header: 'campus_label', column: 'label' }])
    expect(preview.unknownColumns).toEqual(['qr_token'])
    expect(preview.newGroups).toEqual(['Library', 'Gym'])
    expect(kept().map(({ label, ipAddress, isActive }) => [label, ipAddress, isActive])).toEqual([
      ['LIB-1', '10.0.0.7', true],
      ['LIB-2', '10.0.0.8', true],
      ['GYM-1', '10.0.1.7', false],
    ])
  })

  it('passes over another name where our own column is there too', async () => {
    const { take, kept } = await anOffice()
    const preview = await take('name,label,ip\nFront desk,LIB-1,10.0.0.7\n')
    expect(kept()).toMatchObject([{ label: 'LIB-1' }])
    expect(preview.unknownColumns).toEqual(['name'])
    await expect(take('name,printer,ip\nA,B,10.0.0.7\n')).rejects.toThrow(
      '"name" and "printer" would both be the label',
    )
  })
})

describe('what is there twice', () => {
  const head = 'label,ipAddress,serial,macAddress\n'

  it('is left out where the whole row is, and tells of which one', async () => {
    const { told, take, kept } = await anOffice()
    const file = `${head}A,10.0.0.7,S1,\nB,10.0.0.8,,\n A ,10.0.0.007,S1,\n`
    expect(told(file)).toEqual(['new', 'new', 'same: the same as row 2, and left out'])
    await take(file)
    expect(kept()).toHaveLength(2)
  })

  it('is refused by serial and network card, in the file and beside what is known', async () => {
    const { told } = await anOffice(
      { label: 'OLD', serial: 'S9' },
      {
        label: 'HEARD',
        device: { serial: 'S8', macAddresses: [], since: '2026-03-01T08:00:00.000Z' },
      },
    )
    const file = `${head}A,10.0.1.1,s1,\nB,10.0.1.2,S1,\nC,10.0.1.3,,00:11:22:33:44:55\nD,10.0.1.4,,00:11:22:33:44:55\nE,10.0.1.5,S9,\nF,10.0.1.6,S8,\n`
    expect(told(file)).toEqual([
      'new',
      'refused: serial S1 is in row 2 already',
      'new',
      'refused: macAddress 00:11:22:33:44:55 is in row 4 already',
      'refused: serial S9 is that of OLD',
      'refused: serial S8 is that of HEARD',
    ])
  })

  it('is two devices where both serials say so, whatever card moved between them', async () => {
    const { told } = await anOffice({ serial: 'S1', macAddress: '00:11:22:33:44:55' })
    expect(told(`${head}B,10.0.1.2,S2,00:11:22:33:44:55\n`)).toEqual(['new'])
  })

  it('is nobody’s serial that many share', async () => {
    const { told } = await anOffice({ serial: '0000' })
    expect(told(`${head}B,10.0.1.2,0000,\nC,10.0.1.3,0000,\n`)).toEqual(['new', 'new'])
  })

  it('may change places, and stays as it is where the file changes nothing of it', async () => {
    const { told } = await anOffice({ label: 'A', serial: 'S1' }, { label: 'B', serial: 'S2' })
    expect(told(`${head}A,10.0.0.1,S2,\nB,10.0.0.2,S1,\n`)).toEqual(['changed', 'changed'])
    const twins = await anOffice({ label: 'A', serial: 'S1' }, { label: 'B', serial: 'S1' })
    expect(twins.told(`${head}A,10.0.0.1,S1,\nB,10.0.0.2,S1,\n`)).toEqual(['same', 'same'])
  })

  it('is refused in turn where the place was not given up, whichever row comes first', async () => {
    const { told } = await anOffice({ label: 'A' }, { label: 'B' }, { label: 'C' })
    const rows = ['C,10.0.0.2', 'B,10.0.0.1', 'A,nowhere!']
    const refused = [
      'refused: ipAddress 10.0.0.2 belongs to B',
      'refused: ipAddress 10.0.0.1 belongs to A',
      'refused: ipAddress "nowhere!" is no address like 10.0.0.7, 10.0.0.7:161 or printer.school.edu',
    ]
    const file = (all: readonly string[]) => `label,ipAddress\n${all.join('\n')}\n`
    expect(told(file(rows))).toEqual(refused)
    expect(told(file(rows.toReversed()))).toEqual(refused.toReversed())
  })
})

describe('a person chooses', () => {
  it('to take the good rows and leave the others', async () => {
    const { take, kept } = await anOffice()
    const text = 'label,ipAddress\nA,10.0.0.1\nB,10.0.0.300\nC,10.0.0.3\n'
    await expect(take(text)).rejects.toThrow('1 of 3 rows')
    await take({ text, leaveRefused: true })
    expect(kept().map(({ label }) => label)).toEqual(['A', 'C'])
  })

  it('to retire the printers that are not in the file, which is told before', async () => {
    const { store, take, kept } = await anOffice(
      { label: 'A' },
      { label: 'B' },
      { label: 'OLD', isActive: false },
    )
    const text = 'label,ipAddress\na,10.0.0.1\n'
    expect(previewPrinters(store.state, text).retired).toEqual([])
    expect(previewPrinters(store.state, { text, retireMissing: true }).retired).toEqual(['B'])
    await take({ text, retireMissing: true })
    expect(kept().map(({ label, isActive }) => [label, isActive])).toEqual([
      ['a', true],
      ['B', false],
      ['OLD', false],
    ])
    const told = Object.values(store.state.journal).map(({ what, details, changes }) => [
      ...[what, details.label, changes.isActive],
    ])
    expect(told).toContainEqual(['changed', 'B', [true, false]])
  })

  it('to retire none by a file that cannot be read whole, or that is empty', async () => {
    const { take, kept } = await anOffice({ label: 'A' }, { label: 'B' })
    const order = { leaveRefused: true, retireMissing: true }
    const text = 'label,ipAddress\nA,10.0.0.1\n,10.0.0.2\n'
    await expect(take({ text, ...order })).rejects.toThrow('only where every row can be taken')
    await expect(take({ text: 'label,ipAddress\n', ...order })).rejects.toThrow('names no printer')
    expect(kept().map(({ isActive }) => isActive)).toEqual([true, true])
  })
})

describe('the printers.json of a TonerTrack', () => {
  const text = sample('tonertrack-printers.json')

  it.each([
    ['as it lies in its folder', text],
    ['as its API answers', JSON.stringify({ printers: JSON.parse(text) })],
  ])('is taken %s', async (_, file) => {
    const { take, kept } = await anOffice()
    const preview = await take({ text: file, kind: 'tonertrack' })
    expect(preview.unknownColumns).toEqual(['status', 'toner_cartridges', 'total_pages'])
    expect(kept()).toMatchObject([
      {
        ...{ label: 'BMSC Sales Office', ipAddress: '10.10.5.28', model: 'Canon iR-ADV C5550' },
        ...{ serial: 'WXD07475', location: 'Sales, 2nd floor', community: 'public' },
      },
      { label: 'New Printer', ipAddress: '10.10.5.99', serial: null, community: 'hush-hush' },
    ])
    expect(JSON.stringify(preview)).not.toContain('hush-hush')
  })

  it('leaves alone what it does not tell of', async () => {
    const { take, kept } = await anOffice({ label: 'New Printer', serial: 'S1', location: 'Attic' })
    await take({ text, kind: 'tonertrack' })
    expect(kept()[0]).toMatchObject({ ipAddress: '10.10.5.99', serial: 'S1', location: 'Attic' })
  })

  it.each(['', 'label,ipAddress\n', '[]', '{"a":1}', '{"printers":{"a":1}}'])(
    'is not %j',
    async (file) => {
      const { take } = await anOffice()
      await expect(take({ text: file, kind: 'tonertrack' })).rejects.toThrow('no printers.json')
    },
  )

  it('says what it is where it is taken for a table', async () => {
    const { take } = await anOffice()
    await expect(take(text)).rejects.toThrow('This is JSON')
  })
})

it('a list whose rows all have one network card takes no longer than one of many', () => {
  const { state } = createMemoryStore()
  const rows = (mac: (at: number) => string) =>
    Array.from(
      { length: 1500 },
      (_, at) => `P-${at},10.0.${at >> 8}.${at & 255},${mac(at)},SERIAL${at}`,
    )
  const msOf = (lines: readonly string[]) => {
    const before = process.cpuUsage()
    const file = ['label,ipAddress,macAddress,serial', ...lines].join('\n')
    expect(countRows(previewPrinters(state, file), 'new')).toBe(lines.length)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  const many = rows((at) => at.toString(16).padStart(12, '0'))
  const plain = Math.min(msOf(many), msOf(many))
  const one = rows(() => '00:11:22:33:44:55')
  expect(Math.min(msOf(one), msOf(one))).toBeLessThan(10 * plain)
})

it.each([
  ['A,10.0.0.1,001122334455,S1', 'B,10.0.0.2,001122334455,S1', 'serial S1 is in row 2 already'],
  [
    'A,10.0.0.1,001122334455,S1',
    'B,10.0.0.2,001122334455,',
    'macAddress 00:11:22:33:44:55 is in row 2 already',
  ],
  ['A,10.0.0.1,001122334455,', 'B,10.0.0.2,001122334455,S1', 'serial S1 is in row 2 already'],
  ['A,10.0.0.1,001122334455,S1', 'B,10.0.0.2,001122334455,S2', ''],
])('of %s and %s the second is told: %s', (first, second, says) => {
  const { state } = createMemoryStore()
  const file = ['label,ipAddress,macAddress,serial', first, second].join('\n')
  expect(previewPrinters(state, file).rows[1]?.says).toBe(says)
})
