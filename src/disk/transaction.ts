import type { Change } from '../core/change.ts'
import { mistakeIn, type Records, type Stored, type Touched } from './records.ts'

/** What a change did: its answer, what it touched, and that as JSON (null: it touched nothing). */
export interface Done<T> {
  readonly result: T
  readonly touches: readonly Touched[]
  readonly body: string | null
}

/** Runs a change on the records. Where it throws, nothing was changed, and it throws that. */
export function transact<T>(records: Records, change: (tx: Change) => T): Done<T> {
  const touches: Touched[] = []
  let over = false
  const touch = (touched: Touched | null) => {
    if (touched) touches.push(touched)
  }
  const refuseWhenOver = () => {
    // An act that waited in spite of its type: what it does now would never reach the disk.
    if (over) throw new Error('this change is over; a change is made in one go, without waiting')
  }
  const tx: Change = {
    state: records.state,
    put(collection, record) {
      refuseWhenOver()
      // A fifth of a microsecond; a record that its schema does not know would stop the next start.
      const mistake = mistakeIn(collection, record)
      if (mistake !== null) throw new Error(mistake)
      touch(records.put(collection, record))
    },
    drop(collection, id) {
      refuseWhenOver()
      touch(records.drop(collection, id))
    },
  }
  try {
    const result = change(tx)
    return { result, touches, body: touches.length === 0 ? null : bodyOf(records, touches) }
  } catch (error) {
    records.undo(touches)
    throw error
  } finally {
    over = true
  }
}

/** What each touched record is after all: put or dropped, once. Turned to JSON before others see it. */
function bodyOf(records: Records, touches: readonly Touched[]): string {
  const put: Record<string, Stored[]> = {}
  const drop: Record<string, string[]> = {}
  const seen = new Set<string>()
  for (const { collection, id } of touches) {
    if (seen.has(`${collection} ${id}`)) continue
    seen.add(`${collection} ${id}`)
    const record = records.state[collection][id]
    if (record) into(put, collection).push(record)
    else into(drop, collection).push(id)
  }
  return JSON.stringify({
    ...(Object.keys(put).length > 0 && { put }),
    ...(Object.keys(drop).length > 0 && { drop }),
  })
}

function into<T>(lists: Record<string, T[]>, name: string): T[] {
  const list = lists[name] ?? []
  lists[name] = list
  return list
}
