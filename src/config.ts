import { z } from 'zod'
import { isGuarded } from './core/people/issuer.ts'
import type { LabelSettings } from './core/printers/label-url.ts'
import { isSecret, type SettingName, settings } from './settings.ts'
import { readUsers } from './snmp/v3/users.ts'
import type { OpenIdSettings } from './web/openid.ts'
import type { ShownSetting } from './web/settings.ts'

// What the environment sets: read once, with every mistake told at once, and handed down.

const shape = z.object(settings)
export type Config = Readonly<z.infer<typeof shape>>

/** Each setting that is not at its default, as it may be shown. */
export function changedSettings(config: Config): [name: SettingName, value: string][] {
  return (Object.keys(settings) as SettingName[])
    .filter((name) => config[name] !== settings[name].parse(undefined))
    .map((name) => [name, isSecret(name) ? '<secret>' : String(config[name])])
}

/** All of them, as they may be shown. */
export function shownSettings(config: Config): readonly ShownSetting[] {
  const changed = new Map(changedSettings(config))
  return (Object.keys(settings) as SettingName[]).map((name) => {
    const value = String(settings[name].parse(undefined) ?? '')
    return {
      name,
      value: changed.get(name) ?? (isSecret(name) ? '' : value),
      default: isSecret(name) ? '' : value,
      words: settings[name].description ?? '',
      isDefault: !changed.has(name),
    }
  })
}

/** Who gets the daily summary, beside the accounts that want it; several with commas between. */
export const summaryTo = (config: Config): string | null =>
  config.ISSUE_SUMMARY_RECIPIENT ?? config.EMAIL_TO

/** Every setting that is wrong, each with what it should be. The process ends with 78 (EX_CONFIG). */
export class WrongConfig extends Error {
  override readonly name = 'WrongConfig'
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.mistakes = mistakes
  }
}

/**
 * The settings of an environment. An empty value counts as missing; a secret may stand in the file
 * that `NAME_FILE` names. Throws WrongConfig with all mistakes at once.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Config {
  const mistakes = unknownNames(env)
  const given: Record<string, string> = {}
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = env[name]
    const path = isSecret(name) ? env[`${name}_FILE`] : undefined
    if (value && path) mistakes.push(`${name} and ${name}_FILE are both set; keep one`)
    else if (value) given[name] = value
    else if (path) {
      try {
        given[name] = readFile(path).trimEnd()
      } catch (error) {
        mistakes.push(
          `${name}_FILE cannot be read: ${error instanceof Error ? error.message : error}`,
        )
      }
    }
  }
  const parsed = shape.safeParse(given)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]) as SettingName
    const value = isSecret(name) ? '<secret>' : JSON.stringify(withoutName(given[name] ?? ''))
    mistakes.push(`${name} is ${value}: ${issue.message}`)
  }
  const config = parsed.data
  if (config && config.SUPPLY_ERROR_PERCENT > config.SUPPLY_WARNING_PERCENT)
    mistakes.push(
      'SUPPLY_ERROR_PERCENT is above SUPPLY_WARNING_PERCENT; a supply runs low before it is empty',
    )
  if (config && config.PLATEN_OIDC_ISSUER !== null) {
    if (config.PLATEN_OIDC_CLIENT_ID === null)
      mistakes.push('PLATEN_OIDC_ISSUER needs PLATEN_OIDC_CLIENT_ID beside it')
    if (!isGuarded(config.PLATEN_OIDC_ISSUER))
      mistakes.push(
        'PLATEN_OIDC_ISSUER is http; what comes from there can be made up on the way: only https',
      )
    if (config.PLATEN_PUBLIC_URL === null)
      mistakes.push('PLATEN_OIDC_ISSUER needs PLATEN_PUBLIC_URL, which people are sent back to')
  }
  const read = readUsers(config?.SNMP_USERS ?? '')
  if ('mistakes' in read) mistakes.push(...read.mistakes.map((one) => `SNMP_USERS: ${one}`))
  if (!config || mistakes.length > 0) throw new WrongConfig(mistakes)
  return config
}

/** What stands before the @ of an address may be a password. */
const withoutName = (value: string): string => value.replace(/\/\/[^/@\s]*@/, '//<secret>@')

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(
    (Object.keys(settings) as SettingName[]).flatMap((name) =>
      isSecret(name) ? [name, `${name}_FILE`] : [name],
    ),
  )
  return Object.keys(env)
    .filter((name) => name.startsWith('PLATEN_') && !known.has(name))
    .map((name) => `${name} is no setting of platen; README lists them all`)
}

/** What the labels' addresses are made of. */
export const labelsBy = (config: Config): LabelSettings => ({
  publicUrl: config.PLATEN_PUBLIC_URL,
  labelUrls: config.PLATEN_LABELS,
})

/** Where people may sign in beside here; null: nowhere. */
export function openIdOf(config: Config): OpenIdSettings | null {
  const { PLATEN_OIDC_ISSUER: issuer, PLATEN_OIDC_CLIENT_ID: clientId } = config
  if (issuer === null || clientId === null) return null
  return {
    ...{ issuer, clientId, clientSecret: config.PLATEN_OIDC_CLIENT_SECRET },
    ...{ name: config.PLATEN_OIDC_NAME, email: config.PLATEN_OIDC_EMAIL },
  }
}
