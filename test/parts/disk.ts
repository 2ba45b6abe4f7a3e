import type { Files, OpenFile } from '../../src/disk/files.ts'
import {
  applyNames,
  type Card,
  cardAfter,
  chooseBy,
  type Image,
  type Inode,
  imageOf,
  type Named,
  type NameStep,
  randomBy,
  type Write,
  written,
} from './card.ts'

export { randomBy } from './card.ts'

// A disk in memory that forgets what was not flushed, as a real one does at a power cut, and that
// fails on demand. Everything random comes from one seed.

export type Operation =
  | 'open'
  | 'append'
  | 'flush'
  | 'truncate'
  | 'close'
  | 'read'
  | 'list'
  | 'makeFolder'
  | 'rename'
  | 'link'
  | 'mark'
  | 'readMark'
  | 'remove'
  | 'flushFolder'

/** What is about to be done, the how-manieth of all. */
export interface Step {
  readonly number: number
  readonly operation: Operation
  readonly path: string
}

export interface SimulatedDisk extends Files {
  /** Asked before each step; an error code makes it fail: an append half-way, a flush after losing. */
  fails: (step: Step) => string | null
  /** Told of each step before it is done. */
  watch: (step: Step) => void
  /** Bytes that fit; more is ENOSPC after what still fits. */
  space: number
  /** Steps so far. */
  readonly steps: number
  /** The power goes at this step: it is half done, and nothing that is asked later is ever answered. */
  cutAt: number
  /** Resolves when the power went. */
  readonly dark: Promise<void>
  /** All that a power cut now could leave; costs next to nothing. */
  image(): Image
  /** What a start would find after a power cut now; the same seed gives the same. */
  crash(seed: number): SimulatedDisk
  /** The process is killed: it hears no more answers. The next one finds what it did, flushed or not. */
  kill(): SimulatedDisk
  /** Turns one bit over, at rest. */
  flipBit(path: string, byte: number): void
  /** What a reader of the running machine sees. */
  text(path: string): string | null
}

/** What all processes of a running machine see. */
interface Running {
  readonly names: Map<string, Named>
  readonly durableNames: Map<string, Named>
  nameSteps: NameStep[]
  readonly folders: Set<string>
  readonly random: () => number
}

export function simulateDisk(seed = 1, card: Card = new Map()): SimulatedDisk {
  const inodes = new Map<object, Inode>()
  const names = new Map<string, Named>()
  for (const [path, cold] of card) {
    if (typeof cold === 'string') names.set(path, cold)
    else {
      const inode = inodes.get(cold) ?? inodeOf(cold.bytes)
      inodes.set(cold, inode)
      names.set(path, inode)
    }
  }
  const folders = new Set([...names.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))))
  const durableNames = new Map(names)
  return diskOf({ names, durableNames, nameSteps: [], folders, random: randomBy(seed) })
}

function diskOf(running: Running): SimulatedDisk {
  const { names, durableNames, folders, random } = running
  let goDark = () => {}
  let isDark = false
  let steps = 0
  const dark = new Promise<void>((resolve) => {
    goDark = resolve
  })

  const self: SimulatedDisk = {
    fails: () => null,
    watch: () => {},
    space: Number.POSITIVE_INFINITY,
    cutAt: Number.POSITIVE_INFINITY,
    dark,
    get steps() {
      return steps
    },
    open: (path, how) =>
      step('open', path, () => {
        let inode = names.get(path)
        if (inode === undefined || typeof inode === 'string') {
          inode = inodeOf(Buffer.alloc(0))
          name([[path, inode]])
        } else if (how === 'anew') write(inode, { length: 0 })
        return openFile(inode)
      }),
    read: (path, from = 0) =>
      step('read', path, () => {
        const inode = names.get(path)
        return typeof inode === 'object' ? Buffer.from(inode.bytes.subarray(from)) : null
      }),
    list: (folder) =>
      step('list', folder, () =>
        [...names.keys(), ...folders]
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] ?? '')
          .filter((name, at, all) => all.indexOf(name) === at)
          .sort(),
      ),
    makeFolder: (path) => step('makeFolder', path, () => void folders.add(path)),
    // Its folders are always our own, and nobody else is there to look in.
    foreignOwner: async () => null,
    closeToOthers: async () => {},
    rename: (from, to) =>
      step('rename', from, () => {
        const named = names.get(from)
        if (named === undefined) throw failure('ENOENT', 'rename', from)
        name([
          [from, null],
          [to, named],
        ])
      }),
    link: (from, to) =>
      step('link', from, () => {
        const named = names.get(from)
        if (named === undefined) throw failure('ENOENT', 'link', from)
        if (names.has(to)) throw failure('EEXIST', 'link', to)
        name([[to, named]])
      }),
    mark: (path, words) =>
      step('mark', path, () => {
        if (names.has(path)) return false
        name([[path, words]])
        return true
      }),
    readMark: (path) =>
      step('readMark', path, () => {
        const named = names.get(path)
        return typeof named === 'string' ? named : null
      }),
    remove: (path) =>
      step('remove', path, () => {
        if (names.has(path)) name([[path, null]])
      }),
    flushFolder: (path) =>
      step('flushFolder', path, () => {
        for (const nameStep of running.nameSteps) applyNames(durableNames, nameStep)
        running.nameSteps = []
      }),
    image: () => imageOf(durableNames, running.nameSteps),
    crash: (by) => simulateDisk(by, cardAfter(self.image(), chooseBy(randomBy(by)))),
    kill() {
      isDark = true
      goDark()
      return diskOf(running)
    },
    flipBit(path, byte) {
      const inode = names.get(path)
      if (typeof inode !== 'object') throw new Error(`no file ${path}`)
      inode.bytes = Buffer.from(inode.bytes)
      inode.bytes[byte] = (inode.bytes[byte] ?? 0) ^ 4
      inode.durable = inode.bytes
    },
    text(path) {
      const inode = names.get(path)
      return typeof inode === 'object' ? inode.bytes.toString() : null
    },
  }
  return self

  function openFile(inode: Inode): OpenFile {
    // A file that was renamed while it is open goes by its new name.
    const path = () =>
      [...names].find(([name, named]) => named === inode && !name.endsWith('.1'))?.[0] ?? 'gone'
    return {
      length: inode.bytes.length,
      append: (text) => {
        const bytes = Buffer.from(text)
        return step(
          'append',
          path(),
          () => {
            const room = Math.max(0, self.space - used())
            write(inode, { at: inode.bytes.length, bytes: bytes.subarray(0, room) })
            if (room < bytes.length) throw failure('ENOSPC', 'write', path())
          },
          () => {
            const part = bytes.subarray(0, Math.floor(random() * (bytes.length + 1)))
            write(inode, { at: inode.bytes.length, bytes: part })
          },
        )
      },
      flush: () =>
        step(
          'flush',
          path(),
          () => {
            for (const dirty of inode.dirty)
              if (!inode.isDoubtful || 'length' in dirty || random() < 0.5)
                inode.durable = written(inode.durable, dirty)
            inode.dirty = []
          },
          () => {
            // What could not be written counts as written from now on; no later flush brings it.
            for (const dirty of inode.dirty)
              if (random() < 0.5) inode.durable = written(inode.durable, dirty)
            if (isDark) return
            inode.dirty = []
            inode.isDoubtful = true
          },
        ),
      truncate: (length) => step('truncate', path(), () => write(inode, { length })),
      close: () => step('close', path(), () => {}),
    }
  }

  function step<T>(
    operation: Operation,
    path: string,
    act: () => T,
    halfWay: () => void = () => {},
  ): Promise<T> {
    if (isDark) return new Promise(() => {})
    steps += 1
    self.watch({ number: steps, operation, path })
    if (isDark) return new Promise(() => {})
    if (steps >= self.cutAt) {
      isDark = true
      // The very step may have been done, half done, or not begun.
      const chance = random()
      if (chance < 0.3) halfWay()
      else if (chance < 0.7) quietly(act)
      goDark()
      return new Promise(() => {})
    }
    const code = self.fails({ number: steps, operation, path })
    return new Promise((resolve, reject) => {
      try {
        if (code !== null) {
          halfWay()
          throw failure(code, operation, path)
        }
        resolve(act())
      } catch (error) {
        reject(error)
      }
    })
  }

  function name(nameStep: NameStep): void {
    applyNames(names, nameStep)
    running.nameSteps = [...running.nameSteps, nameStep]
  }

  function used(): number {
    const inodes = new Set([...names.values()].filter((named) => typeof named === 'object'))
    return [...inodes].reduce((sum, inode) => sum + inode.bytes.length, 0)
  }
}

const inodeOf = (bytes: Buffer): Inode => ({ bytes, durable: bytes, dirty: [], isDoubtful: false })

function write(inode: Inode, step: Write): void {
  if ('length' in step && step.length === 0) inode.isDoubtful = false
  inode.bytes = written(inode.bytes, step)
  inode.dirty = [...inode.dirty, step]
}

function quietly(act: () => unknown): void {
  try {
    act()
  } catch {
    // It would have failed; the power went first.
  }
}

function failure(code: string, operation: string, path: string): Error {
  return Object.assign(new Error(`${code}: simulated, ${operation} '${path}'`), { code })
}
