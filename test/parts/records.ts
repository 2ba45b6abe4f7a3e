import { hashPassword } from '../../src/core/people/password.ts'
import type { Password } from '../../src/core/people/person.ts'
import type { Group } from '../../src/core/printers/group.ts'
import type { Printer } from '../../src/core/printers/printer.ts'

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
    createdAt: '2026-03-01T08:00:00.000Z',
    ...words,
  }
}

export function aGroup(words: Partial<Group> = {}): Group {
  return { id: 'g-1', name: 'Library', building: null, managers: [], ...words }
}

/** A real hash at the lowest cost that scrypt has, for tests that are not about the cost. */
export function cheapPassword(name: string, typed: string): Promise<Password> {
  return hashPassword({ name, typed }, { cost: 2, blockSize: 1, parallel: 1 })
}
