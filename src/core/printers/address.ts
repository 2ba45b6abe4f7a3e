import { z } from 'zod'

/** RFC 1123, 2.1, and the underscores that Windows lets into names; the last label is no number. */
const hostName = /^(?=.{1,253}$)([a-z\d_]([\w-]{0,61}[a-z\d_])?\.)*[a-z_]([\w-]{0,61}[a-z\d_])?$/i
/** "This network", broadcast, multicast and reserved: no printer is there. */
const nobody = /^(0\.|22[4-9]\.|2[3-5]\d\.)/

const [ipv4, ipv6] = [z.ipv4(), z.ipv6()]
const isIPv4 = (text: string) => ipv4.safeParse(text).success
const isIPv6 = (text: string) => ipv6.safeParse(text).success

export interface HostPort {
  readonly host: string
  readonly port: number
}

/**
 * `10.0.0.7`, `10.0.0.7:1161`, `[fd00::7]:161`, `printer.school.edu`; port 161 (SNMP) without.
 * null for what no printer can be asked at.
 */
export function readAddress(text: string): HostPort | null {
  if (isIPv6(text)) return { host: text, port: 161 }
  const [, inBrackets, plain, digits] =
    /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const port = digits === undefined ? 161 : Number(digits)
  if (port < 1 || port > 65535) return null
  if (inBrackets !== undefined) return isIPv6(inBrackets) ? { host: inBrackets, port } : null
  if (plain === undefined) return null
  const good = isIPv4(plain) ? !nobody.test(plain) : hostName.test(plain.replace(/\.$/, ''))
  return good ? { host: plain, port } : null
}

/** The same for every way to write an address: `10.0.0.1` and `10.0.0.1:161` are one printer. */
export function addressKey(text: string): string {
  const read = readAddress(text)
  return read ? `${hostKey(text)} ${read.port}` : text.toLowerCase()
}

/** Of the host alone: `10.0.0.1`, `fd00::7`, as the network writes the sender of a datagram. */
export function hostKey(text: string): string {
  const host = readAddress(text)?.host ?? text
  const short = isIPv6(host) ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host
  return short.toLowerCase().replace(/\.$/, '')
}
