import { Refusal } from '../refusal.ts'

// What the code on a label says. Paper stays for years: an address that will not is refused.

/** What the settings say of labels. */
export interface LabelSettings {
  /** PLATEN_PUBLIC_URL. */
  readonly publicUrl: string | null
  /** PLATEN_LABELS. */
  readonly labelUrls: 'checked' | 'any'
}

/**
 * `HTTPS://PRINT.SCHOOL.EDU/P/7Z3K…`: scheme and host are the same in upper case (RFC 3986, 6.2.2.1),
 * and make the smaller code. A path of the site's own is not, and stays as it is.
 * Refuses `conflict` while no address is set, or one that will not last.
 */
export function labelUrl({ publicUrl, labelUrls }: LabelSettings, token: string): string {
  const url = publicUrl === null ? null : new URL(publicUrl)
  const wrong = whyNot(url, labelUrls)
  if (wrong !== null || url === null) throw unset(wrong ?? '')
  return `${url.origin.toUpperCase()}${url.pathname.replace(/\/+$/, '')}/P/${token}`
}

/** What is to be said of labels that may be printed all the same; null: nothing. */
export function labelWarning({ publicUrl }: LabelSettings): string | null {
  if (!publicUrl || new URL(publicUrl).protocol === 'https:') return null
  return 'PLATEN_PUBLIC_URL begins with http: whoever shares the network reads along what people report. Labels outlast that: have the site behind TLS first.'
}

function whyNot(url: URL | null, labelUrls: LabelSettings['labelUrls']): string | null {
  if (url === null) return 'PLATEN_PUBLIC_URL, the address that they lead to, is not set'
  if (labelUrls === 'any') return null
  const host = url.hostname.replace(/\.$/, '')
  // What a URL lets through as digits and dots is an address: it has written `127.1` out.
  if (/^[\d.]+$/.test(host) || host.startsWith('['))
    return `${host} is an IP address, and another machine may have it next year`
  if (host === 'localhost' || host.endsWith('.localhost'))
    return `each phone takes ${host} for itself`
  if (host.endsWith('.local'))
    return `${host} is known on one network alone, and not to every phone`
  if (!host.includes('.')) return `${host} is short for something that phones do not know`
  return null
}

const unset = (why: string) =>
  new Refusal(
    'conflict',
    `No labels can be printed: ${why}. Set PLATEN_PUBLIC_URL to a name that will last, like https://print.school.edu; PLATEN_LABELS=any lets any other through.`,
    { setting: 'PLATEN_PUBLIC_URL' },
  )
