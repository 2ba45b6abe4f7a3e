import { describe, expect, it } from 'vitest'
import type { SupplyRule } from '../../src/core/printers/printer.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { onePrinter } from '../parts/fleet.ts'
import { anAlert, aReading, aSupply } from '../parts/readings.ts'

const rule = (words: Partial<SupplyRule>): Record<string, SupplyRule> => ({
  '1.1': { invert: false, ignore: false, warningPercent: null, errorPercent: null, ...words },
})
const box = aSupply({ kind: 'waste', class: 'receptacleThatIsFilled', colour: null, percent: 96 })

describe('what the office knows better', () => {
  it('turns a percent round, and says whose it is', async () => {
    const { hears, says, board, fleet, id, printer } = await onePrinter()
    const reading: Reading = aReading({ supplies: [box] })
    await says({ supplies: rule({ invert: true }) })
    fleet.heard(printer(), reading)
    expect(board()).toEqual(['error', 'Waste box has 4 % of its space left'])
    expect(fleet.status(id).supplies).toMatchObject([
      { percent: 4, level: 96, maxCapacity: 100, source: 'office' },
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
    expect(fleet.status(id).supplies).toMatchObject([{ percent: null, source: 'printer-mib' }])
  })

  it('silences a level, but neither its alert nor its bit', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ supplies: rule({ ignore: true }) })
    hears({ supplies: [aSupply({ percent: 0 })] })
    expect(board()).toEqual(['ok'])
    const alerts = [anAlert({ codeName: 'markerTonerEmpty', description: 'Replace black' })]
    hears({ supplies: [aSupply({ percent: 0 })], alerts })
    expect(board()).toEqual(['error', 'Toner empty: Replace black'])
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
