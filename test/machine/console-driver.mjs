// The console alone, in a real terminal, over facts from a file: console-driver.mjs FACTS [LEAVES]
// What its keys do to tickets is done by the true core, in memory.
import { readFileSync } from 'node:fs'
import { createConsole } from '../../dist/console/console.js'
import { deskActs } from '../../dist/console/deeds.js'
import { watchKept } from '../../dist/console/kept.js'
import { pastOf } from '../../dist/core/counters/past.js'
import { lastDays } from '../../dist/core/schedule/days.js'
import { createRecords } from '../../dist/disk/records.js'
import { transact } from '../../dist/disk/transaction.js'

const [path, leaves = 'asks'] = process.argv.slice(2)
const asDate = (key, value) => (key === 'now' || key === 'at' ? new Date(value) : value)
const told = readFileSync(path, 'utf8')
const { facts } = JSON.parse(told, asDate)
const { state, page, lines, epochs } = JSON.parse(told)

const records = createRecords()
let changed = () => {}
const store = {
  state: records.state,
  async update(change) {
    const { result } = transact(records, change)
    changed()
    return result
  },
  onChange(listener) {
    const before = changed
    changed = () => {
      before()
      listener()
    }
  },
}
const kept = watchKept(store)
await store.update((tx) => {
  for (const [collection, all] of Object.entries(state))
    for (const record of all) tx.put(collection, record)
})

const board = createConsole({
  input: process.stdin,
  output: process.stdout,
  terminal: process.env.TERM ?? '',
  noColor: Boolean(process.env.NO_COLOR),
  leaves,
  wishes: { layout: 'auto', wallSeconds: null, night: 'off', bell: 'off' },
  facts: () => ({ ...facts, ...kept.facts(facts.now) }),
  looks: {
    past: async () => pastOf(lines, epochs, lastDays(facts.now, 'UTC')),
    pageOf: () => page,
  },
  acts: {
    ...deskActs(store, { now: () => facts.now, trusted: () => true }, { hint() {} }),
    names: kept.names,
    checkPin: null,
    pollNow: () => new Promise((resolve) => setTimeout(resolve, 300)),
    leave: () => process.exit(0),
  },
  log: (error, where) => process.stderr.write(`${where}: ${error}\n`),
})
store.onChange(board.redraw)

// As main.ts does: how the process ends is said here, and the terminal is given back before.
process.on('SIGTERM', () => {
  board.close()
  process.exit(143)
})
