import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import { orderName } from './backup/exchange.ts'
import type { Files } from './files.ts'
import { type Damage, damaged, logName, snapshotName } from './generations.ts'
import { type ChangeLine, headOf, type LogHead, readLog } from './lines.ts'
import type { RawState } from './migrations.ts'
import { readSnapshot } from './snapshot.ts'
import { unread, unreadable } from './unreadable.ts'

// What a start finds in the folder: the snapshot, then the changes of the log that came after it.
// Nothing is written here.

export interface Found {
  readonly version: number
  /** The highest epoch that any file here knows. */
  readonly epoch: number
  /** The last change that is in `raw`. */
  readonly seq: number
  readonly raw: RawState
  readonly snapshotBytes: number
  /** The log: where it begins, and its changes as they were written; null where it cannot lead on. */
  readonly log: { readonly after: number; readonly lines: Buffer } | null
}

/** Null in a folder where platen never was. Refuses `invalid` what cannot be read. */
export async function readFolder(files: Files, folder: string, log: Log): Promise<Found | null> {
  const names = await listFolder(files, folder)
  if (names.includes(orderName)) throw cutOff(folder)
  const stop = async (damage: Damage) => {
    throw await damaged(files, folder, damage)
  }
  const snapshot = await readSnapshot(files, `${folder}/${snapshotName}`)
  if (snapshot === null) {
    const missing = whatMissingMeans(names)
    return missing && stop({ name: snapshotName, ...missing })
  }
  if (!snapshot.ok) return stop({ ...snapshot, name: snapshotName })
  const { head } = snapshot
  const raw: RawState = new Map()
  for (const [name, records] of snapshot.collections)
    raw.set(name, new Map(Array.from(records, (record) => [record.id, record])))
  const found = { version: head.version, raw, snapshotBytes: snapshot.bytes }

  const current = await open(logName)
  if (current === null) {
    if (names.includes(logName)) return stop({ name: logName, why: danglingLink })
    if (names.includes(`${logName}.1`)) return stop({ name: logName, why: 'it is missing' })
    // A backup that was copied into an empty folder, or a first start that was cut off.
    if (head.seq > 0) log.warn({ writtenAt: head.writtenAt }, 'no log: starting from the snapshot')
    return { ...found, epoch: head.epoch, seq: head.seq, log: null }
  }
  const epoch = Math.max(head.epoch, current.head.epoch)
  // Begun anew after a failure, and cut off before the new log was in place: all is in the snapshot.
  if (current.head.epoch < head.epoch) return { ...found, epoch, seq: head.seq, log: null }

  let seq = head.seq
  const leadsOn = current.head.after <= seq
  if (!leadsOn) {
    // The snapshot is the generation before the last: the log before the last leads on from it.
    const previous = await open(`${logName}.1`)
    if (previous && previous.head.epoch >= head.epoch)
      await read(previous, (change) => change.seq <= current.head.after && replay(change))
    if (seq !== current.head.after)
      return stop({
        name: logName,
        why: `changes ${seq + 1} to ${current.head.after} are missing before it`,
      })
  }
  const { lines, last, tornBytes } = await read(current, replay)
  if (tornBytes > 0)
    log.warn({ bytes: tornBytes }, 'dropped a last write that was cut off, never told saved')
  return {
    ...{ ...found, epoch, seq },
    // One that a failing card let end before the snapshot cannot be written on: a change would be missing.
    log: leadsOn && last === seq ? { after: current.head.after, lines } : null,
  }

  async function open(name: string): Promise<FoundLog | null> {
    const path = `${folder}/${name}`
    const bytes = await files
      .read(path)
      .catch((error: unknown) => stop({ name, ...unread(path, error) }))
    if (bytes === null) return null
    const head = headOf(bytes)
    return head
      ? { name, head, bytes }
      : stop({ name, why: 'line 1: it does not say which log it is' })
  }

  async function read({ name, bytes }: FoundLog, take: (change: ChangeLine) => void) {
    const log = readLog(bytes, take)
    return log.ok ? log : stop({ name, why: `line ${log.line}: ${log.why}` })
  }

  function replay(change: ChangeLine): void {
    if (change.seq !== seq + 1) return
    seq = change.seq
    for (const [name, records] of Object.entries(change.put ?? {})) {
      const collection = raw.get(name) ?? new Map()
      raw.set(name, collection)
      for (const record of records) collection.set(record.id, record)
    }
    for (const [name, ids] of Object.entries(change.drop ?? {}))
      for (const id of ids) raw.get(name)?.delete(id)
  }
}

interface FoundLog {
  readonly name: string
  readonly head: LogHead
  readonly bytes: Buffer
}

async function listFolder(files: Files, folder: string): Promise<string[]> {
  try {
    return await files.list(folder)
  } catch (error) {
    throw unreadable(folder, error)
  }
}

/** To whoever reads without writing: what lies in the folder is neither the old nor the new. */
const cutOff = (folder: string) =>
  new Refusal(
    'invalid',
    `A restore of ${folder} was cut off in the middle. Start platen, on a disk that can be written to: it finishes it.`,
    { file: `${folder}/${orderName}` },
  )

const danglingLink = 'it is a link to something that is not there'

/** Nothing in a new folder; else why platen does not begin an empty state in it. */
function whatMissingMeans(names: readonly string[]): Omit<Damage, 'name'> | null {
  if (names.includes(snapshotName)) return { why: danglingLink }
  const signs = ofPlaten.filter((name) => names.includes(name))
  if (signs.length === 0) return null
  const why = `it is missing, but ${signs.join(', ')} ${signs.length > 1 ? 'are' : 'is'} there`
  return { why, otherwise: 'To begin anew on purpose, move everything out of this folder.' }
}

/** What only a platen that has begun puts into its folder; a new one holds a lock and a socket. */
const ofPlaten = [
  `${snapshotName}.1`,
  logName,
  `${logName}.1`,
  'status.json',
  'journal',
  'backup',
  'canary',
]
