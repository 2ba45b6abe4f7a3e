import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseEnv } from 'node:util'

// Where the installed service lies, under the root of a machine or of a card that is being prepared.

export type Places = ReturnType<typeof placesUnder>

export function placesUnder(root: string) {
  const at = (path: string) => join(root, path)
  return {
    root,
    /** A folder a version, and two links: the one that runs, and the one before it. */
    versions: at('opt/platen'),
    current: at('opt/platen/current'),
    previous: at('opt/platen/previous'),
    launcher: at('usr/local/bin/platen'),
    account: at('etc/sysusers.d/platen.conf'),
    settings: at('etc/platen/platen.env'),
    example: at('etc/platen/platen.env.example'),
    /** Where the settings wait for the next install. */
    settingsAside: at('etc/platen/platen.env.uninstalled'),
    unit: at('etc/systemd/system/platen.service'),
    dropIns: at('etc/systemd/system/platen.service.d'),
    console: at('etc/systemd/system/platen.service.d/console.conf'),
    data: at(dataOf(at('etc/platen/platen.env'))),
  }
}

export const defaultData = '/var/lib/platen'

function dataOf(settings: string): string {
  if (!existsSync(settings)) return defaultData
  return parseEnv(readFileSync(settings, 'utf8')).PLATEN_DATA_DIR ?? defaultData
}

/** The version that one of the two links names; null where there is none. */
export function versionAt(link: string): string | null {
  const isThere = lstatSync(link, { throwIfNoEntry: false }) !== undefined
  return isThere ? basename(readlinkSync(link)) : null
}
