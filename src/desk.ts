import { readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Writable } from 'node:stream'
import type { Ask } from './cli/acts.ts'
import { askControl, controlPath } from './cli/control.ts'
import type { Keyboard } from './cli/secret.ts'
import type { Desk, Surroundings } from './cli/verb.ts'
import { changedSettings } from './config.ts'
import { newId } from './core/ids.ts'
import type { Log } from './core/log.ts'
import { type Found, whereFound } from './environment.ts'
import { asOwnerOf } from './owner.ts'

// What the verbs of the command line are handed: the real files, terminal, printers, and whoever
// keeps the state. Loaded piece by piece, since a Pi takes its time over every library.

export interface Streams {
  readonly stdin: Keyboard['input']
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
}

export function createDesk({ config, folder }: Found, streams: Streams, log: Log): Desk {
  return {
    community: config.SNMP_COMMUNITY,
    out: (text) => void streams.stdout.write(text),
    err: (text) => void streams.stderr.write(text),
    readFile: (path) => readFileSync(path),
    writeFile: (path, text) => writeFileSync(path, text, { mode: 0o600 }),
    async askSecret(question) {
      const { askSecret } = await import('./cli/secret.ts')
      return askSecret({ input: streams.stdin, screen: streams.stderr }, question)
    },
    ask: askWhoeverKeepsTheState(folder, log),
    async readPrinter(target) {
      const { createReader } = await import('./snmp/status.ts')
      const reader = createReader({
        timeoutMs: config.SNMP_TIMEOUT * 1000,
        retries: config.SNMP_RETRIES,
      })
      return reader.readPrinter(target).finally(reader.close)
    },
    surroundings: () => lookAround({ config, folder }, streams, log),
  }
}

async function lookAround(
  { config, folder }: Found,
  { stdout, env }: Streams,
  log: Log,
): Promise<Surroundings> {
  const { createSystemClock, lastWritten } = await import('./disk/system-clock.ts')
  const { postOf } = await import('./post.ts')
  return {
    foundIn: whereFound(env),
    settings: changedSettings(config),
    folder,
    clock: createSystemClock({ notBefore: lastWritten(folder) }),
    terminal: {
      isTerminal: stdout.isTTY === true,
      term: env.TERM ?? '',
      lang: env.LC_ALL || env.LC_CTYPE || env.LANG || '',
    },
    http: { host: config.PLATEN_HTTP_HOST, port: config.PLATEN_HTTP_PORT },
    mailServer: postOf(config),
    async kept() {
      const asked = { by: 'check', act: 'check', args: {} }
      const told = await askControl(controlPath(folder), asked)
      if (told) return told.result as Awaited<ReturnType<Surroundings['kept']>>
      const { countKept } = await import('./cli/kept.ts')
      const { lookAt } = await import('./disk/look.ts')
      const state = await lookAt(folder, log)
      return state && { kept: countKept(state), seen: null }
    },
  }
}

/** The running platen where there is one; else the state is opened here, under its lock. */
function askWhoeverKeepsTheState(folder: string, log: Log): Ask {
  const by = `${userInfo().username} at the command line`
  return async (act, args) => {
    const told = await askControl(controlPath(folder), { by, act, args })
    if (told) return told.result as never
    const { perform } = await import('./cli/acts.ts')
    const { openStore } = await import('./disk/store.ts')
    const { createSystemClock } = await import('./disk/system-clock.ts')
    const clock = createSystemClock()
    const beRootAgain = asOwnerOf(folder)
    const store = await openStore({ folder, log, clock }).catch((error: unknown) => {
      beRootAgain()
      throw error
    })
    try {
      return (await perform(
        { store, seen: null },
        { act, args },
        { by, now: clock.now(), newId },
      )) as never
    } finally {
      await store.close()
      beRootAgain()
    }
  }
}
