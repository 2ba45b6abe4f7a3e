import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

/** The program as it is built: `npm run build` makes it. */
export const program = join(import.meta.dirname, '../../dist/main.js')

/** A data folder and a port of its own, and platen as a process over them. */
export async function aMachine(env: Record<string, string> = {}) {
  const base = mkdtempSync(join(tmpdir(), 'platen-'))
  const port = await freePort()
  const settings = {
    PLATEN_DATA_DIR: join(base, 'data'),
    PLATEN_HTTP_HOST: '127.0.0.1',
    PLATEN_HTTP_PORT: String(port),
    // Others on this machine may have them.
    ...{ SNMP_TRAP_PORT: '0', IPP_PORT: '0' },
    ...env,
  }
  const children: ChildProcess[] = []

  function spawned(args: readonly string[]) {
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    children.push(child)
    return child
  }

  return {
    base,
    port,
    settings,
    /** `platen ARGS` to its end. */
    async platen(args: readonly string[], typed = '') {
      const child = spawned(args)
      child.stdin.end(typed)
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ])
      return { code, out, err }
    },
    /** `platen serve`, headless, until it is told to stop. */
    serve() {
      const child = spawned(['serve', '--no-console'])
      child.stdout.resume()
      const log = text(child.stderr)
      const ended = once(child, 'exit')
      return {
        pid: child.pid ?? 0,
        /** Its lines, when it has ended. */
        log,
        /** The exit code. */
        async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
          child.kill(signal)
          const [code] = await ended
          return code
        },
      }
    },
    /** Waits until the site answers that all is there. */
    async isUp(): Promise<void> {
      const isReady = () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        )
      for (let tries = 0; !(await isReady()); tries += 1) {
        if (tries > 2400) throw new Error('platen did not start')
        await wait(50)
      }
    },
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers }),
    async end() {
      for (const child of children) child.kill('SIGKILL')
      // A platen in tmux may still be putting its last file in place, behind what was emptied already.
      for (let tries = 1; existsSync(base); tries += 1) {
        try {
          rmSync(base, { recursive: true, force: true })
        } catch (error) {
          if (tries > 600) throw error
          await wait(100)
        }
      }
    },
  }
}

/** A port of loopback where nobody listens, below those that the kernel gives to whoever asks for any. */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    // Above 10080, which is the last one that no fetch goes to.
    const port = randomInt(10_081, 32_000)
    const server = createServer().listen(port, '127.0.0.1')
    try {
      await once(server, 'listening')
    } catch (error) {
      if (tries > 100) throw error
      continue
    }
    server.close()
    await once(server, 'close')
    return port
  }
}
