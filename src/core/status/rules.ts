/** What the settings say about judging and asking. */
export interface StatusRules extends Thresholds {
  readonly intervalSeconds: number
  /** Readings in a row that a warning takes to count, and to go; 2 where nothing is said. */
  readonly alarmReadings?: number
}

/** Below the first a supply is a warning; below the second, an error. */
export interface Thresholds {
  readonly warningPercent: number
  readonly errorPercent: number
}
