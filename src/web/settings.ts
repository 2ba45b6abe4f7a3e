import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

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

export function settingRoutes(_parts: SettingParts): Route[] {
  return []
}
