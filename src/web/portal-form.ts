import type { Matter, Report } from '../core/tickets/report.ts'
import { faults, wants } from '../core/tickets/ticket.ts'

// What the QR page's form sends, read. What it must hold is said in `core/tickets/report`.

export interface PortalForm {
  readonly report: Report
  /** Of this one view of the page: what is sent twice has it twice. */
  readonly form: string | null
  /** Id of the ticket that "me too" was tapped beside. */
  readonly joins: string | null
  /** Filled in by what fills in everything: no person sees the field. */
  readonly isTrapped: boolean
}

/** What can be tapped, by the value that is sent. */
export const matters: ReadonlyMap<string, Matter> = new Map<string, Matter>([
  ...faults.map(
    (fault) => [`issue-${fault}`, { kind: 'issue', fault, wants: null }] satisfies [string, Matter],
  ),
  ...wants.map(
    (wanted) =>
      [`supply-${wanted}`, { kind: 'supply', fault: null, wants: wanted }] satisfies [
        string,
        Matter,
      ],
  ),
])

export function readPortalForm(form: URLSearchParams): PortalForm {
  const text = (name: string) => form.get(name) ?? ''
  const id = text('form')
  return {
    report: {
      matter: matters.get(text('matter')) ?? null,
      words: plainWords(text('words')).trim(),
      name: oneLine(text('name')),
      email: oneLine(text('email')),
    },
    form: /^[0-9A-Z]{16}$/.test(id) ? id : null,
    joins: form.get('joins'),
    isTrapped: text('website') !== '',
  }
}

/**
 * Line feeds as a text has them (a form sends CR LF, and the browser counts one); no other control
 * characters, and none that turn the direction of what stands beside them.
 */
export function plainWords(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
}

const oneLine = (text: string) => plainWords(text).replaceAll(/\s+/g, ' ').trim()
