import { type Act, actOf } from '../../core/act.ts'
import { copiesThatMayGo, mayGo } from '../../core/backup/kept.ts'
import { type BackupWords, letterOfMade, letterOfNone } from '../../core/backup/letter.ts'
import { type BackupFacts, countInside, type Made } from '../../core/backup/made.ts'
import { timeInName } from '../../core/backup/name.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { post } from '../../core/outbox/outbox.ts'
import { Refusal } from '../../core/refusal.ts'
import { createElsewhere } from '../elsewhere.ts'
import { realFiles } from '../files.ts'
import type { OpenStore } from '../store.ts'
import { standing, stopping } from '../unkeepable.ts'
import { clearElsewhere, copyElsewhere } from './elsewhere.ts'
import { clearHalves, freeName, type MakeParts, makeBackup } from './make.ts'
import { newestBackup } from './newest.ts'

export interface BackupsParts extends MakeParts {
  readonly store: Pick<OpenStore, 'state' | 'copyTo' | 'update'>
  readonly clock: Clock
  readonly log: Log
  /** Folder on another disk that each is copied to, an absolute path; null: none is set. */
  readonly elsewhere: string | null
  readonly letters: 'failures' | 'always'
  /** How long a copy there may take. */
  readonly patienceMs?: number
}

export interface Backups {
  /**
   * Makes one now, after the one that is being made. Refuses `unkeepable` where none came into being;
   * where only the second place failed, its `trouble` says so.
   */
  make(act: Act): Promise<Made>
  /**
   * The one that a slot of the calendar orders, told of by letter. Resolves with whether the slot is
   * done. Never throws.
   */
  makeDue(slot: string): Promise<boolean>
  /** Posts the letter that the disk did not take when it was due; often. Never throws. */
  tell(): Promise<void>
  /** What stands in the way, in a sentence; null where the last one was good. */
  trouble(): string | null
  facts(): BackupFacts
  /** Gives up the one that is being made or copied. */
  stop(): Promise<void>
}

/** One at a time. */
export async function createBackups(parts: BackupsParts): Promise<Backups> {
  const { folder, store, clock, log, site, elsewhere, patienceMs = 600_000 } = parts
  const startedMs = clock.monotonicMs()
  let newest = await newestBackup(folder)
  let trouble: string | null = null
  let last: Promise<unknown> = Promise.resolve()
  let owed: Owed | null = null
  /** Good here, but not at the second place: only that is tried again. */
  let uncopied: { readonly slot: string; readonly made: Made } | null = null
  /** Damaged files that a letter told of; a file that stays damaged is told once. */
  let toldDamage = ''
  const farewell = new AbortController()
  const share = createElsewhere(farewell.signal)
  await clearHalves(`${folder}/backup`).catch((error) =>
    log.warn({ error }, 'what is left of a backup that was cut off could not be cleared away'),
  )

  return {
    make,
    async makeDue(slot) {
      const act = actOf(clock, { by: 'platen', from: 'platen' })
      const isUncopied = uncopied?.slot === slot
      const made = await (isUncopied && uncopied ? copyAgain(uncopied.made, act) : make(act)).catch(
        () => null,
      )
      if (farewell.signal.aborted) return false
      const isDone = made !== null && made.trouble === null
      uncopied = made && !isDone ? { slot, made } : null
      const damage = made?.damage.join(' ') ?? toldDamage
      const isNews = damage !== '' && damage !== toldDamage
      toldDamage = damage
      if (isNews || (isDone ? parts.letters === 'always' : !wasTold(act.now)))
        owed = {
          act,
          words: made ? letterOfMade(made, act.now) : letterOfNone(trouble ?? '', newest, act.now),
        }
      await tell()
      return isDone
    },
    tell,
    async stop() {
      farewell.abort()
      await last
    },
    trouble: () => trouble,
    facts: () => ({
      ...{ newest, elsewhere, trouble },
      ranMs: clock.monotonicMs() - startedMs,
    }),
  }

  function make(act: Act): Promise<Made> {
    const made = last.then(() => makeOne(act))
    last = made.catch(() => {})
    return made
  }

  function copyAgain(made: Made, act: Act): Promise<Made> {
    const copied = last.then(async () => {
      const { copy, trouble: why } = await copyOf(made, act)
      trouble = why
      return { ...made, copy, trouble: why }
    })
    last = copied.catch(() => {})
    return copied
  }

  async function makeOne(act: Act): Promise<Made> {
    const beganMs = clock.monotonicMs()
    try {
      const packed = await makeBackup({ ...parts, givenUp: farewell.signal }, act)
      const { name, path, bytes, damage, state, manifest } = packed
      newest = { path, at: manifest.madeAt, bytes }
      const copied = await copyOf(packed, act)
      trouble = copied.trouble
      // One by hand takes no other's place today.
      if (act.clockTrusted && act.from === 'platen') await prune(act.now)
      const seconds = (clock.monotonicMs() - beganMs) / 1000
      log.info({ file: name, bytes, seconds, damage }, 'backup made')
      const inside = countInside(state, Object.keys(manifest.files))
      return { ...{ name, path, bytes, seconds, damage, inside }, ...copied }
    } catch (error) {
      if (farewell.signal.aborted) throw stopping()
      log.error({ error }, 'no backup was made')
      const sentence = sentenceOf(error)
      // Whoever asked is told now; only what is tried again by itself stands until it is well.
      if (act.from === 'platen') trouble = sentence
      throw new Refusal('unkeepable', sentence)
    }
  }

  function sentenceOf(error: unknown): string {
    const isBad = error instanceof Refusal && error.code === 'invalid'
    if (!isBad) return standing('No backup could be made', error)
    return `No backup could be made: what was written could not be read back. The disk may be failing; the log of platen says more.`
  }

  async function copyOf(
    { path, name }: Pick<Made, 'path' | 'name'>,
    act: Act,
  ): Promise<Pick<Made, 'copy' | 'trouble'>> {
    if (elsewhere === null) return { copy: null, trouble: null }
    try {
      // Another appliance of the same name may copy there at the same second.
      const taken = await share.list(elsewhere, patienceMs / 10).catch(() => [])
      const copy = `${elsewhere}/${freeName(taken, timeInName(name) ?? act.now, site)}`
      await copyElsewhere(share, { from: path, to: copy, dataFolder: folder, patienceMs })
      return { copy, trouble: null }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      log.error({ error }, 'a backup was made, but no copy of it')
      return { copy: null, trouble: error.message }
    }
  }

  /** By what is kept: a platen that ends and is started again and again tells it once, too. */
  function wasTold(now: Date): boolean {
    return Object.values(store.state.outbox).some((letter) => {
      const agoMs = now.getTime() - Date.parse(letter.postedAt)
      return letter.kind === 'backup-failed' && agoMs >= 0 && agoMs < untoldMs
    })
  }

  /** What cannot be cleared away is no failure of the backup. */
  async function prune(now: Date): Promise<void> {
    try {
      const here = `${folder}/backup`
      const names = await realFiles.list(here)
      for (const name of [...mayGo(names, now), ...copiesThatMayGo(names)])
        await realFiles.remove(`${here}/${name}`)
      if (elsewhere !== null) await clearElsewhere(share, { at: elsewhere, site, now, patienceMs })
    } catch (error) {
      log.warn({ error }, 'old backups could not be cleared away')
    }
  }

  async function tell(): Promise<void> {
    if (owed === null) return
    const letter = owed
    try {
      await store.update((tx) => post(tx, letter.act, letter.words))
      if (owed === letter) owed = null
    } catch (error) {
      log.error({ error }, 'a letter about the backup could not be posted; it is tried again')
    }
  }
}

/** One letter a day, though the first of a day may come later than that of the day before. */
const untoldMs = 20 * 3_600_000

/** A letter that the store has not taken yet. */
interface Owed {
  readonly act: Act
  readonly words: BackupWords
}
