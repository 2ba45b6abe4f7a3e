/** Who does something, and when. `newId('p')` gives an id that no other site will ever give. */
export interface Act {
  readonly by: string
  readonly now: Date
  newId(prefix: string): string
}
