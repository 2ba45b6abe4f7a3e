/** What the settings say about judging and asking. */
export interface StatusRules {
  readonly intervalSeconds: number
  /** Below this a supply is a warning; below the next, an error. */
  readonly warningPercent: number
  readonly errorPercent: number
}
