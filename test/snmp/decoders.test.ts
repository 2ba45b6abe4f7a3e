import { describe, expect, test } from 'vitest'
import { readErrorState } from '../../src/snmp/mibs/error-state.ts'
import { deviceIndex, readDevice, readIdentity } from '../../src/snmp/mibs/identity.ts'
import { levelState, percentOf } from '../../src/snmp/mibs/level.ts'
import type { Name } from '../../src/snmp/mibs/oids.ts'
import { colourOf, kindOf } from '../../src/snmp/mibs/supply-words.ts'
import type { Cell, Told } from '../../src/snmp/mibs/told.ts'

describe('a level', () => {
  test.for([
    [1800, 3000, 7, 60, 'value'],
    [0, 100, 19, 0, 'value'],
    [1, 200, 7, 1, 'value'],
    [1, 201, 7, 0, 'value'],
    [3100, 3000, 7, 100, 'value'],
    [9, -2, 19, 9, 'value'],
    [100, null, 19, 100, 'value'],
    [101, -2, 19, null, 'value'],
    [9, -2, 13, null, 'value'],
    [9, -2, null, null, 'value'],
    [50, 0, 7, null, 'value'],
    [50, null, 7, null, 'value'],
    [50, -1, 8, null, 'value'],
    [-1, 100, 19, null, 'noRestriction'],
    [-2, 100, 19, null, 'unknown'],
    [-3, 100, 19, null, 'someRemaining'],
    [-100, 100, 19, null, 'invalid'],
    [null, 100, 19, null, 'absent'],
  ] as const)('%s of %s in unit %s is %s percent, %s', ([level, max, unit, percent, state]) => {
    expect(percentOf(level, max, unit)).toBe(percent)
    expect(levelState(level)).toBe(state)
  })
})

describe('hrPrinterDetectedErrorState', () => {
  test.for([
    ['', []],
    ['00', []],
    ['80', ['lowPaper']],
    ['20', ['lowToner']],
    ['04', ['jammed']],
    ['0100', ['serviceRequested']],
    ['0080', ['inputTrayMissing']],
    ['0002', ['overduePreventMaint']],
    ['0001', []],
    ['4408', ['noPaper', 'jammed', 'outputFull']],
    [
      'ff00ff',
      [
        'lowPaper',
        'noPaper',
        'lowToner',
        'noToner',
        'doorOpen',
        'jammed',
        'offline',
        'serviceRequested',
      ],
    ],
  ] as const)('%s says %s', ([hex, flags]) => {
    expect(readErrorState(Buffer.from(hex, 'hex'))).toEqual({ raw: hex, flags })
  })
})

describe('the kind of a supply', () => {
  test.for([
    ['tonerCartridge', null, 'Black Cartridge', 'toner'],
    ['inkCartridge', null, null, 'ink'],
    ['opc', null, 'Black Drum', 'drum'],
    ['wasteToner', 'receptacleThatIsFilled', null, 'waste'],
    ['cleanerUnit', null, 'Ink cleaner', 'other'],
    ['other', 'receptacleThatIsFilled', 'Container', 'waste'],
    [null, null, 'Waste Toner Box', 'waste'],
    [null, null, 'Resttonerbehälter', 'waste'],
    [null, null, 'Toner noir', 'toner'],
    [null, null, 'Tóner negro', 'toner'],
    [null, null, 'Bildtrommel', 'drum'],
    [null, null, 'Tambour', 'drum'],
    [null, null, 'Fixiereinheit', 'fuser'],
    [null, null, 'Fuser Kit', 'fuser'],
    [null, null, 'Transfer Belt', 'belt'],
    [null, null, 'Developer Unit', 'developer'],
    [null, null, 'Staple Cartridge', 'staples'],
    [null, null, 'Tintenpatrone Cyan', 'ink'],
    [null, null, 'Inktpatroon', 'ink'],
    [null, null, 'トナー (シアン)', 'toner'],
    [null, null, 'Maintenance Kit', 'other'],
    [null, null, 'Maintenance Box', 'waste'],
    ['cleanerUnit', 'receptacleThatIsFilled', 'Toner Collection Unit', 'waste'],
    ['toner', 'receptacleThatIsFilled', null, 'waste'],
    ['toner', 'supplyThatIsConsumed', 'Waste Toner Bottle', 'waste'],
    ['toner', null, 'Cyan Drum Unit', 'drum'],
    ['toner', null, 'Drum/Toner Cartridge', 'toner'],
    ['toner', null, '黑色硒鼓', 'toner'],
    [null, null, 'Toner/Drum Cartridge', 'toner'],
    [null, null, 'TK-8335C', 'toner'],
    [null, null, 'Black Cartridge HP 952XL', 'ink'],
    [null, null, 'Tri-color Cartridge', 'ink'],
    [null, null, 'Black Cartridge HP 26A', 'toner'],
    [null, null, 'Bac de récupération du toner', 'waste'],
    [null, null, 'Depósito de tóner desechado', 'waste'],
    [null, null, 'Vaschetta recupero toner', 'waste'],
    [null, null, 'Afvaltoner', 'waste'],
    [null, null, 'Pojemnik na zużyty toner', 'waste'],
    [null, null, 'Odpadní nádobka na toner', 'waste'],
    [null, null, 'Контейнер для отработанного тонера', 'waste'],
    [null, null, 'Atık toner kutusu', 'waste'],
    [null, null, 'Överskottstoner', 'waste'],
    [null, null, 'Brugt toner beholder', 'waste'],
    [null, null, 'Hukkaväriainesäiliö', 'waste'],
    [null, null, '폐토너통', 'waste'],
    [null, null, '废粉盒', 'waste'],
    [null, null, 'Zespół utrwalający', 'fuser'],
    [null, null, 'Zapékací jednotka', 'fuser'],
    [null, null, 'Unité de fusion', 'fuser'],
    [null, null, 'Courroie de transfert', 'belt'],
    [null, null, 'Överföringsband', 'belt'],
    [null, null, 'Bęben czarny', 'drum'],
    [null, null, 'Fotoválec', 'drum'],
    [null, null, 'Dobegység', 'drum'],
    [null, null, 'Kuvayksikkö', 'drum'],
    [null, null, 'Fekete festékkazetta', 'toner'],
    [null, null, 'Чернильный картридж черный', 'ink'],
    [null, null, 'Agrafes', 'staples'],
    [null, null, 'Niitit', 'staples'],
    [null, null, null, 'other'],
  ] as const)('of type %s, class %s, called %s: %s', ([type, supplyClass, description, kind]) => {
    expect(kindOf(type, supplyClass, description)).toBe(kind)
  })
})

describe('the colour of a supply', () => {
  test.for([
    ['black', 'Toner', 'black'],
    ['Cyan', null, 'cyan'],
    ['Light Magenta', null, 'light magenta'],
    ['matte black', null, 'matte black'],
    ['Mauve', 'Ink', 'mauve'],
    ['none', 'Drum', null],
    [null, 'Black Toner Cartridge', 'black'],
    [null, 'Toner schwarz', 'black'],
    [null, 'Toner jaune', 'yellow'],
    [null, 'Cartucho de tinta amarillo', 'yellow'],
    [null, 'Тонер голубой', 'cyan'],
    [null, 'Чернила голубые', 'cyan'],
    [null, 'Azurový toner', 'cyan'],
    [null, 'Gele toner', 'yellow'],
    [null, 'Musta värikasetti', 'black'],
    [null, 'Mustekasetti syaani', 'cyan'],
    [null, 'Sarı toner kartuşu', 'yellow'],
    [null, '品红色墨粉', 'magenta'],
    [null, '노랑 드럼', 'yellow'],
    [null, 'Toner (K)', 'black'],
    [null, 'TK-8335C', 'cyan'],
    [null, 'TN-243BK', 'black'],
    [null, 'TK-3130', null],
    [null, 'Black Photoconductive Drum', 'black'],
    [null, 'Photo Black Ink Cartridge', 'photo black'],
    [null, 'Drum Cartridge (R1)', null],
    [null, 'CMY Cyan Magenta Yellow', null],
    [null, 'Waste Toner', null],
    [null, null, null],
  ] as const)('with colorant %s, called %s: %s', ([colorant, description, colour]) => {
    expect(colourOf(colorant, description)).toBe(colour)
  })
})

const number = (number: number): Cell => ({ kind: 'number', number })
const oid = (oid: string): Cell => ({ kind: 'oid', oid })
const octets = (text: string | Buffer): Cell => ({ kind: 'octets', octets: Buffer.from(text) })
const told = (rows: Partial<Record<Name, Record<string, Cell>>>): Told =>
  new Map(
    Object.entries(rows).map(([name, cells]) => [name as Name, new Map(Object.entries(cells))]),
  )
const printerType = oid('1.3.6.1.2.1.25.3.1.5')
const cpuType = oid('1.3.6.1.2.1.25.3.1.3')

describe('the printer among the devices', () => {
  test.for([
    [
      'the lowest typed printer',
      { hrDeviceType: { 1: cpuType, 10: printerType, 7: printerType } },
      '7',
    ],
    ['0 where it is numbered so', { hrPrinterStatus: { 0: number(3) } }, '0'],
    [
      'the lowest in hrPrinterTable where none is typed',
      { hrDeviceType: { 1: cpuType }, hrPrinterStatus: { 12: number(3), 2: number(3) } },
      '2',
    ],
    [
      'that of the Printer-MIB where there is nothing else',
      { hrDeviceDescr: { 1: octets('CPU') }, prtMarkerSuppliesLevel: { '4.1': number(3) } },
      '4',
    ],
    ['that of a Printer-MIB row not asked for', { printmib: { '5.1.1.1.6': number(1) } }, '6'],
    ['no index of the wrong length', { prtMarkerSuppliesLevel: { 9: number(3) } }, null],
    ['no supply where the device is left out', { printmib: { '11.1.1.6.3': octets('x') } }, null],
    ['no storage', { printmib: { '5.2.1.2.31.1': number(1) } }, null],
    ['no row of two arcs', { hrPrinterStatus: { '1.1': number(3) } }, null],
    ['the lowest device at last', { hrDeviceDescr: { 3: octets('x'), 2: octets('y') } }, '2'],
    ['none', {}, null],
  ] as const)('is %s', ([, rows, index]) => {
    expect(deviceIndex(told(rows))).toBe(index)
  })

  test('gives its own model and status, not its neighbour’s', () => {
    const cells = told({
      hrDeviceDescr: { 1: octets('CPU'), 3: octets('Fir 300') },
      hrDeviceStatus: { 1: number(2), 3: number(9) },
    })
    const status = { code: 9, name: null }
    expect(readDevice(cells, '3', null)).toEqual({ index: 3, model: 'Fir 300', status })
  })
})

test('keeps network addresses that are somebody’s, once each', () => {
  const address = (hex: string) => octets(Buffer.from(hex, 'hex'))
  const cells = told({
    ifPhysAddress: {
      1: address(''),
      2: address('000000000000'),
      10: address('020000000001'),
      3: address('02aabbccddee'),
      4: address('02aabbccddee'),
      5: address('ffffffffffff'),
      6: address('0200000000000000'),
    },
  })
  expect(readIdentity(cells, '1', null).macAddresses).toEqual([
    '02:AA:BB:CC:DD:EE',
    '02:00:00:00:00:01',
  ])
})
