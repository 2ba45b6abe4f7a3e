import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dist, wholeAnswer } from './platen.mjs'
import { counted, doing, median, row, say, wait } from './table.mjs'

// How long a start takes after the power went, by the length of the log: beside parsing that very log,
// and the whole program against the two seconds that are promised.

const printers = 1000
const tickets = 10_000
const logBytes = counted('LOG_MB', 50) * 1e6
const port = 16_293

export async function benchRecovery() {
  doing('starts after a power cut')
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const logs = [logBytes / 50, logBytes / 5, logBytes]
  const states = await foldersWith(logs, folder)
  const opened = []
  for (const state of states) opened.push(await timesOf(state))
  const started = []
  for (let times = 0; times < 3; times++) started.push(await startOf(states.at(-1)))
  rmSync(folder, { recursive: true, force: true })

  say(`recovery: ${printers} printers, ${tickets} tickets, and a log of so many megabytes`)
  for (const [at, { ours, bare }] of opened.entries())
    row(`${megabytes(logs[at])}: opened / its lines and the snapshot only parsed`, ours / bare)
  const per = opened.map(({ ours }, at) => (ours - opened[0].ours) / (logs[at] - logs[0]))
  row(
    `a further megabyte, up to ${megabytes(logs[2])} / up to ${megabytes(logs[1])}`,
    per[2] / per[1],
  )
  row(`${megabytes(logs[2])}: the program started and answering / 2 s`, median(started) / 2000, 1)
}

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`

/** As a power cut leaves them: one state, its log cut off at each of these lengths. */
async function foldersWith(lengths, at) {
  const { openStore, actOf, openTicket, noteTicket, importPrinters, clock } = await parts()
  const folder = join(at, 'made')
  const first = await openStore({ folder, log: quiet, clock })
  const act = (n) => ({
    ...actOf(clock, { by: 'QR page', from: 'QR page', address: '127.0.0.1' }),
    now: new Date(clock.now().getTime() - n * 3_600_000),
  })
  const rows = Array.from({ length: printers }, (_, n) => `P-${n},127.1.${n >> 8}.${n & 255}:9\n`)
  await first.update((tx) => importPrinters(tx, `label,ipAddress\n${rows.join('')}`, act(0)))
  const all = Object.values(first.state.printers)
  await each(tickets, (n) =>
    first.update((tx) => openTicket(tx, all[n % printers], aReport(n), act(n))),
  )
  await first.close()

  const store = await openStore({ folder, log: quiet, clock, leastLogBytes: 1e12 })
  const ids = Object.keys(store.state.tickets)
  const folders = []
  let n = 0
  for (const [which, length] of lengths.entries()) {
    while (statSync(join(folder, 'platen.log')).size < length)
      await each(500, () =>
        store.update((tx) => {
          noteTicket(tx, ids[n++ % tickets], 'Cleaned the rollers; it prints again.', act(0))
        }),
      )
    const copy = join(at, `cut-${which}`)
    cpSync(folder, copy, { recursive: true })
    rmSync(join(copy, 'lock'), { force: true })
    folders.push(copy)
  }
  await store.close()
  return folders
}

async function timesOf(state) {
  const { openStore, clock } = await parts()
  const ours = []
  const bare = []
  for (let times = 0; times < 3; times++) {
    const folder = copyOf(state)
    ours.push(
      await timed(async () => {
        const store = await openStore({ folder, log: quiet, clock })
        // What it writes afterwards is not part of the start.
        return () => store.close()
      }),
    )
    rmSync(folder, { recursive: true })
    bare.push(
      await timed(async () => {
        JSON.parse(readFileSync(join(state, 'platen.json'), 'utf8'))
        const lines = readFileSync(join(state, 'platen.log'), 'utf8').trim().split('\n')
        for (const line of lines) JSON.parse(line.slice(9))
        return () => {}
      }),
    )
  }
  return { ours: median(ours), bare: median(bare) }
}

/** Milliseconds from the command to the first answer. */
async function startOf(state) {
  const folder = copyOf(state)
  const env = {
    ...process.env,
    ...{ PLATEN_DATA_DIR: folder, PLATEN_HTTP_HOST: '127.0.0.1', PLATEN_HTTP_PORT: String(port) },
    ...{ PLATEN_LOG_LEVEL: 'warn', SNMP_TRAP_PORT: '0' },
  }
  const started = performance.now()
  const child = spawn(process.execPath, [join(dist, 'main.js'), 'serve', '--no-console'], {
    env,
    stdio: 'ignore',
  })
  while ((await wholeAnswer({ port, path: '/healthz' })) === null) await wait(5)
  const took = performance.now() - started
  const ended = once(child, 'exit')
  child.kill()
  await ended
  rmSync(folder, { recursive: true })
  return took
}

function copyOf(state) {
  const folder = `${state}-again`
  cpSync(state, folder, { recursive: true })
  return folder
}

async function timed(work) {
  const started = performance.now()
  const end = await work()
  const took = performance.now() - started
  await end()
  return took
}

async function each(count, one) {
  for (let from = 0; from < count; from += 500)
    await Promise.all(Array.from({ length: Math.min(500, count - from) }, (_, n) => one(from + n)))
}

const aReport = (n) => ({
  ...{ kind: 'issue', fault: 'other', wants: null, printerThen: null },
  words: `It makes a grinding noise and then stops (${n}).`,
  requester: { name: 'Sam', email: 'sam@school.example' },
  form: String(n).padStart(16, '0'),
})

async function parts() {
  const from = async (path) => import(join(dist, path))
  const { createSystemClock } = await from('disk/system-clock.js')
  return {
    ...(await from('disk/store.js')),
    ...(await from('core/act.js')),
    ...(await from('core/tickets/tickets.js')),
    ...(await from('core/printers/import.js')),
    clock: createSystemClock(),
  }
}

const silent = () => {}
const quiet = { debug: silent, info: silent, warn: silent, error: silent, room: () => quiet }
