import type { Config } from './config.ts'
import { createReader, type Reader } from './snmp/status.ts'
import { readUsers } from './snmp/users.ts'

/** How printers are read, by the settings. */
export function readerOf(config: Config): Reader {
  const read = readUsers(config.SNMP_USERS ?? '')
  return createReader({
    timeoutMs: config.SNMP_TIMEOUT * 1000,
    retries: config.SNMP_RETRIES,
    users: 'users' in read ? read.users : [],
  })
}
