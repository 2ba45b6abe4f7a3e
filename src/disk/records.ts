import {
  type Collection,
  collections,
  type IndexName,
  indexes,
  type RecordOf,
  type State,
} from '../core/state.ts'

// The state in memory: records by id, the indexes beside them, and how a touch is taken back. Every
// step costs what the record costs, however many there are.

export type Stored = RecordOf<Collection>

/** What a put or drop replaced: enough to take it back. */
export interface Touched {
  readonly collection: Collection
  readonly id: string
  /** Undefined where there was none. */
  readonly before: Stored | undefined
}

export interface Records {
  readonly state: State
  put(collection: Collection, record: Stored): Touched
  /** Null where there is none of that id. */
  drop(collection: Collection, id: string): Touched | null
  /** Takes touches back, the newest first. */
  undo(touches: readonly Touched[]): void
  /**
   * The state as it is now without the touches that still wait for the disk; it can be read slowly
   * while changes go on. A record may come twice, the same both times. One at a time.
   */
  freeze(waiting: readonly Touched[]): Frozen
}

export interface Frozen {
  of(collection: Collection): Iterable<Stored>
  thaw(): void
}

export const collectionNames = Object.keys(collections) as Collection[]
const indexNames = Object.keys(indexes) as IndexName[]

/** What a record's schema has against it, naming it; null where it is as it should be. */
export function mistakeIn(collection: Collection, record: { readonly id: string }): string | null {
  const { error } = collections[collection].safeParse(record)
  if (!error) return null
  const found = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  return `${collection} ${record.id} is not as it should be: ${found}`
}

export function createRecords(): Records {
  const tables = perCollection(() => Object.create(null) as Record<string, Stored>)
  // Beside the tables, because listing 100,000 keys of an object takes 15 ms in one go.
  const ids = perCollection(() => new Set<string>())
  const by = Object.fromEntries(
    indexNames.map((name) => [name, new Map<string, Set<string>>()]),
  ) as Record<IndexName, Map<string, Set<string>>>
  /** What stood there when the state was frozen, of the records touched since. By id. */
  let asFrozen: Record<Collection, Map<string, Stored | undefined>> | null = null

  function place(collection: Collection, id: string, record: Stored | undefined): Touched {
    const table = tables[collection]
    const before = table[id]
    const since = asFrozen?.[collection]
    if (since && !since.has(id)) since.set(id, before)
    if (record === undefined) {
      delete table[id]
      ids[collection].delete(id)
    } else {
      table[id] = record
      ids[collection].add(id)
    }
    for (const name of indexesOf[collection]) {
      if (before) forget(by[name], keysOf(name, before), id)
      if (record) remember(by[name], keysOf(name, record), id)
    }
    return { collection, id, before }
  }

  return {
    state: { ...tables, by } as State,
    put: (collection, record) => place(collection, record.id, record),
    drop: (collection, id) => (tables[collection][id] ? place(collection, id, undefined) : null),
    undo(touches) {
      for (const touch of touches.toReversed()) place(touch.collection, touch.id, touch.before)
    },
    freeze(waiting) {
      const frozen = perCollection(() => new Map<string, Stored | undefined>())
      for (const touch of waiting.toReversed()) frozen[touch.collection].set(touch.id, touch.before)
      asFrozen = frozen
      return {
        *of(collection) {
          const touched = frozen[collection]
          for (const id of ids[collection]) {
            const record = tables[collection][id]
            if (record && !touched.has(id)) yield record
          }
          for (const record of touched.values()) if (record) yield record
        },
        thaw() {
          if (asFrozen === frozen) asFrozen = null
        },
      }
    },
  }
}

const indexesOf = perCollection((collection) =>
  indexNames.filter((name) => indexes[name].of === collection),
)

function perCollection<T>(make: (collection: Collection) => T): Record<Collection, T> {
  return Object.fromEntries(collectionNames.map((name) => [name, make(name)])) as Record<
    Collection,
    T
  >
}

/** `indexesOf` gives an index only the records of its own collection. */
function keysOf(name: IndexName, record: Stored): readonly string[] {
  const keys = indexes[name].keys as (record: Stored) => readonly string[]
  return keys(record)
}

function remember(index: Map<string, Set<string>>, keys: readonly string[], id: string): void {
  for (const key of keys) {
    const found = index.get(key)
    if (found) found.add(id)
    else index.set(key, new Set([id]))
  }
}

function forget(index: Map<string, Set<string>>, keys: readonly string[], id: string): void {
  for (const key of keys) {
    const found = index.get(key)
    if (found?.delete(id) && found.size === 0) index.delete(key)
  }
}
