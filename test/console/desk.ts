import { deskActs } from '../../src/console/deeds.ts'
import type { Facts, Names } from '../../src/console/facts.ts'
import { watchKept } from '../../src/console/kept.ts'
import type { Store } from '../../src/core/store.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aPerson, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'
import { noon, someFacts, someFleet, someTickets } from './fleet.ts'
import { openConsole, type Wanted } from './terminal.ts'

/** A console over the true core: what the keys do is done, and shows. */
export async function openDesk(
  wanted: Wanted & {
    tickets?: readonly Ticket[]
    more?: Partial<Facts>
    names?: Names
    store?: Store
  } = {},
) {
  const store = wanted.store ?? (await aStore(wanted.tickets ?? someTickets()))
  const clock = { now: noon }
  const names = wanted.names ?? 'initials'
  const kept = watchKept(store, names)
  const facts = (): Facts =>
    someFacts({ now: clock.now, names, ...kept.facts(clock.now), ...wanted.more })
  const hinted: string[] = []
  const sweep = { hint: (id: string) => void hinted.push(id) }
  const console = openConsole({
    facts,
    ...wanted,
    acts: {
      ...deskActs(store, { now: () => clock.now, trusted: () => true }, sweep, names),
      names: kept.names,
      ...wanted.acts,
    },
  })
  store.onChange(console.redraw)
  return {
    ...console,
    store,
    /** Printers that are to be read next. */
    hinted,
    /** Draws what is true after so many minutes. */
    async wait(minutes: number): Promise<void> {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000)
      console.drawNow()
      await console.settled()
    },
    /** Who did what, in order. */
    journal: (): string[] =>
      Object.values(store.state.journal).map(({ by, what }) => `${by}: ${what}`),
    /** Through which doors. */
    doors: (): Set<string | null> =>
      new Set(Object.values(store.state.journal).map(({ from }) => from)),
    ticket: (id: string): Ticket => {
      const found = store.state.tickets[id]
      if (!found) throw new Error(id)
      return found
    },
  }
}

export async function aStore(tickets: readonly Ticket[]): Promise<Store> {
  const store = createMemoryStore()
  await store.update((tx) => {
    for (const { status } of someFleet()) {
      const { id, label, building, location } = status.printer
      tx.put('printers', aPrinter({ id, label, building, location }))
    }
    for (const ticket of tickets) tx.put('tickets', ticket)
    for (const [at, name] of ['Grace', 'ada', 'Linus'].entries())
      tx.put('people', {
        ...aPerson({ id: `u-${at}`, name }),
        disabledAt: name === 'Linus' ? noon.toISOString() : null,
      })
  })
  return store
}
