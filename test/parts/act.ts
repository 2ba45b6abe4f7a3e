import type { Act } from '../../src/core/act.ts'

/** Somebody at the desk; ids are counted: `p-1`, `q-2`, … */
export function createAct(by = 'desk', now = new Date('2026-03-02T08:00:00Z')): Act {
  let count = 0
  return {
    ...{ by, from: 'console', address: null, now, clockTrusted: true },
    newId: (prefix) => `${prefix}-${++count}`,
  }
}
