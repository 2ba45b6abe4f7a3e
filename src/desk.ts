import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { isatty } from 'node:tty'
import type { Ask } from './cli/acts.ts'
import { askControl, controlPath } from './cli/control.ts'
import { asOwnerOf } from './cli/owner.ts'
import type { Seat } from './cli/seat.ts'
import type { Desk } from './cli/verb.ts'
import { labelsBy, summaryTo } from './config.ts'
import { type Act, actOf } from './core/act.ts'
import type { Log } from './core/log.ts'
import { Refusal } from './core/refusal.ts'
import type { Found } from './environment.ts'

// What the verbs of the command line are handed: the real files, terminal, printers, and whoever
// keeps the state. Loaded piece by piece, since a Pi takes its time over every library.

export interface Streams {
  readonly stdin: Seat['input']
  readonly stdout: Seat['output']
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ctrl-C and these, once they do not end the process. */
  untilInterrupted(...also: readonly NodeJS.Signals[]): AbortSignal
}

/** What it takes to hold the state here. */
interface Here extends Found {
  /** Of this platen. */
  readonly version: string
  readonly log: Log
}

export function createDesk({ config, folder, version, log }: Here, streams: Streams): Desk {
  const here = { config, folder, version, log }
  const ask = askWhoeverKeepsTheState(here)
  return {
    community: config.SNMP_COMMUNITY,
    out: (file) => void streams.stdout.write(file),
    labelPdf: async (job) => (await import('./paper/labels.ts')).labelPdf(job),
    isTerminal: streams.stdout.isTTY === true,
    err: (text) => void streams.stderr.write(text),
    readFile: (path) => readFileSync(path),
    writeFile(path, file) {
      // Beside it first: what stood there keeps neither its mode nor half of its lines.
      rmSync(`${path}.new`, { force: true })
      writeFileSync(`${path}.new`, file, { mode: 0o600, flag: 'wx' })
      renameSync(`${path}.new`, path)
    },
    async askSecret(question) {
      const { askSecret } = await import('./cli/secret.ts')
      return askSecret({ input: streams.stdin, screen: streams.stderr }, question)
    },
    ask,
    makeBackup: () => ask('backup make', {}),
    digest: {
      async preview(wanted) {
        const { summary } = await import('./mail/letters/summary.ts')
        const { mailSiteOf } = await import('./post.ts')
        const letters = await ask('digest preview', wanted)
        return letters.map(({ to, facts }) => ({ to, ...summary(facts, mailSiteOf(config)) }))
      },
      post: (wanted) => ask('digest post', wanted),
    },
    restoring: {
      async look(file) {
        const { lookIntoBackup } = await import('./disk/backup/look.ts')
        return lookIntoBackup({ file, folder, log })
      },
      async restore(file, progress) {
        const { restoreBackup } = await import('./disk/backup/restore.ts')
        const { createSystemClock, lastWritten } = await import('./disk/system-clock.ts')
        const { openBackup } = await import('./disk/backup/verify.ts')
        const by = { by: ourWords(), from: 'command line' } as const
        const clock = createSystemClock({ notBefore: lastWritten(folder) })
        await clock.asked()
        const opened = await openBackup(file)
        const beRootAgain = asOwnerOf(folder)
        const { witnessOf } = await import('./backups.ts')
        const witness = witnessOf(config)
        const how = { file, opened, folder, log, clock, by, witness, progress }
        return restoreBackup(how)
          .finally(beRootAgain)
          .finally(() => opened.close())
      },
    },
    async readPrinter(target) {
      const { readerOf } = await import('./reader.ts')
      const reader = readerOf(config)
      return reader.readPrinter(target).finally(reader.close)
    },
    async search(order) {
      const { searchOf } = await import('./reader.ts')
      return searchOf(config)(order)
    },
    // Back to the line's beginning, and what stood behind it away.
    progress: isatty(2) ? (line) => void streams.stderr.write(`\r${line}\u001b[K`) : null,
    untilInterrupted: streams.untilInterrupted,
    by: ourWords(),
    folder,
    seat: {
      ...{ input: streams.stdin, output: streams.stdout },
      term: streams.env.TERM ?? '',
      noColor: Boolean(streams.env.NO_COLOR),
    },
    async surroundings() {
      const { lookAround } = await import('./surroundings.ts')
      return lookAround(here, streams)
    },
  }
}

/** How long a verb waits for another one, or for a platen that starts or stops. */
const patienceMs = 5000

/** The running platen where there is one; else the state is opened here, under its lock. */
function askWhoeverKeepsTheState(here: Here): Ask {
  return async (act, args) => {
    const by = ourWords()
    const until = performance.now() + patienceMs
    for (;;) {
      const told = await askControl(controlPath(here.folder), { by, act, args }, answerMs[act])
      if (told) return told.result as never
      try {
        return (await performHere(here, { by, act, args })) as never
      } catch (error) {
        const isTaken =
          error instanceof Refusal && error.code === 'conflict' && 'pid' in error.details
        if (!isTaken || performance.now() > until) throw error
        await wait(100)
      }
    }
  }
}

/** What takes longer than a person's question. */
const answerMs: { readonly [act: string]: number } = { 'backup make': 600_000 }

async function performHere(
  { config, folder, version, log }: Here,
  asked: { by: string; act: string; args: unknown },
) {
  const { perform } = await import('./cli/acts.ts')
  const { openStore } = await import('./disk/store.ts')
  const { createSystemClock, lastWritten } = await import('./disk/system-clock.ts')
  const { lastKnownTime } = await import('./core/schedule/known-time.ts')
  const clock = createSystemClock({ notBefore: lastWritten(folder) })
  await clock.asked()
  const beRootAgain = asOwnerOf(folder)
  try {
    const store = await openStore({ folder, log, clock, patienceMs: 0 })
    clock.wasAt(lastKnownTime(store.state))
    try {
      const act = actOf(clock, { by: asked.by, from: 'command line' })
      const makeBackup = async (by: Act) => {
        const { backupsOf } = await import('./backups.ts')
        const backups = await backupsOf(config, { store, folder, clock, log, version })
        return backups.make(by)
      }
      return await perform(
        { store, seen: null, makeBackup, summaryTo: summaryTo(config), labels: labelsBy(config) },
        asked,
        act,
      )
    } finally {
      await store.close()
    }
  } finally {
    beRootAgain()
  }
}

const ourWords = (): string => `${accountName()} at the command line`

/** An account of a container may have no name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}
