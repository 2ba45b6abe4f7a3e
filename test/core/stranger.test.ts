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
    expect(heard).toMatchObject({ isNews: true, toKeep: false, isOther: true, replaced: [] })
    expect(board()).toEqual(['warning', question])
    expect(fleet.status(id)).toMatchObject({
      pageCount: 4711,
      supplies: [{ percent: 50 }],
      ageSeconds: 60,
      stale: true,
      snmp: { ok: true },
    })
    expect(fleet.stranger(id)?.pageCount).toBe(12)
    expect(hears(from('CN2', { pageCount: 13 }))).toMatchObject({ isNews: false, isOther: true })
    expect(fleet.stranger(id)?.pageCount).toBe(13)
  })

  it('is believed at the next reading once the office says that it is the new one', async () => {
    const { hears, says, board, told, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1', { pageCount: 4711, supplies: [aSupply({ percent: 3 })] }))
    hears(from('CN2', { pageCount: 12, supplies: [aSupply({ percent: 100 })] }))
    await says(deviceOf('CN2'))
    expect(fleet.stranger(id)).toBe(null)
    expect(board()).not.toContain(question)
    hears(from('CN2', { pageCount: 13, supplies: [aSupply({ percent: 100 })] }))
    hears(from('CN2', { pageCount: 13, supplies: [aSupply({ percent: 100 })] }))
    expect(board()).toEqual(['ok'])
    expect(fleet.status(id)).toMatchObject({ pageCount: 13, stale: false })
    expect(told().filter((sentence) => sentence.includes('replaced'))).toEqual([])
  })

  it('is forgotten when the one that belongs there answers again', async () => {
    const { hears, says, board, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    hears(from('CN2'))
    hears(from('CN1'))
    expect(board()).toEqual(['ok'])
    expect(fleet.stranger(id)).toBe(null)
  })

  it('is no silence, and waits on while it is silent itself', async () => {
    const { hears, says, board, fleet, id, printer } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    fleet.heard(printer(), silence())
    hears(from('CN2'))
    expect(board()).toEqual(['warning', question])
    fleet.heard(printer(), silence())
    expect(board()[0]).toBe('offline')
    expect(fleet.stranger(id)?.identity.serial).toBe('CN2')
  })

  it('is none where a device tells nothing of who it is', async () => {
    const { hears, says, board, fleet, id } = await onePrinter()
    await says(deviceOf('CN1'))
    hears(from('CN1'))
    expect(hears(from(null, { pageCount: 5 }))).toMatchObject({ isOther: false, toKeep: true })
    expect(hears(from('XXXXXXX', { pageCount: 6 })).isOther).toBe(false)
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
