// The console alone, in a real terminal, over facts from a file: console-driver.mjs FACTS [LEAVES]
import { readFileSync } from 'node:fs'
import { createConsole } from '../../dist/console/console.js'

const [path, leaves = 'asks'] = process.argv.slice(2)
const asDate = (key, value) => (key === 'now' || key === 'at' ? new Date(value) : value)
const facts = JSON.parse(readFileSync(path, 'utf8'), asDate)

const board = createConsole({
  input: process.stdin,
  output: process.stdout,
  terminal: process.env.TERM ?? '',
  noColor: Boolean(process.env.NO_COLOR),
  leaves,
  facts: () => facts,
  acts: {
    pollNow: () => new Promise((resolve) => setTimeout(resolve, 300)),
    leave: () => process.exit(0),
  },
  log: (error, where) => process.stderr.write(`${where}: ${error}\n`),
})

// As main.ts does: how the process ends is said here, and the terminal is given back before.
process.on('SIGTERM', () => {
  board.close()
  process.exit(143)
})
