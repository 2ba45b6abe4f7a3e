import type { Reading, Target } from '../core/status/reading.ts'
import { readAlerts } from './mibs/alerts.ts'
import { readMarkers } from './mibs/counters.ts'
import { readErrorState } from './mibs/error-state.ts'
import {
  charsetsOf,
  deviceIndex,
  readDevice,
  readIdentity,
  readPrinterStatus,
  readSystem,
} from './mibs/identity.ts'
import { readSupplies } from './mibs/supplies.ts'
import { readText } from './mibs/text.ts'
import { indexesOf, octetsAt, type Told } from './mibs/told.ts'
import { readCovers, readOutputs, readTrays } from './mibs/trays.ts'

/** What a printer told, as facts. */
export function decode(target: Target, told: Told, snmp: Reading['snmp']): Reading {
  const device = deviceIndex(told)
  const charset = charsetsOf(told, device)
  const errorState = octetsAt(told, 'hrPrinterDetectedErrorState', device ?? '')
  const markers = readMarkers(told)
  return {
    ok: true,
    address: target.address,
    error: null,
    snmp,
    system: readSystem(told, charset.general),
    device: readDevice(told, device, charset.general),
    identity: readIdentity(told, device, charset.general),
    status: readPrinterStatus(told, device),
    errors: errorState && readErrorState(errorState),
    pageCount: markers[0]?.lifeCount ?? null,
    markers,
    counters: null,
    supplies: readSupplies(told, charset.general),
    alerts: readAlerts(told, charset.general),
    console: readConsole(told, charset.console),
    trays: readTrays(told, charset.general),
    outputs: readOutputs(told, charset.general),
    covers: readCovers(told, charset.general),
  }
}

/** The panel's lines from the top; an empty one keeps its place. */
function readConsole(told: Told, charset: number | null): string[] {
  return indexesOf(told, 'console').map(
    (index) => readText(octetsAt(told, 'prtConsoleDisplayBufferText', index), charset) ?? '',
  )
}
