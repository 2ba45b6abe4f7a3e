import type { Verdict, Watched } from '../core/status/status.ts'
import { rank } from '../core/status/verdict.ts'
import { toLetters } from './glyphs.ts'
import type { Tone } from './rows.ts'

// Who needs somebody first, under which heading, and in which one word.

export const headings = ['Needs somebody', 'Soon', 'Not read yet', 'All well'] as const
export type Heading = (typeof headings)[number]

const order: Readonly<Record<Verdict, number>> = {
  error: 0,
  offline: 1,
  warning: 2,
  unknown: 3,
  ok: 4,
}

const headingOfVerdict: Readonly<Record<Verdict, Heading>> = {
  error: 'Needs somebody',
  offline: 'Needs somebody',
  warning: 'Soon',
  unknown: 'Not read yet',
  ok: 'All well',
}

export const toneOfVerdict: Readonly<Record<Verdict, Tone>> = {
  error: 'bad',
  offline: 'lost',
  warning: 'warn',
  unknown: 'plain',
  ok: 'good',
}

const wordOfVerdict: Readonly<Record<Verdict, string>> = {
  error: 'ERROR',
  offline: 'SILENT',
  warning: 'WARN',
  unknown: '----',
  ok: 'ok',
}

const collator = new Intl.Collator('en', { numeric: true })

/** Worst first: the verdict, the worst reason; then by label as a person counts: LIB-2 before LIB-10. */
export function byNeed(printers: readonly Watched[]): Watched[] {
  return [...printers].sort(
    (a, b) =>
      order[a.status.verdict] - order[b.status.verdict] ||
      worstOf(a) - worstOf(b) ||
      collator.compare(a.status.printer.label, b.status.printer.label) ||
      (a.status.printer.id < b.status.printer.id ? -1 : 1),
  )
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
export function sentenceOf({ status, reasons }: Watched): string {
  const worst = reasons[0]
  if (worst) return reasons.length > 1 ? `${worst.sentence} +${reasons.length - 1}` : worst.sentence
  if (status.verdict === 'ok') return status.status?.name ?? ''
  if (!status.printer.isActive) return 'not watched'
  return status.snmp.message ?? (status.fetchedAt === null ? 'nothing heard yet' : '')
}

export function placeOf({ status: { printer } }: Watched): string {
  return [printer.building, printer.location].filter(Boolean).join(' ')
}

/** Every word of the filter stands in label, place, model, address, word or reasons. */
export function matching(printers: readonly Watched[], filter: string): readonly Watched[] {
  const words = toLetters(filter).split(' ').filter(Boolean)
  if (words.length === 0) return printers
  return printers.filter((each) => {
    const { printer, device } = each.status
    const text = toLetters(
      [
        wordOf(each),
        printer.label,
        placeOf(each),
        printer.model ?? device.model ?? '',
        printer.ipAddress,
        ...each.reasons.map((reason) => `${reason.word} ${reason.sentence}`),
      ].join(' '),
    )
    return words.every((word) => text.includes(word))
  })
}
