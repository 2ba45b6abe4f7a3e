import type { Alert } from './reading.ts'
import type { Reason, ReasonWord } from './status.ts'
import { capital, oneLine } from './supplies.ts'

/** What an alert code (PrtAlertCodeTC, RFC 3805 section 6) means to the one who goes there. */
interface Meaning {
  readonly word: ReasonWord
  readonly sentence: string
}

/** Codes that tell of no fault, whatever severity a printer gives them. */
const harmless = new Set([
  'coverClosed',
  'interlockClosed',
  'configurationChange',
  'subunitClosed',
  'subunitTurnedOn',
  'subunitPowerSaver',
  'subunitWarmingUp',
  'subunitAdded',
  'subunitResourceAdded',
  'subunitResourceRemoved',
  'doorClosed',
  'powerUp',
  'powerDown',
  'printerNMSReset',
  'printerManualReset',
  'printerReadyToPrint',
  'inputMediaSizeChange',
  'inputMediaWeightChange',
  'inputMediaTypeChange',
  'inputMediaColorChange',
  'inputMediaFormPartsChange',
  'markerAdjustingPrintQuality',
])

/** Harmless too, unless the printer stops for it. */
const harmlessUnlessCritical = new Set(['subunitRemoved', 'subunitTurnedOff'])

const rest = [
  ...[
    'ready',
    'bereit',
    'prêt',
    'listo',
    'pronto',
    'gereed',
    'klar',
    'idle',
    'online',
    'normal',
    'ok',
  ],
  ...[
    'sleep',
    'sleeping',
    'sleepmode',
    'standby',
    'energiesparmodus',
    'ruhezustand',
    'veille',
    'power saver?',
  ],
  ...['power save', 'powersave', 'energy sav(?:er|ing)', 'warming up', 'aufwärmen', 'cooling down'],
  ...['processing', 'printing', 'please wait', 'deleted'],
]
const about = [
  'printer',
  'is',
  'to',
  'print',
  'copy',
  'scan',
  'mode',
  'on',
  'deep',
  'active',
  'aktiv',
  'engine',
]
const restful = new RegExp(
  `^(?:(?:${about.join('|')})\\s+)*(?:${rest.join('|')})(?:[\\s.…!]+(?:${about.join('|')})\\b)*[\\s.…!]*$`,
  'i',
)

/** States that some printers show or write into the alert table, and that are no fault: 'Sleep mode on'. */
export const isRestful = (text: string): boolean => restful.test(text)

const fedByHand = /manual|bypass|multi|\bmp\b|mptray|envelope|auto ?select|einzel|handein|manuel/i

/** Slots that are empty by nature. */
export const isFedByHand = (name: string): boolean => fedByHand.test(name)

const meanings: Readonly<Record<string, Meaning>> = {
  jam: { word: 'jam', sentence: 'Paper jam' },
  subunitRemoved: { word: 'parts', sentence: 'A part was removed' },
  subunitTurnedOff: { word: 'service', sentence: 'A part was switched off' },
  coverOpen: { word: 'door', sentence: 'Cover open' },
  doorOpen: { word: 'door', sentence: 'Door open' },
  interlockOpen: { word: 'door', sentence: 'Cover not closed' },
  subunitOpened: { word: 'door', sentence: 'Something is open' },
  subunitMissing: { word: 'parts', sentence: 'A part is missing' },
  inputMediaTrayMissing: { word: 'parts', sentence: 'Paper tray missing' },
  outputMediaTrayMissing: { word: 'parts', sentence: 'Output tray missing' },
  mediaPathMediaTrayMissing: { word: 'parts', sentence: 'Tray of the paper path missing' },
  markerTonerCartridgeMissing: { word: 'parts', sentence: 'Toner cartridge missing' },
  subunitLifeAlmostOver: { word: 'low', sentence: 'A part is nearly worn out' },
  subunitLifeOver: { word: 'parts', sentence: 'A part is worn out' },
  markerOpcLifeAlmostOver: { word: 'low', sentence: 'Drum nearly worn out' },
  markerOpcLifeOver: { word: 'parts', sentence: 'Drum worn out' },
  subunitAlmostEmpty: { word: 'low', sentence: 'Nearly empty' },
  subunitEmpty: { word: 'empty', sentence: 'Empty' },
  markerTonerAlmostEmpty: { word: 'low', sentence: 'Toner low' },
  markerInkAlmostEmpty: { word: 'low', sentence: 'Ink low' },
  markerPrintRibbonAlmostEmpty: { word: 'low', sentence: 'Ribbon low' },
  markerDeveloperAlmostEmpty: { word: 'low', sentence: 'Developer low' },
  markerTonerEmpty: { word: 'empty', sentence: 'Toner empty' },
  markerInkEmpty: { word: 'empty', sentence: 'Ink empty' },
  markerPrintRibbonEmpty: { word: 'empty', sentence: 'Ribbon empty' },
  markerDeveloperEmpty: { word: 'empty', sentence: 'Developer empty' },
  inputMediaSupplyLow: { word: 'paper', sentence: 'Paper low' },
  inputMediaSupplyEmpty: { word: 'paper', sentence: 'Out of paper' },
  inputMediaChangeRequest: { word: 'paper', sentence: 'Asks for other paper' },
  inputManualInputRequest: { word: 'paper', sentence: 'Waits for paper in the manual feed' },
  inputCannotFeedSizeSelected: { word: 'paper', sentence: 'Has no paper of the size asked for' },
  subunitAlmostFull: { word: 'full', sentence: 'Nearly full' },
  subunitFull: { word: 'full', sentence: 'Full' },
  outputMediaTrayAlmostFull: { word: 'full', sentence: 'Output tray nearly full' },
  outputMediaTrayFull: { word: 'full', sentence: 'Output tray full' },
  mediaPathMediaTrayAlmostFull: { word: 'full', sentence: 'Tray of the paper path nearly full' },
  mediaPathMediaTrayFull: { word: 'full', sentence: 'Tray of the paper path full' },
  markerWasteTonerReceptacleAlmostFull: { word: 'waste', sentence: 'Waste box nearly full' },
  markerWasteInkReceptacleAlmostFull: { word: 'waste', sentence: 'Waste box nearly full' },
  markerWasteTonerReceptacleFull: { word: 'waste', sentence: 'Waste box full' },
  markerWasteInkReceptacleFull: { word: 'waste', sentence: 'Waste box full' },
}

/**
 * Reasons from the alert table: critical rows are errors, warnings warnings. What sleeps, warms up
 * or is ready is no fault; a row with neither code nor text says nothing.
 */
export function alertReasons(alerts: readonly Alert[]): Reason[] {
  return alerts.flatMap((alert): Reason[] => {
    const code = alert.codeName ?? ''
    const text = oneLine(alert.description)
    const meaning = meaningOf(code)
    const weight = weightOf(alert, meaning)
    const isHarmless =
      harmless.has(code) ||
      (harmlessUnlessCritical.has(code) && weight !== 'error') ||
      isRestful(text)
    if (!weight || isHarmless || (!meaning && !text)) return []
    if (meaning?.word === 'paper' && isFedByHand(text)) return []
    return [
      { word: meaning?.word ?? 'alert', weight, sentence: sentenceOf(meaning?.sentence, text) },
    ]
  })
}

/** A finisher's jam and a scanner's are jams too: staplerJam, mediaPathJam. */
function meaningOf(codeName: string): Meaning | undefined {
  return meanings[codeName] ?? (codeName.endsWith('Jam') ? meanings.jam : undefined)
}

/** A jam is one whatever its severity; where none is told, a code that we know is a warning. */
function weightOf({ severity }: Alert, meaning: Meaning | undefined): Reason['weight'] | null {
  if (severity === 'critical' || meaning?.word === 'jam') return 'error'
  if (severity === 'warning' || severity === 'warningBinaryChangeEvent') return 'warning'
  return severity === null && meaning ? 'warning' : null
}

/** The printer's words behind ours, unless they say the same: 'Paper jam: open door B'. */
function sentenceOf(ours: string | undefined, theirs: string): string {
  if (!ours || theirs.toLowerCase().includes(ours.toLowerCase())) return capital(theirs)
  return theirs ? `${ours}: ${theirs}` : ours
}
