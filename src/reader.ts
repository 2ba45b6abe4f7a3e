import type { Config } from './config.ts'
import { createIpp } from './snmp/ipp.ts'
import { withSecondSource } from './snmp/second-source.ts'
import { createReader, type Reader } from './snmp/status.ts'
import { readUsers } from './snmp/users.ts'

const ippTimeoutMs = 2000

/** How printers are read, by the settings: SNMP, and IPP for what it leaves open. */
export function readerOf(config: Config): Reader {
  const read = readUsers(config.SNMP_USERS ?? '')
  const reader = createReader({
    timeoutMs: config.SNMP_TIMEOUT * 1000,
    retries: config.SNMP_RETRIES,
    users: 'users' in read ? read.users : [],
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
