import { startFleet } from './fleet.mjs'
import { aPrintRoom } from './platen.mjs'
import { netSnmp, startExporter } from './rivals.mjs'
import { counted, doing, median, missing, printers, row, say, wait } from './table.mjs'

// How long a round takes where each answer takes 20 ms. Platen's is the whole program's: from the
// moment the sweep asks the first printer until nothing is under way any more. Of the first round it
// knows nothing; in later ones it has learned, and a dead printer costs one probe.

const delayMs = 20
const runs = counted('RUNS', 3)
const later = 5
const port = 16_281

export async function benchWall() {
  const exporter = await startExporter()
  for (const [deadPercent, limit] of [
    [0, 0.1],
    [5, 0.25],
  ]) {
    const fleet = await startFleet({
      count: printers,
      port,
      walks: 'completed',
      deadPercent,
      delayMs,
    })
    const ours = await ofPlaten(fleet)
    doing(`the rivals, ${runs} rounds each`)
    const exporters = exporter && (await rounds(() => exporter.round(fleet)))
    const well = netSnmp('well')
    const wells = well && (await rounds(() => well(fleet)))
    await fleet.stop()

    say(`sweep: wall of a round, ${printers} printers, ${delayMs} ms, ${deadPercent} % dead`)
    if (!exporters) missing('snmp_exporter', 'the program or snmp.yml is not on this machine')
    else {
      row("platen's first / snmp_exporter (full)", ours.first / exporters, limit)
      row("platen's later / snmp_exporter (full)", ours.later / exporters, limit)
    }
    if (wells) row("platen's first / npm net-snmp, few GETBULK", ours.first / wells)
    if (wells) row("platen's later / npm net-snmp, few GETBULK", ours.later / wells)
  }
  await exporter?.stop()
}

async function rounds(round) {
  const walls = []
  for (let run = 0; run < runs; run++) walls.push((await round()).wall)
  return median(walls)
}

/** Seconds. A few that were slow to answer may be due apart from the others: that is no round. */
async function ofPlaten({ addresses, living }) {
  doing(`platen, ${1 + later} rounds`)
  const room = aPrintRoom(addresses)
  const running = await room.watched()
  let whole = []
  for (let tries = 0; whole.length < 1 + later && tries < 60; tries++) {
    await wait(1000)
    whole = (await running.tell()).rounds.filter(({ read }) => read > 0.9 * living)
  }
  await running.stop()
  room.clear()
  const [first, ...others] = whole.map(({ from, to }) => (to - from) / 1000)
  return { first: first ?? Number.NaN, later: others.length > 0 ? median(others) : Number.NaN }
}
