import type { State } from '../state.ts'
import { addressKey } from './address.ts'
import { type Identity, isSame, knownIdentity, listedIdentity, ownSerial } from './device.ts'
import type { Step } from './import-plan.ts'
import type { Printer } from './printer.ts'

// What belongs to one printer alone: its address, and who it is by serial or network card. In a file they
// may move from one printer to another, but never belong to two.

/** Those that take what another row or another printer has are refused. */
export function refuseTaken(state: State, steps: readonly Step[]): Step[] {
  const result = refuseDoubles(steps)
  const owners = ownersOf(state)
  const at = new Map(result.flatMap(({ known }, position) => (known ? [[known.id, position]] : [])))
  const wanting = new Map<string, number[]>()
  for (const [position, { facts, known }] of result.entries())
    for (const key of facts ? keysOf(facts, known) : [])
      wanting.set(key, [...(wanting.get(key) ?? []), position])
  // One that is refused stays where it is, and whoever wanted its place is refused in turn.
  const waiting = [...result.keys()]
  for (let position = waiting.pop(); position !== undefined; position = waiting.pop()) {
    const one = result[position]
    if (!one?.facts) continue
    const says = takenBy(one, owners, (id) => result[at.get(id) ?? -1] ?? null)
    if (says === null) continue
    result[position] = refused(one, says)
    if (one.known) for (const key of ownKeys(one.known)) waiting.push(...(wanting.get(key) ?? []))
  }
  return result
}

const refused = (one: Step, says: string): Step => ({
  ...one,
  ...{ outcome: 'refused', says, changes: [], facts: null },
})

function refuseDoubles(steps: readonly Step[]): Step[] {
  /** The first row of each: looking at all that share a network card takes a Pi an hour. */
  const seen = new Map<string, Step>()
  return steps.map((one) => {
    if (!one.facts) return one
    const { sought, told } = signsOf(one)
    for (const sign of sought) {
      const earlier = seen.get(sign)
      const says = earlier ? sameOf(one, earlier) : null
      if (earlier && says !== null) return refused(one, `${says} is in row ${earlier.row} already`)
    }
    for (const sign of told) if (!seen.has(sign)) seen.set(sign, one)
    return one
  })
}

/** By which a row is found, and what makes it the same: a card alone does where one of both has no serial. */
function signsOf(one: Step): { readonly sought: string[]; readonly told: string[] } {
  const at = one.facts?.ipAddress ? [addressKeyOf(one.facts.ipAddress)] : []
  if (!bringsIdentity(one)) return { sought: at, told: at }
  const identity = identityAfter(one)
  const keys = [...at, ...identityKeys(identity)]
  const bare = identity.macAddresses.map((mac) => `card without a serial ${mac}`)
  const hasSerial = identity.serial !== null && ownSerial(identity.serial) !== null
  if (!hasSerial) return { sought: keys, told: [...keys, ...bare] }
  return { sought: [...keys.filter((key) => !key.startsWith('card ')), ...bare], told: keys }
}

/** What both have; null where they are two. */
function sameOf(one: Step, earlier: Step): string | null {
  const [address, its] = [one.facts?.ipAddress, earlier.facts?.ipAddress]
  if (address && its && addressKey(address) === addressKey(its)) return `ipAddress ${address}`
  if (!bringsIdentity(one) || !bringsIdentity(earlier)) return null
  const identity = identityAfter(one)
  return isSame(identity, identityAfter(earlier)) ? identityWords(identity) : null
}

/** Why it cannot have what it wants; null: it can. */
function takenBy(
  one: Step,
  owners: ReadonlyMap<string, readonly Printer[]>,
  stepOf: (id: string) => Step | null,
): string | null {
  const address = one.facts?.ipAddress
  for (const holder of (address && owners.get(addressKeyOf(address))) || []) {
    if (holder.id === one.known?.id) continue
    const moved = stepOf(holder.id)?.facts?.ipAddress
    if (!moved || addressKey(moved) === addressKey(address ?? ''))
      return `ipAddress ${address} belongs to ${nameOf(holder)}`
  }
  if (!one.facts || !bringsIdentity(one)) return null
  const identity = identityAfter(one)
  for (const holder of identityKeys(identity).flatMap((key) => owners.get(key) ?? [])) {
    if (holder.id === one.known?.id) continue
    const step = stepOf(holder.id)
    const isNewlyTold = step?.facts && bringsIdentity(step)
    const own = isNewlyTold ? [identityAfter(step)] : identitiesOf(holder)
    if (own.some((each) => isSame(each, identity)))
      return `${identityWords(identity)} is that of ${nameOf(holder)}`
  }
  return null
}

const nameOf = ({ label, isActive }: Printer) => (isActive ? label : `${label}, which is retired`)

/** Only what a row tells anew: two that were taken in as they are stay so. */
function bringsIdentity({ known, changes }: Step): boolean {
  return !known || changes.some(({ field }) => field === 'serial' || field === 'macAddress')
}

function identityAfter({ facts, known }: Step): Identity {
  const { serial = known?.serial ?? null, macAddress = known?.macAddress ?? null } = facts ?? {}
  return listedIdentity({ serial, macAddress })
}

/** By the office's list, and as it was heard. */
function identitiesOf(printer: Printer): Identity[] {
  const heard = knownIdentity(printer)
  return heard ? [listedIdentity(printer), heard] : [listedIdentity(printer)]
}

function identityWords({ serial, macAddresses: [mac] }: Identity): string {
  return serial !== null && ownSerial(serial) !== null ? `serial ${serial}` : `macAddress ${mac}`
}

const addressKeyOf = (address: string) => `at ${addressKey(address)}`

function identityKeys({ serial, macAddresses }: Identity): string[] {
  const own = serial === null ? null : ownSerial(serial)
  return [
    ...(own === null ? [] : [`serial ${own.toUpperCase()}`]),
    ...macAddresses.map((mac) => `card ${mac}`),
  ]
}

function keysOf(facts: NonNullable<Step['facts']>, known: Printer | null): string[] {
  const { serial = known?.serial ?? null, macAddress = known?.macAddress ?? null } = facts
  const at = facts.ipAddress ? [addressKeyOf(facts.ipAddress)] : []
  return [...at, ...identityKeys(listedIdentity({ serial, macAddress }))]
}

function ownKeys(printer: Printer): Set<string> {
  return new Set([
    addressKeyOf(printer.ipAddress),
    ...identitiesOf(printer).flatMap((identity) => identityKeys(identity)),
  ])
}

function ownersOf(state: State): ReadonlyMap<string, readonly Printer[]> {
  const owners = new Map<string, Printer[]>()
  for (const printer of Object.values(state.printers))
    for (const key of ownKeys(printer)) owners.set(key, [...(owners.get(key) ?? []), printer])
  return owners
}
