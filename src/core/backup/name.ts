import { createHash } from 'node:crypto'

// What backups are called: the time is in the name, so that names in order are backups in order. At a
// place that several appliances share, the site is in the name too.

/** `platen-2026-11-20T03-00-00Z.tar.gz`, to the second; with a site `platen-north-2026-….tar.gz`. */
export function backupName(at: Date, site: string | null = null): string {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-')
  return `${before(site)}${time}Z.tar.gz`
}

/** When the backup of that name was made; null for a file that is none, or is another site's. */
export function timeInName(name: string, site: string | null = null): Date | null {
  const start = before(site)
  if (!name.startsWith(start)) return null
  const [, day, ...time] =
    /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/.exec(name.slice(start.length)) ?? []
  const at = new Date(`${day}T${time.join(':')}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

/** Of the mark beside the copies elsewhere that tells a card that forgets. */
export const canaryName = (site: string): string => `platen-${safe(site)}.canary`

const before = (site: string | null) => (site === null ? 'platen-' : `platen-${safe(site)}-`)

/** Two sites whose names differ only in what no file name may hold stay two. */
function safe(site: string): string {
  const plain = site.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  if (plain === site) return plain
  return `${plain.slice(0, 40)}-${createHash('sha256').update(site).digest('hex').slice(0, 6)}`
}
