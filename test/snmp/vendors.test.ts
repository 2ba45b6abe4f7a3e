import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { chooseVendor, vendors } from '../../src/snmp/vendors/choose.ts'
import { hear } from './told.ts'

describe('the maker', () => {
  test.for([
    ['1.3.6.1.4.1.2435.2.3.9.1', 'Brother NC-8300h', 'brother'],
    ['.1.3.6.1.4.1.1129.1.2.1', null, 'toshiba'],
    ['1.3.6.1.4.1.367', 'NRG', 'ricoh'],
    ['1.3.6.1.4.1.641.2', 'TOSHIBA e-STUDIO by Lexmark', 'lexmark'],
    ['1.3.6.1.4.1.8072.3.2.10', 'GESTETNER MP 2500 1.0 / GESTETNER', 'ricoh'],
    ['1.3.6.1.4.1.24350.1', null, null],
    ['1.3.6.1.2.1.43', 'Printer of ours', null],
    [null, 'TA_UTAX Printing System', 'kyocera'],
    [null, 'HP ETHERNET MULTI-ENVIRONMENT,ROM none', 'hp'],
    [null, 'KONICA MINOLTA bizhub C250i', 'konica-minolta'],
    [null, 'Dell B3460dn Laser Printer', 'dell'],
    [null, 'ours, not by Canon', null],
    [null, null, null],
  ] as const)('with number %s, called %s, is %s', ([objectId, description, name]) => {
    expect(chooseVendor({ objectId, description })?.name ?? null).toBe(name)
  })

  test('is seen by the device or the private objects of a printer without a system group', () => {
    const nobody = { objectId: null, description: null }
    expect(chooseVendor({ ...nobody, model: 'RICOH IM C5500' })?.name).toBe('ricoh')
    const privateOid = '1.3.6.1.4.1.2435.2.3.9.1.1.7.0'
    expect(chooseVendor({ ...nobody, privateOid })?.name).toBe('brother')
  })

  test('has numbers and objects of its own, six at most at every poll', () => {
    const numbers = vendors.flatMap(({ enterprises }) => enterprises)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { constant, changing } of vendors) {
      expect(new Set([...constant, ...changing]).size).toBe(constant.length + changing.length)
      expect(changing.length).toBeLessThanOrEqual(6)
    }
  })
})

describe('who the printer is', () => {
  test.for<[string, string, Partial<Reading['identity']>]>([
    [
      'a Lexmark that packs its serial and firmware into its description',
      '1.3.6.1.2.1.25.3.2.1.3.1|4|Lexmark XC9265  7529ALLPHA12 CXTPP.052.024',
      { serial: '7529ALLPHA12', model: 'XC9265', firmware: 'CXTPP.052.024', source: 'lexmark' },
    ],
    [
      'a Lexmark with a name that only looks like that',
      '1.3.6.1.2.1.25.3.2.1.3.1|4|Lexmark MX 611 dhe',
      { serial: null, model: 'MX 611 dhe', firmware: null, source: 'lexmark' },
    ],
    [
      'a Dell',
      '1.3.6.1.2.1.1.1.0|4|Dell B2360dn version NH41.GM.N632 kernel 2.6\n' +
        '1.3.6.1.4.1.674.10898.100.2.1.2.1.3.1|4|COMMAND SET:;MODEL:Dell B2360dn',
      { serial: null, model: 'B2360dn', firmware: 'NH41.GM.N632', source: 'dell' },
    ],
    [
      'a Dell that packs its serial and firmware into its description',
      '1.3.6.1.2.1.1.1.0|4|Dell S5830dn version NH62.YS.N636 kernel 3.0.0\n' +
        '1.3.6.1.2.1.25.3.2.1.3.1|4|Dell S5830dn 7XQ1R92 LW62.DN4.P636\n' +
        '1.3.6.1.4.1.674.10898.100.2.1.2.1.3.1|4|COMMAND SET:;MODEL:Dell S5800 family',
      { serial: '7XQ1R92', model: 'S5830dn', firmware: 'LW62.DN4.P636', source: 'dell' },
    ],
    [
      'a LaserJet with its symbol set before each text',
      '1.3.6.1.2.1.1.1.0|4|HP ETHERNET MULTI-ENVIRONMENT,ROM none\n' +
        '1.3.6.1.4.1.11.2.3.9.1.1.7.0|4|MFG:HP;MDL:HP LaserJet M1-M9;DES:HP LaserJet M5dn;\n' +
        '1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.3.0|4x|01155048424233373030303132\n' +
        '1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.6.0|4x|026d32343035313235',
      { serial: 'PHBB3700012', model: 'LaserJet M5dn', firmware: '2405125', source: 'hp' },
    ],
    [
      'a LaserJet that gives its serial in sysDescr alone',
      '1.3.6.1.2.1.1.1.0|4|HP ETHERNET MULTI-ENVIRONMENT,SN:VNB3A00042,FN:4Q8,SVCID:1,PID:HP',
      { serial: 'VNB3A00042', model: null, source: 'hp' },
    ],
    [
      'a Samsung',
      '1.3.6.1.2.1.1.1.0|4|Samsung ML-3710 Series;V3.00.01.08 Jan-1-2011;NIC V4.01;S/N Z3A1BKA',
      { serial: 'Z3A1BKA', model: 'ML-3710', firmware: 'V3.00.01.08', source: 'samsung' },
    ],
    [
      'a Xerox',
      '1.3.6.1.2.1.1.1.0|4|Xerox VersaLink C405; System 68.9.1, Controller 1.2',
      { serial: null, model: 'VersaLink C405', firmware: '68.9.1', source: 'xerox' },
    ],
    [
      'an OKI behind its print server',
      '1.3.6.1.2.1.1.1.0|4|OKI OkiLAN 8450e Rev.02.10 PrintServer: Attached to C532 Rev.01.40 : x',
      { serial: null, model: 'C532', firmware: '01.40', source: 'oki' },
    ],
    [
      'a Develop whose device is called after its engine',
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.18334.1.1\n1.3.6.1.2.1.25.3.2.1.3.1|4|Generic 28C-1\n' +
        '1.3.6.1.4.1.18334.1.1.1.1.6.2.1.0|4|Develop ineo+ 280',
      { model: 'ineo+ 280', source: 'konica-minolta' },
    ],
    [
      'a bizhub that has nothing but an engine’s name and its description',
      '1.3.6.1.2.1.1.1.0|4|KONICA MINOLTA bizhub C3110\n1.3.6.1.2.1.25.3.2.1.3.1|4|Generic 28C-1',
      { model: 'bizhub C3110', source: 'konica-minolta' },
    ],
    [
      'a label printer behind a print server, both with serials',
      '1.3.6.1.2.1.1.1.0|4|ZebraNet Wired PS\n1.3.6.1.4.1.10642.1.1.0|4|ZTC TLP 2824 Plus\n' +
        '1.3.6.1.4.1.10642.200.19.5.0|4|37J1626\n1.3.6.1.4.1.683.1.5.0|4|7062184',
      { serial: '37J1626', model: 'TLP 2824 Plus', source: 'zebra' },
    ],
    [
      'a printer that no technician has given a serial',
      '1.3.6.1.2.1.1.1.0|4|EPSON Built-in\n1.3.6.1.4.1.1248.1.2.2.1.1.1.5.1|4|XXXXXXXXXX',
      { serial: null, model: null, firmware: null, source: null },
    ],
    [
      'a LaserJet that no technician has given one',
      '1.3.6.1.2.1.1.1.0|4|HP ETHERNET MULTI-ENVIRONMENT,SN:XXXXXXXXXX,FN:4Q8\n' +
        '1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.3.0|4x|011558585858585858585858',
      { serial: null },
    ],
    [
      'a Samsung that no technician has given one',
      '1.3.6.1.2.1.1.1.0|4|Samsung ML-3710 Series;V3.00.01.08 Jan-1-2011;S/N N/A',
      { serial: null, model: 'ML-3710' },
    ],
    [
      'a Lexmark that no technician has given one',
      '1.3.6.1.2.1.25.3.2.1.3.1|4|Lexmark XC9265  000000000000 CXTPP.052.024',
      { serial: null, model: 'XC9265' },
    ],
    [
      'a Pantum that names itself in the text that it has for hrDeviceID',
      '1.3.6.1.2.1.25.3.2.1.3.1|4|M7100DW\n' +
        '1.3.6.1.2.1.25.3.2.1.4.1|4|MFG:Pantum;CMD:ACL,PJL;MDL:M7100DW series;CLS:PRINTER;',
      { serial: null, model: 'M7100DW', source: 'pantum' },
    ],
    [
      'one whose maker sends control characters and blanks',
      '1.3.6.1.2.1.1.1.0|4|Canon LBP\n1.3.6.1.4.1.1602.1.1.1.1.0|4x|43616e6f6e20204c42500736000020',
      { model: 'LBP 6', source: 'canon' },
    ],
    [
      'one with the serial of Printer-MIB, which goes before the maker’s',
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1347.41\n1.3.6.1.2.1.43.5.1.1.17.1|4|MIB1\n' +
        '1.3.6.1.4.1.1347.43.5.1.1.28.1|4|KYO2',
      { serial: 'MIB1', model: null, source: 'printer-mib' },
    ],
    [
      'one of which nobody here knows the maker',
      '1.3.6.1.2.1.1.1.0|4|Printer of ours\n1.3.6.1.2.1.43.5.1.1.17.1|4|MIB1',
      { serial: 'MIB1', model: null, firmware: null, source: 'printer-mib' },
    ],
  ])('is told of %s', ([, walk, identity]) => {
    expect(hear(walk).identity).toMatchObject(identity)
  })
})

describe('the counters', () => {
  const of = (objectId: string, ...rows: readonly string[]) =>
    hear([`1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.${objectId}`, ...rows].join('\n')).counters

  test('of a Ricoh are found by what its rows count, wherever these are', () => {
    const table = '1.3.6.1.4.1.367.3.2.1.2.19.5.1'
    const types = { 1: 10, 3: 201, 5: 203, 8: 400, 9: 401, 11: 403, 14: 300, 40: 501 }
    const values = { 1: 9000, 3: 500, 5: 70, 8: 8000, 9: 6000, 11: 2000, 14: 30, 40: 7 }
    const rows = [
      ...Object.entries(types).map(([row, type]) => `${table}.2.${row}|2|${type}`),
      ...Object.entries(values).map(([row, value]) => `${table}.9.${row}|65|${value}`),
    ]
    const counters = { total: 9000, mono: 6530, colour: 2070, duplex: null, source: 'ricoh' }
    expect(of('367.1.1', ...rows)).toEqual(counters)
  })

  test('of a Kyocera are added up over what made the pages', () => {
    const cells = ['1.1|65|163915', '1.3|65|140424', '2.1|65|73811', '2.3|65|42443', '4.1|65|3812']
    const rows = cells.map((cell) => `1.3.6.1.4.1.1347.42.3.1.2.1.1.${cell}`)
    const total = '1.3.6.1.4.1.1347.43.10.1.1.12.1.1|65|424405'
    const counters = {
      total: 424405,
      mono: 241538,
      colour: 182867,
      duplex: null,
      source: 'kyocera',
    }
    expect(of('1347.41', total, ...rows)).toEqual(counters)
  })

  test('of a Lexmark are sides, not sheets', () => {
    const cells = ['1.1|3|4|700', '2.1|2|5|600', '2.2|2|4|1000', '4.9|4|4|300'].map((cell) =>
      cell.split('|'),
    )
    const rows = cells.flatMap(([row, type, unit, count]) =>
      [type, unit, count].map(
        (value, at) => `1.3.6.1.4.1.641.6.4.2.1.1.${[2, 3, 4][at]}.${row}|2|${value}`,
      ),
    )
    const counters = { total: 1000, mono: 700, colour: 300, duplex: null, source: 'lexmark' }
    expect(of('641.2', ...rows)).toEqual(counters)
  })

  test('of a Canon have large and small paper apart', () => {
    const column = '1.3.6.1.4.1.1602.1.11.1.3.1.4'
    const rows = ['101|65|100', '112|65|5', '113|65|55', '122|65|10', '123|65|30']
    const counters = { total: 100, mono: 60, colour: 40, duplex: null, source: 'canon' }
    expect(of('1602.4.7', ...rows.map((row) => `${column}.${row}`))).toEqual(counters)
    expect(of('1602.4.7', `${column}.101|65|9`, `${column}.108|65|9`)?.mono).toBe(9)
  })

  test('of an HP are its engine’s', () => {
    const rows = ['5.0|65|50', '6.0|65|20', '7.0|65|30', '22.0|65|7', '34.0|65|2']
    const engine = '1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2'
    const counters = { total: 50, mono: 20, colour: 30, duplex: 7, source: 'hp' }
    expect(of('11.2.3.9.1', ...rows.map((row) => `${engine}.${row}`))).toEqual(counters)
  })

  test('of a Sharp are what all functions counted, by colour', () => {
    const rows = ['5.4.61|65|90', '5.4.63|65|20', '5.4.64|65|3', '5.4.80|65|4', '1.4.75|65|40']
    const counters = { total: 117, mono: 90, colour: 27, duplex: 40, source: 'sharp' }
    expect(of('2385.3', ...rows.map((row) => `1.3.6.1.4.1.2385.1.1.19.2.1.3.${row}`))).toEqual(
      counters,
    )
  })

  test('of a Konica Minolta are copies and prints', () => {
    const rows = ['1.1.0|2|99', '1.3.0|2|7', '2.1.5.1.1|2|10', '2.1.5.1.2|2|20', '2.1.5.2.2|2|5']
    const counters = { total: 99, mono: 30, colour: 5, duplex: 7, source: 'konica-minolta' }
    expect(of('18334.1', ...rows.map((row) => `1.3.6.1.4.1.18334.1.1.1.5.7.2.${row}`))).toEqual(
      counters,
    )
  })

  test('of an Epson and a Xerox', () => {
    const epson = ['33.1.1|65|81563', '6.1.1|65|39797', '4.1.1|65|41766']
    expect(of('1248.1', ...epson.map((row) => `1.3.6.1.4.1.1248.1.2.2.27.1.1.${row}`))).toEqual({
      ...{ total: 81563, mono: 39797, colour: 41766, duplex: null, source: 'epson' },
    })
    const xerox = ['1|65|10', '2|65|99', '33|65|4', '34|65|6']
    expect(of('253.8', ...xerox.map((row) => `1.3.6.1.4.1.253.8.53.13.2.1.6.1.20.${row}`))).toEqual(
      {
        ...{ total: 10, mono: 6, colour: 4, duplex: null, source: 'xerox' },
      },
    )
  })

  test('are none where nothing was told, and no count is less than nothing', () => {
    expect(of('2435.2')).toBe(null)
    expect(of('11.2.3.9.1', '1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2.5.0|2|-2')).toBe(null)
    expect(of('11.2.3.9.1', '1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2.5.0|4|many')).toBe(null)
  })
})
