import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { type Config, readConfig, WrongConfig } from './config.ts'
import { settings } from './settings.ts'

// One rule finds settings and data, for every verb and every user: the environment; else
// /etc/platen/platen.env where it exists (the installed service); else the checkout's `data`.

const installed = '/etc/platen/platen.env'

export interface Found {
  readonly config: Config
  /** The data folder, as an absolute path. */
  readonly folder: string
}

/** Throws WrongConfig. `home`: the folder of package.json. */
export function findSettings(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): Found {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const file = installedSettings()
  // A secret and the file that holds it are one setting: whoever gives either of them gives both.
  for (const name of Object.keys(given)) {
    delete file[name.replace(/_FILE$/, '')]
    delete file[`${name}_FILE`]
  }
  const config = readConfig({ ...file, ...given }, (path) => readFileSync(path, 'utf8'))
  if (file.PLATEN_DATA_DIR && !isAbsolute(file.PLATEN_DATA_DIR))
    throw new WrongConfig([`PLATEN_DATA_DIR in ${installed} must begin with a slash`])
  const from = given.PLATEN_DATA_DIR ? process.cwd() : home
  return { config, folder: resolve(from, config.PLATEN_DATA_DIR) }
}

/** Where the settings of a start were found, what counts most first: for `check`. */
export function whereFound(environment: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(settings).filter(
    (name) => environment[name] ?? environment[`${name}_FILE`],
  )
  const found = names.length > 0 ? [`the environment (${names.join(', ')})`] : []
  return existsSync(installed) ? [...found, installed] : found
}

function installedSettings(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(installed, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    const why = error instanceof Error ? error.message : String(error)
    throw new WrongConfig([`${installed} cannot be read: ${why}. Be its owner, or root.`])
  }
}
