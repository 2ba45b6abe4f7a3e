import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startFleet } from './fleet.mjs'
import { dist } from './platen.mjs'
import { counted, doing, median, row, say } from './table.mjs'

// What the console costs with 500 printers: from a change to its last byte, while nothing happens, on a
// slow line, and after eight hours.

const count = counted('PRINTERS', 500)
const seconds = counted('SECONDS', 30)
const updates = counted('UPDATES', 10_000)
const port = 16_281
const views = ['fleet', 'printer', 'tickets', 'supplies', 'activity', 'box']

export async function benchConsole() {
  const fleet = await startFleet({ count, port, walks: 'completed' })
  doing(`the console of ${count} printers, five times ${seconds} seconds, then ${updates} updates`)
  const told = await toldBy(fleet.addresses).finally(fleet.stop)

  say(`console: ${count} printers`)
  for (const [size, took] of Object.entries(told.redraw))
    row(`${named(size)}: from a change to its last byte, median / 50 ms`, median(took) / 50, 1)
  for (const [size, share] of Object.entries(told.idle).slice(0, 2))
    row(`${named(size)}: CPU while nothing happens / 1 %`, share / 0.01, 1)
  row('the same at 240x67 while readings without news come in / 1 %', told.idle.reading / 0.01, 1)
  row('ten consoles at 240x67, CPU while nothing happens / 1 %', told.idle.ten / 0.01)
  for (const [size, byView] of Object.entries(told.bytes)) {
    const worst = Object.entries(byView)
      .map(([key, minutes]) => ({ key, bytes: Math.max(...minutes) }))
      .sort((a, b) => b.bytes - a.bytes)[0]
    const view = views[worst.key - 1]
    row(`${named(size)}: bytes of a minute of ages (worst: ${view}) / 2 kB`, worst.bytes / 2000, 1)
  }
  const { before, after } = told.updates
  const each = Math.round((after - before) / updates)
  row(`heap after ${updates} updates (${each} bytes each) / before`, after / before, 1.05)
}

async function toldBy(addresses) {
  const harness = join(import.meta.dirname, 'board.mjs')
  const child = fork(harness, [dist, seconds, updates].map(String), {
    execArgv: ['--expose-gc'],
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`board.mjs ended with ${code}`)
  })
  child.send(addresses)
  const [told] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return told
}

const named = (size) => size.replace(',', 'x')
