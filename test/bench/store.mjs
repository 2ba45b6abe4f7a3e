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
  await store.update((tx) => {
    for (let one = 0; one < 1000; one++) tx.put('groups', group(one))
  })
  const few = await durably(store, 0)
  for (let at = 1; at < 100; at++)
    await store.update((tx) => {
      for (let one = 0; one < 1000; one++) tx.put('groups', group(at * 1000 + one))
    })
  const many = await durably(store, 50_000)
  const blocked = await longestTurn(() => store.copyTo(join(folder, 'copy')))
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
  row('among 100,000 records / among 1,000', many / few, 1.5)
  row('bytes written / bytes of the record', bytes / JSON.stringify(group(7)).length)
  say('store: a snapshot of 100,000 records')
  row('the longest turn of the loop meanwhile / 20 ms', blocked / 20, 1)
}

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Milliseconds of a change, until it is on the disk. */
async function durably(store, from) {
  const took = []
  for (let at = 0; at < 500; at++)
    took.push(await timed(() => store.update((tx) => tx.put('groups', group(from + (at % 100))))))
  return median(took)
}

/** Milliseconds between two turns at most, while the work goes on. */
async function longestTurn(work) {
  let longest = 0
  let last = performance.now()
  let goesOn = true
  const turn = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (goesOn) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  goesOn = false
  return longest
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
