import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { readAddress } from '../core/printers/address.ts'
import type { Place } from './socket.ts'

/**
 * Where `address` is on the network; a name is looked up once, so that answers can be told from those of
 * strangers. null: no such name, or none in time.
 */
export async function findPlace(address: string, timeoutMs: number): Promise<Place | null> {
  const read = readAddress(address)
  if (read === null) return null
  const { host, port } = read
  const family = isIP(host)
  if (family !== 0) return { address: host, family: family === 6 ? 6 : 4, port }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs)
  })
  const found = lookup(host).catch(() => null)
  const place = await Promise.race([found, late])
  clearTimeout(timer)
  return place && { address: place.address, family: place.family === 6 ? 6 : 4, port }
}
