import { lookedFor } from '../core/looked-for.ts'
import { searchText } from '../core/status/need.ts'
import type { Verdict, Watched } from '../core/status/status.ts'
import { toLetters } from './glyphs.ts'
import type { Tone } from './rows.ts'

// The tones of the verdicts, and the filter as it is typed here.

export {
  apart,
  byBuilding,
  byNeed,
  headingOf,
  isAsleep,
  moreOf,
  placeOf,
  sentenceOf,
  wordOf,
  wordOfVerdict,
  worstSentence,
} from '../core/status/need.ts'

export const toneOfVerdict: Readonly<Record<Verdict, Tone>> = {
  error: 'bad',
  offline: 'lost',
  warning: 'warn',
  unknown: 'plain',
  ok: 'good',
}

/** Every word of the filter stands in label, place, model, address, word or reasons, as the screen spells them. */
export const matching = (printers: readonly Watched[], filter: string): readonly Watched[] =>
  printers.filter(lookedFor(toLetters(filter), (each) => toLetters(searchText(each))))
