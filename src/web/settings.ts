import { z } from 'zod'
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
    const words = q.toLowerCase().split(/\s+/).filter(Boolean)
    const settings = parts.settings.filter((each) => {
      const all = `${each.name} ${each.value} ${each.words}`.toLowerCase()
      return !(filter.changed && each.isDefault) && words.every((word) => all.includes(word))
    })
    return page(200, settingsPage(viewOf(parts, ask), filter, settings))
  }
}
