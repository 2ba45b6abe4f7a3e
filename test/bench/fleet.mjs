import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { missing } from './table.mjs'

// The fleet simulator and recordings beside the checkout, or where the environment names them.

const shared = resolve(import.meta.dirname, '../../../shared')
const tool = process.env.PRINTER_FLEET ?? join(shared, 'tools/printer-fleet')
const recordings = process.env.RECORDINGS ?? join(shared, 'recordings')
export const rivals = process.env.RIVALS ?? join(shared, 'tools/rivals')

/** Folder of the simulator and the completed walks: made once, gone when the bench ends. */
let made = null

/**
 * Starts `count` printers; answers their addresses, a file of them, and how to stop. `walks`:
 * 'recorded' are all recordings as they are; 'completed' the 19 largest with every table filled.
 */
export async function startFleet({ count, port, walks = 'recorded', ...how }) {
  made ??= make()
  made[walks] ??= complete(made)
  const args = ['--count', count, '--port', port, '--exit-after', 900, ...flags(how)]
  const words = [...args.map(String), ...made[walks]]
  const listed = execFileSync(made.program, ['--list', ...words], { encoding: 'utf8' })
  const rows = listed
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const targets = join(made.folder, `targets-${port}`)
  writeFileSync(targets, rows.map(([address]) => `${address}\n`).join(''))
  const child = spawn(made.program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const told = text(child.stderr)
  const ended = once(child, 'exit')
  let isReady = false
  for await (const line of createInterface(child.stdout))
    if (line.startsWith('ready')) {
      isReady = true
      break
    }
  if (!isReady) throw new Error(`the simulator did not start: ${await told}`)
  return {
    targets,
    port,
    addresses: rows.map(([address]) => `${address}:${port}`),
    living: rows.filter(([, , state]) => state !== 'dead').length,
    /** Resolves with the simulator's counters: `requests` are all datagrams that came in. */
    async stop() {
      child.kill()
      await ended
      const lines = (await told).split('\n').map((line) => line.split(' '))
      return Object.fromEntries(lines.map(([name, value]) => [name, Number(value)]))
    },
  }
}

function flags({
  deadPercent = 0,
  delayMs = 0,
  jitterMs = 0,
  lossPercent = 0,
  v1Percent = 0,
  isSerial,
}) {
  const numbers = ['--dead', deadPercent, '--delay-ms', delayMs, '--jitter-ms', jitterMs]
  return [
    ...numbers,
    '--loss',
    lossPercent,
    '--v1-only',
    v1Percent,
    ...(isSerial ? ['--serial'] : []),
  ]
}

/** RESULTS-peers.md of the rivals measured 19 of them. */
const largest = 19

function make() {
  if (!existsSync(tool)) throw new Error(`no printer-fleet in ${tool}; set PRINTER_FLEET`)
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  cpSync(tool, folder, { recursive: true })
  execFileSync('make', ['-s'], { cwd: folder })
  const recorded = readdirSync(recordings)
    .filter((name) => name.endsWith('.snmprec'))
    .map((name) => join(recordings, name))
  return { folder, program: join(folder, 'printer-fleet'), recorded }
}

/** The largest with a row in every table; as they were recorded where the rivals are not there. */
function complete({ folder, recorded }) {
  const bySize = recorded.toSorted((a, b) => statSync(b).size - statSync(a).size)
  const chosen = bySize.slice(0, largest)
  const script = join(rivals, 'make-recordings.py')
  if (!existsSync(script)) {
    missing('make-recordings.py', `none in ${rivals}; the recordings are served as they are`)
    return chosen
  }
  const completed = join(folder, 'completed')
  execFileSync('python3', [script, completed, ...chosen])
  return readdirSync(completed).map((name) => join(completed, name))
}
