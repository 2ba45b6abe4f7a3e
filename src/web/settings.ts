import { z } from 'zod'
import { lookedFor } from '../core/looked-for.ts'
import { type Answer, page, type Route, type SignedAsk } from './answer.ts'
import { settingsPage } from './pages/settings.ts'
import { readQuery } from './query.ts'
import { type BoardParts, viewOf } from './views.ts'

// Every setting, as it is in force.

/** A setting as the site shows it. */
export interface ShownSetting {
  readonly name: string
  /** `<secret>` for one that is set; empty where none is. */
  readonly value: string
  /** Of a secret that is not set, and of what has none: empty. */
  readonly default: string
  readonly words: string
  readonly isDefault: boolean
}

export interface SettingParts extends BoardParts {
  readonly settings: readonly ShownSetting[]
}

/** As it is shown; empty where it has none. */
export function settingOf({ settings }: Pick<SettingParts, 'settings'>, name: string): string {
  return settings.find((each) => each.name === name)?.value ?? ''
}

const text = z.string().max(100, 'has 100 characters at most').default('')
const changed = z.enum(['1', ''], 'is 1, or left out').default('')

export function settingRoutes(parts: SettingParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'system look' } as const
  return [{ ...get, path: '/settings', answer: list }]

  function list(ask: SignedAsk): Answer {
    const { q, changed: only } = readQuery(ask.query, { q: text, changed })
    const filter = { q, changed: only === '1' }
    const isMeant = lookedFor(
      q,
      ({ name, value, words }: ShownSetting) => `${name} ${value} ${words}`,
    )
    const settings = parts.settings.filter(
      (each) => !(filter.changed && each.isDefault) && isMeant(each),
    )
    return page(200, settingsPage(viewOf(parts, ask), filter, settings))
  }
}
