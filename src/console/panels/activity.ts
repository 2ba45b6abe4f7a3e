import type { Happening, Verdict, Watched } from '../../core/status/status.ts'
import { clockWords, dayNames } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { divider } from '../frame.ts'
import { placeOf, toneOfVerdict, wordOfVerdict } from '../need.ts'
import { cell, type Row, widest } from '../rows.ts'

type Told = Pick<Facts, 'activity' | 'now' | 'timeZone' | 'printers'>

/**
 * What changed in the fleet, newest first, under its days: time, verdict, label, place, sentence. Days are
 * lines across a frame that is three cells wider.
 */
export function activityRows(facts: Told, width: number): Row[] {
  if (facts.activity.length === 0) return nothingRows(facts, width)
  const columns = columnsFor(facts, width)
  return linesOf(facts).map((each) =>
    typeof each === 'string' ? divider(each, width + 3) : happeningRow(each, facts, columns),
  )
}

/** 'Activity yesterday': the day of the first row that is seen, where no line says it. */
export function activityTitle(facts: Told, top: number): string {
  const first = linesOf(facts)[top]
  if (first === undefined || typeof first === 'string') return 'Activity'
  const day = dayNames(facts.now, facts.timeZone)(first.at)
  return `Activity ${/^\d/.test(day) ? day : day.toLowerCase()}`
}

/** A line for each day but today: a time alone is of today. */
function linesOf({ activity, now, timeZone }: Told): (string | Happening)[] {
  const dayOf = dayNames(now, timeZone)
  let last = 'Today'
  return activity.flatMap((each) => {
    const day = dayOf(each.at)
    const lines = day === last ? [each] : [day, each]
    last = day
    return lines
  })
}

function nothingRows({ printers }: Told, width: number): Row[] {
  const next =
    printers.length === 0
      ? 'What happens to printers shows here, once there are some.'
      : 'What jams, runs out, falls silent or is well again shows here.'
  return ['Nothing has changed since platen started.', next].map((words) => [
    { text: ' ' },
    cell(words, width - 1),
  ])
}

interface Columns {
  readonly isNarrow: boolean
  readonly label: number
  readonly place: number
  readonly sentence: number
  /** By printer id; empty where there is no room for places. */
  readonly places: ReadonlyMap<string, string>
}

/** Width decides: first the place goes, then the word of the verdict is a shape. */
function columnsFor({ activity, printers }: Told, width: number): Columns {
  const isNarrow = width < 50
  const label = Math.max(
    6,
    widest(activity, (each) => each.label, isNarrow ? 14 : 24),
  )
  const spare = width - 1 - 7 - (isNarrow ? 2 : 8) - label - 2
  const sentences = widest(activity, ({ sentence }) => sentence, 44)
  const places = new Map(printers.map((each: Watched) => [each.status.printer.id, placeOf(each)]))
  const ofPlace = widest(activity, ({ printer }) => places.get(printer) ?? '', 32)
  const place = ofPlace > 0 && spare - sentences >= ofPlace + 2 ? ofPlace + 2 : 0
  return { isNarrow, label, place, sentence: Math.max(0, spare - place), places }
}

const shapes: Readonly<Record<Verdict, string>> = {
  error: '■',
  offline: '?',
  warning: '▲',
  unknown: '-',
  ok: ' ',
}

function happeningRow(each: Happening, facts: Told, columns: Columns): Row {
  const { isNarrow, label, place, sentence, places } = columns
  const tone = toneOfVerdict[each.verdict]
  return [
    { text: ' ' },
    cell(clockWords(each.at, facts.timeZone), 7),
    isNarrow
      ? { text: `${shapes[each.verdict]} `, tone }
      : cell(wordOfVerdict[each.verdict], 8, tone),
    cell(each.label, label, tone),
    { text: '  ' },
    ...(place > 0 ? [cell(places.get(each.printer) ?? '', place)] : []),
    cell(each.sentence, sentence),
  ]
}
