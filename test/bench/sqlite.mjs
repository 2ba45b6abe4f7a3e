import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

// The rival: SQLite in its write-ahead mode, each ticket a transaction of its own that is flushed when it
// returns. sqlite.mjs FILE: each line is a ticket's records as JSON, the rows that platen keeps of it.

const tickets = readFileSync(process.argv[2], 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).map((record) => [record.id, JSON.stringify(record)]))
const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
const db = new Database(join(folder, 'tickets.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
const inserts = ['tickets', 'journal', 'outbox'].map((table) => {
  db.exec(`create table ${table} (id text primary key, record text)`)
  return db.prepare(`insert into ${table} values (?, ?)`)
})
const keep = db.transaction((rows) => {
  for (const [at, row] of rows.entries()) inserts[at].run(...row)
})
const started = performance.now()
for (const rows of tickets) keep(rows)
const seconds = (performance.now() - started) / 1000
db.close()
rmSync(folder, { recursive: true })
process.stdout.write(JSON.stringify({ seconds }))
