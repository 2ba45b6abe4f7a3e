import type { Mail } from '../../core/outbox/letter.ts'

/** What letters tell of the site they come from. */
export interface Site {
  readonly name: string
  /** PLATEN_PUBLIC_URL; null: letters have no links and say where to look. */
  readonly url: string | null
  /** null: the system's. */
  readonly timeZone: string | null
}

/** Facts -> words. */
export type Wording<Facts> = (facts: Facts, site: Site) => Pick<Mail, 'subject' | 'text' | 'html'>

/** `https://print.school.edu/t/ABC`; null without PLATEN_PUBLIC_URL. */
export function linkTo(path: string, { url }: Site): string | null {
  return url && `${url.replace(/\/+$/, '')}${path}`
}

/** 'Monday, 2 March at 09:00 CET': a letter may come days later, and to another time zone. */
export function momentIn({ timeZone }: Site, at: string): string {
  const zone = timeZone === null ? {} : { timeZone }
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  const date = new Date(at)
  return `${date.toLocaleDateString('en-GB', { ...zone, ...day })} at ${date.toLocaleTimeString('en-GB', { ...zone, ...time })}`
}
