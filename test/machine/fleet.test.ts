import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { asPerson } from '../boot.ts'
import { aMachine } from '../parts/process.ts'
import { startFleet } from '../parts/simulator.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

/** One after the other the dead ones alone would take longer than that. */
const patienceMs = 100_000

interface Feed {
  readonly printers: readonly {
    readonly printer: { readonly ipAddress: string }
    readonly verdict: string
    readonly snmp: { readonly ok: boolean | null }
  }[]
}

it('200 printers are read, by the defaults, and 20 dead ones among them hold up nobody', async () => {
  const fleet = await startFleet({ count: 200, deadPercent: 10, delayMs: 20 })
  ends.push(fleet.stop)
  const machine = await aMachine()
  ends.push(machine.end)
  const csv = join(machine.base, 'printers.csv')
  const rows = fleet.printers.map(({ address }, at) => `P-${at},${address}\n`)
  writeFileSync(csv, `label,ipAddress\n${rows.join('')}`)
  expect(await machine.platen(['import', csv, '--as', 'printers'])).toMatchObject({ code: 0 })
  await machine.platen(
    ['people', 'add', 'ADMIN', '--role', 'administrator'],
    'correct horse battery\n',
  )

  const platen = machine.serve()
  const started = performance.now()
  const living = new Set(
    fleet.printers.filter(({ isLive }) => isLive).map(({ address }) => address),
  )
  expect(living.size).toBe(180)
  let read = new Set<string>()
  while (read.size < living.size && performance.now() - started < patienceMs) {
    await wait(100)
    const answer = await machine
      .get('/api/v1/status', asPerson('ADMIN', 'correct horse battery'))
      .catch(() => null)
    if (answer?.status !== 200) continue
    const { printers } = (await answer.json()) as Feed
    expect(printers).toHaveLength(200)
    read = new Set(printers.filter(({ snmp }) => snmp.ok).map(({ printer }) => printer.ipAddress))
  }
  expect(read).toEqual(living)
  expect(await platen.stop()).toBe(0)
})
