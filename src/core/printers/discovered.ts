import type { State } from '../state.ts'
import { addressKey, readAddress } from './address.ts'
import { type Identity, identityOf, isOther } from './device.ts'
import type { FoundDevice } from './found.ts'
import type { Printer } from './printer.ts'

// Whether a device that was found is a printer that the office knows: by its serial, else by its network
// cards. By its address alone only where nothing speaks against it.

export const meanings = ['new', 'known', 'moved', 'at', 'other', 'again'] as const

export interface Discovered {
  readonly device: FoundDevice
  /**
   * `known` and `moved` by serial or network card. `at`: it stands where a printer is, and one of both
   * does not tell who it is. `other`: it stands where a printer is that it is not. `again`: found at
   * another address already.
   */
  readonly meaning: (typeof meanings)[number]
  /** The printer that it is, or in whose place it stands; of `again` null where that is new. */
  readonly label: string | null
  /** Where the printer is by what is known, of `moved` and `again`. */
  readonly from: string | null
}

/** 'known as LIB-1', 'LIB-1, moved from 10.0.0.7'. */
export function meaningWords({ meaning, label, from }: Discovered): string {
  switch (meaning) {
    case 'new':
      return 'new'
    case 'known':
      return `known as ${label}`
    case 'moved':
      return `${label}, moved from ${from}`
    case 'at':
      return `at the address of ${label}`
    case 'other':
      return `another device at the address of ${label}`
    case 'again':
      return `${label ?? 'new'}, as at ${from}`
  }
}

/** A known printer that tells only its name today is one all the same. */
export const isShown = ({ device, label }: Discovered): boolean =>
  device.isPrinter || label !== null

/** In the order found. */
export function recogniseDevices(state: State, devices: readonly FoundDevice[]): Discovered[] {
  const index = indexOf(Object.values(state.printers).map(knownOf))
  const matched = devices.map((device) => {
    const at = addressKey(device.address)
    const owner = ownerOf(index, device, at)
    return { device, at, owner, isHome: owner !== null && isAt(owner, at) }
  })
  const home = new Set(matched.flatMap(({ owner, isHome }) => (owner && isHome ? [owner] : [])))
  const found = new Set(matched.flatMap(({ owner }) => owner ?? []))
  /** Where it was found first, by who it is. */
  const seen = new Map<Known | string, string>()
  return matched.map(({ device, at, owner, isHome }) => {
    const who = owner ?? newcomer(device)
    const before = who === null ? undefined : seen.get(who)
    const told = { device, label: owner?.printer.label ?? null }
    if (isHome) return { ...told, meaning: 'known', from: null }
    if (before !== undefined || (owner && home.has(owner)))
      return { ...told, meaning: 'again', from: before ?? owner?.printer.ipAddress ?? null }
    if (who !== null) seen.set(who, device.address)
    if (owner) return { ...told, meaning: 'moved', from: owner.printer.ipAddress }
    const [standing] = index.byAddress.get(at) ?? []
    // Whoever stood there may be found elsewhere.
    if (!standing || (found.has(standing) && !home.has(standing)))
      return { ...told, meaning: 'new', from: null }
    const meaning = isOther(standing.identity, device) ? 'other' : 'at'
    return { device, meaning, label: standing.printer.label, from: null }
  })
}

interface Known {
  readonly printer: Printer
  readonly identity: Identity
  readonly at: string
  /** One that is known by a name, or by IPv6, is not: its address is not for us to tell. */
  readonly isFollowed: boolean
}

/** What it told of itself goes before what the office typed. */
function knownOf(printer: Printer): Known {
  const { device, serial, macAddress, ipAddress } = printer
  return {
    printer,
    identity: {
      serial: (device && identityOf(device)?.serial) ?? serial,
      macAddresses: [...(device?.macAddresses ?? []), ...(macAddress ? [macAddress] : [])],
    },
    at: addressKey(ipAddress),
    isFollowed: /^[\d.]+$/.test(readAddress(ipAddress)?.host ?? ''),
  }
}

const isAt = ({ isFollowed, at }: Known, address: string) => !isFollowed || at === address

type Index = ReturnType<typeof indexOf>

function indexOf(known: readonly Known[]) {
  const bySerial = new Map<string, Known[]>()
  const byMac = new Map<string, Known[]>()
  const byAddress = new Map<string, Known[]>()
  const put = (map: Map<string, Known[]>, key: string, one: Known) => {
    map.set(key, [...(map.get(key) ?? []), one])
  }
  for (const one of known) {
    const own = identityOf(one.identity)
    if (own?.serial) put(bySerial, own.serial.toUpperCase(), one)
    for (const mac of own?.macAddresses ?? []) put(byMac, mac, one)
    put(byAddress, one.at, one)
  }
  return { bySerial, byMac, byAddress }
}

/** null: nobody's, or it could be that of several and stands at none of their addresses. */
function ownerOf(index: Index, device: FoundDevice, at: string): Known | null {
  const own = identityOf(device)
  if (own === null) return null
  const serial = own.serial?.toUpperCase()
  const bySerial = (serial && index.bySerial.get(serial)) || []
  const byMac = own.macAddresses
    .flatMap((mac) => index.byMac.get(mac) ?? [])
    // A network card that went into another printer.
    .filter(({ identity }) => !isOther(identity, device))
  const owners = new Set(bySerial.length > 0 ? bySerial : byMac)
  const here = [...owners].find((known) => isAt(known, at))
  const [only = null] = owners
  return here ?? (owners.size === 1 ? only : null)
}

/** null: it does not tell who it is, and so is nobody that was seen before. */
function newcomer(device: FoundDevice): string | null {
  const own = identityOf(device)
  return own && (own.serial?.toUpperCase() ?? [...own.macAddresses].sort().join(' '))
}
