import type { Watched } from '../../core/status/status.ts'
import { toGlyphs } from '../glyphs.ts'
import { headingOf, moreOf, placeOf, worstSentence } from '../need.ts'
import { widest } from '../rows.ts'
import type { View } from '../view.ts'

// Width decides which columns the fleet has: they go as wholes, first the model, then the place, then the age.

export interface Listing {
  /** By printer id: its tickets, and whether platen asks about it. */
  readonly marks: ReadonlyMap<string, string>
  readonly groupBy: View['groupBy']
}

/** Cells; 0: it is not there. Place and model with the two blanks behind them. */
export interface Columns {
  readonly label: number
  /** Where any of them has one. */
  readonly mark: number
  readonly place: number
  readonly model: number
  readonly sentence: number
  readonly age: number
}

export function columnsFor(width: number, printers: readonly Watched[], listing: Listing): Columns {
  const label = labelWidth(printers, width < 90 ? 16 : 24)
  const age = width >= 50 ? 8 : 0
  const markOf = ({ status }: Watched) => listing.marks.get(status.printer.id) ?? ''
  const marked = widest(printers, markOf, mostOfMark)
  const mark = marked === 0 ? 0 : marked + 2
  const spare = width - 2 - 8 - label - 2 - mark - age
  const sentence = sentenceWidth(printers, spare)
  const ofPlace = widest(printers, (each) => placeIn(each, listing), 40)
  const roomForPlace = Math.min(ofPlace, spare - sentence - 2)
  const place = roomForPlace < Math.min(ofPlace, leastOfPlace) ? 0 : roomForPlace + 2
  const ofModel = widest(printers, modelOf, 28)
  const roomForModel = Math.min(ofModel, spare - place - Math.max(roomForBars, sentence) - 2)
  const model = roomForModel < Math.min(ofModel, leastOfModel) ? 0 : roomForModel + 2
  return { label, mark, place, model, age, sentence: Math.max(0, spare - place - model) }
}

/** One that is longer takes the room of its own row, and not of all the others. */
function labelWidth(printers: readonly Watched[], most: number): number {
  const lengths = printers.map(({ status }) => toGlyphs(status.printer.label).length)
  return Math.max(6, ...lengths.filter((each) => each <= most))
}

/** Where it stands; not its building, where that is the heading. */
export const placeIn = (printer: Watched, { groupBy }: Pick<Listing, 'groupBy'>): string =>
  groupBy === 'building' ? (printer.status.printer.location ?? '') : placeOf(printer)

export const modelOf = ({ status }: Watched): string =>
  status.printer.model ?? status.device.model ?? ''

/** 'T99+ ASK' */
const mostOfMark = 8
/** Less of a place tells nobody where to go. */
const leastOfPlace = 10
const leastOfSentence = 28
const leastOfModel = 16
/** 'printing' and four bars that can be told apart from afar. */
const roomForBars = 44

/** What is to be done there is worth more than the place; what is cut in any case takes it from nobody. */
function sentenceWidth(printers: readonly Watched[], spare: number): number {
  const lengths = printers
    .filter((each) => headingOf(each) === 'Needs somebody')
    .map((each) => toGlyphs(worstSentence(each)).length + moreOf(each).length)
  return Math.max(leastOfSentence, ...lengths.filter((each) => each <= spare))
}
