import { Refusal } from '../core/refusal.ts'
import { codeOf, type Files } from './files.ts'
import { copyIfOlder, type FillParts } from './fill.ts'
import { type Processes, takeLock } from './lock.ts'
import { type Found, readFolder } from './start.ts'

/** Which change was the last when the folder was read. */
export type AsRead = Pick<Found, 'epoch' | 'seq'>

/**
 * The right to write into the folder. On a disk that is read-only nobody can have it, and nobody needs
 * it to read; it is asked for again before the first write.
 */
export interface Claim {
  readonly isHeld: boolean
  /** Throws where this may not write: EROFS, or a Refusal that says what else is in the way. */
  holdAgain(asRead: AsRead | null): Promise<void>
  letGo(): Promise<void>
}

interface ClaimParts extends FillParts {
  readonly files: Files
  readonly folder: string
  readonly processes: Processes
  readonly patienceMs: number
}

/** Refuses `conflict` where another process has the folder. */
export async function claimFolder(parts: ClaimParts): Promise<Claim> {
  const { files, folder, processes, patienceMs, log } = parts
  let release = await takeLock(files, folder, { processes, patienceMs }).catch((error) => {
    if (codeOf(error) !== 'EROFS') throw error
    return null
  })
  const claim: Claim = {
    get isHeld() {
      return release !== null
    },
    async holdAgain(asRead) {
      if (release !== null) return
      release = await takeLock(files, folder, { processes })
      try {
        await refuseIfChanged(asRead)
      } catch (error) {
        await claim.letGo()
        throw error
      }
    },
    async letGo() {
      try {
        await release?.()
      } catch (error) {
        // It names a process that will be gone: no obstacle to the next one.
        log.warn({ error }, 'the lock could not be taken away')
      }
      release = null
    },
  }
  return claim

  /** Whoever made the disk writable may have had a command write to it before us. */
  async function refuseIfChanged(asRead: AsRead | null): Promise<void> {
    const found = await readFolder(files, folder, log)
    if (found?.seq !== asRead?.seq || found?.epoch !== asRead?.epoch)
      throw new Refusal(
        'unkeepable',
        `What is kept in ${folder} was changed by another process since this platen read it. Start platen again.`,
      )
    if (found) await copyIfOlder(found, parts)
  }
}
