import { asCounted } from '../as-counted.ts'
import { rank } from './rank.ts'
import { type Verdict, verdicts, type Watched } from './status.ts'

// Who needs somebody first, under which heading, and in which one word: the console's list and the
// pages' are the same.

export const headings = ['Needs somebody', 'Soon', 'Nothing known', 'All well'] as const
export type Heading = (typeof headings)[number]

const headingOfVerdict: Readonly<Record<Verdict, Heading>> = {
  error: 'Needs somebody',
  offline: 'Needs somebody',
  warning: 'Soon',
  unknown: 'Nothing known',
  ok: 'All well',
}

export const wordOfVerdict: Readonly<Record<Verdict, string>> = {
  error: 'ERROR',
  offline: 'SILENT',
  warning: 'WARN',
  unknown: '----',
  ok: 'ok',
}

/** Worst first: the verdict, the worst reason; then by label as a person counts: LIB-2 before LIB-10. */
export function byNeed(printers: readonly Watched[]): Watched[] {
  return [...printers].sort(
    (a, b) =>
      verdicts.indexOf(a.status.verdict) - verdicts.indexOf(b.status.verdict) ||
      worstOf(a) - worstOf(b) ||
      asCounted(a.status.printer.label, b.status.printer.label) ||
      (a.status.printer.id < b.status.printer.id ? -1 : 1),
  )
}

/** By building, in each as they stood; where none is written, last. */
export function byBuilding(printers: readonly Watched[]): Watched[] {
  const buildingOf = ({ status }: Watched): string => status.printer.building ?? '\uFFFF'
  return [...printers].sort((a, b) => asCounted(buildingOf(a), buildingOf(b)))
}

function worstOf({ reasons: [worst] }: Watched): number {
  return worst ? rank(worst) : 0
}

export const headingOf = (printer: Watched): Heading => headingOfVerdict[printer.status.verdict]

/** The worst reason in capitals, `ok`, or `----` for a printer that nothing is known of. */
export function wordOf({ status, reasons }: Watched): string {
  const worst = reasons[0]
  const judged = status.verdict !== 'ok' && status.verdict !== 'unknown'
  return worst && judged ? worst.word.toUpperCase() : wordOfVerdict[status.verdict]
}

/** What to do there, or how it is. */
export const sentenceOf = (printer: Watched): string => worstSentence(printer) + moreOf(printer)

/** ' +2' further reasons, or nothing. */
export const moreOf = ({ reasons }: Watched): string =>
  reasons.length > 1 ? ` +${reasons.length - 1}` : ''

export function worstSentence({ status, reasons }: Watched): string {
  const worst = reasons[0]
  if (worst) return worst.sentence
  if (status.verdict === 'ok') return isAsleep(status) ? 'asleep' : (status.status?.name ?? '')
  if (!status.printer.isActive) return 'not watched'
  return status.snmp.message ?? (status.fetchedAt === null ? 'nothing heard yet' : '')
}

/** The printer says so itself. */
export function isAsleep({ alerts }: Watched['status']): boolean {
  return alerts.some(({ codeName }) => codeName === 'subunitPowerSaver')
}

/** RFC 3805's names as words: inputMediaSupplyEmpty -> 'input media supply empty'. */
export const apart = (name: string): string =>
  name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()

export function placeOf({ status: { printer } }: Watched): string {
  return [printer.building, printer.location].filter(Boolean).join(' ')
}

/** What a filter looks through. */
export function searchText(each: Watched): string {
  const { printer, device } = each.status
  return [
    wordOf(each),
    printer.label,
    placeOf(each),
    printer.make ?? '',
    printer.model ?? device.model ?? '',
    printer.ipAddress,
    printer.group?.name ?? '',
    printer.assetTag ?? '',
    printer.serial ?? '',
    ...each.reasons.map((reason) => `${reason.word} ${reason.sentence}`),
  ].join(' ')
}
