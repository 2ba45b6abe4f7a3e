import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

// The port that traps come to, which has an owner already or is not for everybody.

/** Both families by one socket where no `host` is named; IPv4 alone where the machine has no IPv6. */
export async function openPort({
  host,
  port,
}: {
  readonly host?: string
  readonly port: number
}): Promise<Socket> {
  if (host !== undefined) return bind(isIPv6(host) ? 'udp6' : 'udp4', port, host)
  return bind('udp6', port, '::').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') throw error
    return bind('udp4', port, '0.0.0.0')
  })
}

async function bind(type: 'udp4' | 'udp6', port: number, host: string): Promise<Socket> {
  const socket = createSocket(type)
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
    return socket
  } catch (error) {
    socket.close()
    throw error
  }
}

/** What is wrong and what to do. */
export function whyNoPort(error: NodeJS.ErrnoException, port: number): string {
  const what = `Traps of printers are not heard: port ${port}`
  if (error.code === 'EACCES')
    return (
      `${what} may only be had with CAP_NET_BIND_SERVICE, as the installed service has it. ` +
      'Set SNMP_TRAP_PORT to one above 1023, or to 0 to go without.'
    )
  if (error.code === 'EADDRINUSE')
    return (
      `${what} is in use, by snmptrapd perhaps. Stop that, or set SNMP_TRAP_PORT to another port, ` +
      'or to 0 to go without.'
    )
  return `${what} cannot be had (${error.code ?? error.message}). Set SNMP_TRAP_PORT to 0 to go without.`
}
