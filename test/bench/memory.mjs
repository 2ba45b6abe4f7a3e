import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { startFleet } from './fleet.mjs'
import { aPrintRoom, dist } from './platen.mjs'
import { counted, doing, median, printers, row, say, wait } from './table.mjs'

// What the printers add to the heap and beside it, after a collection: the whole program with all of
// them read some times and served, less the whole program with none. And what rounds leave behind.

const mostBytes = 40e6
const runs = counted('RUNS', 3)
const rounds = counted('GROWTH', 200)
const port = 16_281

export async function benchMemory() {
  const fleet = await startFleet({ count: printers, port, walks: 'completed' })
  doing('platen without a printer, and with all')
  const empty = await liveBytes([], 0)
  const full = await liveBytes(fleet.addresses, 3)
  doing(`${rounds} rounds without a pause`)
  const harness = join(import.meta.dirname, 'growth.mjs')
  const ran = spawnSync(process.execPath, ['--expose-gc', harness, dist, String(rounds)], {
    encoding: 'utf8',
    input: fleet.addresses.join('\n'),
  })
  if (ran.status !== 0) throw new Error(`growth.mjs: ${ran.stderr}`)
  await fleet.stop()

  const { early, late, between } = JSON.parse(ran.stdout)
  const each = Math.round((late - early) / between)
  const added = full - empty
  say(`sweep: live heap and external memory, ${printers} printers`)
  row(`what they add (${(added / 1e6).toFixed(1)} MB) / 40 MB`, added / mostBytes, 1)
  row(
    `what ${between} rounds add (${each} bytes each) / what was there`,
    (late - early) / early,
    0.02,
  )
}

async function liveBytes(addresses, roundsFirst) {
  const room = aPrintRoom(addresses)
  const running = await room.watched()
  let told = await running.tell()
  while (told.rounds.length < roundsFirst) {
    await wait(1000)
    told = await running.tell()
  }
  await room.feed()
  const live = []
  for (let run = 0; run < runs; run++) live.push((await running.tell()).liveBytes)
  await running.stop()
  room.clear()
  return median(live)
}
