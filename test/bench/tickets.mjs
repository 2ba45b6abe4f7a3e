import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { aPrintRoom, dist } from './platen.mjs'
import { counted, doing, missing, row, say, wait } from './table.mjs'

// Durable tickets a second, from the student's request to the answer that says so: against the least that
// the disk allows, and against SQLite that keeps the same three records in its own process.

const printers = counted('PRINTERS', 3000)
const matters = ['jam', 'empty', 'poor-print'].map((fault) => `issue-${fault}`)
matters.push(...['toner', 'paper', 'staples', 'other'].map((wanted) => `supply-${wanted}`))
const crowd = 64
const slowMs = 5

export async function benchTickets() {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  doing('durable tickets through HTTP')
  await compare('on this disk', { few: 2000, many: printers * matters.length, env: {}, folder })
  const slow = slowFlush(folder)
  doing(`the same with a flush of ${slowMs} ms`)
  const words = `with ${slowMs} ms more a flush, as a card may take`
  if (slow) await compare(words, { few: 300, many: 6400, env: slow, folder })
  else missing('a slower disk', 'cc is not there to build slow-flush.c')
  rmSync(folder, { recursive: true })
}

async function compare(words, { few, many, env, folder }) {
  const alone = await ticketsBy(1, Math.min(few, printers), { env, folder })
  const together = await ticketsBy(crowd, many, { env, folder })
  const records = together.records.map((of) => JSON.stringify(of)).slice(0, few * 5)
  const line = Math.round(records.reduce((sum, of) => sum + of.length, 0) / records.length)
  const bare = async (at, count) => {
    const args = [join(folder, 'bare'), line, at, count]
    return count / (await child('bare.mjs', args, env)).seconds
  }
  const limits = { alone: await bare(1, few), together: await bare(crowd, crowd * few) }
  const rival = await bySqlite(records, { env, folder })

  say(`tickets: durable, a second, through HTTP POST, ${words}`)
  row('1 client / bare appends of as many bytes, each flushed', alone.perSecond / limits.alone)
  row(`${crowd} clients / bare appends, ${crowd} in a flush`, together.perSecond / limits.together)
  row(`${crowd} clients / 1 client`, together.perSecond / alone.perSecond)
  if (rival)
    row(`SQLite (WAL, FULL) in its process / ${crowd} clients`, rival / together.perSecond, 0.5)
  else missing('SQLite', 'npm install --prefix test/bench')
}

/** What to preload; null where it cannot be built. */
function slowFlush(folder) {
  const library = join(folder, 'slow-flush.so')
  const source = join(import.meta.dirname, 'slow-flush.c')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return built.status === 0 ? { LD_PRELOAD: library, SLOW_FLUSH_US: String(slowMs * 1000) } : null
}

async function ticketsBy(clients, count, { env, folder }) {
  const addresses = Array.from(
    { length: printers },
    (_, at) => `127.${1 + (at >> 14)}.${(at >> 7) & 127}.${1 + (at & 127)}:9`,
  )
  const room = aPrintRoom(addresses, {
    SNMP_POLL_INTERVAL_SECONDS: '86400',
    SNMP_ERROR_INTERVAL_SECONDS: '86400',
    PLATEN_PORTAL_REPORTS_PER_HOUR: '1000000',
    ...env,
  })
  const { lookAt } = await import(join(dist, 'disk/look.js'))
  const tokens = Object.values((await lookAt(room.data, quiet)).printers).map(({ token }) => token)
  const platen = await room.serve()
  while ((await room.feed()).some(({ snmp }) => snmp.ok === null)) await wait(500)
  const reports = matters.flatMap((matter, n) =>
    tokens.map((of, at) => `${of} ${matter} ${form(n, at)}`),
  )
  const file = join(folder, 'reports')
  writeFileSync(file, reports.slice(0, count).join('\n'))
  const { seconds, told } = await child('ticket-clients.mjs', [room.port, clients, file])
  await platen.stop()
  const state = await lookAt(room.data, quiet)
  room.clear()
  const kept = Object.values(state.tickets)
  if (told[303] !== count || kept.length !== count)
    throw new Error(`${count} tickets were sent, ${JSON.stringify(told)} told, ${kept.length} kept`)
  const entries = by(Object.values(state.journal), ({ subject }) => subject)
  const letters = by(Object.values(state.outbox), ({ facts }) => facts.ticket)
  const records = kept.map((ticket) => [ticket, entries.get(ticket.id), letters.get(ticket.id)])
  return { perSecond: count / seconds, records }
}

const form = (n, at) => `${n}${at}`.padStart(16, '0')
const by = (all, key) => new Map(all.map((one) => [key(one), one]))

async function bySqlite(records, { env, folder }) {
  if (!existsSync(join(import.meta.dirname, 'node_modules/better-sqlite3'))) return null
  const file = join(folder, 'records')
  writeFileSync(file, records.join('\n'))
  const { seconds } = await child('sqlite.mjs', [file], env)
  return records.length / seconds
}

async function child(script, args, env = {}) {
  const ran = spawn(process.execPath, [join(import.meta.dirname, script), ...args.map(String)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(ran.stdout), once(ran, 'exit')])
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
  return JSON.parse(said)
}

const silent = () => {}
const quiet = { debug: silent, info: silent, warn: silent, error: silent, room: () => quiet }
