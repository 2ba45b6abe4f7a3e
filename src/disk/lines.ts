import { checksum } from './sealed-lines.ts'

// The lines of the write-ahead log: `crc32 json`. The first line says which log it is, each further
// line is one change.

/** Which log: lines go on after `after`. A new epoch disowns whatever a log of an older one holds. */
export interface LogHead {
  readonly epoch: number
  readonly after: number
}

export interface ChangeLine {
  readonly seq: number
  /** The first change that was written with it, in one write and one flush. */
  readonly with?: number
  /** Whole records, by collection. */
  readonly put?: Readonly<Record<string, readonly RawRecord[]>>
  /** Ids, by collection. */
  readonly drop?: Readonly<Record<string, readonly string[]>>
}

/** A record as it was read, before its schema has seen it. */
export interface RawRecord {
  readonly id: string
}

/** What a log was found to be, when all its changes were read. */
export type ReadLog =
  | {
      readonly ok: true
      /** The changes as they were written. */
      readonly lines: Buffer
      /** The last of them. */
      readonly last: number
      /** Bytes of a last write that the power cut; it was never acknowledged. */
      readonly tornBytes: number
    }
  | { readonly ok: false; readonly line: number; readonly why: string }

export const encodeHead = (head: LogHead): string => encode(JSON.stringify(head))

/** `bodies` are the puts and drops of changes as JSON: they go on after `last`, in one write. */
export function encodeChanges(last: number, bodies: readonly string[]): string[] {
  return bodies.map((body, n) => {
    const of = n === 0 ? `{"seq":${last + 1},` : `{"seq":${last + 1 + n},"with":${last + 1},`
    return encode(of + body.slice(1))
  })
}

function encode(json: string): string {
  return `${checksum(json)} ${json}\n`
}

/** Which log it is; null where it does not say so. */
export function headOf(bytes: Buffer): LogHead | null {
  const head = decodeLine(bytes.subarray(0, bytes.indexOf(10) + 1))
  return isHead(head) ? head : null
}

/**
 * Gives each change that was acknowledged to `take`, in order, and none of them is kept here: a log may be
 * longer than the state. What was written last may be torn anywhere, also in its middle (a disk writes
 * blocks in any order): that is dropped. A bad line that something later was built upon had been
 * acknowledged: that is damage.
 */
export function readLog(bytes: Buffer, take: (change: ChangeLine) => void): ReadLog {
  const begun = bytes.indexOf(10) + 1
  let last = headOf(bytes)?.after ?? 0
  let good = begun
  let bad: { line: number; why: string } | null = null
  for (let from = begun, number = 2; from < bytes.length; number += 1) {
    const feed = bytes.indexOf(10, from)
    const to = feed === -1 ? bytes.length : feed + 1
    const line = bytes.subarray(from, to)
    const change = decodeLine(line)
    if (!isChange(change)) {
      bad ??= { line: number, why: 'its checksum does not match' }
      from += nextIn(line)
      continue
    }
    from = to
    if (change.seq === last + 1 && bad === null) {
      take(change)
      last = change.seq
      good = to
    } else {
      bad ??= { line: number, why: `change ${last + 1} is missing before it` }
      const sameWrite = change.seq > last && (change.with ?? change.seq) <= last + 1
      if (!sameWrite) return { ok: false, ...bad }
    }
  }
  return { ok: true, lines: bytes.subarray(begun, good), last, tornBytes: bytes.length - good }
}

/** Where the next line may begin: within a bad one too, for it may be the line feed that was spoilt. */
function nextIn(line: Buffer): number {
  const within = line.toString('latin1', 1).search(/[\da-f]{8} \{"seq":/)
  return within === -1 ? line.length : within + 1
}

function decodeLine(line: Buffer): unknown {
  if (line.length < 11 || line[8] !== 32 || line.at(-1) !== 10) return null
  const json = line.subarray(9, -1)
  if (checksum(json) !== line.toString('latin1', 0, 8)) return null
  return JSON.parse(json.toString())
}

function isHead(content: unknown): content is LogHead {
  return typeof content === 'object' && content !== null && 'epoch' in content
}

function isChange(content: unknown): content is ChangeLine {
  return typeof content === 'object' && content !== null && 'seq' in content
}
