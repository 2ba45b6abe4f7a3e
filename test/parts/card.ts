// What a card holds when the power goes: names and bytes that were flushed, and of those on the way
// some, torn and in another order. Every allowed outcome is a list of choices, so that it can be had again.

export type Write = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

/** Buffers are never written to, only replaced: an image of them costs nothing. */
export interface Inode {
  /** What a reader sees. */
  bytes: Buffer
  /** What the card holds. */
  durable: Buffer
  /** On the way to the card. */
  dirty: readonly Write[]
  /** A flush failed: what is added from now on may count as flushed and not be. */
  isDoubtful: boolean
}

/** A mark has words instead of a file. */
export type Named = Inode | string

/** What a folder was told since it was flushed; the parts of one step reach the card together. */
export type NameStep = readonly (readonly [path: string, named: Named | null])[]

/** A disk as it was at one moment. */
export interface Image {
  /** The names that the card holds. */
  readonly names: ReadonlyMap<string, Named>
  readonly nameSteps: readonly NameStep[]
  readonly files: ReadonlyMap<Inode, Pick<Inode, 'durable' | 'dirty'>>
}

/** What a start finds, by path. Two names of one file have the same object. */
export type Card = ReadonlyMap<string, { readonly bytes: Buffer } | string>

/** One of `below` ways, from 0 on. */
export type Choose = (below: number) => number

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

export function chooseBy(random: () => number): Choose {
  return (below) => Math.floor(random() * below)
}

export function imageOf(names: ReadonlyMap<string, Named>, nameSteps: readonly NameStep[]): Image {
  const files = new Map<Inode, Pick<Inode, 'durable' | 'dirty'>>()
  const take = (named: Named | null) => {
    if (named === null || typeof named === 'string') return
    files.set(named, { durable: named.durable, dirty: named.dirty })
  }
  for (const named of names.values()) take(named)
  for (const nameStep of nameSteps) for (const [, named] of nameStep) take(named)
  return { names: new Map(names), nameSteps: [...nameSteps], files }
}

/** What a start finds after a power cut, one of the allowed ways. */
export function cardAfter({ names, nameSteps, files }: Image, choose: Choose): Card {
  const kept = new Map(names)
  if (nameSteps.length > 0) {
    // A folder's steps reach the card in their order, though not always all of them.
    const count = choose(2) === 0 ? choose(nameSteps.length + 1) : null
    for (const [n, nameStep] of nameSteps.entries())
      if (count === null ? choose(2) === 1 : n < count) applyNames(kept, nameStep)
  }
  const settled = new Map<Inode, { bytes: Buffer }>()
  const card = new Map<string, { bytes: Buffer } | string>()
  for (const [path, named] of kept) {
    if (typeof named === 'string') {
      card.set(path, named)
      continue
    }
    const cold = settled.get(named) ?? { bytes: cool(files.get(named) ?? named, choose) }
    settled.set(named, cold)
    card.set(path, cold)
  }
  return card
}

export function applyNames(names: Map<string, Named>, nameStep: NameStep): void {
  for (const [path, named] of nameStep) {
    if (named === null) names.delete(path)
    else names.set(path, named)
  }
}

export function written(bytes: Buffer, step: Write): Buffer {
  if ('length' in step) {
    const cut = Buffer.alloc(step.length)
    bytes.copy(cut)
    return cut
  }
  if (step.at === bytes.length) return Buffer.concat([bytes, step.bytes])
  const grown = Buffer.alloc(Math.max(bytes.length, step.at + step.bytes.length))
  bytes.copy(grown)
  step.bytes.copy(grown, step.at)
  return grown
}

/** Small, so that even the short files of a test are torn in several places. */
const blockBytes = 64

function cool({ durable, dirty }: Pick<Inode, 'durable' | 'dirty'>, choose: Choose): Buffer {
  if (dirty.length === 0) return durable
  const way = choose(3)
  const count = choose(dirty.length + 1)
  if (way === 2)
    return dirty
      .slice(0, count)
      .reduce<Buffer>((bytes, step) => inBlocks(bytes, step, choose), durable)
  // In order; the next one is torn, or not begun.
  const whole = dirty.slice(0, count).reduce<Buffer>(written, durable)
  const torn = dirty[count]
  if (way === 0 || !torn || !('at' in torn)) return whole
  return written(whole, {
    at: torn.at,
    bytes: torn.bytes.subarray(0, choose(torn.bytes.length + 1)),
  })
}

/** Blocks in any order; the length arrived, and what did not is zeros. */
function inBlocks(before: Buffer, step: Write, choose: Choose): Buffer {
  if ('length' in step) return written(before, step)
  const end = step.at + step.bytes.length
  const bytes = written(before, { length: Math.max(before.length, end) })
  for (let from = 0; from < step.bytes.length; from += blockBytes)
    if (choose(2) === 1) step.bytes.copy(bytes, step.at + from, from, from + blockBytes)
  return bytes
}
