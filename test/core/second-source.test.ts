import { describe, expect, test } from 'vitest'
import type { Supply } from '../../src/core/status/reading.ts'
import {
  fillErrors,
  fillSupplies,
  fillTrays,
  isAwake,
  leavesGap,
} from '../../src/core/status/second-source.ts'
import { anAlert, aReading, aSupply, aTray, silence } from '../parts/readings.ts'

const some = { percent: null, level: -3, levelState: 'someRemaining' } as const

/** As IPP tells a supply. */
const told = (facts: Partial<Supply>) => aSupply({ index: 'ipp.1', source: 'ipp', ...facts })

const percents = (supplies: readonly Supply[]) =>
  supplies.map(({ percent, source }) => `${percent} ${source}`)

describe('a supply without a percentage', () => {
  test('takes it from the supply of the same kind and colour, wherever that stands', () => {
    const own = [aSupply(some), aSupply({ ...some, colour: 'cyan' }), aSupply({ percent: 80 })]
    const supplies = fillSupplies(own.slice(0, 2), [
      told({ colour: 'cyan', percent: 30 }),
      told({ colour: 'black', percent: 60 }),
    ])
    expect(percents(supplies)).toEqual(['60 ipp', '30 ipp'])
    expect(supplies[0]).toMatchObject({ index: '1.1', level: -3, levelState: 'someRemaining' })
  })

  test('takes none that SNMP has told itself', () => {
    const own = [aSupply({ percent: 80 }), aSupply({ ...some, colour: 'cyan' })]
    const supplies = fillSupplies(own, [told({ percent: 10 }), told({ colour: 'cyan' })])
    expect(percents(supplies)).toEqual(['80 printer-mib', '50 ipp'])
  })

  test('takes ink for a cartridge of which SNMP does not say what is in it', () => {
    const own = [aSupply({ ...some, type: null, kind: 'toner' })]
    expect(percents(fillSupplies(own, [told({ kind: 'ink', percent: 7 })]))).toEqual(['7 ipp'])
  })

  test('takes none where two could be meant, nor by its place in the list', () => {
    const own = [aSupply(some), aSupply(some)]
    expect(fillSupplies(own, [told({}), told({})])).toBe(own)
    const colourless = [aSupply({ ...some, colour: null }), aSupply({ ...some, colour: null })]
    expect(fillSupplies(colourless, [told({}), told({ colour: 'cyan' })])).toBe(colourless)
  })

  test('is told from its twin by the name', () => {
    const own = [
      aSupply({ ...some, description: 'Black Toner 1' }),
      aSupply({ ...some, description: 'Black Toner 2' }),
    ]
    const supplies = fillSupplies(own, [
      told({ description: 'BLACK  TONER 2', percent: 20 }),
      told({ description: 'Black toner 1', percent: 10 }),
    ])
    expect(percents(supplies)).toEqual(['10 ipp', '20 ipp'])
  })

  test('of a printer with one toner needs no colour, but suffers no other one', () => {
    const own = [aSupply({ ...some, colour: null })]
    expect(percents(fillSupplies(own, [told({ percent: 33 })]))).toEqual(['33 ipp'])
    const black = [aSupply(some)]
    expect(fillSupplies(black, [told({ colour: 'cyan' })])).toBe(black)
  })

  test('that has some left is not empty', () => {
    const own = [aSupply(some)]
    expect(fillSupplies(own, [told({ percent: 0 })])).toBe(own)
  })

  test('stays without where it is a waste box, or where there is no limit', () => {
    const own = [
      aSupply({ ...some, kind: 'waste', colour: null }),
      aSupply({ percent: null, level: -1, levelState: 'noRestriction' }),
    ]
    expect(fillSupplies(own, [told({ kind: 'waste', colour: null }), told({})])).toBe(own)
  })
})

test('supplies and trays come whole where SNMP has none, and only there', () => {
  const [supplies, trays] = [[told({})], [aTray({ index: 'ipp.1' })]]
  expect(fillSupplies([], supplies)).toBe(supplies)
  expect(fillTrays([], trays)).toBe(trays)
  const own = [aTray()]
  expect(fillTrays(own, trays)).toBe(own)
})

test('trouble told by IPP counts where SNMP has neither alerts nor error bits', () => {
  const jam = { raw: '', flags: ['jammed'] }
  expect(fillErrors(aReading({ errors: null }), jam)).toBe(jam)
  expect(fillErrors(aReading({ errors: { raw: '', flags: [] } }), jam)).toBe(jam)
  const well = aReading()
  expect(fillErrors(well, jam)).toBe(well.errors)
  expect(fillErrors(aReading({ errors: null, alerts: [anAlert({})] }), jam)).toBeNull()
})

test('a printer that told all of itself leaves nothing to ask', () => {
  const whole = aReading({ supplies: [aSupply()], trays: [aTray()] })
  expect(leavesGap(whole)).toBe(false)
  expect(leavesGap({ ...whole, supplies: [aSupply(some)] })).toBe(true)
  expect(leavesGap({ ...whole, supplies: [] })).toBe(true)
  expect(leavesGap({ ...whole, trays: [] })).toBe(true)
  expect(leavesGap({ ...whole, errors: null })).toBe(true)
  const staplesAndWaste = [
    aSupply({ ...some, kind: 'staples' }),
    aSupply({ ...some, kind: 'waste' }),
  ]
  expect(leavesGap({ ...whole, supplies: [aSupply(), ...staplesAndWaste] })).toBe(false)
})

test.each([
  ['printing', aReading({ status: { code: 4, name: 'printing' } }), true],
  ['ready', aReading({ console: ['Ready', ''] }), true],
  ['silent', silence(), false],
  ['in standby, which is other(1)', aReading({ status: { code: 1, name: 'other' } }), false],
  ['without a status', aReading({ status: null }), false],
  ['idle with a panel that sleeps', aReading({ console: ['Sleep mode on'] }), false],
  ['idle, saving energy', aReading({ console: ['Energiespar-', 'modus ein'] }), false],
  [
    'idle with an alert of its power saver',
    aReading({ alerts: [anAlert({ severity: 'other', code: 23, codeName: 'subunitPowerSaver' })] }),
    false,
  ],
  [
    'idle with an alert that says so in Chinese',
    aReading({ alerts: [anAlert({ code: 1, codeName: 'other', description: '睡眠模式打开' })] }),
    false,
  ],
])('takes a printer that is %s for awake only where that is sure', (_, reading, awake) => {
  expect(isAwake(reading, null)).toBe(awake)
})

const since = (uptimeSeconds: number) => ({
  system: { description: null, objectId: null, name: null, location: null, uptimeSeconds },
})

test.each([
  ['is read for the first time', {}, null, false],
  [
    'has had a low toner all night',
    { alerts: [anAlert({ description: 'Toner low' })] },
    null,
    false,
  ],
  ['has printed nothing since', { pageCount: 10 }, { pageCount: 10, secondsAgo: 300 }, false],
  ['has printed since', { pageCount: 11 }, { pageCount: 10, secondsAgo: 300 }, true],
  ['may have printed hours ago', { pageCount: 11 }, { pageCount: 10, secondsAgo: 7200 }, false],
  ['told no count before', { pageCount: 11 }, { pageCount: null, secondsAgo: 300 }, false],
  ['was just switched on', since(599), null, true],
  ['runs for long', since(600), null, false],
  ['wants paper on its panel', { console: ['Load Tray 2', 'A4 plain'] }, null, true],
  ['is ready in German', { console: ['Druckbereit'] }, null, true],
  ['stands by in German', { console: ['Bereitschaft'] }, null, false],
  ['rests in words without sleep', { console: ['Inactif'] }, null, false],
  [
    'sleeps, though it has just printed',
    { pageCount: 11, console: ['Sleep'] },
    { pageCount: 10, secondsAgo: 60 },
    false,
  ],
])('a printer that says idle and %s is awake or not', (_, facts, before, awake) => {
  expect(isAwake(aReading(facts), before)).toBe(awake)
})
