import { Refusal } from '../core/refusal.ts'
import type { Watched } from '../core/status/status.ts'
import type { Deed } from './acting.ts'
import type { Names } from './facts.ts'
import { personWords } from './filed.ts'
import type { LayoutWish } from './layout.ts'
import { sentenceOf, toneOfVerdict } from './need.ts'
import type { Notice } from './panels/footer.ts'

// What the line over the keys says: before an act, and when it is done or declined.

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
  return { text: `${label} was not asked: ${whyOf(error)}`, tone: 'bad' }
}

const dones: Readonly<Record<Deed['act'], string>> = {
  take: 'taken by',
  'give back': 'given back by',
  note: 'noted by',
  resolve: 'resolved by',
  reopen: 'open again, by',
  answer: 'answered by',
}

export function deedNotice({ act, by }: Deed, name: string, names: Names): Notice {
  const who = personWords(by, names)
  const end = who.endsWith('.') ? '' : '.'
  const hint = act === 'resolve' || act === 'take' ? '; z takes it back.' : end
  return { text: `${name}: ${dones[act]} ${who}${hint}`, tone: 'good' }
}

export const declinedNotice = (error: unknown, name: string): Notice => ({
  text: `${name}: ${whyOf(error)}`,
  tone: 'bad',
})

export const layoutNotice = (wish: LayoutWish): Notice => ({
  text: wish === 'auto' ? 'Laid out by the size of the screen.' : `Laid out as on ${wish}.`,
  tone: 'strong',
})

const whyOf = (error: unknown): string =>
  error instanceof Refusal ? error.message : 'something broke here, the log says what'
