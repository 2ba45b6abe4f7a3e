/** RFC 3414, RFC 3826, RFC 7860; AES-256 has two ways to make its key: Blumenthal's (`b`) and Reeder's (`r`). */
export const authProtocols = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export const privProtocols = ['des', 'aes', 'aes256b', 'aes256r'] as const

/** A user of SNMP 3. Without `auth` it is believed by its name; without `priv` its words are read on the way. */
export interface SnmpUser {
  readonly name: string
  readonly auth: { readonly protocol: (typeof authProtocols)[number]; readonly key: string } | null
  readonly priv: { readonly protocol: (typeof privProtocols)[number]; readonly key: string } | null
}
