import { levelWords } from '../status/level-words.ts'
import type { Judgement, Status } from '../status/status.ts'
import { supplyNames } from '../status/supplies.ts'
import { lasting } from '../status/verdict.ts'
import type { PrinterThen, Ticket } from './ticket.ts'

/** What the printer says of itself now, to stay with the ticket that is opened now. */
export function printerThenOf(
  { alerts, supplies, fetchedAt }: Status,
  { verdict, reasons }: Judgement,
): PrinterThen {
  const names = supplyNames(supplies)
  return {
    verdict,
    reasons: reasons.map(({ word, sentence }) => ({ word, sentence })),
    alerts: alerts.flatMap(({ description, codeName }) => description || codeName || []),
    supplies: supplies.map((supply, at) => ({ name: names[at] ?? '', level: levelWords(supply) })),
    readAt: fetchedAt,
  }
}

/** As a sentence each: its verdict and reasons; none where nothing is known. */
export function saidThen({ printerThen }: Pick<Ticket, 'printerThen'>): string[] {
  if (!printerThen) return []
  return [printerThen.verdict, ...printerThen.reasons.map(({ sentence }) => sentence)]
}

/** '3 minutes before': how old that was when the ticket was opened; null: not known. */
export function ageThen({ printerThen, openedAt }: Pick<Ticket, 'printerThen' | 'openedAt'>) {
  if (!printerThen?.readAt) return null
  const seconds = (Date.parse(openedAt) - Date.parse(printerThen.readAt)) / 1000
  // The clock was set in between.
  return seconds < 0 ? null : `${lasting(seconds)} before`
}
