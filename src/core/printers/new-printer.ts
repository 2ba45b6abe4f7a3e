import type { Act } from '../act.ts'
import { newToken } from './labels.ts'
import type { Printer } from './printer.ts'

/** A record of which nothing is known yet but that it is there. */
export function newPrinter(act: Act): Printer {
  return {
    id: act.newId('p'),
    label: '',
    assetTag: null,
    make: null,
    model: null,
    building: null,
    location: null,
    ipAddress: '',
    macAddress: null,
    serial: null,
    group: null,
    organisation: null,
    community: null,
    snmpVersion: null,
    isActive: true,
    device: null,
    stranger: null,
    supplies: {},
    token: newToken(act),
    formerTokens: [],
    createdAt: act.now.toISOString(),
  }
}
