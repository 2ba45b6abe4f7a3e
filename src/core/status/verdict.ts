import { type Alarm, numbered } from './alarm.ts'
import { alertAlarms } from './alerts.ts'
import { isAtRest } from './at-rest.ts'
import { bitAlarms, withPanel } from './bits.ts'
import { ignoredAlarms, isOfIgnored } from './ignored.ts'
import { asKnownBetter, type KnownBetter } from './known-better.ts'
import { explainsStop, rank } from './rank.ts'
import type { Reading } from './reading.ts'
import type { Thresholds } from './rules.ts'
import type { Judgement, Reason, WatchedSupply } from './status.ts'
import { levelAlarms } from './supplies.ts'
import { trayAlarms } from './trays.ts'

/** The verdict on one reading alone, with nothing known before (mission T5). */
export function judge(reading: Reading, site: Thresholds): Judgement {
  const supplies = asKnownBetter(reading.supplies, {}, {})
  return judgementOn(alarmsIn({ reading, supplies, office: {}, site }))
}

export interface Judged {
  readonly reading: Reading
  readonly supplies: readonly WatchedSupply[]
  readonly office: KnownBetter
  readonly site: Thresholds
}

/** All that a reading gives, each thing from each source that tells it. */
export function alarmsIn(judged: Judged): readonly Alarm[] {
  const { reading, supplies } = judged
  if (tellsNothing(reading)) return [nothingTold]
  const ignored = ignoredAlarms(judged)
  const alerts = reading.alerts.filter((alert) => !isOfIgnored(alert, judged))
  return numbered([
    ...alertAlarms({ ...reading, alerts }),
    ...levelAlarms(supplies, judged),
    ...trayAlarms(reading),
    ...bitAlarms(reading).filter(
      (bit) => !isOfSupply(bit) || !ignored.some((each) => saysMore(each, bit)),
    ),
    // That it stands still is told, whatever the office thinks of its toner.
    ...deviceAlarms(reading).filter(({ weight }) => weight === 'error' || ignored.length === 0),
  ])
}

/**
 * The verdict with the reasons, worst first. Alerts and error bits come first and are not overruled by
 * levels; what another source has said better is left out.
 */
export function judgementOn(alarms: readonly Alarm[]): Judgement {
  const from = (...sources: Alarm['source'][]) =>
    alarms.filter(({ source }) => sources.includes(source))
  const alerts = from('alert')
  const told = from('alert', 'level')
  if (!told.some(({ word }) => word === 'paper')) told.push(...from('tray'))
  for (const bit of from('bit')) {
    const better = bit.word === 'service' ? alerts : told
    if (!better.some((reason) => saysMore(reason, bit))) told.push(bit)
  }
  for (const device of from('device')) if (!isExplained(device, told)) told.push(device)
  const isNothing = told.length === 0 && alarms.length > 0
  const reasons = [
    ...new Map((isNothing ? [nothingTold] : told).map((each) => [each.sentence, asReason(each)])),
  ].map(([, reason]) => reason)
  reasons.sort((a, b) => rank(a) - rank(b))
  if (isNothing) return { verdict: 'unknown', attention: false, reasons }
  const verdict = reasons[0]?.weight ?? 'ok'
  return { verdict, attention: verdict !== 'ok', reasons }
}

const asReason = ({ word, weight, sentence }: Reason): Reason => ({ word, weight, sentence })

const nothingTold: Alarm = {
  ...{ word: 'alert', weight: 'warning', sentence: 'Answers, but does not say how it is' },
  ...{ source: 'nothing', subject: 'nothing', atOnce: false },
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

const isOfSupply = ({ word }: Reason): boolean => word === 'low' || word === 'empty'

/** A bit is left out where a reason that weighs as much has said it better already. */
function saysMore(reason: Reason, bit: Reason): boolean {
  if (reason.weight === 'warning' && bit.weight === 'error') return false
  if (bit.word === 'service') return true
  return reason.word === bit.word || (bit.word === 'low' && reason.word === 'empty')
}

/** hrDeviceStatus counts where nothing else tells why. A sleeping printer may say down, or warning. */
function deviceAlarms(reading: Reading): Alarm[] {
  const name = reading.device.status?.name
  if ((name !== 'down' && name !== 'warning') || isAtRest(reading)) return []
  const [weight, says] =
    name === 'down'
      ? (['error', 'Says that it is down'] as const)
      : (['warning', 'Shows a warning'] as const)
  return [
    {
      ...{ word: 'alert', weight, sentence: withPanel(says, reading) },
      ...{ source: 'device', subject: 'device', atOnce: false },
    },
  ]
}

const isExplained = ({ weight }: Alarm, told: readonly Alarm[]): boolean =>
  weight === 'error' ? told.some(explainsStop) : told.length > 0
