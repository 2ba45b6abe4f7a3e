import { randomBytes } from 'node:crypto'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { type Canary, canaryText, parseCanary, readCanary, writeCanary } from './canary-file.ts'
import type { AsRead } from './claim.ts'
import { createElsewhere } from './elsewhere.ts'
import { clearAway, codeOf, type Files, realFiles } from './files.ts'
import { card, type Finding, isAnothers, isCanary, whatIsForgotten } from './forgotten.ts'
import { type Machine, realMachine } from './machine.ts'
import { wearName } from './wear.ts'

// A card that dies may take everything that it is told to keep, and forget it: at a restart it shows what
// it held weeks ago, whole and with good checksums. So each start leaves a mark, here and where there is one
// in a folder elsewhere, and the next start looks for it.

export interface KeepsakeParts {
  readonly folder: string
  /** Path of a second one, on another disk; null: there is no other disk. */
  readonly witness: string | null
  readonly clock: Clock
  readonly files?: Files
  readonly machine?: Machine
}

export interface CanaryParts extends KeepsakeParts {
  readonly log: Log
  /** Where the state was when the store was opened; null where nothing was ever kept. */
  readonly found: AsRead | null
  /** Where it is now; null while the disk takes nothing. */
  readonly durable: () => AsRead | null
  /** Its name, with its time. */
  readonly newestBackup: () => string | null
  /** How long the folder elsewhere is waited for. */
  readonly patienceMs?: number
}

/** Nothing here rejects: the printers are watched all the same. */
export interface Keepsake {
  /** Looks for what the last start left, then leaves the same of this one. Once. */
  begin(): Promise<void>
  /** Leaves it where the disk would not take it before. */
  mend(): Promise<void>
  /** Leaves it again, with what is durable now: at a stop, before the store is closed. */
  lay(): Promise<void>
  /** What was forgotten, and what to do, in sentences; null where all is well. */
  trouble(): string | null
}

export function createCanary(parts: CanaryParts): Keepsake {
  const { folder, witness, log, clock, found, durable, newestBackup } = parts
  const { files = realFiles, machine = realMachine, patienceMs = startMs } = parts
  const path = `${folder}/canary`
  let mark = firstMark()
  let finding: Finding | null = null
  let isDue = false
  const share = createElsewhere()
  /** Not where a share did not answer, or another's lies: what was not read is not written over. */
  let asksElsewhere = witness !== null
  let last: Promise<void> = Promise.resolve()

  return {
    begin: () => inTurn(begin),
    mend: () => inTurn(async () => (isDue ? lay() : undefined)),
    lay: () => inTurn(lay),
    trouble() {
      if (finding === null) return null
      const backup = newestBackup()
      const help = backup === null ? 'no backup is known' : `the newest backup is ${backup}`
      return `${finding.what}. ${finding.why}; ${help}.`
    },
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch(async (error: unknown) => {
      log.warn({ error, file: path }, 'the canary cannot be kept')
      await clearAway(files, `${path}.new`)
    })
    return last
  }

  async function begin(): Promise<void> {
    isDue = true
    const own = await readCanary(files, path)
    const other =
      witness === null
        ? null
        : parseCanary(await elsewhere(witness, () => share.read(witness, patienceMs)))
    const bootId = await machine.bootId()
    // The other small file of every start: a state of an older platen has neither.
    const wasStarted = (await files.list(folder)).includes(wearName)
    const forgotten = whatIsForgotten({ found, own, other, wasStarted, bootId, path, witness })
    if (forgotten) tell(forgotten)
    const isOurs = isCanary(other) && !isAnothers(other, own)
    if (isCanary(other) && !isOurs) asksElsewhere = false
    const known = [own, isOurs ? other : null].filter(isCanary)
    mark = {
      of: isCanary(own) ? own.of : mark.of,
      starts: 1 + Math.max(0, ...known.map(({ starts }) => starts)),
      bootId,
    }
    await lay()
  }

  function tell(found: Finding): void {
    finding ??= found
    log.error({ file: path }, `${found.what}. ${found.why}.`)
  }

  async function lay(): Promise<void> {
    isDue = true
    const now = durable()
    if (now === null) return
    const laid = { ...mark, ...freshly(clock), epoch: now.epoch, seq: now.seq }
    const text = canaryText(laid)
    await writeCanary(files, path, text)
    await files.flushFolder(folder)
    isDue = false
    const back = (await machine.readPastCache(path)) ?? (await files.read(path))
    if (back?.toString() !== text)
      tell({ what: `${path} comes back other than it was written`, why: card })
    // Later than here, so that it never knows more than was durable here.
    // A stop has five seconds for everything.
    if (witness && asksElsewhere)
      await elsewhere(witness, () => share.write(witness, text, patienceMs / 3))
  }

  /** Null where it does not answer, or fails: whoever copies backups there complains. */
  async function elsewhere<T>(file: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask()
    } catch (error) {
      if (codeOf(error) === 'ETIMEDOUT') asksElsewhere = false
      log.warn({ error, file }, 'no canary in the folder elsewhere')
      return null
    }
  }
}

/** A stop has a third of it. */
const startMs = 3000

/**
 * After a state was put in place on purpose: from now on the next start has to find `at`. Rejects with what
 * the disk threw; where only the witness cannot be reached, the next start tells of an older copy.
 */
export async function layCanaryAnew(parts: KeepsakeParts, at: AsRead): Promise<void> {
  const { folder, witness, clock, files = realFiles, machine = realMachine } = parts
  const own = await readCanary(files, `${folder}/canary`)
  const mark = { ...(isCanary(own) ? own : firstMark()), bootId: await machine.bootId() }
  const laid = { ...mark, ...freshly(clock), epoch: at.epoch, seq: at.seq }
  const text = canaryText(laid)
  await writeCanary(files, `${folder}/canary`, text)
  await files.flushFolder(folder)
  if (witness)
    await createElsewhere()
      .write(witness, text, startMs)
      .catch(() => {})
}

type Mark = Pick<Canary, 'of' | 'starts' | 'bootId'>

const firstMark = (): Mark => ({ of: randomWord(), starts: 1, bootId: null })

const freshly = (clock: Clock): Pick<Canary, 'word' | 'at' | 'clockTrusted'> => ({
  word: randomWord(),
  at: clock.now().toISOString(),
  clockTrusted: clock.trusted(),
})

const randomWord = (): string => randomBytes(8).toString('hex')
