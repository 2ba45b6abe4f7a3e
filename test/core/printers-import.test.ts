import { describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/core/printers/groups.ts'
import {
  exportPrinters,
  importPrinters,
  type Preview,
  previewPrinters,
} from '../../src/core/printers/import.ts'
import { Refusal } from '../../src/core/refusal.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from '../parts/act.ts'
import { createMemoryStore } from '../parts/store.ts'

const act = createAct()

async function imported(store: Store, text: string): Promise<Preview> {
  return store.update((tx) => importPrinters(tx, text, act))
}

async function refusalOf(store: Store, text: string): Promise<Refusal> {
  const error = await imported(store, text).catch((thrown: unknown) => thrown)
  if (error instanceof Refusal) return error
  throw new Error('the import was not refused')
}

function told(refusal: Refusal): string[] {
  const preview = refusal.details.preview as Preview
  return preview.rows
    .filter((row) => row.outcome === 'refused')
    .map((row) => `${row.row}: ${row.says}`)
}

function printers(store: Store) {
  return Object.values(store.state.printers)
}

describe('a list of printers is imported', () => {
  it('takes label and address alone', async () => {
    const store = createMemoryStore()
    const preview = await imported(
      store,
      'label,ipAddress\nLIB-1,10.0.0.1\nLIB-2,lib-2.school.edu:1161\n',
    )
    expect(preview.rows.map((row) => row.outcome)).toEqual(['new', 'new'])
    expect(
      printers(store).map(({ label, ipAddress, isActive, group }) => [
        label,
        ipAddress,
        isActive,
        group,
      ]),
    ).toEqual([
      ['LIB-1', '10.0.0.1', true, null],
      ['LIB-2', 'lib-2.school.edu:1161', true, null],
    ])
    expect(Object.values(store.state.journal)).toHaveLength(2)
  })

  it('gives each printer a token of its own for its QR code', async () => {
    const store = createMemoryStore()
    await imported(store, 'label,ipAddress\nLIB-1,10.0.0.1\nLIB-2,10.0.0.2\n')
    const [one, two] = printers(store)
    expect(one?.token).not.toBe(two?.token)
  })

  it.each([
    [
      'semicolons, as Excel writes them in Berlin',
      'label;ipAddress;location\nA;10.0.0.1;"Raum 3, links"\n',
    ],
    ['tabs', 'label\tipAddress\tlocation\nA\t10.0.0.1\tRaum 3, links\n'],
    ['a BOM', '\uFEFFlabel,ipAddress,location\r\nA,10.0.0.1,"Raum 3, links"\r\n'],
    [
      'headers in other spellings and another order',
      'Location,IP Address,LABEL\n"Raum 3, links",10.0.0.1,A\n',
    ],
  ])('reads %s', async (_, text) => {
    const store = createMemoryStore()
    await imported(store, text)
    expect(printers(store)).toMatchObject([
      { label: 'A', ipAddress: '10.0.0.1', location: 'Raum 3, links' },
    ])
  })

  it('reads what Excel calls a list with its separator named first', async () => {
    const store = createMemoryStore()
    const preview = await imported(store, 'sep=;\r\nlabel;ipAddress\r\nA;10.0.0.1\r\n')
    expect(preview.rows).toMatchObject([{ row: 3, label: 'A', outcome: 'new' }])
  })

  it('takes a row that ends early as one that says nothing of the rest', async () => {
    const store = createMemoryStore()
    await imported(store, 'label,ipAddress,community,group\nA,10.0.0.1,s3cret,Library\n')
    await imported(store, 'label,ipAddress,community,group\nA,10.0.0.2\n')
    expect(printers(store)).toMatchObject([{ ipAddress: '10.0.0.2', community: 's3cret' }])
    expect(printers(store)[0]?.group).not.toBeNull()
  })

  it('makes the groups that the rows name, one for both spellings', async () => {
    const store = createMemoryStore()
    const text =
      'label,ipAddress,group,building\nA,10.0.0.1,Library,Main\nB,10.0.0.2,library,Main\nC,10.0.0.3,,\n'
    const preview = await imported(store, text)
    expect(preview.newGroups).toEqual(['Library'])
    const groups = Object.values(store.state.groups)
    expect(groups).toMatchObject([{ name: 'Library', building: 'Main', managers: [] }])
    expect(printers(store).map((printer) => printer.group)).toEqual([
      groups[0]?.id,
      groups[0]?.id,
      null,
    ])
  })

  it('knows a printer by its label, and tells what changes and what stays', async () => {
    const store = createMemoryStore()
    await imported(
      store,
      'label,ipAddress,location,community\nA,10.0.0.1,1st floor,s3cret\nB,10.0.0.2,,\n',
    )
    const before = printers(store)[0]
    const preview = await imported(
      store,
      'label,ipAddress,location,community\na,10.0.0.9,,other\nB,10.0.0.2,,\n',
    )
    expect(preview.rows).toMatchObject([
      {
        row: 2,
        label: 'a',
        outcome: 'changed',
        says: 'label A -> a, location 1st floor -> (none), ipAddress 10.0.0.1 -> 10.0.0.9, community changed',
      },
      { row: 3, label: 'B', outcome: 'same', says: '' },
    ])
    expect(printers(store)[0]).toMatchObject({
      id: before?.id,
      token: before?.token,
      ipAddress: '10.0.0.9',
    })
  })

  it('leaves alone what the file has no column for', async () => {
    const store = createMemoryStore()
    await imported(store, 'label,ipAddress,serial,group\nA,10.0.0.1,SN1,Library\n')
    await imported(store, 'label,ipAddress\nA,10.0.0.2\n')
    expect(printers(store)).toMatchObject([{ serial: 'SN1', ipAddress: '10.0.0.2' }])
    expect(printers(store)[0]?.group).not.toBeNull()
  })

  it('lets two printers change places', async () => {
    const store = createMemoryStore()
    await imported(store, 'label,ipAddress\nA,10.0.0.1\nB,10.0.0.2\n')
    await imported(store, 'label,ipAddress\nA,10.0.0.2\nB,10.0.0.1\n')
    expect(printers(store).map((printer) => printer.ipAddress)).toEqual(['10.0.0.2', '10.0.0.1'])
  })

  it('shows in a preview what would happen, and changes nothing', () => {
    const store = createMemoryStore()
    const preview = previewPrinters(store.state, 'label,ipAddress,colour\nA,10.0.0.1,red\n')
    expect(preview).toMatchObject({
      rows: [{ row: 2, outcome: 'new' }],
      unknownColumns: ['colour'],
    })
    expect(printers(store)).toEqual([])
  })
})

describe('a bad list imports nothing, and every row is told', () => {
  it('names each wrong cell with its row', async () => {
    const store = createMemoryStore()
    const text = [
      'label,ipAddress,macAddress,snmpVersion,isActive',
      'A,10.0.0.1,,,',
      'B,10.0.0.256,,,',
      ',10.0.0.3,,,',
      'D,,,,',
      'E,10.0.0.5,00-11-22,4,perhaps',
      'F,224.0.0.1,,,',
      'G,10.0.0.7:99999,,,',
      'H,http://10.0.0.8/,,,',
      'I,10.0.0.9,,v5,',
    ].join('\n')
    const refusal = await refusalOf(store, text)
    expect(refusal.code).toBe('invalid')
    expect(refusal.message).toContain('7 of 9 rows')
    expect(told(refusal)).toEqual([
      '3: ipAddress "10.0.0.256" is no address like 10.0.0.7, 10.0.0.7:161 or printer.school.edu',
      '4: label is empty; every printer needs one',
      '5: ipAddress is empty; every printer needs one',
      '6: macAddress "00-11-22" is no address of six octets; snmpVersion "4" is none of auto, 1, 2c, 3; isActive "perhaps" is not true or false',
      '7: ipAddress "224.0.0.1" is no address like 10.0.0.7, 10.0.0.7:161 or printer.school.edu',
      '8: ipAddress "10.0.0.7:99999" is no address like 10.0.0.7, 10.0.0.7:161 or printer.school.edu',
      '10: snmpVersion "v5" is none of auto, 1, 2c, 3',
    ])
    expect(printers(store)).toEqual([])
    expect(store.state.journal).toEqual({})
  })

  it('tells broken UTF-8 by its row', async () => {
    const bytes = Buffer.concat([
      Buffer.from('label,ipAddress,location\nA,10.0.0.1,B'),
      Buffer.from([0xfc]),
      Buffer.from('ro\n'),
    ])
    const refusal = await refusalOf(createMemoryStore(), new TextDecoder().decode(bytes))
    expect(told(refusal)).toEqual(['2: location is not UTF-8 text; save the file as "CSV UTF-8"'])
  })

  it('refuses doubles within the file and addresses of other printers', async () => {
    const store = createMemoryStore()
    await imported(store, 'label,ipAddress\nOLD,10.0.0.9\n')
    const refusal = await refusalOf(
      store,
      'label,ipAddress\nA,10.0.0.1\na,10.0.0.2\nB,10.0.0.1\nC,10.0.0.9\n',
    )
    expect(told(refusal)).toEqual([
      '3: label a is in row 2 already',
      '4: ipAddress 10.0.0.1 is in row 2 already',
      '5: ipAddress 10.0.0.9 belongs to OLD',
    ])
    expect(printers(store)).toHaveLength(1)
  })

  it('refuses a row with more cells than the header, as a comma without quotes makes it', async () => {
    const text = 'label,ipAddress,location,group\nA,10.0.0.1,Room 4, left,Library\n'
    expect(told(await refusalOf(createMemoryStore(), text))).toEqual([
      '2: has 5 cells, the header 4; put quotes round a text with a separator in it',
    ])
  })

  it('knows one address by all its spellings', async () => {
    const text =
      'label,ipAddress\nA,10.0.0.1\nB,10.0.0.1:161\nC,[fd00::7]\nD,fd00:0::7\nE,lab.school.edu\nF,LAB.school.edu.\n'
    expect(told(await refusalOf(createMemoryStore(), text)).map((row) => row.slice(0, 1))).toEqual([
      '3',
      '5',
      '7',
    ])
  })

  it('refuses control characters and open quotes', async () => {
    const refusal = await refusalOf(
      createMemoryStore(),
      'label,ipAddress\nA\u001b[31m,10.0.0.1\n"B,10.0.0.2\n',
    )
    expect(told(refusal)).toEqual([
      '2: label holds characters that cannot be seen',
      '3: Quoted field unterminated',
    ])
  })

  it.each([
    ['', 'The file is empty.'],
    ['10.0.0.1\n10.0.0.2\n', 'label and ipAddress is missing'],
    ['label,label,ipAddress\nA,B,10.0.0.1\n', 'The column label is there twice.'],
  ])('says of %j that %s', async (text, sentence) => {
    expect((await refusalOf(createMemoryStore(), text)).message).toContain(sentence)
  })
})

describe('what is exported', () => {
  const full =
    'label,assetTag,make,model,building,location,ipAddress,macAddress,serial,group,organisation,community,snmpVersion,isActive\n' +
    'LIB-10,A 1,HP,"M404, dn",Main,"2nd ""floor""",10.0.0.1:1161,aa-bb-cc-dd-ee-01,SN1,Library,School,geheim,1,no\n' +
    'LIB-2,,,,,=SUM(A1),[fd00::7]:161,,-1,,,,,yes\n' +
    "Bücherei,,,,,'@home,10.0.0.3,,,Büro,,,,\n"

  it('comes back as it was', async () => {
    const store = createMemoryStore()
    await imported(store, full)
    const csv = exportPrinters(store.state)
    const again = previewPrinters(store.state, csv)
    expect(again.rows.map((row) => row.outcome)).toEqual(['same', 'same', 'same'])
    const other = createMemoryStore()
    await imported(other, csv)
    expect(exportPrinters(other.state)).toBe(csv)
  })

  it('runs no formula in a spreadsheet, and is in order of the labels', async () => {
    const store = createMemoryStore()
    await imported(store, full)
    const rows = exportPrinters(store.state).split('\r\n')
    expect(rows.slice(1, 4).map((row) => row.split(',')[0])).toEqual([
      'Bücherei',
      'LIB-2',
      'LIB-10',
    ])
    expect(rows[2]).toContain(",'=SUM(A1),")
    expect(rows[2]).toContain(",'-1,")
    expect(rows[0]?.charCodeAt(0)).toBe(0xfeff)
  })
})

describe('a group that an import makes', () => {
  it('has a name that can be kept when it is changed, and no building that cannot', async () => {
    const store = createMemoryStore()
    const [long, place] = ['G'.repeat(65), 'B'.repeat(65)]
    const refusal = await refusalOf(store, `label,ipAddress,group\nA,10.0.0.1,${long}\n`)
    expect(told(refusal)).toEqual(['2: group is longer than 64 characters'])
    await imported(store, `label,ipAddress,group,building\nA,10.0.0.1,Library,${place}\n`)
    const group = Object.keys(store.state.groups)[0] ?? ''
    const changes = { name: 'Main library' }
    await store.update((tx) => changeGroup(tx, { group, changes }, act))
    expect(store.state.groups[group]?.name).toBe('Main library')
  })
})
