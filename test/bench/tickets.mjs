import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
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

export async function benchTickets() {
  doing('durable tickets through HTTP')
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const few = await ticketsBy(1, Math.min(2000, printers), folder)
  const many = await ticketsBy(crowd, printers * matters.length, folder)
  const records = many.records.map((of) => JSON.stringify(of))
  const line = Math.round(records.reduce((sum, of) => sum + of.length, 0) / records.length)
  const rival = await bySqlite(records, folder)
  const [alone, grouped] = [bare(folder, line, 1, 1000), bare(folder, line, crowd, 16_000)]
  rmSync(folder, { recursive: true })

  say('tickets: durable, a second, through HTTP POST')
  row('1 client / bare appends of as many bytes, each with its fdatasync', few.perSecond / alone)
  row(`${crowd} clients / bare appends, an fdatasync for ${crowd}`, many.perSecond / grouped)
  row(`${crowd} clients / 1 client`, many.perSecond / few.perSecond)
  if (rival)
    row(`SQLite (WAL, FULL) in its process / ${crowd} clients`, rival / many.perSecond, 0.5)
  else missing('SQLite', 'npm install --prefix test/bench')
}

async function ticketsBy(clients, count, folder) {
  const addresses = Array.from(
    { length: printers },
    (_, at) => `127.${1 + (at >> 14)}.${(at >> 7) & 127}.${1 + (at & 127)}:9`,
  )
  const room = aPrintRoom(addresses, {
    SNMP_POLL_INTERVAL_SECONDS: '86400',
    SNMP_ERROR_INTERVAL_SECONDS: '86400',
    PLATEN_PORTAL_REPORTS_PER_HOUR: '1000000',
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

async function bySqlite(records, folder) {
  if (!existsSync(join(import.meta.dirname, 'node_modules/better-sqlite3'))) return null
  const file = join(folder, 'records')
  writeFileSync(file, records.join('\n'))
  const { seconds } = await child('sqlite.mjs', [file])
  return records.length / seconds
}

async function child(script, args) {
  const ran = spawn(process.execPath, [join(import.meta.dirname, script), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(ran.stdout), once(ran, 'exit')])
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
  return JSON.parse(said)
}

/** Lines a second. */
function bare(folder, bytes, together, count) {
  const file = openSync(join(folder, 'bare'), 'a')
  const lines = Buffer.alloc(bytes * together, 'x')
  const started = performance.now()
  for (let at = 0; at < count; at += together) {
    writeSync(file, lines)
    fdatasyncSync(file)
  }
  closeSync(file)
  return (count / (performance.now() - started)) * 1000
}

const silent = () => {}
const quiet = { debug: silent, info: silent, warn: silent, error: silent, room: () => quiet }
