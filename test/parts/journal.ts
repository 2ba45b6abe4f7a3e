import type { Act } from '../../src/core/act.ts'
import { note } from '../../src/core/journal/journal.ts'
import type { Deed } from '../../src/core/journal/weight.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from './act.ts'

export const day = (iso: string): Date => new Date(`${iso}T08:00:00Z`)

export interface Written {
  readonly what?: Deed
  readonly on: string
  readonly clockTrusted?: boolean
  readonly email?: string
}

/** Entries of these days, in this order; ids go on through all of them. */
export async function writeDown(store: Store, all: readonly Written[]): Promise<void> {
  const { newId } = createAct()
  let count = Object.keys(store.state.journal).length
  for (const { what = 'ticket taken', on, clockTrusted = true, email } of all) {
    count += 1
    const act: Act = { ...createAct('ada', day(on)), clockTrusted, newId }
    const words = { what, subject: `t-${count}`, details: { count } }
    await store.update((tx) => note(tx, act, email ? { ...words, personal: { email } } : words))
  }
}
