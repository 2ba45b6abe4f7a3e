import { createHash } from 'node:crypto'
import { type Adapter, Low } from 'lowdb'
import { clearAway, type Files } from './files.ts'
import type { RawRecord } from './lines.ts'
import { type Unread, unread } from './unreadable.ts'

// One whole state in one file, by lowdb through an adapter of ours: lowdb's own writes are atomic but
// never flushed, and a flipped bit would pass. One record a line, so that two can be compared.

export interface SnapshotHead {
  /** Of the shape of what is kept: how many migrations it has seen. */
  readonly version: number
  /** The log that goes on from here has this epoch; an older one is dead. */
  readonly epoch: number
  /** The last change that is in it. */
  readonly seq: number
  readonly writtenAt: string
}

export interface Snapshot {
  readonly head: SnapshotHead
  readonly collections: Iterable<readonly [string, Iterable<RawRecord>]>
}

export type SnapshotRead =
  | ({ readonly ok: true; readonly bytes: number } & Snapshot)
  | ({ readonly ok: false } & Unread)

/** Null where there is no such file; a disk that does not give it is `ok: false` too. */
export async function readSnapshot(files: Files, path: string): Promise<SnapshotRead | null> {
  const db = new Low<SnapshotRead | null>(
    {
      read: async () => {
        try {
          const bytes = await files.read(path)
          return bytes && parse(bytes)
        } catch (error) {
          return { ok: false, ...unread(path, error) }
        }
      },
      write: async () => {},
    },
    null,
  )
  await db.read()
  return db.data
}

/**
 * Durable when it resolves, with its length. Whatever stood there before stands until then.
 * `replacing` happens when the new one is on the disk but not yet in place.
 */
export async function writeSnapshot(
  files: Files,
  path: string,
  snapshot: Snapshot,
  replacing: () => Promise<void> = async () => {},
): Promise<number> {
  let bytes = 0
  const adapter: Adapter<Snapshot> = {
    read: async () => null,
    async write(data) {
      try {
        await writeNew(data)
        await replacing()
      } catch (error) {
        await clearAway(files, `${path}.new`)
        throw error
      }
      await files.rename(`${path}.new`, path)
      await files.flushFolder(path.slice(0, path.lastIndexOf('/')))
    },
  }
  await new Low(adapter, snapshot).write()
  return bytes

  async function writeNew(data: Snapshot): Promise<void> {
    const file = await files.open(`${path}.new`, 'anew')
    try {
      const sum = createHash('sha256')
      for (const slice of slices(data)) {
        sum.update(slice)
        bytes += Buffer.byteLength(slice)
        await file.append(slice)
      }
      const last = `"sha256":"${sum.digest('hex')}"}\n`
      bytes += last.length
      await file.append(last)
      await file.flush()
    } finally {
      await file.close()
    }
  }
}

/** Letters a slice: about a millisecond's work on a Raspberry Pi, then others have their turn. */
const sliceLength = 32_768

function* slices({ head, collections }: Snapshot): Generator<string> {
  let slice = `${JSON.stringify(head).slice(0, -1)},"collections":{`
  let first = true
  for (const [name, records] of collections) {
    slice += `${first ? '' : ','}\n${JSON.stringify(name)}:[`
    first = false
    let separator = '\n'
    for (const record of records) {
      slice += separator + JSON.stringify(record)
      separator = ',\n'
      if (slice.length >= sliceLength) {
        yield slice
        slice = ''
      }
    }
    slice += ']'
  }
  yield `${slice}},\n`
}

function parse(bytes: Buffer): SnapshotRead {
  const end = bytes.lastIndexOf(10, -2) + 1
  const sum = /^"sha256":"([0-9a-f]{64})"\}\n$/.exec(bytes.toString('latin1', end))?.[1]
  if (sum === undefined) return { ok: false, why: 'its end is missing', advice: null }
  if (sum !== createHash('sha256').update(bytes.subarray(0, end)).digest('hex'))
    return { ok: false, why: 'its checksum does not match what is in it', advice: null }
  const { collections, version, epoch, seq, writtenAt } = JSON.parse(
    bytes.toString(),
  ) as SnapshotHead & { collections: Record<string, RawRecord[]> }
  return {
    ok: true,
    bytes: bytes.length,
    head: { version, epoch, seq, writtenAt },
    collections: Object.entries(collections),
  }
}
