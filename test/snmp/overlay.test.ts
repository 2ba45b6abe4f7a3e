import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Supply } from '../../src/core/status/reading.ts'
import { overlay } from '../../src/snmp/overlay.ts'
import { chooseVendor } from '../../src/snmp/vendors/choose.ts'
import { aReading, aSupply, silence } from '../parts/readings.ts'
import { plainly, toldBy, withMaker } from './told.ts'

describe('the percentage of a supply', () => {
  const toner = (level: number, facts: Partial<Supply> = {}) =>
    aSupply({
      ...{ maxCapacity: -2, level, percent: null },
      levelState: level === -3 ? 'someRemaining' : level < 0 ? 'invalid' : 'value',
      ...facts,
    })
  const percentsOf = (objectId: string, supplies: Supply[], ...rows: readonly string[]) => {
    const vendor = chooseVendor({ objectId: `1.3.6.1.4.1.${objectId}`, description: null })
    const { supplies: seen } = overlay(aReading({ supplies }), vendor, toldBy(rows.join('\n')))
    return seen.map(({ percent, source }) => [percent, source])
  }
  const brotherSays = (hex: string) => `1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.8.0|4x|${hex}`
  const some = [null, 'printer-mib']

  test('is Brother’s where Printer-MIB has only some, and level and state stay', () => {
    const told = toldBy(brotherSays('6f010400001e1441010400002410ff'))
    const drum = toner(-3, { index: '1.2', kind: 'drum', colour: null })
    const reading = aReading({ supplies: [toner(-3), drum] })
    const vendor = chooseVendor({ objectId: '1.3.6.1.4.1.2435', description: null })
    expect(overlay(reading, vendor, told).supplies).toEqual([
      { ...toner(-3), percent: 77, source: 'brother' },
      { ...drum, percent: 92, source: 'brother' },
    ])
  })

  test('is Brother’s where the level is a stage, and Printer-MIB’s where it is a level', () => {
    const row = brotherSays('6f010400001e14ff')
    expect(percentsOf('2435', [toner(0)], row)).toEqual([[77, 'brother']])
    expect(percentsOf('2435', [toner(2, { maxCapacity: 100, percent: 2 })], row)).toEqual([
      [77, 'brother'],
    ])
    expect(percentsOf('2435', [toner(50, { percent: 50 })], row)).toEqual([[50, 'printer-mib']])
  })

  test('is Brother’s of each drum, the belt and the fuser', () => {
    const kinds = ['79', '7a', '7b', '80', '69', '6a']
    const row = brotherSays(kinds.map((kind, at) => `${kind}01040000${1000 + at}`).join(''))
    const worn = (at: number, kind: Supply['kind'], colour: string | null) =>
      toner(-3, { index: `1.${at}`, kind, colour })
    const supplies = [
      ...['cyan', 'magenta', 'yellow', 'black'].map((colour, at) => worn(at, 'drum', colour)),
      worn(4, 'belt', null),
      worn(5, 'fuser', null),
    ]
    // 0x1000 to 0x1005, in hundredths.
    const seen = percentsOf('2435', supplies, row.replaceAll('00001000', '00000064'))
    expect(seen.map(([percent]) => percent)).toEqual([1, 41, 41, 41, 41, 41])
    const black = percentsOf('2435', supplies, row.replaceAll('00001003', '00000064'))
    expect(black.map(([percent]) => percent)).toEqual([41, 41, 41, 1, 41, 41])
  })

  test('is Brother’s coarse one where there is no fine one, and by share on old inks', () => {
    expect(percentsOf('2435', [toner(-3)], brotherSays('81010400000050ff'))).toEqual([
      [80, 'brother'],
    ])
    const cyan = toner(-3, { kind: 'ink', colour: 'cyan' })
    expect(percentsOf('2435', [cyan], brotherSays('a101020414a201020c14ff'))).toEqual([
      [60, 'brother'],
    ])
  })

  test('is none of Brother’s that cannot be one, is cut short or is of another colour', () => {
    for (const hex of [
      '6f0104ffffffffff',
      '6f010400',
      '',
      'ff',
      '7001040000',
      '70010400001e14ff',
    ]) {
      expect(percentsOf('2435', [toner(-3)], brotherSays(hex))).toEqual([some])
    }
    expect(percentsOf('2435', [toner(-3)])).toEqual([some])
  })

  test('is Ricoh’s by the name of the colour, for its rows have an order of their own', () => {
    const row = (at: number, name: string, level: number) => [
      `1.3.6.1.4.1.367.3.2.1.2.24.1.1.2.${at}|4|${name}`,
      `1.3.6.1.4.1.367.3.2.1.2.24.1.1.5.${at}|2|${level}`,
    ]
    const rows = [...row(1, 'Cyan Toner', 40), ...row(2, 'Black Toner', -100)]
    const supplies = [
      toner(-3),
      toner(-3, { index: '1.2', kind: 'waste', colour: null }),
      toner(-3, { index: '1.3', colour: 'cyan' }),
      toner(-3, { index: '1.4', colour: 'magenta' }),
    ]
    const seen = [[0, 'ricoh'], some, [40, 'ricoh'], some]
    expect(percentsOf('367', supplies, ...rows)).toEqual(seen)
    const nameless = rows.filter((text) => !text.includes('.24.1.1.2.'))
    expect(percentsOf('367', supplies, ...nameless)).toEqual([some, some, some, some])
  })

  test('is nothing where a Ricoh says -100, and unknown of others', () => {
    expect(percentsOf('367', [toner(-100)])).toEqual([[0, 'ricoh']])
    expect(percentsOf('1347', [toner(-100)])).toEqual([some])
  })

  test('is Lexmark’s of a low cartridge, where it is clear which', () => {
    const row = (at: number, type: number, colorant: string, capacity: number, level: number) => [
      `1.3.6.1.4.1.641.6.4.4.1.1.3.1.${at}|2|${type}`,
      `1.3.6.1.4.1.641.6.4.4.1.1.4.1.${at}|4|${colorant}`,
      `1.3.6.1.4.1.641.6.4.4.1.1.14.1.${at}|2|${capacity}`,
      `1.3.6.1.4.1.641.6.4.4.1.1.16.1.${at}|65|${level}`,
    ]
    const cyan = toner(-3, { colour: 'cyan' })
    const waste = toner(-3, { index: '1.9', kind: 'waste', colour: null })
    const rows = [...row(1, 6, 'cyan', 3000, 240), ...row(2, 10, '', 20000, 10)]
    expect(percentsOf('641', [cyan, waste], ...rows)).toEqual([[8, 'lexmark'], some])
    expect(percentsOf('641', [cyan], ...rows, ...row(3, 6, 'cyan', 3000, 10))).toEqual([some])
  })

  test('makes no row where Printer-MIB has none, and nothing of a silent printer', () => {
    expect(percentsOf('2435', [], brotherSays('6f010400001e14ff'))).toEqual([])
    const brother = chooseVendor({ objectId: '1.3.6.1.4.1.2435', description: null })
    const told = toldBy('1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.1.0|4|E1\n')
    expect(overlay(aReading(), brother, told).identity.serial).toBe('E1')
    expect(overlay(silence(), brother, told)).toEqual(silence())
  })
})

const folder = process.env.RECORDINGS ?? join(import.meta.dirname, '../../../shared/recordings')
const recordings = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.snmprec'))
      .map((file) => file.slice(0, -'.snmprec'.length))
  : []

// Where the recordings are not, the rules above stand alone.
test('what Printer-MIB tells stays as it was, whatever the maker adds', () => {
  for (const name of recordings) {
    const walk = readFileSync(join(folder, `${name}.snmprec`), 'latin1')
    const told = toldBy(walk)
    const plain = plainly(told)
    const { identity, counters, supplies, ...rest } = withMaker(plain, told, walk)
    expect(rest).toEqual({
      ...plain,
      identity: undefined,
      counters: undefined,
      supplies: undefined,
    })
    expect(identity.serial).toBe(plain.identity.serial ?? identity.serial)
    supplies.forEach((supply, at) => {
      const before = plain.supplies[at]
      const percent = before?.percent ?? supply.percent
      expect(supply).toEqual({ ...before, percent, source: supply.source })
    })
    expect(supplies).toHaveLength(plain.supplies.length)
  }
})

test('recorded Brothers are told as Home Assistant’s library tells them', () => {
  for (const name of recordings) {
    const { peer } = expectedOf(name)
    if (peer?.project !== 'bieniu/brother') continue
    const walk = readFileSync(join(folder, `${name}.snmprec`), 'latin1')
    const told = toldBy(walk)
    const { device, sensors } = peer
    const supplies = sensorsAsSupplies(sensors)
    const reading = withMaker({ ...plainly(told), supplies }, told, walk)
    expect(reading.identity).toMatchObject({ ...device, source: 'brother' })
    expect(
      reading.supplies.map(({ percent }) => percent),
      name,
    ).toEqual(supplies.map(({ description }) => sensors[description ?? '']))
    const { total, ...counters } = reading.counters ?? { total: null }
    expect(total ?? reading.pageCount).toBe(sensors.page_counter)
    if (total === null) continue
    expect(counters).toEqual({
      mono: sensors.bw_counter ?? null,
      colour: sensors.color_counter ?? null,
      duplex: sensors.duplex_unit_pages_counter ?? null,
      source: 'brother',
    })
  }
})

/** Where this is another: the family's name, the maker's, the print server's, or the network card's. */
const known: Readonly<Record<string, Partial<Record<Fact, string>>>> = {
  jetdirect_m130nw: { hardware: 'LaserJet MFP M129-M134' },
  konica: { hardware: 'Develop ineo+ 280' },
  zebra: { serial: '7062184', hardware: '79071' },
  'dell-laser_s5830dn': { hardware: 'Dell S5830dn', version: 'NH62.YS.N636' },
}

test('recorded printers are called as LibreNMS calls them', () => {
  for (const name of recordings) {
    const os = expectedOf(name).librenms?.os
    if (os?.hardware === undefined) continue
    const walk = readFileSync(join(folder, `${name}.snmprec`), 'latin1')
    const { serial, model, firmware } = withMaker(
      plainly(toldBy(walk)),
      toldBy(walk),
      walk,
    ).identity
    const ours = { serial, hardware: model, version: firmware, ...known[name] }
    for (const fact of ['serial', 'hardware', 'version'] as const) {
      if (os[fact]) expect([name, fact, ours[fact]]).toEqual([name, fact, os[fact]])
    }
  }
})

interface Peer {
  readonly project: string
  readonly device: Record<'serial' | 'model' | 'firmware', string>
  readonly sensors: Readonly<Record<string, number>>
}

interface Expected {
  readonly peer?: Peer | null
  readonly librenms?: { readonly os?: Partial<Record<Fact, string | null>> } | null
}
type Fact = 'serial' | 'hardware' | 'version'

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'))
}

/** A supply of which Printer-MIB has only some, for each percentage that the library gives. */
function sensorsAsSupplies(sensors: Peer['sensors']): Supply[] {
  return Object.keys(sensors).flatMap((description, at) => {
    const [, colour = null, kind] =
      /^(?:(black|cyan|magenta|yellow)_)?(toner|ink|drum|belt_unit|fuser)_remaining(?:_life)?$/.exec(
        description,
      ) ?? []
    const kinds = {
      toner: 'toner',
      ink: 'ink',
      drum: 'drum',
      belt_unit: 'belt',
      fuser: 'fuser',
    } as const
    if (kind === undefined) return []
    return aSupply({
      ...{ index: `1.${at}`, description, colour, kind: kinds[kind as keyof typeof kinds] },
      ...{ level: -3, maxCapacity: -2, levelState: 'someRemaining', percent: null },
    })
  })
}
