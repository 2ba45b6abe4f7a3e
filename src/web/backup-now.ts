import type { Act } from '../core/act.ts'
import type { Made } from '../core/backup/made.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/refusal.ts'

/** The last backup that a page asked for, since platen started. */
export type AskedBackup =
  | { readonly how: 'under way'; readonly since: string }
  | { readonly how: 'made'; readonly at: string; readonly made: Made }
  | { readonly how: 'failed'; readonly at: string; readonly sentence: string }

export interface BackupNow {
  /** null: none was asked for. */
  last(): AskedBackup | null
  /**
   * Resolves when it is made, or goes on for longer than somebody looks at a blank page. Refuses what
   * prevented it in that time; `conflict` while one is under way.
   */
  make(act: Act): Promise<void>
}

const patienceMs = 500

export function createBackupNow({
  makeBackup,
  clock,
}: {
  readonly makeBackup: (act: Act) => Promise<Made>
  readonly clock: Pick<Clock, 'now'>
}): BackupNow {
  let last: AskedBackup | null = null
  const at = () => clock.now().toISOString()

  return {
    last: () => last,
    async make(act) {
      if (last?.how === 'under way')
        throw new Refusal('conflict', 'A backup is being made already; it shows here when it is.')
      last = { how: 'under way', since: at() }
      const making = makeBackup(act).then(
        (made) => {
          last = { how: 'made', at: at(), made }
        },
        (error: unknown) => {
          const isOurs = error instanceof Refusal
          const sentence = isOurs ? error.message : 'No backup was made; the log says why.'
          last = { how: 'failed', at: at(), sentence }
          throw error
        },
      )
      // Nobody waits for it any more, and the page tells what became of it.
      making.catch(() => {})
      await Promise.race([making, wait(patienceMs)])
    },
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
