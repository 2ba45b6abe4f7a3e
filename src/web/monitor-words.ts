import type { Judgement, ReasonWord } from '../core/status/status.ts'

// How a printer is, in the words that monitors know from PaperCut's health addresses; LOW_TONER and
// WARNING are beside them, for a printer that prints on.

export const monitorWords = [
  'OK',
  'PAPER_JAM',
  'PAPER_OUT',
  'PAPER_PROBLEM',
  'NO_TONER',
  'LOW_TONER',
  'DOOR_OPEN',
  'OUTPUT_BIN_FULL',
  'USER_INTERVENTION',
  'OFFLINE',
  'ERROR',
  'WARNING',
  'UNKNOWN',
] as const
export type MonitorWord = (typeof monitorWords)[number]

const stopped: Readonly<Record<ReasonWord, MonitorWord>> = {
  jam: 'PAPER_JAM',
  door: 'DOOR_OPEN',
  empty: 'NO_TONER',
  paper: 'PAPER_OUT',
  full: 'OUTPUT_BIN_FULL',
  waste: 'USER_INTERVENTION',
  parts: 'USER_INTERVENTION',
  service: 'ERROR',
  alert: 'ERROR',
  low: 'LOW_TONER',
  silent: 'OFFLINE',
}

/** Of what it prints on with. */
const goesOn: Readonly<Partial<Record<ReasonWord, MonitorWord>>> = {
  low: 'LOW_TONER',
  empty: 'NO_TONER',
  paper: 'PAPER_PROBLEM',
}

export function monitorWordOf({ verdict, reasons: [worst] }: Judgement): MonitorWord {
  switch (verdict) {
    case 'ok':
      return 'OK'
    case 'unknown':
      return 'UNKNOWN'
    case 'offline':
      return 'OFFLINE'
    case 'error':
      return worst ? stopped[worst.word] : 'ERROR'
    case 'warning':
      return (worst && goesOn[worst.word]) ?? 'WARNING'
  }
}

export const fails = ({ verdict }: Pick<Judgement, 'verdict'>): boolean =>
  verdict === 'error' || verdict === 'offline'
