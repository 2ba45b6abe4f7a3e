import { capital } from '../capital.ts'
import type { Alarm } from './alarm.ts'
import { isHarmless, type Meaning, meaningOf } from './alert-meanings.ts'
import { isRestful } from './at-rest.ts'
import { isFedByHand, isHandTray, trayName } from './by-hand.ts'
import type { Alert, Reading } from './reading.ts'
import { nameAmong, oneLine } from './supplies.ts'

/**
 * Alarms from the alert table: critical rows are errors, warnings warnings. What sleeps, warms up or is
 * ready is no fault; a row with neither code nor text says nothing.
 */
export function alertAlarms(reading: Reading): Alarm[] {
  return reading.alerts.flatMap((alert): Alarm[] => {
    const code = alert.codeName ?? ''
    const text = oneLine(alert.description)
    const meaning = meaningOf(code)
    const weight = weightOf(alert, meaning)
    if (!weight || isHarmless(code, weight) || isRestful(text) || (!meaning && !text)) return []
    if (meaning?.word === 'paper' && isIdleSlot(alert, weight, reading)) return []
    return [
      {
        ...{ word: meaning?.word ?? 'alert', weight },
        sentence: sentenceOf(meaning?.sentence, text || nameOf(alert, reading)),
        ...{ source: 'alert', subject: subjectOf(alert, text), atOnce: weight === 'error' },
      },
    ]
  })
}

/** A jam is one whatever its severity; where none is told, or other(1), a code that we know is a warning. */
function weightOf({ severity }: Alert, meaning: Meaning | undefined): Alarm['weight'] | null {
  if (severity === 'critical' || meaning?.word === 'jam') return 'error'
  if (severity === 'warning' || severity === 'warningBinaryChangeEvent') return 'warning'
  return meaning ? 'warning' : null
}

/** A slot for a sheet by hand is empty by nature, unless the printer stands still and waits for that sheet. */
function isIdleSlot(alert: Alert, weight: Alarm['weight'], reading: Reading): boolean {
  const tray = trayOf(alert, reading)
  const isSlot = tray ? isHandTray(tray, reading.trays) : isFedByHand(oneLine(alert.description))
  return isSlot && !(weight === 'error' && reading.device.status?.name === 'down')
}

/** Where the row has no text its group and index name the part: RFC 3805, prtAlertGroupIndex. */
function nameOf(alert: Alert, reading: Reading): string {
  const tray = trayOf(alert, reading)
  if (tray) return trayName(tray)
  const supply = supplyOf(alert, reading)
  return supply ? nameAmong(supply, reading.supplies) : ''
}

export const supplyOf = ({ group, groupIndex }: Alert, { supplies }: Reading) =>
  group === 'markerSupplies' ? rowAt(supplies, groupIndex) : undefined

const trayOf = ({ group, groupIndex }: Alert, { trays }: Reading) =>
  group === 'input' ? rowAt(trays, groupIndex) : undefined

/** '1.3' is the third row of the first device. */
function rowAt<Row extends { readonly index: string }>(
  rows: readonly Row[],
  index: number | null,
): Row | undefined {
  return rows.find((row) => row.index.split('.').at(-1) === String(index))
}

/**
 * By code and place, for the row's own index is new with each event. Where the code says nothing the text
 * does, without its numbers: '412 pages left' is '411 pages left' in the next reading.
 */
function subjectOf({ code, codeName, group, groupIndex, location }: Alert, text: string): string {
  const what = codeName && codeName !== 'other' && codeName !== 'unknown' ? codeName : wordsOf(text)
  return ['alert', what, what ? '' : code, group, groupIndex, location].join(' ')
}

const wordsOf = (text: string): string => text.slice(0, 100).replaceAll(/\d+/g, '#')

/** The printer's words behind ours, unless they say the same: 'Paper jam: open door B'. */
function sentenceOf(ours: string | undefined, theirs: string): string {
  if (!ours || theirs.toLowerCase().includes(ours.toLowerCase())) return capital(theirs)
  return theirs ? `${ours}: ${theirs}` : ours
}
