import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { type Told, type Verdict, well, wrong } from './check-line.ts'
import type { Seen } from './kept.ts'
import type { Surroundings } from './verb.ts'

// What the machine lets platen do: ask printers, listen, be a service.

export async function checkSnmp(told: Told): Promise<Verdict> {
  const refused = await openUdp()
  if (refused) return wrong(`No UDP socket can be opened (${refused}): no printer can be asked.`)
  if (!told?.seen || told.seen.asked === 0) return well('A UDP socket can be opened.')
  const { answered, asked } = told.seen
  if (answered === 0)
    return wrong(
      `None of ${asked} printers answers. Is this machine in their network, and is SNMP_COMMUNITY theirs? platen probe ADDRESS tells more.`,
    )
  return well(`${answered} of ${asked} printers answered when they were last asked.`)
}

export async function checkPort({ http }: Surroundings, seen: Seen | null): Promise<Verdict> {
  const { host } = http
  const port = seen?.port ?? http.port
  const place = `${host}:${port}`
  if (seen) {
    if (await isAlive(host, port)) return well(`platen answers on ${place}.`)
    return wrong(`platen runs, but does not answer on ${place}. Restart it.`)
  }
  const refused = await listenOn(host, port)
  if (refused === null) return well(`${place} is free.`)
  // Where the disk takes nothing there is no control socket to ask.
  if (refused === 'EADDRINUSE' && (await isAlive(host, port)))
    return wrong(
      `A platen answers on ${place}, but not to this command: it runs on another data folder, or its disk takes nothing. Its console says which.`,
    )
  return wrong(listening[refused]?.(place) ?? `${place} cannot be listened on (${refused}).`)
}

export async function checkService(): Promise<Verdict> {
  const unit = await unitFacts()
  if (unit === null || unit.LoadState === 'not-found') return well('Not installed as a service.')
  const { ActiveState: state = 'unknown', UnitFileState: atStart = 'unknown' } = unit
  if (state !== 'active')
    return wrong(`Installed, but ${state}: systemctl start platen; journalctl -u platen says why.`)
  if (atStart !== 'enabled')
    return wrong(`It runs, but does not start with the machine: systemctl enable platen`)
  return well('It runs, and starts with the machine.')
}

const listening: Readonly<Record<string, (place: string) => string>> = {
  EADDRINUSE: (place) =>
    `${place} is taken by another program, or by a platen on another data folder. Stop that one, or set PLATEN_HTTP_PORT.`,
  EACCES: (place) =>
    `${place} needs a right that this account lacks: ports below 1024 are the system's. Set PLATEN_HTTP_PORT.`,
  EADDRNOTAVAIL: (place) => `${place} is no address of this machine. Set PLATEN_HTTP_HOST.`,
}

/** null: it could be opened; else the system's code. */
function openUdp(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.on('error', (error) => resolve(codeOf(error)))
    socket.bind(0, () => socket.close(() => resolve(null)))
  })
}

function listenOn(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', (error) => resolve(codeOf(error)))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

function isAlive(host: string, port: number): Promise<boolean> {
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve) => {
    const request = get({ host: own, port, path: '/healthz', timeout: 3000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

/** null where there is no systemd to ask. */
async function unitFacts(): Promise<Partial<Record<string, string>> | null> {
  const asked = ['show', 'platen.service', '--property=LoadState,ActiveState,UnitFileState']
  try {
    const { stdout } = await promisify(execFile)('systemctl', asked, { timeout: 5000 })
    return Object.fromEntries(stdout.split('\n').map((line) => line.split('=', 2)))
  } catch {
    return null
  }
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message)
