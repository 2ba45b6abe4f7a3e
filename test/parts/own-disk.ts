import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

// A disk that a test may spoil: a small mount of its own, gone at its end. Asks for root.

export interface OwnDisk {
  /** Where it is mounted. */
  readonly folder: string
  end(): void
}

const run = (name: string, ...args: string[]): string =>
  execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

function aMountPoint(): string {
  const base = mkdtempSync(join(tmpdir(), 'platen-disk-'))
  for (const name of ['disk', 'image', 'lower', 'upper', 'work']) mkdirSync(join(base, name))
  return base
}

/** In memory: can be full to the last page. */
export function aSmallDisk(megabytes: number) {
  const base = aMountPoint()
  const folder = join(base, 'disk')
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  const filler = join(folder, 'filler')
  return {
    folder,
    /** To the last byte, whoever else writes meanwhile: until the disk itself says so. */
    fill(): void {
      const block = Buffer.alloc(statfsSync(folder).bsize, 'x')
      try {
        for (;;) appendFileSync(filler, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    makeRoom: () => rmSync(filler),
    end() {
      run('umount', '--lazy', folder)
      rmSync(base, { recursive: true })
    },
  }
}

/** As raspi-config's read-only root: what is written lies over it in memory. */
export function anOverlay(): OwnDisk {
  const base = aMountPoint()
  const folder = join(base, 'disk')
  const [lower, upper, work] = ['lower', 'upper', 'work'].map((name) => join(base, name))
  const options = `lowerdir=${lower},upperdir=${upper},workdir=${work}`
  run('mount', '-t', 'overlay', '-o', options, 'overlay', folder)
  return {
    folder,
    end() {
      run('umount', '--lazy', folder)
      rmSync(base, { recursive: true })
    },
  }
}

/** ext4 on a loop device, as a Pi's card is, that fails as a dying card does. */
export function aCard() {
  const base = aMountPoint()
  const folder = join(base, 'disk')
  const image = join(base, 'image')
  run('mount', '-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', image)
  const bytes = join(image, 'card')
  run('truncate', '-s', '30M', bytes)
  run('mkfs.ext4', '-q', bytes)
  const device = run('losetup', '--find', '--show', bytes)
  const mount = () => run('mount', '-o', 'errors=remount-ro', device, folder)
  mount()
  return {
    folder,
    /** What the kernel does after an error of the file system: read-only, with files open. */
    becomeReadOnly() {
      writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1')
    },
    /** Every block but the first few: EIO. What was on it is kept aside for `replace`. */
    fail() {
      run('sync', '--file-system', folder)
      run('cp', '--sparse=always', bytes, `${bytes}.before`)
      run('truncate', '-s', '64K', bytes)
      run('losetup', '--set-capacity', device)
    },
    /** Out and in again, checked, with what was on it. Nobody may use it. */
    replace() {
      // Whom platen sent to look at it may be ending still.
      run('timeout', '60', 'sh', '-c', 'until umount "$0"; do sleep 0.2; done', folder)
      if (readdirSync(image).includes('card.before')) {
        run('cp', `${bytes}.before`, bytes)
        run('losetup', '--set-capacity', device)
      }
      try {
        run('e2fsck', '-y', device)
      } catch {
        // 1: it had something to put right.
      }
      mount()
    },
    end() {
      run('umount', '--lazy', folder)
      run('losetup', '--detach', device)
      run('umount', '--lazy', image)
      rmSync(base, { recursive: true })
    },
  }
}
