import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { addressKey } from './address.ts'
import { hardBlanks } from './clean-up.ts'
import { columns, type RowFacts, readRow } from './csv-columns.ts'
import { isSame, listedIdentity } from './device.ts'
import type { Group } from './group.ts'
import type { Printer } from './printer.ts'

// What somebody typed of one printer: the columns of the CSV, by the same readers, so that no form takes
// what the import refuses. `group` is its id here, for a form chooses it from a list.

/** Only the fields that are to change; an empty text clears. */
export type Typed = { readonly [F in Field]?: string }
export type Field = (typeof columns)[number]
export type Facts = Partial<Omit<RowFacts, 'isActive'>> & { isActive?: boolean }

/** Whether the person may have a printer in this group; null: in none. */
export type Within = (group: Group | null) => boolean

/** Refuses `invalid`, with the first field that cannot be taken. */
export function readTyped(typed: Typed): Facts {
  const fields = columns.filter((column) => typed[column] !== undefined)
  // As the import takes a cell: what is pasted from a page has hard blanks, from a Mac accents of their own.
  const cells = fields.map((field) =>
    (typed[field] ?? '').normalize('NFC').replaceAll(hardBlanks, ' ').trim(),
  )
  const at = new Map(fields.map((field, position) => [field, position]))
  const facts = readRow({ at, width: fields.length, unknown: [] }, cells)
  if (!Array.isArray(facts)) return facts
  const [field = '', ...rest] = (facts[0] ?? '').split(' ')
  const named = fieldWords[field as Field] ?? field
  throw new Refusal('invalid', `${named} ${rest.join(' ')}.`, { field })
}

/** Refuses `conflict` a label or an address that another printer has. */
export function refuseTaken(state: State, { id, label, ipAddress }: Printer): void {
  const isOthers = (ids: ReadonlySet<string> | undefined) =>
    [...(ids ?? [])].some((at) => at !== id)
  if (isOthers(state.by.printersByLabel.get(label.toLowerCase())))
    throw new Refusal('conflict', `Another printer is called ${label} already; choose another.`, {
      field: 'label',
    })
  const there = state.by.printersByAddress.get(addressKey(ipAddress))
  if (!isOthers(there)) return
  const isRetired = [...(there ?? [])].every((at) => at === id || !state.printers[at]?.isActive)
  const sentence = isRetired
    ? `A retired printer still has the address ${ipAddress}; remove it, or give it another one.`
    : `Another printer is asked at ${ipAddress} already.`
  throw new Refusal('conflict', sentence, { field: 'ipAddress' })
}

/** Refuses `invalid` a group that there is not, or that the person does not look after. */
export function refuseOutside(state: State, group: string | null, within: Within): void {
  const found = group === null ? null : state.groups[group]
  if (group === null ? within(null) : found && within(found)) return
  const sentence =
    group === null
      ? 'Choose a group that you look after: you would not see the printer without one.'
      : 'There is no such group; choose one from the list.'
  throw new Refusal('invalid', sentence, { field: 'group' })
}

/** As forms and refusals call the fields. */
export const fieldWords: Readonly<Record<Field, string>> = {
  label: 'Label',
  assetTag: 'Asset tag',
  make: 'Make',
  model: 'Model',
  building: 'Building',
  location: 'Room or place',
  ipAddress: 'Address',
  macAddress: 'MAC address',
  serial: 'Serial number',
  group: 'Group',
  organisation: 'Organisation',
  community: 'Community',
  snmpVersion: 'SNMP version',
  isActive: 'Active',
}

/**
 * Refuses `conflict` a serial or network card of another printer, as the import does: else what is exported
 * could not be taken in again. Only what is told anew: two that were taken in as they are stay so.
 */
export function refuseSameDevice(state: State, before: Printer | null, after: Printer): void {
  if (before?.serial === after.serial && before.macAddress === after.macAddress) return
  const [serial, card] = [listedIdentity({ ...after, macAddress: null }), listedIdentity(after)]
  for (const other of Object.values(state.printers)) {
    if (other.id === after.id || !isSame(listedIdentity(other), card)) continue
    const field = isSame(listedIdentity(other), serial) ? 'serial' : 'macAddress'
    const named = fieldWords[field].replace(/^Serial/, 'serial')
    throw new Refusal('conflict', `Another printer has the ${named} ${after[field]} already.`, {
      field,
    })
  }
}
