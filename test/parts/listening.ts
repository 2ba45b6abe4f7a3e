import { once } from 'node:events'
import type { Server } from 'node:net'

/** Has the server listen on a free port of loopback; gives the port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address.port
}
