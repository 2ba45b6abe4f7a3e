import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { readAddress } from '../core/printers/address.ts'

/** Where one printer is: a numeric address, for names are looked up once, before. */
export interface Place {
  readonly address: string
  readonly family: 4 | 6
  readonly port: number
}

/**
 * Where `address` is on the network; a name is looked up once, so that answers can be told from those of
 * strangers. Of several addresses an IPv4 one: hardly a printer has its SNMP on IPv6 alone. null: no such
 * name, or none in time.
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
  const found = inTurn(() => lookup(host, { verbatim: false })).catch(() => null)
  const place = await Promise.race([found, late])
  clearTimeout(timer)
  return place && { address: place.address, family: place.family === 6 ? 6 : 4, port }
}

/** Lookups share four threads with the disk; where names are not answered, the disk must go on. */
const mostLookups = 2
let lookups = 0
const waiting: (() => void)[] = []

async function inTurn<T>(look: () => Promise<T>): Promise<T> {
  if (lookups >= mostLookups) await new Promise<void>((resolve) => waiting.push(resolve))
  lookups += 1
  try {
    return await look()
  } finally {
    lookups -= 1
    waiting.shift()?.()
  }
}
