import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { wait } from './table.mjs'

// The whole program with a data folder of its own: the printers imported, an administrator with a
// token; as a process (`serve`), or in a harness that sees each reading (`whole.mjs`).

export const dist = process.env.BENCH_DIST ?? join(import.meta.dirname, '../../dist')
const program = join(dist, 'main.js')
const port = 16_290
const agent = new Agent({ keepAlive: true })

/** As the rivals are set: a second's timeout, one retry; the shortest interval. */
const settings = {
  PLATEN_HTTP_PORT: String(port),
  PLATEN_HTTP_HOST: '127.0.0.1',
  PLATEN_LOG_LEVEL: 'warn',
  SNMP_TIMEOUT: '1',
  SNMP_RETRIES: '1',
  SNMP_TRAP_PORT: '0',
  IPP_PORT: '0',
  SNMP_POLL_INTERVAL_SECONDS: '5',
}

/** `more`: settings. */
export function aPrintRoom(addresses, more = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const data = join(folder, 'data')
  const env = { ...process.env, ...settings, ...more, PLATEN_DATA_DIR: data }
  const platen = (args, input = '') => {
    const ran = spawnSync(process.execPath, [program, ...args], { env, input, encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(`platen ${args.join(' ')}: ${ran.stderr}${ran.stdout}`)
    return ran.stdout.trim()
  }
  if (addresses.length > 0) {
    const csv = join(folder, 'printers.csv')
    const rows = addresses.map((address, at) => `P-${String(at).padStart(4, '0')},${address}\n`)
    writeFileSync(csv, `label,ipAddress\n${rows.join('')}`)
    platen(['import', csv, '--as', 'printers'])
  }
  /** A new administrator; answers the headers of their token. */
  const account = (name) => {
    platen(['people', 'add', name, '--role', 'administrator'], 'correct horse battery\n')
    return { authorization: `Bearer ${platen(['people', 'token', name])}` }
  }
  const headers = account('BENCH')

  /** Resolves when the site answers. */
  async function up(child) {
    const ended = once(child, 'exit')
    for (let tries = 0; (await ask('/healthz')) === null; tries++) {
      if (child.exitCode !== null || tries > 500) throw new Error('platen did not start')
      await wait(20)
    }
    return async () => {
      child.kill()
      await ended
    }
  }

  const ask = (path) => wholeAnswer({ port, path, headers })

  return {
    ...{ ask, data, port, account, authorization: headers.authorization },
    feed: async () => JSON.parse(await ask('/api/v1/status')).printers,
    /** As an operator starts it; `args`: of node; `other`: settings of this time. */
    async serve(args = [], other = {}) {
      const words = [...args, program, 'serve', '--no-console']
      const child = spawn(process.execPath, words, { env: { ...env, ...other }, stdio: 'ignore' })
      const stop = await up(child)
      return { pid: child.pid, stop }
    },
    /** In the harness; `tell` asks it what it saw. Rounds follow after a pause. */
    async watched(pauseMs = 0) {
      const harness = join(import.meta.dirname, 'whole.mjs')
      const child = fork(harness, [dist, String(pauseMs)], { env, execArgv: ['--expose-gc'] })
      const stop = await up(child)
      const tell = async () => {
        child.send('tell')
        const [told] = await once(child, 'message')
        return told
      }
      return { tell, stop }
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The body as octets, whole; null where nobody answers. */
export function wholeAnswer({ port, path, headers = {} }) {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, headers, agent, host: '127.0.0.1' }, (answer) => {
      if (answer.statusCode === 200) buffer(answer).then(resolve, reject)
      else reject(new Error(`${path} answered ${answer.statusCode}`))
    })
    asked.on('error', () => resolve(null)).end()
  })
}
