import { hostname } from 'node:os'
import type { Config } from './config.ts'
import type { Post } from './core/outbox/letter.ts'
import { siteOf } from './facts.ts'
import type { Site } from './mail/letters/site.ts'
import { createPost } from './mail/transport.ts'

/** What letters tell of the site. */
export const mailSiteOf = (config: Config): Site => ({
  name: siteOf(config),
  url: config.PLATEN_PUBLIC_URL,
  timeZone: config.PLATEN_TIME_ZONE,
})

/** The mail server of the settings; null where none is set, which is a valid state. */
export function postOf(config: Config): Post | null {
  if (config.EMAIL_HOST === null) return null
  return createPost({
    host: config.EMAIL_HOST,
    port: config.EMAIL_PORT,
    startTls: config.EMAIL_USE_TLS,
    caFile: config.EMAIL_CA_FILE,
    user: config.EMAIL_HOST_USER,
    password: config.EMAIL_HOST_PASSWORD,
    from: senderOf(config),
  })
}

/** `Print room <print@school.edu>` or the address alone; else platen at the site's host. */
function senderOf({
  DEFAULT_FROM_EMAIL: given,
  PLATEN_PUBLIC_URL: url,
  PLATEN_SITE: site,
}: Config) {
  const [, name, address] = given?.match(/^(?:(.*)<)?([^<>]+?)>?$/) ?? []
  const host = url ? new URL(url).hostname : hostname()
  return {
    name: name?.trim() || (site ?? 'platen'),
    address: address?.trim() ?? `platen@${host}`,
  }
}
