import type { Alarm } from './alarm.ts'
import { isAtRest } from './at-rest.ts'
import { isOnlyHandFedEmpty } from './by-hand.ts'
import { rank } from './rank.ts'
import type { Reading } from './reading.ts'
import { openCovers } from './said-words.ts'
import type { Reason, ReasonWord } from './status.ts'
import { oneLine } from './supplies.ts'

/**
 * Alarms from the bits of hrPrinterDetectedErrorState, one a word. RFC 2790 holds lowPaper, lowToner and the
 * like for warnings and the rest for a device that is down; printers that print on nevertheless (one of
 * several trays empty) say so in hrDeviceStatus.
 */
export function bitAlarms(reading: Reading): Alarm[] {
  const meanings = meaningsIn(reading)
  const atRest = isAtRest(reading)
  const idleSlots = isOnlyHandFedEmpty(reading)
  const reasons = (reading.errors?.flags ?? []).flatMap((flag): Reason[] => {
    if (flag === 'offline' && atRest) return []
    const meaning = Object.hasOwn(meanings, flag) ? meanings[flag] : undefined
    const isEmptyTray = flag === 'inputTrayEmpty' || flag === 'noPaper'
    if (!meaning || (isEmptyTray && meaning.weight === 'warning' && idleSlots)) return []
    return [meaning]
  })
  return worstOfEachWord(reasons).map((reason) => ({
    ...reason,
    ...{ source: 'bit', subject: `bit ${reason.word}`, atOnce: reason.weight === 'error' },
  }))
}

/** What stands on the printer's panel says what it means. */
export function withPanel(sentence: string, { console }: Reading): string {
  const panel = oneLine(console.join(' '))
  return panel ? `${sentence}: ${panel}` : `${sentence}; look at its panel`
}

function meaningsIn(reading: Reading): Readonly<Record<string, Reason>> {
  const goesOn = ['running', 'warning'].includes(reading.device.status?.name ?? '')
  const stops = goesOn ? 'warning' : 'error'
  const opened = openCovers(reading.covers)
    .map(({ description }) => oneLine(description))
    .filter(Boolean)
    .join(', ')
  return {
    jammed: { word: 'jam', weight: 'error', sentence: 'Paper jam' },
    doorOpen: {
      word: 'door',
      weight: 'error',
      sentence: opened ? `${opened} open` : 'Door or cover open',
    },
    noPaper: { word: 'paper', weight: stops, sentence: 'Out of paper' },
    inputTrayEmpty: { word: 'paper', weight: 'warning', sentence: 'A paper tray is empty' },
    lowPaper: { word: 'paper', weight: 'warning', sentence: 'Paper low' },
    noToner: { word: 'empty', weight: stops, sentence: 'Toner or ink empty' },
    lowToner: { word: 'low', weight: 'warning', sentence: 'Toner or ink low' },
    markerSupplyMissing: { word: 'parts', weight: stops, sentence: 'Toner, ink or drum missing' },
    inputTrayMissing: { word: 'parts', weight: 'warning', sentence: 'Paper tray missing' },
    outputTrayMissing: { word: 'parts', weight: 'warning', sentence: 'Output tray missing' },
    outputFull: { word: 'full', weight: stops, sentence: 'Output tray full' },
    outputNearFull: { word: 'full', weight: 'warning', sentence: 'Output tray nearly full' },
    offline: { word: 'alert', weight: stops, sentence: 'Switched to offline at its panel' },
    serviceRequested: {
      word: 'service',
      weight: stops,
      sentence: withPanel('Asks for service', reading),
    },
    overduePreventMaint: { word: 'service', weight: 'warning', sentence: 'Maintenance is overdue' },
  }
}

function worstOfEachWord(reasons: readonly Reason[]): Reason[] {
  const worst = new Map<ReasonWord, Reason>()
  for (const reason of reasons) {
    const held = worst.get(reason.word)
    if (!held || rank(reason) < rank(held)) worst.set(reason.word, reason)
  }
  return [...worst.values()]
}
