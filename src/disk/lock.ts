import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Refusal } from '../core/refusal.ts'
import { codeOf, type Files } from './files.ts'
import { whatDisk } from './unkeepable.ts'

// One process writes. The lock is a mark whose words say which process holds it, so that the lock of
// one that is gone can be told from one that runs, even where its number was given out again.

export interface Processes {
  /** The number of this one. */
  readonly pid: number
  /** Words for a process that runs, never the same for two; null where none of that number runs. */
  identify(pid: number): string | null
}

/**
 * Refuses `conflict` with the holder's process id, after it has waited `patienceMs` for one that runs
 * to let go: a command holds it for moments only. Throws EROFS as it is: then nobody can write.
 * Resolves with how to let go.
 */
export async function takeLock(
  files: Files,
  folder: string,
  {
    processes = realProcesses,
    patienceMs = 0,
  }: { processes?: Processes; patienceMs?: number } = {},
): Promise<() => Promise<void>> {
  const me = processes.identify(processes.pid) ?? String(processes.pid)
  const path = `${folder}/lock`
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      await hold(path)
      break
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === 'conflict'
      if (!isTaken) throw codeOf(error) === 'EROFS' ? error : unlockable(path, error)
      if (performance.now() >= until) throw error
      await wait(betweenTriesMs)
    }
  }
  return async () => {
    if ((await files.readMark(path)) === me) await files.remove(path)
  }

  /**
   * Who finds a dead holder's mark claims the right to replace just that one, with a mark of the same
   * kind beside it: so two that find it at the same time cannot both replace it, and one that died on
   * the way is no obstacle either.
   */
  async function hold(path: string): Promise<void> {
    while (!(await files.mark(path, me))) {
      const holder = await files.readMark(path)
      if (holder === null) continue
      refuseIfRunning(holder)
      const claim = `${path}.${createHash('sha256').update(holder).digest('hex').slice(0, 12)}`
      await hold(claim)
      // Only who has the claim may replace this holder, so it stands still now, or is gone already.
      if ((await files.readMark(path)) === holder) return files.rename(claim, path)
      await files.remove(claim)
    }
  }

  function refuseIfRunning(holder: string): void {
    const pid = Number.parseInt(holder, 10)
    if (processes.identify(pid) !== holder) return
    throw new Refusal(
      'conflict',
      `${folder} is already in use by process ${pid}, another platen. Stop that one first, or wait until it is done.`,
      { pid },
    )
  }
}

const betweenTriesMs = 100

function unlockable(path: string, error: unknown): unknown {
  if (error instanceof Refusal || codeOf(error) === '') return error
  if (codeOf(error) === 'EINVAL')
    return new Refusal(
      'invalid',
      `${path} is not a lock of platen, which is a link. Nothing was changed. Look at what it is, and move it elsewhere.`,
      { file: path },
    )
  const advice =
    codeOf(error) === 'EACCES'
      ? 'It may not be written to by this account: let its folder belong to the account that platen runs as'
      : `The disk ${whatDisk(error)}`
  return new Refusal('unkeepable', `platen cannot write ${path} (${codeOf(error)}). ${advice}.`, {
    file: path,
  })
}

/** By number, start (ticks since boot) and boot: a number is given out again, the three are not. */
export const realProcesses: Processes = {
  pid: process.pid,
  identify(pid) {
    if (!(pid > 0)) return null
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      // From field 3 on; the second is the name in brackets and may hold blanks.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [runs, start] = [fields[0] !== 'Z', fields[19]]
      if (!runs) return null
      return `${pid} ${start} ${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}`
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return null
      throw error
    }
  },
}
