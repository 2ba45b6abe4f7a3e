import type { Store } from '../../src/core/store.ts'
import { createRecords } from '../../src/disk/records.ts'
import { transact } from '../../src/disk/transaction.ts'

/** The store without its disk: what is put shows at once, what throws is undone, nothing is kept. */
export function createMemoryStore(): Store {
  const records = createRecords()
  const listeners = new Set<() => void>()
  return {
    state: records.state,
    async update(change) {
      const { result } = transact(records, change)
      for (const listener of listeners) listener()
      return result
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
