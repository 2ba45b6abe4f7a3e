import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { type Platen, startPlaten } from '../src/app.ts'
import { backupVerb } from '../src/cli/backup.ts'
import { checkVerb } from '../src/cli/check.ts'
import { digestVerb } from '../src/cli/digest.ts'
import { discoverVerb } from '../src/cli/discover.ts'
import { exportVerb } from '../src/cli/export.ts'
import { importVerb } from '../src/cli/import.ts'
import { labelsVerb } from '../src/cli/labels.ts'
import { peopleVerb } from '../src/cli/people.ts'
import { probeVerb } from '../src/cli/probe.ts'
import { restoreVerb } from '../src/cli/restore.ts'
import { WrongUsage } from '../src/cli/verb.ts'
import { readConfig } from '../src/config.ts'
import { Refusal } from '../src/core/refusal.ts'
import { createDesk } from '../src/desk.ts'
import { createSystemClock } from '../src/disk/system-clock.ts'
import { readerOf } from '../src/reader.ts'
import { quiet } from './parts/log.ts'

// The whole program in one process: the data folder, the command line, the appliance.

const untilInterrupted = () => new AbortController().signal

const verbs = {
  backup: backupVerb,
  labels: labelsVerb,
  check: checkVerb,
  digest: digestVerb,
  discover: discoverVerb,
  import: importVerb,
  export: exportVerb,
  people: peopleVerb,
  probe: probeVerb,
  restore: restoreVerb,
}

/** A data folder of its own, and what an administrator does with it. */
export async function aSite(env: Record<string, string> = {}) {
  const base = await mkdtemp(join(tmpdir(), 'platen-'))
  const folder = join(base, 'data')
  const config = readConfig(
    {
      PLATEN_HTTP_HOST: '127.0.0.1',
      PLATEN_SITE: 'Print room North',
      SNMP_TIMEOUT: '0.3',
      SNMP_POLL_INTERVAL_SECONDS: '5',
      SNMP_TRAP_PORT: '0',
      IPP_PORT: '0',
      ...env,
    },
    () => '',
  )
  const running: Platen[] = []

  return {
    base,
    folder,
    /** Types `platen VERB ARGS`; `typed` is what is piped in. */
    async platen(verb: keyof typeof verbs, args: readonly string[], typed = '') {
      const stdin = new PassThrough()
      stdin.end(typed)
      const streams = {
        stdin,
        stdout: new PassThrough(),
        stderr: new PassThrough(),
        env: {},
        untilInterrupted,
      }
      const [out, err] = [text(streams.stdout), text(streams.stderr)]
      const desk = createDesk({ config, folder, version: '0.0.0', log: quiet }, streams)
      const ended = await verbs[verb].run(args, desk).catch((error: unknown) => {
        if (!(error instanceof Refusal) && !(error instanceof WrongUsage)) throw error
        streams.stderr.write(`${error.message}\n`)
        return error instanceof Refusal ? 1 : 2
      })
      streams.stdout.end()
      streams.stderr.end()
      return { code: ended, out: await out, err: await err }
    },
    async start(): Promise<Running> {
      const platen = await startPlaten({
        config: { ...config, PLATEN_HTTP_PORT: 0 },
        ...{ folder, version: '0.0.0', log: quiet, reader: readerOf(config) },
        clock: createSystemClock(),
        terminal: null,
        leave: () => {},
      })
      running.push(platen)
      return {
        port: platen.port,
        facts: platen.facts,
        get: (path, headers = {}) => fetch(`http://127.0.0.1:${platen.port}${path}`, { headers }),
        stop: platen.stop,
      }
    },
    async end() {
      for (const platen of running) await platen.stop()
      await rm(base, { recursive: true, force: true })
    },
  }
}

export interface Running {
  readonly port: number
  readonly facts: Platen['facts']
  get(path: string, headers?: Record<string, string>): Promise<Response>
  stop(): Promise<void>
}

/** What HTTP Basic sends. */
export function asPerson(name: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` }
}

const patience = Number(process.env.PATIENCE ?? 1)

/** Waits, 18 seconds at most, until it is so; three minutes where whole machines are waited for. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 900 * patience; tries++) {
    if (await isSo()) return
    await wait(20)
  }
  throw new Error(`in vain: ${isSo}`)
}
