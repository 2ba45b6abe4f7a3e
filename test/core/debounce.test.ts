import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { onePrinter } from '../parts/fleet.ts'
import { anAlert, aReading, aSupply, aTray, silence } from '../parts/readings.ts'

const well: Partial<Reading> = { supplies: [aSupply()] }
const black = (percent: number): Partial<Reading> => ({ supplies: [aSupply({ percent })] })
const jam: Partial<Reading> = {
  ...well,
  alerts: [anAlert({ codeName: 'jam', group: 'mediaPath', groupIndex: 1, description: 'Door B' })],
}

describe('an alarm', () => {
  it('counts at the second reading in a row, and goes at the second without it', async () => {
    const { hears, board } = await onePrinter()
    hears(well)
    hears(black(15))
    expect(board()).toEqual(['ok'])
    hears(black(15))
    expect(board()).toEqual(['warning', 'Black toner at 15 %'])
    hears(well)
    expect(board()).toEqual(['warning', 'Black toner at 15 %'])
    hears(well)
    expect(board()).toEqual(['ok'])
  })

  it('counts at once when it stops the printer, and goes like any other', async () => {
    const { hears, board } = await onePrinter()
    hears(well)
    hears(jam)
    expect(board()).toEqual(['error', 'Paper jam: Door B'])
    hears(well)
    expect(board()[0]).toBe('error')
    hears(well)
    expect(board()).toEqual(['ok'])
    hears({ ...well, errors: { raw: '08', flags: ['doorOpen'] } })
    expect(board()).toEqual(['error', 'Door or cover open'])
  })

  it('is milder where two readings in a row do not agree how bad it is', async () => {
    const { hears, board } = await onePrinter()
    hears(black(50))
    hears(black(15))
    hears(black(5))
    expect(board()).toEqual(['warning', 'Black toner at 5 %'])
    hears(black(5))
    expect(board()).toEqual(['error', 'Black toner at 5 %'])
    hears(black(11))
    hears(black(11))
    for (const percent of [1, 0]) hears(black(percent))
    expect(board()).toEqual(['error', 'Black toner at 1 %'])
  })

  it('does not count at once because one poll was lost', async () => {
    const { fleet, printer, hears, board } = await onePrinter()
    hears(well)
    fleet.heard(printer(), silence())
    hears(black(15))
    expect(board()).toEqual(['ok'])
    fleet.heard(printer(), silence())
    hears(black(15))
    expect(board()).toEqual(['warning', 'Black toner at 15 %'])
  })

  it('counts at once where nothing was known: at the start, and back after a silence', async () => {
    const { fleet, printer, hears, board } = await onePrinter()
    hears(black(15))
    expect(board()).toEqual(['warning', 'Black toner at 15 %'])
    for (let polls = 0; polls < 3; polls++) fleet.heard(printer(), silence())
    expect(board()[0]).toBe('offline')
    hears(black(3))
    expect(board()).toEqual(['error', 'Black toner at 3 %'])
  })

  it('of a printer that says it every second time never comes, and never goes', async () => {
    const { hears, board, told } = await onePrinter()
    for (let times = 0; times < 4; times++) {
      hears(well)
      hears(black(15))
    }
    expect(board()).toEqual(['ok'])
    expect(told()).toEqual([])
    hears(black(15))
    for (let times = 0; times < 4; times++) {
      expect(board()[0]).toBe('warning')
      hears(well)
      hears(black(15))
    }
    expect(told()).toEqual(['Black toner at 15 %'])
  })

  it('is told in its newest words, and becomes worse only when that lasts', async () => {
    const { hears, board } = await onePrinter()
    hears(black(11))
    hears(black(10))
    expect(board()).toEqual(['warning', 'Black toner at 10 %'])
    hears(black(9))
    expect(board()).toEqual(['warning', 'Black toner at 9 %'])
    hears(black(9))
    expect(board()).toEqual(['error', 'Black toner at 9 %'])
    hears(black(0))
    expect(board()).toEqual(['error', 'Black toner at 9 %'])
    hears(black(0))
    expect(board()).toEqual(['error', 'Black toner empty'])
  })

  it('is the same one though the printer counts the pages in it', async () => {
    const { hears, board } = await onePrinter()
    const left = (pages: number) => ({
      ...well,
      alerts: [anAlert({ severity: 'warning', description: `Service in ${pages} pages` })],
    })
    hears(well)
    hears(left(412))
    hears(left(409))
    expect(board()).toEqual(['warning', 'Service in 409 pages'])
  })

  it('is the same one though the row that tells it moves', async () => {
    const { hears, board } = await onePrinter()
    const low = { severity: 'warning', codeName: 'markerTonerAlmostEmpty', description: 'Low' }
    hears(well)
    hears({ ...well, alerts: [anAlert({ ...low, index: '1.7' })] })
    hears({ ...well, alerts: [anAlert({ ...low, index: '1.12' })] })
    expect(board()).toEqual(['warning', 'Toner low: Low'])
  })

  it('of two toners is counted for each', async () => {
    const { hears, board } = await onePrinter()
    const two = (black: number, cyan: number) => ({
      supplies: [
        aSupply({ percent: black }),
        aSupply({ index: '1.2', colour: 'cyan', percent: cyan }),
      ],
    })
    hears(two(50, 50))
    hears(two(15, 50))
    hears(two(50, 15))
    expect(board()).toEqual(['ok'])
    hears(two(50, 15))
    expect(board()).toEqual(['warning', 'Cyan toner at 15 %'])
  })

  it('is told once when its bit and its row come one after the other', async () => {
    const { hears, board } = await onePrinter()
    hears(well)
    hears({ ...well, errors: { raw: '04', flags: ['jammed'] } })
    hears(jam)
    expect(board()).toEqual(['error', 'Paper jam: Door B'])
  })

  it('counts on although the reading is the very same object', async () => {
    const { hears, fleet, printer, board } = await onePrinter()
    hears(well)
    const reading = aReading(black(15))
    expect(fleet.heard(printer(), reading).isNews).toBe(true)
    expect(board()).toEqual(['ok'])
    expect(fleet.heard(printer(), reading)).toMatchObject({ isNews: true, toKeep: false })
    expect(board()).toEqual(['warning', 'Black toner at 15 %'])
    expect(fleet.heard(printer(), reading)).toMatchObject({ isNews: false, toKeep: false })
  })

  it('takes as many readings as the office wants', async () => {
    const quick = await onePrinter({ alarmReadings: 1 })
    quick.hears(well)
    quick.hears(black(15))
    expect(quick.board()).toEqual(['warning', 'Black toner at 15 %'])
    const slow = await onePrinter({ alarmReadings: 3 })
    slow.hears(well)
    slow.hears(black(15))
    slow.hears(black(15))
    expect(slow.board()).toEqual(['ok'])
    slow.hears(black(15))
    expect(slow.board()[0]).toBe('warning')
  })

  it('waits where only hrDeviceStatus or an empty tray tells it', async () => {
    const { hears, board } = await onePrinter()
    const device = (name: string) => ({ index: 1, model: null, status: { code: 0, name } })
    hears(well)
    hears({ ...well, device: device('down') })
    expect(board()).toEqual(['ok'])
    hears({ ...well, device: device('warning'), trays: [aTray({ level: 0, percent: 0 })] })
    expect(board()[0]).not.toBe('ok')
    hears({ ...well, device: device('warning'), trays: [aTray({ level: 0, percent: 0 })] })
    expect(board()).toEqual(['warning', 'Tray 1 is empty'])
  })

  it('presses for another reading soon while it waits, and while the printer stands still', async () => {
    const { hears, board, fleet, printer } = await onePrinter()
    hears(well)
    expect(fleet.isPressing(printer())).toBe(false)
    hears(black(15))
    expect(fleet.isPressing(printer())).toBe(true)
    hears(black(15))
    expect(fleet.isPressing(printer())).toBe(false)
    hears(jam)
    hears(jam)
    expect(fleet.isPressing(printer())).toBe(true)
    for (let times = 0; times < 3; times++) hears(black(5))
    expect(board()).toEqual(['error', 'Black toner at 5 %'])
    expect(fleet.isPressing(printer())).toBe(false)
  })
})
