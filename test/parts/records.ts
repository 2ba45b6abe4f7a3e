import { hashPassword } from '../../src/core/people/password.ts'
import type { Password, Person } from '../../src/core/people/person.ts'
import { type RoleName, roles } from '../../src/core/people/rights.ts'
import type { Group } from '../../src/core/printers/group.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import type { PrinterThen } from '../../src/core/tickets/ticket.ts'

/** Records as the office would have them; a test says only what it is about. */
export function aPrinter(words: Partial<Printer> = {}): Printer {
  const id = words.id ?? 'p-1'
  return {
    id,
    label: id.toUpperCase(),
    assetTag: null,
    make: 'Inkworks',
    model: 'Folio 400',
    building: 'Library',
    location: 'Room 12',
    ipAddress: '127.0.0.1',
    macAddress: null,
    serial: null,
    group: null,
    organisation: null,
    community: 'hush-hush',
    snmpVersion: null,
    isActive: true,
    device: null,
    stranger: null,
    supplies: {},
    token: `token-${id}`,
    formerTokens: [],
    createdAt: '2026-03-01T08:00:00.000Z',
    ...words,
  }
}

export function aGroup(words: Partial<Group> = {}): Group {
  return { id: 'g-1', name: 'Library', building: null, managers: [], ...words }
}

/** A manager who cannot sign in yet, unless the test says otherwise. */
export function aPerson({
  role = 'manager',
  ...words
}: Partial<Person> & { role?: RoleName }): Person {
  return {
    ...{ id: 'u-1', name: words.id ?? 'u-1', email: null, ...roles[role] },
    ...{ password: null, identity: null, openId: false, summary: false, tokens: [] },
    ...{ createdAt: '2026-03-01T08:00:00.000Z', disabledAt: null },
    ...words,
  }
}

/** What a printer said when its ticket was opened: its verdict, and a sentence each. */
export function aPrinterThen(verdict: PrinterThen['verdict'], ...sentences: string[]): PrinterThen {
  const reasons = sentences.map((sentence) => ({ word: 'jam', sentence }))
  return { verdict, reasons, alerts: [], supplies: [], readAt: null }
}

/** A real hash at the lowest cost that scrypt has, for tests that are not about the cost. */
export function cheapPassword(name: string, typed: string): Promise<Password> {
  return hashPassword({ name, typed }, { cost: 2, blockSize: 1, parallel: 1 })
}
