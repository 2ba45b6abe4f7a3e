import { join } from 'node:path'
import { startFleet } from './fleet.mjs'
import { aPrintRoom } from './platen.mjs'
import { netSnmp, startExporter } from './rivals.mjs'
import { cpuOf, spentBy } from './spent.mjs'
import { counted, doing, median, missing, printers, row, say, wait } from './table.mjs'

// Processor time and datagrams of a printer's reading. Platen is the whole program, which also judges,
// keeps and serves, from its start to the end of the last round.

const rounds = counted('ROUNDS', 20)
const runs = counted('RUNS', 3)
const readings = rounds * printers

export async function benchEffort() {
  const whole = await ofPlaten()
  doing(`platen's reader alone, ${rounds} rounds`)
  const round = [process.execPath, join(import.meta.dirname, 'round.mjs'), String(rounds)]
  const alone = await onFleet((fleet) =>
    spentBy(round, { TARGETS: fleet.targets, SNMP_PORT: String(fleet.port) }),
  )
  const exporter = await ofExporter()
  const all = await ofNetSnmp('well', rounds)
  const one = await ofNetSnmp('well', 1)
  const well = all && all / readings
  const naive = await ofNetSnmp('naive', 1)

  say(`sweep: CPU of a printer's reading, ${printers} printers, ${rounds} rounds, whole processes`)
  if (whole.read < printers) say(`  in the last round ${whole.read} of them were read`)
  if (exporter) row('platen / snmp_exporter (full)', whole.cpu / exporter, 0.25)
  else missing('snmp_exporter', 'the program or snmp.yml is not on this machine')
  if (well) row('platen / npm net-snmp, few GETBULK', whole.cpu / well, 1)
  if (well) row('later rounds of both, without start', whole.later / laterOf(all, one), 1)
  if (well) row('first rounds of both, start included', whole.firstCpu / one)
  if (naive) row('platen / npm net-snmp, column by column', (whole.cpu * printers) / naive)
  if (!well) missing('npm net-snmp', 'the package or the scripts of the rivals are not there')
  const reader = alone.cpu / readings
  if (well) row("platen's reader alone / npm net-snmp, few GETBULK", reader / well)
  row('platen / its reader alone', whole.cpu / reader)
  const told = `datagrams of a printer and round (${whole.datagrams.toFixed(2)}) / 3`
  row(told, whole.datagrams / 3, 1)
  row(`the same of the reader alone (${alone.datagrams.toFixed(2)}) / 3`, alone.datagrams / 3, 1)
}

const port = 16_281

/** Each in front of a simulator of its own, whose counters tell the datagrams. */
async function onFleet(work) {
  const fleet = await startFleet({ count: printers, port, walks: 'completed' })
  const spent = await work(fleet)
  const { requests } = await fleet.stop()
  return { ...spent, datagrams: requests / readings }
}

async function ofPlaten() {
  doing(`platen, ${rounds} rounds: some ${rounds * 6} seconds`)
  let room
  let running
  let firstCpu = 0
  const { cpu, datagrams } = await onFleet(async ({ addresses }) => {
    room = aPrintRoom(addresses)
    running = await room.serve()
    await roundsOf(room, 1)
    firstCpu = cpuOf(running.pid)
    await roundsOf(room, rounds - 1)
    return { cpu: cpuOf(running.pid) }
  })
  const told = await room.feed()
  await running.stop()
  room.clear()
  const readAt = told.map(({ fetchedAt }) => Date.parse(fetchedAt))
  const lastRoundMs = Math.max(...readAt) - 5000
  const read = readAt.filter((at) => at > lastRoundMs).length
  return { cpu: cpu / readings, firstCpu, later: laterOf(cpu, firstCpu), datagrams, read }
}

/** Until the printer that each round reads last was read so often again. It is asked for sparingly. */
async function roundsOf(room, often) {
  const { printer, fetchedAt } = (await room.feed()).at(-1)
  let before = fetchedAt
  for (let seen = 0; seen < often; ) {
    const now = JSON.parse(await room.ask(`/api/v1/status/${printer.id}`)).fetchedAt
    const isNew = now !== before
    if (isNew) seen++
    before = now
    if (seen < often) await wait(isNew ? 4500 : 500)
  }
}

/** A reading's part of the rounds after the first; too few of them are lost in the noise of the start. */
function laterOf(cpu, firstCpu) {
  const spent = (cpu - firstCpu) / (rounds - 1) / printers
  return spent > 0 ? spent : Number.NaN
}

async function ofExporter() {
  const exporter = await startExporter()
  if (!exporter) return null
  doing(`snmp_exporter, ${rounds} rounds`)
  const { cpu } = await onFleet(async (fleet) => {
    const before = exporter.cpu()
    for (let round = 0; round < rounds; round++) await exporter.round(fleet)
    return { cpu: exporter.cpu() - before }
  })
  await exporter.stop()
  return cpu / readings
}

/** Processor seconds of a process that does so many rounds. */
async function ofNetSnmp(how, roundsEach) {
  const poll = netSnmp(how)
  if (!poll) return null
  doing(`npm net-snmp ${how}, ${runs} times ${roundsEach} rounds`)
  const spent = []
  for (let run = 0; run < runs; run++)
    spent.push((await onFleet((fleet) => poll(fleet, roundsEach))).cpu)
  return median(spent)
}
