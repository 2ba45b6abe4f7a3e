import ipaddr from 'ipaddr.js'
import { Refusal } from '../../core/refusal.ts'

// Ranges of IPv4 as an administrator writes them, for a search that asks nothing outside of one.

export interface Range {
  readonly addresses: readonly string[]
  readonly port: number
}

/** 4,096 addresses: a minute or two at the pace of a search. */
const largest = 20

/**
 * `10.0.0.0/24`, `10.0.0.7`, with `:1161` behind where printers answer elsewhere than at 161. The
 * network's own and its broadcast address are left out. Refuses `invalid` anything else.
 */
export function readRange(text: string): Range {
  const [, plain = '', digits = '161'] = /^([\d./]{1,18})(?::(\d{1,5}))?$/.exec(text) ?? []
  const cidr = plain.includes('/') ? plain : `${plain}/32`
  const port = Number(digits)
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr) || port < 1 || port > 65535)
    throw new Refusal(
      'invalid',
      `${text} is no range like 10.0.0.0/24, nor an address like 10.0.0.7.`,
    )
  const [, prefix] = ipaddr.IPv4.parseCIDR(cidr)
  if (prefix < largest)
    throw new Refusal(
      'invalid',
      `${text} is too large: a /${largest}, which is 4,094 addresses, is the most at once. Search it part by part.`,
    )
  const first = numberOf(ipaddr.IPv4.networkAddressFromCIDR(cidr))
  const count = 2 ** (32 - prefix)
  const all = Array.from({ length: count }, (_, at) => addressOf(first + at))
  // Of two addresses both are hosts (RFC 3021).
  return { addresses: count > 2 ? all.slice(1, -1) : all, port }
}

/** Whether an address is on a network that this machine is on: `10.0.0.7` on `10.0.0.2/24`. */
export function isOnLink(address: string, own: readonly (string | null)[]): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return false
  const parsed = ipaddr.IPv4.parse(address)
  return own.some(
    (cidr) =>
      cidr !== null &&
      ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr) &&
      parsed.match(ipaddr.IPv4.parseCIDR(cidr)),
  )
}

function numberOf({ octets }: ipaddr.IPv4): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 0xff).join('.')
}
