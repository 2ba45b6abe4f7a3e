import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** What Linux tells of itself beside files, and what a test puts in its place. None of it rejects. */
export interface Machine {
  /** Another one at each start of the machine; null where the system has none. */
  bootId(): Promise<string | null>
  /**
   * A small file as the card itself gives it, not the memory that it was written through. Nothing where the
   * card fails; null where it cannot be asked.
   */
  readPastCache(path: string): Promise<Buffer | null>
}

export const realMachine: Machine = {
  async bootId() {
    const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    return id.trim() || null
  },
  // O_DIRECT, by coreutils' dd: Node cannot align a buffer as it wants one.
  readPastCache: (path) =>
    new Promise((resolve) => {
      const args = [`if=${path}`, 'iflag=direct', 'bs=4096', 'status=none']
      const options = { encoding: 'buffer', timeout: 5000, env: plain } as const
      execFile('dd', args, options, (error, bytes, said) => {
        if (error === null) resolve(bytes)
        else resolve(said.includes('Input/output error') ? Buffer.alloc(0) : null)
      })
    }),
}

const plain = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }
