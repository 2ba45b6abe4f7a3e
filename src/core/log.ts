/** What rooms and edges say to the administrator. `src/log.ts` makes one; secrets never go in. */
export interface Log {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
  /** The same log, each line marked with the room that speaks. */
  room(name: string): Log
}
