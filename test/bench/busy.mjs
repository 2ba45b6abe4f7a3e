import { startFleet } from './fleet.mjs'
import { aPrintRoom } from './platen.mjs'
import { counted, doing, printers, quantile, row, say, wait } from './table.mjs'

// While it sweeps: the whole feed asked once a second by each of 20 clients, and how late the turns of
// the event loop are. What met no round is left out of the figures.

const clients = 20
const seconds = counted('SECONDS', 40)
/** The shortest interval that can be set is five seconds; more rounds make more figures. */
const pauseMs = 2000
const port = 16_281

export async function benchBusy() {
  for (const how of [{ delayMs: 20 }, { delayMs: 0 }]) {
    const fleet = await startFleet({ ...{ count: printers, port, walks: 'completed' }, ...how })
    const room = aPrintRoom(fleet.addresses)
    const running = await room.watched(pauseMs)
    doing(`the feed and the loop while it sweeps, ${seconds} seconds, ${how.delayMs} ms`)
    while ((await running.tell()).rounds.length === 0) await wait(500)
    const asked = await Promise.all(
      Array.from({ length: clients }, (_, at) => client(room, (at * 1000) / clients)),
    )
    const { rounds, delays } = await running.tell()
    await running.stop()
    room.clear()
    await fleet.stop()

    const met = asked
      .flat()
      .filter(({ from, to }) => rounds.some((r) => from < r.to && to > r.from))
    const late = quantile(
      met.map(({ from, to }) => to - from),
      0.99,
    )
    say(
      `sweep: while it sweeps ${printers} printers, ${how.delayMs} ms: ${clients} clients; ` +
        `${met.length} answers, ${delays.length} turns`,
    )
    row("99th percentile of the feed's answer / 50 ms", late / 50, 1)
    row("99th percentile of the event loop's delay / 20 ms", quantile(delays, 0.99) / 20, 1)
  }
}

/** When it asked and had the whole answer, in ms since the epoch. */
async function client(room, afterMs) {
  const answers = []
  const start = now() + afterMs
  for (let second = 0; second < seconds; second++) {
    await wait(Math.max(0, start + second * 1000 - now()))
    const from = now()
    await room.ask('/api/v1/status')
    answers.push({ from, to: now() })
  }
  return answers
}

const now = () => performance.timeOrigin + performance.now()
