import type { Config } from './config.ts'
import type { Log } from './core/log.ts'
import type { Search } from './core/printers/found.ts'
import type { State } from './core/state.ts'
import type { Sweep } from './core/status/poll.ts'
import { createIpp } from './snmp/ipp/ipp.ts'
import { withSecondSource } from './snmp/second-source.ts'
import { createReader, type Reader } from './snmp/status.ts'
import { listenForTraps, type Traps } from './snmp/traps/traps.ts'
import { readUsers, type SnmpUser } from './snmp/v3/users.ts'

const ippTimeoutMs = 2000

/** How printers are read, by the settings: SNMP, and IPP for what it leaves open. */
export function readerOf(config: Config): Reader {
  const reader = createReader({
    timeoutMs: config.SNMP_TIMEOUT * 1000,
    retries: config.SNMP_RETRIES,
    users: usersOf(config),
  })
  if (config.IPP_PORT === 0) return reader
  const ipp = createIpp({ port: config.IPP_PORT, timeoutMs: ippTimeoutMs })
  const clock = { monotonicMs: () => performance.now() }
  return {
    readPrinter: withSecondSource(reader.readPrinter, { ipp, clock }),
    close() {
      ipp.close()
      reader.close()
    },
  }
}

/** A trap is a hint to read that printer now. Those of printers that are known by a name are not heard. */
export async function openTraps(
  config: Config,
  { state, sweep, log }: { state: State; sweep: Pick<Sweep, 'hint'>; log: Log },
): Promise<Traps | null> {
  if (config.SNMP_TRAP_PORT === 0) return null
  return listenForTraps({
    ...{ port: config.SNMP_TRAP_PORT, users: usersOf(config), log },
    isPrinter: (address) => state.by.printersByHost.has(address),
    onHint(address) {
      for (const id of state.by.printersByHost.get(address) ?? []) sweep.hint(id)
    },
  })
}

/** Of SNMP 3; the configuration was refused where one could not be read. */
function usersOf({ SNMP_USERS }: Config): readonly SnmpUser[] {
  const read = readUsers(SNMP_USERS ?? '')
  return 'users' in read ? read.users : []
}

/** What looks for printers on the network, with a reader of its own. */
export function searchOf(config: Config): Search {
  return async (order) => {
    const { createSearch } = await import('./snmp/discovery/discover.ts')
    const reader = readerOf({ ...config, IPP_PORT: 0 })
    const { SNMP_COMMUNITY: community, SNMP_VERSION: version } = config
    const timeoutMs = config.SNMP_TIMEOUT * 1000
    const search = createSearch({
      ...{ readPrinter: reader.readPrinter, defaults: { community, version }, timeoutMs },
    })
    return search(order).finally(reader.close)
  }
}
