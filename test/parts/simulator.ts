import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { freeUdpPort } from './udp.ts'

// A whole fleet on loopback: the printer-fleet simulator, built in a folder of its own, serving the
// recordings. Neither is part of the project; both are named by the environment.

const shared = resolve(import.meta.dirname, '../../../shared')
const toolFolder = process.env.PRINTER_FLEET ?? join(shared, 'tools/printer-fleet')
const recordings = process.env.RECORDINGS ?? join(shared, 'recordings')

export interface SimulatedFleet {
  readonly printers: readonly SimulatedPrinter[]
  stop(): void
}

export interface SimulatedPrinter {
  /** `127.20.0.1:16261`. */
  readonly address: string
  /** The file that it answers from. */
  readonly recording: string
  readonly isLive: boolean
}

/** How network and printers misbehave. */
export interface FleetFaults {
  /** Of all requests. */
  readonly lossPercent?: number
  readonly jitterMs?: number
  /** A printer works on one request at a time. */
  readonly isSerial?: boolean
  /** Of the living ones. */
  readonly v1OnlyPercent?: number
}

/** Stops by itself after half an hour. */
export async function startFleet(wanted: {
  readonly count: number
  readonly deadPercent: number
  readonly delayMs: number
  readonly faults?: FleetFaults
}): Promise<SimulatedFleet> {
  if (!existsSync(toolFolder))
    throw new Error(`no printer-fleet in ${toolFolder}; set PRINTER_FLEET`)
  const folder = mkdtempSync(join(tmpdir(), 'printer-fleet-'))
  cpSync(toolFolder, folder, { recursive: true })
  execFileSync('make', ['-s'], { cwd: folder })
  const files = readdirSync(recordings).filter((name) => name.endsWith('.snmprec'))
  const port = await freeUdpPort()
  const args = [
    ...['--count', String(wanted.count), '--dead', String(wanted.deadPercent)],
    ...['--delay-ms', String(wanted.delayMs), '--port', String(port)],
    ...optionsOf(wanted.faults ?? {}),
  ]
  const walks = files.map((name) => join(recordings, name))
  const program = join(folder, 'printer-fleet')
  const listed = execFileSync(program, [...args, '--list', ...walks], { encoding: 'utf8' })
  const printers = listed
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([address, recording = '', state]) => ({
      address: `${address}:${port}`,
      recording: join(recordings, `${recording}.snmprec`),
      isLive: state !== 'dead',
    }))
  const child = spawn(program, [...args, '--exit-after', '1800', ...walks], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  for await (said of createInterface(child.stdout)) if (said.startsWith('ready')) break
  if (!said.startsWith('ready')) throw new Error(`printer-fleet ended before it was ready: ${said}`)
  return {
    printers,
    stop() {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function optionsOf({ lossPercent = 0, jitterMs = 0, isSerial, v1OnlyPercent = 0 }: FleetFaults) {
  return [
    ...['--loss', String(lossPercent), '--jitter-ms', String(jitterMs)],
    ...['--v1-only', String(v1OnlyPercent), ...(isSerial ? ['--serial'] : [])],
  ]
}
