import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

// The fleet simulator and recordings beside the checkout, or where the environment names them.

const shared = resolve(import.meta.dirname, '../../../shared')
const tool = process.env.PRINTER_FLEET ?? join(shared, 'tools/printer-fleet')
const recordings = process.env.RECORDINGS ?? join(shared, 'recordings')
export const rivals = process.env.RIVALS ?? join(shared, 'tools/rivals')

/** Starts `count` printers; answers their addresses, a file of them, and how to stop. */
export async function startFleet({ count, deadPercent, delayMs, port }) {
  if (!existsSync(tool)) throw new Error(`no printer-fleet in ${tool}; set PRINTER_FLEET`)
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  cpSync(tool, folder, { recursive: true })
  execFileSync('make', ['-s'], { cwd: folder })
  const walks = readdirSync(recordings)
    .filter((name) => name.endsWith('.snmprec'))
    .map((name) => join(recordings, name))
  const args = ['--count', count, '--dead', deadPercent, '--delay-ms', delayMs, '--port', port]
  const program = join(folder, 'printer-fleet')
  const words = args.map(String)
  const listed = execFileSync(program, [...words, '--list', ...walks], { encoding: 'utf8' })
  const rows = listed
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const targets = join(folder, 'targets')
  writeFileSync(targets, rows.map(([address]) => `${address}\n`).join(''))
  const child = spawn(program, [...words, '--exit-after', '600', ...walks], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const line of createInterface(child.stdout)) if (line.startsWith('ready')) break
  return {
    targets,
    port,
    addresses: rows.map(([address]) => `${address}:${port}`),
    living: rows.filter(([, , state]) => state !== 'dead').length,
    stop: () => child.kill(),
  }
}

/** The value that `share` of all are below or at. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

export const median = (values) => quantile(values, 0.5)
export const say = (text) => process.stdout.write(`${text}\n`)
