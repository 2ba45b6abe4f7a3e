import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { type Config, readConfig, settings, WrongConfig } from './config.ts'

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
  const env = { ...installedSettings(), ...environment }
  const config = readConfig(env, (path) => readFileSync(path, 'utf8'))
  const given = env.PLATEN_DATA_DIR
  const base = given && isAbsolute(given) ? '/' : given ? process.cwd() : home
  return { config, folder: resolve(base, config.PLATEN_DATA_DIR) }
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
  if (!existsSync(installed)) return {}
  try {
    return parseEnv(readFileSync(installed, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new WrongConfig([`${installed} cannot be read: ${why}. Be its owner, or root.`])
  }
}
