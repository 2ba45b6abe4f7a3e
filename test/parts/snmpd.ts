import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freeUdpPort } from './udp.ts'

// net-snmp's own agent, as Debian has it (package snmpd), on loopback with a folder of its own.

const program = '/usr/sbin/snmpd'

export interface Snmpd {
  readonly port: number
  /** Again, as after a power cut; `clean`: as after a factory reset. */
  restart(how?: 'clean'): Promise<void>
  stop(): Promise<void>
}

/** `lines` of snmpd.conf(5). Stops by itself after half an hour. */
export async function startSnmpd(lines: readonly string[]): Promise<Snmpd> {
  if (!existsSync(program)) throw new Error(`no ${program}; install Debian's snmpd`)
  const folder = mkdtempSync(join(tmpdir(), 'snmpd-'))
  const kept = join(folder, 'kept')
  const port = await freeUdpPort()
  const config = join(folder, 'snmpd.conf')
  writeFileSync(config, [`agentaddress udp:127.0.0.1:${port}`, ...lines, ''].join('\n'))
  const args = ['1800', program, '-f', '-Lo', '-C', '-c', config]

  async function start() {
    const child = spawn('timeout', args, {
      env: { PATH: process.env.PATH, SNMP_PERSISTENT_DIR: kept, MIBS: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(child, 'exit')
    let heard = ''
    for await (const line of createInterface(child.stdout)) {
      heard += `${line}\n`
      if (line.startsWith('NET-SNMP version')) break
    }
    if (child.exitCode !== null) throw new Error(heard)
    child.stdout.resume()
    return async () => {
      child.kill()
      await ended
    }
  }

  let end = await start()
  return {
    port,
    async restart(how) {
      await end()
      if (how === 'clean') rmSync(kept, { recursive: true })
      end = await start()
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
