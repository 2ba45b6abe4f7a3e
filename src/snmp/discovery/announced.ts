// Services of printers out of the records of mDNS: where each is and what it says of itself (RFC 6763;
// the keys are those of Apple's Bonjour Printing Specification). Anybody on the link may say anything, so
// all is bounded and cleaned.

export const services = [
  '_ipp._tcp.local',
  '_ipps._tcp.local',
  '_pdl-datastream._tcp.local',
  '_printer._tcp.local',
] as const

/** A printer as its link knows it. */
export interface LinkDevice {
  readonly address: string
  /** Of the service: 'Laser 4 @ library'. */
  readonly name: string | null
  readonly make: string | null
  /** `ty`. */
  readonly model: string | null
  /** `note`. */
  readonly location: string | null
  readonly uuid: string | null
  readonly adminUrl: string | null
}

export interface LinkQuestion {
  readonly name: string
  readonly type: 'PTR' | 'SRV' | 'TXT'
}

/** A record as it comes; what is in `data` its sender decides. */
export interface DnsRecord {
  readonly type: string
  readonly name?: string
  readonly data?: unknown
}

const mostServices = 500
const mostRecords = 200
const mostTextEntries = 64

interface Service {
  /** Who told of it, where no address of its own is told. */
  readonly teller: string
  host: string | null
  texts: ReadonlyMap<string, string> | null
}

export function createAnnounced(isOnLink: (address: string) => boolean) {
  /** By its full name in small letters, 'laser 4._ipp._tcp.local'. */
  const known = new Map<string, Service & { readonly name: string }>()
  /** By host in small letters. */
  const addresses = new Map<string, string>()

  function serviceOf(name: string, teller: string) {
    const key = name.toLowerCase()
    if (!services.some((service) => key.endsWith(`.${service}`))) return null
    const before = known.get(key)
    if (before || known.size >= mostServices) return before ?? null
    const service = { name, teller, host: null, texts: null }
    known.set(key, service)
    return service
  }

  function hearOne({ type, name = '', data }: DnsRecord, teller: string): void {
    if (type === 'PTR' && typeof data === 'string' && isService(name)) serviceOf(data, teller)
    if (type === 'SRV') {
      const service = serviceOf(name, teller)
      if (service) service.host = targetOf(data)?.toLowerCase() ?? service.host
    }
    if (type === 'TXT') {
      const service = serviceOf(name, teller)
      if (service) service.texts = textsOf(data)
    }
    if (type === 'A' && typeof data === 'string' && addresses.size < mostServices && isOnLink(data))
      addresses.set(name.toLowerCase(), data)
  }

  return {
    hear(records: readonly DnsRecord[], teller: string): void {
      for (const record of records.slice(0, mostRecords)) hearOne(record, teller)
    },
    /** What the services that are known have not told yet; a few at a time. */
    missing(): LinkQuestion[] {
      return [...known.values()]
        .flatMap(({ name, host, texts }) => [
          ...(host === null ? [{ name, type: 'SRV' as const }] : []),
          ...(texts === null ? [{ name, type: 'TXT' as const }] : []),
        ])
        .slice(0, 20)
    },
    /** One for each address: a printer has several services. */
    devices(): LinkDevice[] {
      const devices = new Map<string, LinkDevice>()
      for (const { name, teller, host, texts } of known.values()) {
        const address = (host && addresses.get(host)) || teller
        const before = devices.get(address)
        const tells = (key: string) => clean(texts?.get(key))
        devices.set(address, {
          address,
          name: before?.name ?? clean(nameOf(name)),
          make: before?.make ?? tells('usb_mfg'),
          model: before?.model ?? tells('ty'),
          location: before?.location ?? tells('note'),
          uuid: before?.uuid ?? tells('uuid'),
          adminUrl: before?.adminUrl ?? tells('adminurl'),
        })
      }
      return [...devices.values()]
    },
  }
}

const isService = (name: string) => services.some((service) => service === name.toLowerCase())

/** 'Laser 4._ipp._tcp.local' -> 'Laser 4'. */
const nameOf = (name: string) => name.replace(/\._[a-z-]{1,15}\._tcp\.local$/i, '')

function targetOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('target' in data)) return null
  return typeof data.target === 'string' ? data.target : null
}

/** `key=value` each; keys know no case, and the first of two counts (RFC 6763, 6.4). */
function textsOf(data: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const entries: unknown[] = Array.isArray(data) ? data.slice(0, mostTextEntries) : [data]
  for (const entry of entries) {
    const text = Buffer.isBuffer(entry) ? entry.toString('utf8') : entry
    if (typeof text !== 'string') continue
    const at = text.indexOf('=')
    const key = text.slice(0, at).toLowerCase()
    if (at > 0 && !texts.has(key)) texts.set(key, text.slice(at + 1))
  }
  return texts
}

/** One line of at most 200 characters, none of which steers a terminal or cannot be seen. */
function clean(text: string | undefined): string | null {
  const line = text?.slice(0, 200).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]+/gu, ' ')
  return line?.trim() || null
}
