import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dist } from './platen.mjs'
import { doing, median, row, say } from './table.mjs'

// What a durable change costs beside the least that the disk allows, and whether it stays flat.

const silent = () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent, room: () => log }
const group = (at) => ({ id: `g-${at}`, name: `Group ${at}`, building: null, managers: [] })

export async function benchStore() {
  doing('the store')
  const { openStore } = await import(join(dist, 'disk/store.js'))
  const { createSystemClock } = await import(join(dist, 'disk/system-clock.js'))
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const store = await openStore({ folder, log, clock: createSystemClock() })
  const alone = []
  for (let at = 0; at < 300; at++)
    alone.push(await timed(() => store.update((tx) => tx.put('groups', group(at)))))
  const bare = flushes(folder, 300)
  const few = inMemory(store, 2000, 0)
  for (let at = 0; at < 100; at++)
    await store.update((tx) => {
      for (let one = 0; one < 1000; one++) tx.put('groups', group(at * 1000 + one))
    })
  const many = inMemory(store, 2000, 50_000)
  const together = await timed(() =>
    Promise.all(
      Array.from({ length: 1000 }, (_, at) => store.update((tx) => tx.put('groups', group(at)))),
    ),
  )
  const before = statSync(join(folder, 'platen.log')).size
  await store.update((tx) => tx.put('groups', group(7)))
  const bytes = statSync(join(folder, 'platen.log')).size - before
  await store.close()
  rmSync(folder, { recursive: true, force: true })

  say('store: a durable change of one record')
  row('alone / write and fdatasync of as many bytes by hand', median(alone) / median(bare))
  row('each of 1000 at once / alone (group commit)', together / 1000 / median(alone))
  row('in memory, among 100,000 records / among some hundred', many / few)
  row('bytes written / bytes of the record', bytes / JSON.stringify(group(7)).length)
}

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Milliseconds of a change before the disk has it. */
function inMemory(store, times, from) {
  const took = []
  for (let at = 0; at < times; at++) {
    const started = performance.now()
    store.update((tx) => tx.put('groups', group(from + (at % 100)))).catch(silent)
    took.push(performance.now() - started)
  }
  return median(took)
}

function flushes(folder, times) {
  const file = openSync(join(folder, 'bare'), 'a')
  const line = Buffer.alloc(150, 'x')
  const took = []
  for (let at = 0; at < times; at++) {
    const started = performance.now()
    writeSync(file, line)
    fdatasyncSync(file)
    took.push(performance.now() - started)
  }
  closeSync(file)
  return took
}
