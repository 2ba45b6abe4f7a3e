import type { ReasonWord } from './status.ts'

/** What an alert code (PrtAlertCodeTC, RFC 3805 section 6) means to the one who goes there. */
export interface Meaning {
  readonly word: ReasonWord
  readonly sentence: string
}

/** A finisher's jam and a scanner's are jams too: staplerJam, mediaPathJam. */
export function meaningOf(codeName: string): Meaning | undefined {
  if (Object.hasOwn(meanings, codeName)) return meanings[codeName]
  return bySuffix.find(([suffix]) => codeName.endsWith(suffix))?.[1]
}

/** Whether the code tells of no fault, as weighed. */
export function isHarmless(codeName: string, weight: 'error' | 'warning' | null): boolean {
  return harmless.has(codeName) || (harmlessUnlessCritical.has(codeName) && weight !== 'error')
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

/** Codes that IANA-PRINTER-MIB and the finishers' MIB (RFC 3806) build alike; the first that fits. */
const bySuffix: readonly (readonly [string, Meaning])[] = [
  ['Jam', { word: 'jam', sentence: 'Paper jam' }],
  ['FeedError', { word: 'jam', sentence: 'Paper was not fed' }],
  ['ReceptacleMissing', { word: 'waste', sentence: 'Waste box missing' }],
  ['Missing', { word: 'parts', sentence: 'A part is missing' }],
  ['LifeAlmostOver', { word: 'low', sentence: 'A part is nearly worn out' }],
  ['LifeWarn', { word: 'low', sentence: 'A part is nearly worn out' }],
  ['LifeOver', { word: 'parts', sentence: 'A part is worn out' }],
  ['AlmostEmpty', { word: 'low', sentence: 'Nearly empty' }],
  ['Empty', { word: 'empty', sentence: 'Empty' }],
  ['AlmostFull', { word: 'full', sentence: 'Nearly full' }],
  ['Full', { word: 'full', sentence: 'Full' }],
  ['OverTemperature', { word: 'service', sentence: 'A part is too hot' }],
  ['UnderTemperature', { word: 'service', sentence: 'A part is too cold' }],
  ['Failure', { word: 'service', sentence: 'A part has failed' }],
  ['StorageError', { word: 'service', sentence: 'Its storage has failed' }],
  ['MemoryExhausted', { word: 'service', sentence: 'Its memory is full' }],
  ['InputRequest', { word: 'paper', sentence: 'Asks for paper' }],
]
