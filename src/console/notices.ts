import { Refusal } from '../core/refusal.ts'
import type { Watched } from '../core/status/status.ts'
import type { Deed, Undo } from './acting.ts'
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

const dones: Readonly<Record<Exclude<Deed['act'], 'give back'>, string>> = {
  take: 'taken by',
  note: 'noted by',
  resolve: 'resolved by',
  reopen: 'open again, by',
  answer: 'answered by',
}
const thens: Readonly<Partial<Record<Deed['act'], string>>> = {
  take: '; z takes it back.',
  resolve: '; z takes it back.',
  reopen: '; z takes it back.',
  note: '; a note stays.',
}
/** How it is after what was done is taken back. */
const undones: Readonly<Record<Undo['act'], string>> = {
  'give back': 'nobody has it',
  reopen: 'open again',
  resolve: 'resolved again',
}

export function deedNotice(deed: Deed, name: string, names: Names): Notice {
  const who = personWords(deed.by, names)
  const end = who.endsWith('.') ? '' : '.'
  const text =
    'left' in deed
      ? `undone by ${who}, ${undones[deed.act]}.`
      : `${dones[deed.act]} ${who}${thens[deed.act] ?? end}`
  return { text: `${name}: ${text}`, tone: 'good' }
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
