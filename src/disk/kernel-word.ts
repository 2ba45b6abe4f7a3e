import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Clock } from '../core/clock.ts'

// Whether the kernel knows that its clock is kept right, by chrony or ntpd say. It forgets that by
// itself when somebody sets the clock. Node cannot ask it (adjtimex); timedatectl can.

export interface KernelWord {
  /** null: there is nobody to ask. Asks anew, without waiting, at most once a minute until it is yes. */
  word(): boolean | null
  /** Resolves with the first answer. */
  asked(): Promise<void>
  /** The clock was set: an answer from before is worth nothing. */
  forget(): void
}

const againMs = 60_000
const patienceMs = 10_000

export function createKernelWord(
  parts: { readonly systemd?: string; readonly timedatectl?: string },
  time: Pick<Clock, 'monotonicMs'>,
): KernelWord {
  const { systemd = '/run/systemd/system', timedatectl = 'timedatectl' } = parts
  /** 'nobody': neither the kernel's nor anybody's, for timedatectl fails. */
  let answer: 'yes' | 'no' | 'nobody' | null = null
  let askedAtMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null

  return {
    word() {
      // Outside of systemd, in a container say, timedatectl has nobody to ask either.
      if (!existsSync(systemd)) return null
      if (answer !== 'yes' && time.monotonicMs() - askedAtMs >= againMs) void ask()
      return answer === 'nobody' ? null : answer === 'yes'
    },
    async asked() {
      if (existsSync(systemd)) await (asking ?? ask())
    },
    forget() {
      answer = null
      askedAtMs = Number.NEGATIVE_INFINITY
      asking = null
    },
  }

  function ask(): Promise<void> {
    askedAtMs = time.monotonicMs()
    const mine = new Promise<void>((resolve) => {
      const words = ['show', '--property=NTPSynchronized', '--value']
      execFile(timedatectl, words, { timeout: patienceMs }, (error, said) => {
        if (asking === mine) answer = error ? 'nobody' : said.trim() === 'yes' ? 'yes' : 'no'
        resolve()
      })
    })
    asking = mine
    return mine
  }
}
