import { alertReasons, isFedByHand, isRestful } from './alerts.ts'
import type { Reading, Tray } from './reading.ts'
import type { StatusRules } from './rules.ts'
import type { Judgement, Reason, ReasonWord } from './status.ts'
import { oneLine, supplyReasons } from './supplies.ts'

/**
 * The verdict on what a printer answered, with the reasons, worst first (mission T5). Alerts and
 * error bits come first and are not overruled by levels; thresholds come from the settings.
 */
export function judge(reading: Reading, rules: StatusRules): Judgement {
  if (tellsNothing(reading)) return { verdict: 'unknown', attention: false, reasons: [nothingTold] }
  const alerts = alertReasons(reading.alerts)
  const told = [...alerts, ...supplyReasons(reading.supplies, rules)]
  if (!told.some(({ word }) => word === 'paper')) told.push(...trayReasons(reading))
  for (const bit of bitReasons(reading)) {
    const better = bit.word === 'service' ? alerts : told
    if (!better.some((reason) => saysMore(reason, bit))) told.push(bit)
  }
  told.push(...deviceReasons(reading, told))
  const reasons = [...new Map(told.map((reason) => [reason.sentence, reason])).values()]
  reasons.sort((a, b) => rank(a) - rank(b))
  const verdict = reasons[0]?.weight ?? 'ok'
  return { verdict, attention: verdict !== 'ok', reasons }
}

const nothingTold: Reason = {
  word: 'alert',
  weight: 'warning',
  sentence: 'Answers, but tells nothing of itself',
}

/** A switch answers SNMP too; so does a printer whose Printer-MIB is switched off. */
function tellsNothing({ device, status, errors, alerts, supplies, trays }: Reading): boolean {
  const tables = [alerts, supplies, trays]
  return !device.status && !status && !errors && tables.every((table) => table.length === 0)
}

/** Of a printer that does not answer: 'No answer for 12 minutes', counted from `lastReading`. */
export function silent(lastReading: Reading | null, seconds: number): Judgement {
  const sentence = lastReading
    ? `No answer for ${lasting(seconds)}`
    : 'Never answered; check its address and its SNMP'
  return {
    verdict: 'offline',
    attention: true,
    reasons: [{ word: 'silent', weight: 'error', sentence }],
  }
}

/** 40 -> 'less than a minute', 720 -> '12 minutes', 90000 -> '25 hours'. */
export function lasting(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const [many, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 2880
        ? [minutes / 60, 'hour']
        : [minutes / 1440, 'day']
  if (minutes < 1) return 'less than a minute'
  return `${Math.floor(many)} ${unit}${many === 1 ? '' : 's'}`
}

/** A bit is left out where a reason that weighs as much has said it better already. */
function saysMore(reason: Reason, bit: Reason): boolean {
  if (reason.weight === 'warning' && bit.weight === 'error') return false
  if (bit.word === 'service') return true
  return reason.word === bit.word || (bit.word === 'low' && reason.word === 'empty')
}

const order: readonly ReasonWord[] = [
  'jam',
  'door',
  'empty',
  'paper',
  'full',
  'waste',
  'parts',
  'service',
  'alert',
  'low',
  'silent',
]

/** Lower is worse: what stops the printer before what it can print on with. */
export function rank({ weight, word }: Reason): number {
  return (weight === 'error' ? 0 : order.length) + order.indexOf(word)
}

/**
 * Bits of hrPrinterDetectedErrorState. RFC 2790 holds lowPaper, lowToner and the like for warnings
 * and the rest for a device that is down; printers that print on nevertheless (one of several trays
 * empty) say so in hrDeviceStatus.
 */
function bitReasons(reading: Reading): Reason[] {
  const goesOn = ['running', 'warning'].includes(reading.device.status?.name ?? '')
  const stops = goesOn ? 'warning' : 'error'
  const open = reading.covers
    .filter(({ status }) => status?.endsWith('Open'))
    .map((c) => oneLine(c.description))
  const opened = open.filter(Boolean).join(', ')
  const meanings: Readonly<Record<string, Reason>> = {
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
  const flags = (reading.errors?.flags ?? []).filter(
    (flag) => flag !== 'offline' || !isAtRest(reading),
  )
  return worstOfEachWord(flags.flatMap((flag) => meanings[flag] ?? []))
}

function worstOfEachWord(reasons: readonly Reason[]): Reason[] {
  const worst = new Map<ReasonWord, Reason>()
  for (const reason of reasons) {
    const held = worst.get(reason.word)
    if (!held || rank(reason) < rank(held)) worst.set(reason.word, reason)
  }
  return [...worst.values()]
}

/**
 * An empty tray counts where the printer itself is not at ease: idle manual feeds read 0 for ever,
 * and Ricoh sends no error bit for an empty tray but a hrDeviceStatus of warning.
 */
function trayReasons({ device, trays }: Reading): Reason[] {
  if (!['warning', 'down'].includes(device.status?.name ?? '')) return []
  const largest = Math.max(0, ...trays.map(({ maxCapacity }) => maxCapacity ?? 0))
  return trays
    .filter(({ level, maxCapacity }) => level === 0 && (maxCapacity ?? 0) > 1)
    .filter((tray) => !isFedByHand(trayName(tray)) && !looksLikeBypass(tray, largest))
    .map((tray) => ({ word: 'paper', weight: 'warning', sentence: `${trayName(tray)} is empty` }))
}

/** A small slot without a name beside large ones is the one for a sheet by hand. */
function looksLikeBypass({ name, description, maxCapacity }: Tray, largest: number): boolean {
  return !name && !description && (maxCapacity ?? 0) * 2 <= largest
}

function trayName(tray: Tray): string {
  return oneLine(tray.name) || oneLine(tray.description) || `Tray ${tray.index.split('.').at(-1)}`
}

/** What stops a printer stands before `alert`. A low toner does not explain why a device is down. */
const stopping = order.slice(0, order.indexOf('alert'))

/** hrDeviceStatus, where nothing else tells why. A sleeping printer may say down, or warning. */
function deviceReasons(reading: Reading, told: readonly Reason[]): Reason[] {
  const name = reading.device.status?.name
  if (isAtRest(reading)) return []
  const explained = told.some(({ word, weight }) => weight === 'error' && stopping.includes(word))
  if (name === 'down' && !explained)
    return [
      { word: 'alert', weight: 'error', sentence: withPanel('Says that it is down', reading) },
    ]
  if (name !== 'warning' || told.length > 0) return []
  return [{ word: 'alert', weight: 'warning', sentence: withPanel('Shows a warning', reading) }]
}

function isAtRest({ alerts, console }: Reading): boolean {
  const asleep = alerts.some(({ codeName }) =>
    ['subunitPowerSaver', 'subunitWarmingUp'].includes(codeName ?? ''),
  )
  return asleep || isRestful(oneLine(console.join(' ')))
}

/** What stands on the printer's panel says what it means. */
function withPanel(sentence: string, { console }: Reading): string {
  const panel = oneLine(console.join(' '))
  return panel ? `${sentence}: ${panel}` : `${sentence}; look at its panel`
}
