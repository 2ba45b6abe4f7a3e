import { Refusal } from '../core/refusal.ts'
import type { Watched } from '../core/status/status.ts'
import { sentenceOf, toneOfVerdict } from './need.ts'
import type { Notice } from './panels/footer.ts'

// What `r` says: before, and when the answer is there.

export const askingNotice = (label: string): Notice => ({
  text: `asking ${label} ...`,
  tone: 'strong',
})

/** How a printer is, after it was asked; `undefined` when it was removed meanwhile. */
export function answerNotice(label: string, printer: Watched | undefined): Notice {
  if (!printer) return { text: `${label} is no longer in the list.`, tone: 'warn' }
  const { snmp, verdict } = printer.status
  if (snmp.ok === false)
    return { text: `${label} did not answer: ${snmp.message ?? 'no reason told'}`, tone: 'lost' }
  return {
    text: `${label} answered: ${sentenceOf(printer) || verdict}`,
    tone: toneOfVerdict[verdict],
  }
}

/** A refusal is a sentence for a person; anything else is a bug, and its text is for the log. */
export function failureNotice(label: string, error: unknown): Notice {
  const why = error instanceof Refusal ? error.message : 'something broke here, the log says what'
  return { text: `${label} was not asked: ${why}`, tone: 'bad' }
}
