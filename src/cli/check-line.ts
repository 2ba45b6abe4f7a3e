import type { Surroundings } from './verb.ts'

/** What was looked at, and what came of it: all is well, or what is wrong and what to do. */
export interface Line {
  readonly name: string
  readonly ok: boolean
  readonly sentence: string
}

export type Verdict = Omit<Line, 'name'>
export const well = (sentence: string): Verdict => ({ ok: true, sentence })
export const wrong = (sentence: string): Verdict => ({ ok: false, sentence })

/** What is kept and seen, by whoever could be asked. */
export type Told = Awaited<ReturnType<Surroundings['kept']>>
