import { expect, it, onTestFinished } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { judge } from '../../src/core/status/verdict.ts'
import { startFleet } from '../../src/demo/fleet.ts'
import type { DemoPrinter } from '../../src/demo/printers.ts'
import { createReader } from '../../src/snmp/status.ts'

// The demo's printers, read over UDP by the reader that reads real ones.

const rules = { intervalSeconds: 5, warningPercent: 20, errorPercent: 10 }
const judged = (reading: Reading) => {
  const { verdict, reasons } = judge(reading, rules)
  return [verdict, ...reasons.map(({ sentence }) => sentence)]
}

async function aFleet() {
  const fleet = await startFleet()
  const reader = createReader({ timeoutMs: 2000, retries: 1 })
  onTestFinished(async () => {
    reader.close()
    await fleet.stop()
  })
  const read = (name: DemoPrinter): Promise<Reading> =>
    reader.readPrinter({
      address: fleet.addresses[name],
      community: 'public',
      version: 'auto',
      known: null,
    })
  return { play: fleet.play, read }
}

it('shows every kind of printer that a campus has', async () => {
  const { read } = await aFleet()
  const [mono, colour, mfp, old, vague, asleep, chinese, dead] = await Promise.all(
    (
      [
        ...['mono-laser', 'colour-laser', 'multi-function', 'old-v1'],
        ...['vague-levels', 'sleeper', 'chinese', 'dead'],
      ] as DemoPrinter[]
    ).map(read),
  )
  expect(mono?.supplies.map(({ kind }) => kind)).toEqual(['toner', 'drum'])
  expect(colour?.supplies.map(({ colour }) => colour).slice(0, 4)).toEqual([
    ...['black', 'cyan', 'magenta', 'yellow'],
  ])
  expect(mfp?.supplies.find(({ kind }) => kind === 'waste')?.percent).toBe(34)
  expect(mfp?.trays.map(({ name }) => name)).toEqual(['Bypass tray', 'Tray 1', 'Tray 2', 'Tray 3'])
  expect(old?.snmp.version).toBe('1')
  expect(vague?.supplies.map(({ levelState }) => levelState)).toEqual([
    ...['someRemaining', 'someRemaining', 'unknown', 'someRemaining', 'someRemaining'],
  ])
  expect(vague?.supplies.map(({ percent }) => percent)).toEqual([null, null, null, null, null])
  expect(asleep?.alerts[0]?.codeName).toBe('subunitPowerSaver')
  expect(asleep && judged(asleep)).toEqual(['ok'])
  expect(chinese?.console[0]).toBe('准备就绪')
  expect(chinese && judged(chinese)).toEqual([
    'warning',
    'Toner low: 黄色墨粉不足',
    'Yellow toner at 17 %',
  ])
  expect(dead?.ok).toBe(false)
})

it('what the scene plays is what the reader hears', async () => {
  const { play, read } = await aFleet()
  expect(judged(await read('jams'))).toEqual(['ok'])
  play(60)
  expect(judged(await read('jams'))[1]).toBe('Paper jam: open door B')
  expect(judged(await read('multi-function'))).toEqual([
    'warning',
    'Out of paper: Load paper in Tray 2',
  ])
  play(120)
  expect(judged(await read('jams'))).toEqual(['ok'])
  expect(judged(await read('multi-function'))).toEqual(['ok'])
})
