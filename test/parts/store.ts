import type { Change } from '../../src/core/change.ts'
import {
  type Collection,
  collections,
  type IndexName,
  indexes,
  type RecordOf,
  type State,
} from '../../src/core/state.ts'
import type { Store } from '../../src/core/store.ts'

/**
 * A Store that keeps nothing beyond the test: what is put shows at once, what throws is undone in
 * reverse, and the indexes stay true. The real one, with its disk, is tested in test/disk.
 */
export function createMemoryStore(): Store {
  const records = new Map<Collection, Map<string, Kept>>()
  const byIndex = new Map<IndexName, Map<string, Set<string>>>()
  const listeners = new Set<() => void>()
  const state = { by: {} } as Record<string, Record<string, unknown>>
  for (const name of Object.keys(collections) as Collection[]) {
    records.set(name, new Map())
    state[name] = {}
  }
  for (const name of Object.keys(indexes) as IndexName[]) {
    const index = new Map<string, Set<string>>()
    byIndex.set(name, index)
    Object.assign(state.by ?? {}, { [name]: index })
  }

  function set(collection: Collection, id: string, record: Kept | undefined): void {
    const before = records.get(collection)?.get(id)
    for (const name of Object.keys(indexes) as IndexName[]) {
      if (indexes[name].of !== collection) continue
      for (const key of before ? keysOf(name, before) : []) byIndex.get(name)?.get(key)?.delete(id)
      for (const key of record ? keysOf(name, record) : []) {
        const ids = byIndex.get(name)?.get(key) ?? new Set()
        byIndex.get(name)?.set(key, ids.add(id))
      }
    }
    const shown = state[collection] ?? {}
    if (record) {
      records.get(collection)?.set(id, record)
      shown[id] = record
    } else {
      records.get(collection)?.delete(id)
      delete shown[id]
    }
  }

  // What is put is checked against its schema, so the state has the type that it says.
  const typed = state as State
  return {
    state: typed,
    async update(change) {
      const undo: (() => void)[] = []
      const replace = (collection: Collection, id: string, record: Kept | undefined) => {
        const before = records.get(collection)?.get(id)
        undo.push(() => set(collection, id, before))
        set(collection, id, record)
      }
      const tx: Change = {
        state: typed,
        put: (collection, record) =>
          replace(collection, record.id, collections[collection].parse(record) as Kept),
        drop: (collection, id) => replace(collection, id, undefined),
      }
      try {
        const done = change(tx)
        for (const listener of listeners) listener()
        return done
      } catch (error) {
        for (const step of undo.reverse()) step()
        throw error
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Kept = RecordOf<Collection>

function keysOf(name: IndexName, record: Kept): readonly string[] {
  const keys = indexes[name].keys as (record: Kept) => readonly string[]
  return keys(record)
}
