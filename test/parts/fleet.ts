import { importPrinters } from '../../src/core/printers/import.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { createFleet } from '../../src/core/status/fleet.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import type { StatusRules } from '../../src/core/status/rules.ts'
import { createAct } from './act.ts'
import { createTestClock } from './clock.ts'
import { aReading } from './readings.ts'
import { createMemoryStore } from './store.ts'

/** One printer of a fleet that hears what the test says, a minute apart. */
export async function onePrinter(rules: Partial<StatusRules> = {}) {
  const store = createMemoryStore()
  const clock = createTestClock()
  await store.update((tx) => importPrinters(tx, 'label,ipAddress\nA,10.0.0.1\n', createAct()))
  const all = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10, alarmReadings: 2 }
  const fleet = createFleet({ store, clock, rules: { ...all, ...rules } })
  const id = Object.keys(store.state.printers)[0] ?? ''
  const printer = (): Printer => {
    const found = store.state.printers[id]
    if (!found) throw new Error('the printer went')
    return found
  }
  return {
    ...{ store, clock, fleet, id, printer },
    hears(facts: Partial<Reading>) {
      clock.advance(60_000)
      return fleet.heard(printer(), aReading(facts))
    },
    /** The verdict and the reasons, as the board has them. */
    board: () => [fleet.judgement(id).verdict, ...fleet.status(id).reasons],
    /** What the activity tells, oldest first. */
    told: () =>
      fleet
        .activity()
        .map(({ sentence }) => sentence)
        .toReversed(),
    /** The office says something of the printer. */
    says: (words: Partial<Printer>) =>
      store.update((tx) => tx.put('printers', { ...printer(), ...words })),
  }
}
