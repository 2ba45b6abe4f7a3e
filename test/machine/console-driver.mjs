// The console alone, in a real terminal, over facts from a file: console-driver.mjs FACTS [LEAVES]
// What its keys do to tickets is done by the true core, in memory.
import { readFileSync } from 'node:fs'
import { createConsole } from '../../dist/console/console.js'
import { deskActs } from '../../dist/console/deeds.js'
import { watchKept } from '../../dist/console/kept.js'
import { createRecords } from '../../dist/disk/records.js'
import { transact } from '../../dist/disk/transaction.js'

const [path, leaves = 'asks'] = process.argv.slice(2)
const asDate = (key, value) => (key === 'now' || key === 'at' ? new Date(value) : value)
const read = readFileSync(path, 'utf8')
const facts = JSON.parse(read, asDate)

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
  for (const { status } of facts.printers) {
    const token = `token-${status.printer.id}`
    const asked = { community: null, snmpVersion: null, device: null, stranger: null, supplies: {} }
    const rest = { ...asked, token, formerTokens: [], createdAt: '2026-01-01T00:00:00Z' }
    tx.put('printers', { ...status.printer, ...rest, group: null })
  }
  for (const { ticket } of JSON.parse(read).tickets) tx.put('tickets', ticket)
})

const board = createConsole({
  input: process.stdin,
  output: process.stdout,
  terminal: process.env.TERM ?? '',
  noColor: Boolean(process.env.NO_COLOR),
  leaves,
  facts: () => ({ ...facts, ...kept.facts(facts.now) }),
  acts: {
    ...deskActs(store, { now: () => facts.now, trusted: () => true }, { hint() {} }),
    names: kept.names,
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
