import { describe, expect, it } from 'vitest'
import type { SupplyRule } from '../../src/core/printers/printer.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { onePrinter } from '../parts/fleet.ts'
import { anAlert, aReading, aSupply } from '../parts/readings.ts'

const rule = (words: Partial<SupplyRule>): Record<string, SupplyRule> => ({
  '1.1': {
    invert: false,
    ignore: false,
    ...{ warningPercent: null, errorPercent: null, kind: null, colour: null },
    ...words,
  },
})
const device = (name: string) => ({ index: 1, model: null, status: { code: 0, name } })
const box = aSupply({ kind: 'waste', class: 'receptacleThatIsFilled', colour: null, percent: 96 })

describe('what the office knows better', () => {
  it('turns a percent round, and says so', async () => {
    const { hears, says, board, fleet, id, printer } = await onePrinter()
    const reading: Reading = aReading({ supplies: [box] })
    await says({ supplies: rule({ invert: true }) })
    fleet.heard(printer(), reading)
    expect(board()).toEqual(['error', 'Waste box has 4 % of its space left'])
    expect(fleet.status(id).supplies).toMatchObject([
      { percent: 4, level: 96, maxCapacity: 100, source: 'printer-mib', inverted: true },
    ])
    expect(reading.supplies[0]).toMatchObject({ percent: 96, source: 'printer-mib' })
    hears({ supplies: [aSupply({ percent: 100 })] })
    hears({ supplies: [aSupply({ percent: 100 })] })
    expect(board()).toEqual(['error', 'Black toner empty'])
    expect(fleet.status(id).supplies[0]?.percent).toBe(0)
  })

  it('makes no percent where the printer gives none', async () => {
    const { hears, says, fleet, id } = await onePrinter()
    await says({ supplies: rule({ invert: true }) })
    hears({ supplies: [aSupply({ percent: null, level: -3, levelState: 'someRemaining' })] })
    expect(fleet.status(id).supplies).toMatchObject([{ percent: null, inverted: false }])
  })

  it('silences a level, and what alert and bit say of it', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ supplies: rule({ ignore: true }) })
    hears({ supplies: [aSupply({ percent: 0 })] })
    expect(board()).toEqual(['ok'])
    const empty = { codeName: 'markerTonerEmpty', group: 'markerSupplies' }
    const stays = { supplies: [aSupply({ percent: 0 })], device: device('warning') }
    const errors = { raw: '10', flags: ['noToner'] }
    const alerts = [anAlert({ ...empty, groupIndex: 1, description: 'Replace black' })]
    hears({ ...stays, errors, alerts })
    expect(board()).toEqual(['ok'])
    hears({ ...stays, alerts: [anAlert({ ...empty, groupIndex: 2, description: 'Replace cyan' })] })
    expect(board()).toEqual(['error', 'Toner empty: Replace cyan'])
  })

  it('silences no bit that another supply may have set, nor that the printer stands still', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ supplies: rule({ ignore: true }) })
    const errors = { raw: '20', flags: ['lowToner'] }
    const cyan = aSupply({ index: '1.2', colour: 'cyan', percent: null, level: -3 })
    hears({ supplies: [aSupply({ percent: 80 }), cyan], errors })
    expect(board()).toEqual(['warning', 'Toner or ink low'])
    hears({ supplies: [aSupply({ percent: 0 })], device: device('down') })
    hears({ supplies: [aSupply({ percent: 0 })], device: device('down') })
    expect(board()).toEqual(['error', 'Says that it is down; look at its panel'])
  })

  it('is for the supply that it was written for, and no other at its place', async () => {
    const { hears, says, board, fleet, id } = await onePrinter()
    await says({ supplies: rule({ invert: true, kind: 'waste', colour: null }) })
    hears({ supplies: [box] })
    expect(board()).toEqual(['error', 'Waste box has 4 % of its space left'])
    const cyan = aSupply({ colour: 'cyan', percent: 95 })
    hears({ supplies: [cyan] })
    hears({ supplies: [cyan] })
    expect(board()).toEqual(['ok'])
    expect(fleet.status(id).supplies).toMatchObject([{ percent: 95, inverted: false }])
    await says({ supplies: rule({ invert: true, kind: 'toner', colour: 'black' }) })
    expect(fleet.status(id).supplies).toMatchObject([{ percent: 95, inverted: false }])
  })

  it('wants to hear of it later than the site does, and so of no error earlier', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ supplies: rule({ warningPercent: 5 }) })
    hears({ supplies: [aSupply({ percent: 6 })] })
    expect(board()).toEqual(['ok'])
    await says({ supplies: rule({ warningPercent: 8, errorPercent: 5 }) })
    expect(board()).toEqual(['warning', 'Black toner at 6 %'])
  })

  it('has thresholds of its own for one supply', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ supplies: rule({ warningPercent: 5, errorPercent: 2 }) })
    const two = (black: number) => [
      aSupply({ percent: black }),
      aSupply({ index: '1.2', colour: 'cyan', percent: 15 }),
    ]
    hears({ supplies: two(6) })
    expect(board()).toEqual(['warning', 'Cyan toner at 15 %'])
    hears({ supplies: two(4) })
    hears({ supplies: two(4) })
    expect(board()).toEqual(['warning', 'Black toner at 4 %', 'Cyan toner at 15 %'])
  })

  it('counts as soon as it is said, without another reading, and tells of nothing replaced', async () => {
    const { hears, says, board, told } = await onePrinter()
    hears({ supplies: [box] })
    expect(board()).toEqual(['ok'])
    await says({ supplies: rule({ invert: true }) })
    expect(board()[0]).toBe('error')
    hears({ supplies: [{ ...box, percent: 95 }] })
    hears({ supplies: [{ ...box, percent: 95 }] })
    await says({ supplies: {} })
    expect(board()).toEqual(['ok'])
    hears({ supplies: [{ ...box, percent: 97 }] })
    hears({ supplies: [{ ...box, percent: 97 }] })
    expect(told().filter((sentence) => sentence.includes('emptied'))).toEqual([])
  })
})
