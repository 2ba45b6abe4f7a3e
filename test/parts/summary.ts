import type { Store } from '../../src/core/store.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aGroup, aPerson, aPrinter } from './records.ts'

/** The hour that the clock of a test begins with. */
export const eight = new Date('2026-03-02T08:00:00Z')
export const hoursAgo = (hours: number) => new Date(eight.getTime() - hours * 3_600_000)

/** The last summary's day: platen has been here for a while. */
export const longAgo = '2026-02-01'

/** A printer in the library and one in the gym; Ben looks after the gym, Ada after all. */
export async function aPrintRoom(store: Store) {
  await store.update((tx) => {
    tx.put('schedule', { id: 'summary', done: [longAgo] })
    tx.put('people', aPerson({ id: 'ada', role: 'administrator', email: 'ada@school.test' }))
    tx.put('people', aPerson({ id: 'ben', email: 'Ben@school.test' }))
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym', managers: ['ben'] }))
    tx.put('printers', aPrinter({ id: 'lib', label: 'LIB-1' }))
    const place = { building: 'Gym', location: null }
    tx.put('printers', aPrinter({ id: 'gym', label: 'GYM-1', group: 'g-gym', ...place }))
  })

  async function report(
    id: string,
    printer: 'lib' | 'gym',
    hours: number,
    more: { readonly resolvedHoursAgo?: number; readonly clockTrusted?: boolean } = {},
  ): Promise<void> {
    const { resolvedHoursAgo, clockTrusted = true } = more
    const isDone = resolvedHoursAgo !== undefined
    const ticket: Ticket = {
      ...{ id, receipt: `R-${id}`, form: null, printer, kind: 'supply', fault: null },
      ...{ wants: 'toner', words: 'It ate my thesis', printerThen: null, clearedAt: null },
      requester: { name: 'Sam Student', email: 'sam@school.test' },
      ...{ state: isDone ? 'resolved' : 'open', openedAt: hoursAgo(hours).toISOString() },
      ...{ clockTrusted, takenBy: null, takenAt: null, resolvedBy: isDone ? 'ada' : null },
      resolvedAt: isDone ? hoursAgo(resolvedHoursAgo).toISOString() : null,
      ...{ mergedInto: null, meToo: [], notes: [] },
    }
    await store.update((tx) => tx.put('tickets', ticket))
  }

  const wants = (id: string, words: object = {}) =>
    store.update((tx) => {
      const person = tx.state.people[id]
      if (person) tx.put('people', { ...person, summary: true, ...words })
    })

  /** By address: the ids of the tickets that it is told of. */
  const posted = () =>
    Object.fromEntries(
      Object.values(store.state.outbox).flatMap((letter) =>
        letter.kind === 'summary' && 'email' in letter.to
          ? [[letter.to.email, letter.facts.tickets.map(({ ticket }) => ticket)]]
          : [],
      ),
    )

  return { report, wants, posted }
}
