import type { Config } from './config.ts'
import { createIpp } from './snmp/ipp.ts'
import { withSecondSource } from './snmp/second-source.ts'
import { createReader, type Reader } from './snmp/status.ts'
import { readUsers, type SnmpUser } from './snmp/users.ts'

const ippTimeoutMs = 2000

/** Of SNMP 3; the configuration was refused where one could not be read. */
export function usersOf({ SNMP_USERS }: Config): readonly SnmpUser[] {
  const read = readUsers(SNMP_USERS ?? '')
  return 'users' in read ? read.users : []
}

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
