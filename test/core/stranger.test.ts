import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { onePrinter } from '../parts/fleet.ts'
import { anAlert, aReading, aSupply, silence } from '../parts/readings.ts'

const from = (serial: string | null, facts: Partial<Reading> = {}): Partial<Reading> => ({
  ...facts,
  identity: { ...aReading().identity, serial },
})
const since = '2026-03-01T08:00:00.000Z'
const deviceOf = (serial: string) => ({ device: { serial, macAddresses: [], since } })
const question =
  'Another device answers at this address (serial CN2, was CN1): is it a replacement?'

describe('another device at the address', () => {
  it('is asked about, and what it says waits apart', async () => {
    const { hears, says, board, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1', { pageCount: 4711, supplies: [aSupply()] }))
    const heard = hears(from('CN2', { pageCount: 12, supplies: [aSupply({ percent: 2 })] }))
    expect(heard).toMatchObject({ isNews: true, toKeep: false, replaced: [] })
    expect(board()).toEqual(['warning', question])
    expect(fleet.status(id)).toMatchObject({
      pageCount: 4711,
      supplies: [{ percent: 50 }],
      ageSeconds: 60,
      stale: true,
      snmp: { ok: true },
    })
    expect(hears(from('CN2', { pageCount: 13 }))).toMatchObject({ isNews: false, toKeep: false })
  })

  it('is believed at once when the office says that it is the new one', async () => {
    const { hears, says, board, told, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1', { pageCount: 4711, supplies: [aSupply({ percent: 100 })] }))
    const jammed = { pageCount: 12, supplies: [aSupply()], alerts: [anAlert({ codeName: 'jam' })] }
    hears(from('CN2', jammed))
    await says(deviceOf('CN2'))
    expect(board()).toEqual(['error', 'Paper jam'])
    expect(fleet.status(id)).toMatchObject({ pageCount: 12, stale: false, ageSeconds: 0 })
    expect(hears(from('CN2', jammed))).toMatchObject({ toKeep: true })
    expect(hears(from('CN2', jammed))).toMatchObject({ toKeep: false })
    expect(told().filter((sentence) => sentence.includes('replaced'))).toEqual([])
  })

  it('is forgotten when the one that belongs there answers again', async () => {
    const { hears, says, board } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    hears(from('CN2'))
    hears(from('CN1'))
    expect(board()).toEqual(['ok'])
  })

  it('is told of by what is to be done once a person has said that its address is wrong', async () => {
    const { hears, says, board } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    hears(from('CN2'))
    await says({ stranger: { serial: 'CN2', macAddresses: [] } })
    const mend = 'Another device answers at this address (serial CN2); mend the address'
    expect(board()).toEqual(['warning', mend])
    hears(from('CN2'))
    expect(board()).toEqual(['warning', mend])
    hears(from('CN3'))
    expect(board()[1]).toContain('serial CN3, was CN1): is it a replacement?')
  })

  it('is the printer once the office’s list names it', async () => {
    const { hears, says, board } = await onePrinter()
    await says({ ...deviceOf('CN1'), serial: 'CN1' })
    hears(from('CN1'))
    hears(from('CN2'))
    await says({ serial: 'cn2' })
    expect(board()).toEqual(['ok'])
  })

  it('is no silence, and waits on while it is silent itself', async () => {
    const { hears, says, board, fleet, printer, clock } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    fleet.heard(printer(), silence())
    clock.advance(5 * 3_600_000)
    hears(from('CN2'))
    expect(board()).toEqual(['warning', question])
    clock.advance(120_000)
    fleet.heard(printer(), silence())
    expect(board()).toEqual(['offline', 'No answer for 2 minutes'])
    await says(deviceOf('CN2'))
    expect(board()).toEqual(['offline', 'No answer for 2 minutes'])
  })

  it('is none where a device tells nothing of who it is', async () => {
    const { hears, says, board, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    expect(hears(from(null, { pageCount: 5 }))).toMatchObject({ toKeep: true })
    hears(from('XXXXXXX', { pageCount: 6 }))
    expect(board()).toEqual(['ok'])
    expect(fleet.status(id).pageCount).toBe(6)
  })

  it('begins anew where no device was known, with nothing of the one before', async () => {
    const { hears, board } = await onePrinter()
    hears(from('CN1', { alerts: [anAlert({ codeName: 'jam' })] }))
    expect(board()).toEqual(['error', 'Paper jam'])
    hears(from('CN2'))
    expect(board()).toEqual(['ok'])
  })
})
