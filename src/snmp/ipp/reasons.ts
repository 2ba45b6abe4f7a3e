import type { Reading } from '../../core/status/reading.ts'
import { errorFlags } from '../mibs/error-state.ts'

// printer-state-reasons (RFC 8011, 5.4.12; PWG 5100.9) -> the names of hrPrinterDetectedErrorState.
// ['media-jam-error'] -> jammed; ['media-empty-warning'] -> inputTrayEmpty; ['none'] -> none.

type Flag = (typeof errorFlags)[number]

/** RFC 8011, 5.4.11. */
const stopped = 5

/**
 * `state`: printer-state. No attribute, no word: null. A report may be about anything and needs nobody (RFC 8011, 5.4.12): it gives no
 * flag. A stopped printer needs a person ("intervention is required"), also where its reasons say nothing
 * that has a flag.
 */
export function readReasons(
  reasons: readonly (string | null)[],
  state: number | null,
): Reading['errors'] {
  if (reasons.length === 0) return null
  const flags = new Set<Flag>()
  for (const reason of reasons) {
    const flag = reason === null ? null : flagOf(reason)
    if (flag !== null) flags.add(flag)
  }
  if (flags.size === 0 && state === stopped) flags.add('serviceRequested')
  return { raw: '', flags: errorFlags.filter((flag) => flags.has(flag)) }
}

/** A reason without a suffix is an error; a report keeps its suffix and is none of these words. */
function flagOf(reason: string): Flag | null {
  const cut = reason.lastIndexOf('-')
  const suffix = reason.slice(cut + 1)
  const hasSuffix = suffix === 'warning' || suffix === 'error'
  const keyword = hasSuffix ? reason.slice(0, cut) : reason
  // Of several trays one is empty: a warning says that the printer goes on.
  if (suffix === 'warning' && outOfPaper.includes(keyword)) return 'inputTrayEmpty'
  return keywords.get(keyword) ?? byEnding.find(([ending]) => keyword.endsWith(ending))?.[1] ?? null
}

const outOfPaper = ['media-needed', 'media-empty']

const keywords: ReadonlyMap<string, Flag> = new Map([
  ['media-needed', 'noPaper'],
  ['media-empty', 'noPaper'],
  ['media-low', 'lowPaper'],
  ['toner-low', 'lowToner'],
  ['marker-supply-low', 'lowToner'],
  ['marker-toner-almost-empty', 'lowToner'],
  ['marker-ink-almost-empty', 'lowToner'],
  ['toner-empty', 'noToner'],
  ['marker-supply-empty', 'noToner'],
  ['marker-toner-empty', 'noToner'],
  ['marker-ink-empty', 'noToner'],
  ['marker-supply-missing', 'markerSupplyMissing'],
  ['marker-toner-cartridge-missing', 'markerSupplyMissing'],
  ['input-tray-missing', 'inputTrayMissing'],
  ['output-tray-missing', 'outputTrayMissing'],
  ['output-area-almost-full', 'outputNearFull'],
  ['output-area-full', 'outputFull'],
  ['paused', 'offline'],
])

/** Of the printer, and of its parts since PWG 5100.9: `input-cover-open`, `media-path-jam`. */
const byEnding: readonly (readonly [string, Flag])[] = [
  ['door-open', 'doorOpen'],
  ['cover-open', 'doorOpen'],
  ['interlock-open', 'doorOpen'],
  ['-jam', 'jammed'],
]
