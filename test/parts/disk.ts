import type { Files, OpenFile } from '../../src/disk/files.ts'

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
  /** Bytes that fit; more is ENOSPC after what still fits. */
  space: number
  /** Steps so far. */
  readonly steps: number
  /** The power goes at this step: it is half done, and nothing that is asked later is ever answered. */
  cutAt: number
  /** Resolves when the power went. */
  readonly dark: Promise<void>
  /** What a start would find after a power cut now; the same seed gives the same. */
  crash(seed: number): SimulatedDisk
  /** Turns one bit over, at rest. */
  flipBit(path: string, byte: number): void
  /** What a reader of the running machine sees. */
  text(path: string): string | null
}

/** mulberry32: small, and the same everywhere. */
export function randomBy(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Write = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

interface Inode {
  /** What a reader sees. */
  bytes: Buffer
  /** What the card holds. */
  durable: Buffer
  /** On the way to the card. */
  dirty: Write[]
}

type Named = Inode | string
/** What a folder was told since it was flushed; the parts of one step reach the card together. */
type NameStep = readonly (readonly [path: string, named: Named | null])[]

export function simulateDisk(seed = 1): SimulatedDisk {
  return disk(new Map(), new Set(), seed)
}

function disk(names: Map<string, Named>, folders: Set<string>, seed: number): SimulatedDisk {
  const random = randomBy(seed)
  const durableNames = new Map(names)
  let nameSteps: NameStep[] = []
  let goDark = () => {}
  let isDark = false
  let steps = 0
  const dark = new Promise<void>((resolve) => {
    goDark = resolve
  })

  const self: SimulatedDisk = {
    fails: () => null,
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
          inode = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0), dirty: [] }
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
        for (const nameStep of nameSteps) rename(durableNames, nameStep)
        nameSteps = []
      }),
    crash(by) {
      const chance = randomBy(by)
      const kept = new Map(durableNames)
      // A folder's steps reach the card in their order, though not always all of them.
      const inOrder = chance() < 0.5
      const count = Math.floor(chance() * (nameSteps.length + 1))
      for (const [n, nameStep] of nameSteps.entries())
        if (inOrder ? n < count : chance() < 0.5) rename(kept, nameStep)
      const settled = new Map<Inode, Inode>()
      const after = new Map<string, Named>()
      for (const [path, named] of kept) {
        if (typeof named === 'string') after.set(path, named)
        else {
          const inode = settled.get(named) ?? cold(named, chance)
          settled.set(named, inode)
          after.set(path, inode)
        }
      }
      return disk(after, new Set(folders), by)
    },
    flipBit(path, byte) {
      const inode = names.get(path)
      if (typeof inode !== 'object') throw new Error(`no file ${path}`)
      inode.bytes[byte] = (inode.bytes[byte] ?? 0) ^ 4
      inode.durable = Buffer.from(inode.bytes)
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
            for (const dirty of inode.dirty) inode.durable = written(inode.durable, dirty)
            inode.dirty = []
          },
          () => {
            // What could not be written counts as written from now on; no later flush brings it.
            for (const dirty of inode.dirty)
              if (random() < 0.5) inode.durable = written(inode.durable, dirty)
            if (!isDark) inode.dirty = []
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
    rename(names, nameStep)
    nameSteps.push(nameStep)
  }

  function used(): number {
    const inodes = new Set([...names.values()].filter((named) => typeof named === 'object'))
    return [...inodes].reduce((sum, inode) => sum + inode.bytes.length, 0)
  }
}

function rename(names: Map<string, Named>, nameStep: NameStep): void {
  for (const [path, named] of nameStep) {
    if (named === null) names.delete(path)
    else names.set(path, named)
  }
}

function write(inode: Inode, step: Write): void {
  inode.bytes = written(inode.bytes, step)
  inode.dirty.push(step)
}

function written(bytes: Buffer, step: Write): Buffer {
  if ('length' in step) {
    const cut = Buffer.alloc(step.length)
    bytes.copy(cut)
    return cut
  }
  const grown = Buffer.alloc(Math.max(bytes.length, step.at + step.bytes.length))
  bytes.copy(grown)
  step.bytes.copy(grown, step.at)
  return grown
}

/** Small, so that even the short files of a test are torn in several places. */
const blockBytes = 64

/** What the card holds of a file after a power cut. */
function cold(inode: Inode, random: () => number): Inode {
  const way = random()
  let durable = inode.durable
  if (way < 0.2) {
    // Nothing of what was on the way arrived.
  } else if (way < 0.4) {
    for (const dirty of inode.dirty) durable = written(durable, dirty)
  } else if (way < 0.7) {
    // In order, and the next one torn.
    const count = Math.floor(random() * (inode.dirty.length + 1))
    for (const dirty of inode.dirty.slice(0, count)) durable = written(durable, dirty)
    const torn = inode.dirty[count]
    if (torn && 'at' in torn) {
      const bytes = torn.bytes.subarray(0, Math.floor(random() * (torn.bytes.length + 1)))
      durable = written(durable, { at: torn.at, bytes })
    }
  } else {
    // Blocks in any order; the length arrived, and what did not is zeros.
    for (const dirty of inode.dirty) {
      if ('length' in dirty) durable = written(durable, dirty)
      else {
        const end = dirty.at + dirty.bytes.length
        if (durable.length < end) durable = written(durable, { length: end })
        for (let from = 0; from < dirty.bytes.length; from += blockBytes) {
          const bytes = dirty.bytes.subarray(from, from + blockBytes)
          if (random() < 0.5) durable = written(durable, { at: dirty.at + from, bytes })
        }
      }
    }
  }
  return { bytes: Buffer.from(durable), durable, dirty: [] }
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
