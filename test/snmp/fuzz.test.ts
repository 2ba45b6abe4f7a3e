import { expect, onTestFinished, test } from 'vitest'
import { createReader } from '../../src/snmp/status.ts'
import { answersOf } from '../torture/answers.ts'
import { mutate, sampleOf } from '../torture/mutations.ts'
import { readSpoilt } from '../torture/path.ts'
import { seeded } from '../torture/seeded.ts'
import { createSaid } from '../torture/truth.ts'
import { readTwice } from '../torture/twice.ts'
import { aPrinter, meantBy, read, walkNames, walkOf } from './printers.ts'

// Answers that were damaged on their way or by a broken agent. FUZZ_SEED: another search than the usual one.

const seed = Number(process.env.FUZZ_SEED ?? 20_262)
const walks = walkNames.map((name) => walkOf(name).toString('latin1'))

test('reads of 100,000 damaged answers what they say by the letter, or nothing', () => {
  const random = seeded(seed)
  const samples = answersOf(walks, 800, random)
  const tally = { read: 0, refused: 0 }
  for (let count = 1; count <= 100_000; count += 1) {
    const found = readTwice(samples, random, tally)
    if (found === null) continue
    const { mutation, datagram, what } = found
    expect.fail(`seed ${seed}, answer ${count} (${mutation}): ${what}\n${datagram.toString('hex')}`)
  }
  // Both happen all the time, or nothing would be tried here.
  expect(tally.read).toBeGreaterThan(20_000)
  expect(tally.refused).toBeGreaterThan(20_000)
}, 120_000)

test('makes of 50 printers that spoil their answers a true reading each, or none', async () => {
  const random = seeded(seed)
  for (let count = 1; count <= 50; count += 1)
    expect(await readSpoilt(walks, random), `seed ${seed}, printer ${count}`).toBe(null)
})

test('says nothing over the network that no printer said, however spoilt its answers are', async () => {
  const polls = await Promise.all(
    Array.from({ length: 16 }, (_, at) => pollSpoilt(walkNames[at % walkNames.length], seed + at)),
  )
  expect(polls.flatMap(({ untrue }) => untrue)).toEqual([])
  const readings = polls.flatMap(({ readings }) => readings)
  expect(readings.filter(({ ok }) => ok).length).toBeGreaterThan(readings.length / 4)
  expect(polls.reduce((sum, { spoilt }) => sum + spoilt, 0)).toBeGreaterThan(2000)
}, 120_000)

/** One printer, well at first and then with rubbish before each answer, or in its place. */
async function pollSpoilt(name: (typeof walkNames)[number] = 'alder-c440', seed: number) {
  const random = seeded(seed)
  const said = createSaid()
  const printer = await aPrinter({ walk: walkOf(name) })
  const reader = createReader({ timeoutMs: 60, retries: 0 })
  onTestFinished(() => reader.close())
  const poll = () =>
    reader.readPrinter({
      ...{ address: printer.address, community: 'public', version: 'auto', known: '2c' },
    })
  let spoilt = 0
  printer.faults = {
    sends: (answer) => {
      const sample = sampleOf(answer)
      const isWell = printer.requests.length <= wellRequests
      const noise = Array.from({ length: isWell ? 0 : 16 }, () => mutate(sample, sample, random))
      spoilt += noise.length
      const replaced = !isWell && random.isIn(10)
      const sent = [...noise.map(({ datagram }) => datagram), ...(replaced ? [] : [answer])]
      for (const datagram of sent) said.note(datagram)
      return sent
    },
  }
  let wellRequests = Number.POSITIVE_INFINITY
  const readings = [await poll()]
  wellRequests = printer.requests.length
  while (readings.length < 5) readings.push(await poll())
  const untrue = readings.flatMap((reading) => said.untruthIn(reading) ?? [])
  printer.faults = {}
  expect(await read(printer)).toMatchObject({ ok: true, ...meantBy(name) })
  return { readings, untrue, spoilt }
}
