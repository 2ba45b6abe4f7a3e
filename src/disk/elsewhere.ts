import { type ChildProcess, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { codeOf } from './files.ts'

// The folder elsewhere, a mounted share say. Whoever asks one whose server is gone waits for ever, and a
// process with a thread in such a call never ends. So this process never asks it: coreutils do, and one of
// them that does not come back is left behind.

/**
 * Paths are absolute; `ms` is for all that a call does. Each rejects with an error whose `code` is Node's
 * (ENOENT, ENOSPC …), or what the system said where that has none here; ETIMEDOUT: it does not answer. As long
 * as somebody waits there, nobody else is sent.
 */
export interface Elsewhere {
  /** A small file, no more than its first 64 KiB; null where there is none. */
  read(path: string, ms: number): Promise<Buffer | null>
  /** All or nothing, and on that disk when it resolves. */
  write(path: string, text: string, ms: number): Promise<void>
  /** As `write`, and compared with `from`; `code` is `differs` where it comes back other. */
  copy(from: string, to: string, ms: number): Promise<void>
  /** Names in a folder; one that holds odd characters is not as it is. */
  list(folder: string, ms: number): Promise<string[]>
  /** No failure where there is none. */
  remove(paths: readonly string[], ms: number): Promise<void>
  /** The number of the disk that a folder is on; null for what is no folder. */
  diskOf(folder: string, ms: number): Promise<number | null>
}

type Ask = (program: string, args: readonly string[], input?: string) => Promise<Buffer>

/** `givenUp` aborted: whatever is under way rejects at once, with its reason. */
export function createElsewhere(givenUp?: AbortSignal): Elsewhere {
  /** Was killed, and has not ended yet: what waits for a disk can be beyond every signal. */
  let left: ChildProcess | null = null

  return {
    async read(path, ms) {
      try {
        return await within(ms)('head', ['-c', '65536', '--', path])
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    write: (path, text, ms) =>
      replace(path, within(ms), (half, ask) => ask('dd', [`of=${half}`, ...flushed], text)),
    copy: (from, to, ms) =>
      replace(to, within(ms), async (half, ask) => {
        await ask('dd', [`if=${from}`, `of=${half}`, 'bs=1M', ...flushed])
        await ask('cmp', ['--', from, half])
      }),
    async list(folder, ms) {
      const names = await within(ms)('ls', ['-1', '-A', '-b', '--', folder])
      return names.toString().split('\n').filter(Boolean)
    },
    async remove(paths, ms) {
      if (paths.length > 0) await within(ms)('rm', ['-f', '--', ...paths])
    },
    async diskOf(folder, ms) {
      const said = await within(ms)('stat', ['-L', '-c', '%d %F', '--', folder])
      const [, number] = /^(\d+) directory\n$/.exec(said.toString()) ?? []
      return number === undefined ? null : Number(number)
    },
  }

  function within(ms: number): Ask {
    const byMs = performance.now() + ms
    return (program, args, input = '') =>
      new Promise((resolve, reject) => {
        if (givenUp?.aborted) throw givenUp.reason
        if (left !== null) throw late()
        const child = spawnClosed(program, args)
        const streams = [child.stdin, child.stdout, child.stderr]
        const said: Buffer[] = []
        let complaint = ''
        child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
        child.stderr.on('data', (chunk: Buffer) => {
          complaint += chunk
        })
        // Whoever cannot write does not read either; its complaint tells more.
        child.stdin.on('error', () => {}).end(input)
        const timer = setTimeout(() => leave(late()), byMs - performance.now())
        const giveUp = () => leave(givenUp?.reason)
        givenUp?.addEventListener('abort', giveUp)
        child.on('exit', () => {
          if (left === child) left = null
        })
        child.on('error', (error) => end(() => reject(error)))
        child.on('close', (exit) =>
          end(() =>
            exit === 0 ? resolve(Buffer.concat(said)) : reject(failed(program, exit, complaint)),
          ),
        )

        function leave(error: unknown): void {
          left = child
          child.kill('SIGKILL')
          // The event loop does not wait for it.
          child.unref()
          for (const stream of streams) stream.destroy()
          end(() => reject(error))
        }

        function end(how: () => void): void {
          clearTimeout(timer)
          givenUp?.removeEventListener('abort', giveUp)
          how()
        }
      })
  }
}

const flushed = ['conv=fsync', 'status=none']

/** Half of a file would fill a share that is full. */
async function replace(
  path: string,
  ask: Ask,
  fill: (half: string, ask: Ask) => Promise<unknown>,
): Promise<void> {
  const half = `${path}.new`
  try {
    await fill(half, ask)
    await ask('mv', ['-f', '-T', '--', half, path])
    await ask('sync', ['--', dirname(path)])
  } catch (error) {
    await ask('rm', ['-f', '--', half]).catch(() => {})
    throw error
  }
}

/** What it makes is its owner's alone. */
function spawnClosed(program: string, args: readonly string[]) {
  const usual = process.umask(0o077)
  try {
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }
    return spawn(program, args, { cwd: '/', env, stdio: ['pipe', 'pipe', 'pipe'] })
  } finally {
    process.umask(usual)
  }
}

const late = () => Object.assign(new Error('does not answer'), { code: 'ETIMEDOUT' })

/** `dd: failed to open '/share/x': Permission denied` -> EACCES. Of two lines the first is the cause. */
function failed(program: string, exit: number | null, complaint: string): Error {
  const [cause = ''] = complaint.split('\n')
  const words = cause.split(': ').at(-1) || `${program} ended with ${exit}`
  const isOther = program === 'cmp' && exit === 1
  const code = isOther ? 'differs' : (codes[words] ?? words)
  return Object.assign(new Error(cause || words), { code })
}

/** By what the C library says; those that platen says more of than the system does. */
const codes: Readonly<Record<string, string>> = {
  'No such file or directory': 'ENOENT',
  'Permission denied': 'EACCES',
  'Operation not permitted': 'EPERM',
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'Read-only file system': 'EROFS',
  'Connection timed out': 'ETIMEDOUT',
}
