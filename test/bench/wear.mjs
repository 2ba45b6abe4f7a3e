import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dist } from './platen.mjs'
import { counted, doing, row, say } from './table.mjs'

// What a day writes to the card: the parts that keep something, over a clock that a day passes on in a minute.
// After each of its minutes the file system is synced, as Linux does every half a minute: what is written
// next dirties its block anew.

const printers = counted('WEAR_PRINTERS', 200)
const minutes = 1440
const limitBytes = 50e6
const silent = () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent, room: () => log }

export async function benchWear() {
  doing(`a day of ${printers} printers, polled every 5 minutes`)
  const load = (file) => import(join(dist, file))
  const { openStore } = await load('disk/store.js')
  const { createReadings } = await load('disk/readings.js')
  const { createStatusFile } = await load('disk/status-file.js')
  const { openWear } = await load('disk/wear.js')
  const { createFleet } = await load('core/status/fleet.js')
  const { historyLine } = await load('core/status/history.js')
  const { noticed } = await load('core/questions/noticed.js')
  const { importPrinters } = await load('core/printers/import.js')
  const { openTicket, takeTicket, resolveTicket } = await load('core/tickets/tickets.js')
  const { actOf } = await load('core/act.js')

  const folder = mkdtempSync(join(process.env.BENCH_DISK ?? tmpdir(), 'platen-wear-'))
  let wallMs = Date.parse('2026-03-02T00:00:00Z')
  const clock = { now: () => new Date(wallMs), monotonicMs: () => wallMs, trusted: () => true }
  const act = () => actOf(clock, { by: 'bench', from: 'platen' })
  const store = await openStore({ folder, log, clock })
  const rows = Array.from({ length: printers }, (_, at) => `P-${at},10.0.${at >> 8}.${at & 255}\n`)
  await store.update((tx) => importPrinters(tx, `label,ipAddress\n${rows.join('')}`, act()))
  const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10, alarmReadings: 2 }
  const fleet = createFleet({ store, clock, rules })
  const readings = createReadings({ folder, log })
  const statusFile = createStatusFile({ folder, log })
  const wear = await openWear({ folder, log, clock, timeZone: 'UTC' })
  const all = Object.keys(store.state.printers).map((id, at) => ({ id, at, pages: 0 }))

  const spent = { readings: 0, log: 0, 'status file': 0, wear: 0, 'snapshot at the stop': 0 }
  /** What the process writes during the work is that part's. */
  async function by(part, work) {
    const before = written()
    await work()
    spent[part] += written() - before
  }

  async function poll(isDay, round) {
    for (const each of all) {
      if (isDay && (each.at + round) % 3 === 0) each.pages += 7
      const printer = store.state.printers[each.id]
      const reading = readingOf({ ...each, printer }, round)
      const heard = fleet.heard(printer, reading)
      const readAt = clock.now()
      if (heard.toKeep) {
        const line = historyLine(each.id, reading, readAt, heard.replaced)
        readings.keepReading(line, readAt)
      }
      const { before } = heard
      const keep = reading.ok ? noticed(store.state, printer, { reading, readAt, before }) : null
      if (keep) await store.update((tx) => keep(tx, act()))
    }
  }

  /** Filed, written to somebody, taken, done: a line in the log each. */
  async function ticket(at) {
    const printer = store.state.printers[all[(at * 3) % all.length].id]
    const words = {
      ...{ kind: 'issue', fault: 'jam', wants: null, words: 'It takes no paper from tray 2.' },
      ...{ requester: { name: 'Bo', email: 'bo@school.test' }, printerThen: null, form: `F${at}` },
    }
    const opened = await store.update((tx) => openTicket(tx, printer, words, act()))
    const { id } = opened.ticket
    for (const letter of Object.values(store.state.outbox))
      if (letter.state === 'waiting')
        for (const state of ['waiting', 'sent'])
          await store.update((tx) => tx.put('outbox', { ...letter, state }))
    await store.update((tx) => takeTicket(tx, id, act()))
    await store.update((tx) => resolveTicket(tx, id, act()))
  }

  sync(folder)
  let synced = written()
  for (let minute = 0; minute < minutes; minute++) {
    wallMs += 60_000
    const isDay = minute >= 480 && minute < 1200
    if (minute % 5 === 0) await by('log', () => poll(isDay, minute / 5))
    if (isDay && minute % 12 === 0) await by('log', () => ticket(minute / 12))
    await by('readings', readings.flush)
    if (minute % 15 === 0) {
      if (minute % 60 === 0) await by('status file', () => statusFile.save(fleet.save()))
      await by('wear', wear.save)
    }
    if (written() > synced) sync(folder)
    synced = written()
  }
  await by('snapshot at the stop', store.close)
  rmSync(folder, { recursive: true, force: true })

  const day = Object.values(spent).reduce((sum, bytes) => sum + bytes, 0)
  say(`wear: MB a day of ${printers} printers, in blocks (write_bytes of /proc/self/io)`)
  for (const [part, bytes] of Object.entries(spent)) row(part, bytes / 1e6)
  row('all of it / the 50 MB that a day may cost', day / limitBytes, 1)
  say('  without what ext4 writes of its own beside it (its journal, sizes and times of files)')
}

const written = () => Number(/^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))[1])
const sync = (folder) => execFileSync('sync', ['--file-system', folder])

/** Pages go up and levels down; now and then one jams, or is silent. */
function readingOf({ printer, at, pages }, round) {
  const target = { address: printer.ipAddress }
  const isSilent = (at * 7 + round) % 997 < 2
  const isJammed = (at * 13 + round) % 499 < 3
  const percent = (of) => Math.max(1, 95 - (at % 40) - Math.floor(pages / (300 + of * 80)))
  return {
    ...{ ok: !isSilent, address: target.address, error: isSilent ? 'No answer' : null },
    snmp: { version: '2c', context: null, requests: 2, ms: 20 },
    system: {
      ...{ description: 'HP ETHERNET MULTI-ENVIRONMENT', objectId: '1.3.6.1.4.1.11.2.3.9.1' },
      ...{ name: printer.label, location: 'Library', uptimeSeconds: round * 300 },
    },
    device: { index: 1, model: 'HP Color LaserJet M553', status: { code: 2, name: 'running' } },
    identity: {
      ...{ serial: `SER${at}`, printerName: null, macAddresses: [`02:00:00:00:00:${at}`] },
      ...{ model: null, firmware: null, source: 'printer-mib' },
    },
    status: { code: 3, name: 'idle' },
    errors: isJammed ? { raw: '04', flags: ['jammed'] } : { raw: '00', flags: [] },
    pageCount: isSilent ? null : 50_000 + pages,
    ...{
      markers: [{ index: '1.1', lifeCount: 50_000 + pages, unit: 'impressions' }],
      counters: null,
    },
    supplies: ['black', 'cyan', 'magenta', 'yellow'].map((colour, of) => ({
      ...{ index: `1.${of + 1}`, description: `${colour} cartridge HP CF36${of}X`, colour },
      ...{ class: 'supplyThatIsConsumed', type: 'tonerCartridge', kind: 'toner' },
      ...{ unit: 'percent', maxCapacity: 100, level: percent(of), levelState: 'value' },
      ...{ percent: percent(of), source: 'printer-mib' },
    })),
    ...{ alerts: [], console: ['Ready'], outputs: [], covers: [] },
    trays: [1, 2, 3].map((tray) => ({
      ...{ index: `1.${tray}`, name: `Tray ${tray}`, description: null, media: 'A4' },
      ...{ unit: 'sheets', maxCapacity: 500, level: 250, levelState: 'value', percent: 50 },
    })),
  }
}
