import type { BoxFacts } from '../core/box.ts'
import { heatTold, type Told, voltageTold } from '../core/box-words.ts'
import { capital } from '../core/capital.ts'
import { type Verdict, well, wrong } from './check-line.ts'

// How the machine itself is, in the words of its page and of the console.

export const checkHeat = (felt: Pick<BoxFacts, 'celsius'>): Verdict => verdictOf(heatTold(felt))

export const checkPower = (felt: Pick<BoxFacts, 'underVoltage'>): Verdict =>
  verdictOf(voltageTold(felt))

/** Whoever asks is there to look: what is to be looked at is wrong here. */
function verdictOf({ how, words }: Told): Verdict {
  const sentence = capital(words).replace(/(?<!\.)$/, '.')
  return how === 'look' || how === 'wrong' ? wrong(sentence) : well(sentence)
}
