import type { Happening } from '../../core/status/status.ts'
import { momentWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { toGlyphs } from '../glyphs.ts'
import { toneOfVerdict } from '../need.ts'
import { cell, type Row } from '../rows.ts'

/** What changed in the fleet, newest first: time, label, sentence. */
export function activityRows(facts: Facts, width: number): Row[] {
  const seen = facts.activity
  if (seen.length === 0) return [[{ text: ' ' }, cell('Nothing has changed yet.', width - 1)]]
  const longest = Math.max(6, ...seen.map(({ label }) => toGlyphs(label).length))
  const label = Math.min(longest, width < 60 ? 14 : 20)
  return seen.map((each) => happeningRow(each, facts, label, width))
}

function happeningRow(each: Happening, facts: Facts, label: number, width: number): Row {
  return [
    { text: ' ' },
    cell(momentWords(each.at, facts.now, facts.timeZone), 8),
    cell(each.label, label, toneOfVerdict[each.verdict]),
    { text: '  ' },
    cell(each.sentence, Math.max(0, width - label - 12)),
  ]
}
