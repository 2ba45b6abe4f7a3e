import { type Html, html } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import type { Asked, Report, ReportMistakes, ReportRules } from '../../core/tickets/report.ts'
import { inWords, mostWords } from '../../core/tickets/ticket.ts'
import type { KnownTrouble } from '../known-trouble.ts'
import { matters } from '../portal-form.ts'
import { knownTrouble } from './known-trouble.ts'
import { layout } from './layout.ts'
import { placeOf } from './place.ts'

// The page behind the QR code: for a thumb and a screen reader, on a bad network. Each byte counts.

export interface PortalView {
  readonly printer: Printer
  readonly rules: ReportRules
  /** null: the site tells nothing of it. */
  readonly known: KnownTrouble | null
  readonly now: Date
  /** Random, of this one view. */
  readonly form: string
  /** What was typed before, where it was not kept. */
  readonly sent: Report | null
  /** Why it was not kept. */
  readonly trouble: string | null
  readonly mistakes: ReportMistakes
}

export function portalPage(view: PortalView): Html {
  const { printer, known, sent, trouble, mistakes, form, rules } = view
  return layout({
    title: printer.label,
    body: html`
<p class="place">${placeOf(printer)}</p>
${trouble && html`<p class="notice bad" role="alert">${trouble}</p>`}
${known && knownTrouble(view, known)}
<form method="post" action="/p/${encodeURIComponent(printer.token)}">
${choice('issue', 'What is wrong?', view)}
${choice('supply', 'Or what is needed?', view)}
<label for="words">In your words, if you like</label>
<textarea id="words" name="words" rows="3" maxlength="${mostWords}"${wrong('words', mistakes)}>
${sent?.words ?? ''}</textarea>
${mistake('words', mistakes)}
${field('name', 'Your name', rules.name, view)}
${field('email', 'Your e-mail, to be told when it is done', rules.email, view)}
<div class="away" aria-hidden="true"><label for="website">Leave this empty</label>
<input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="form" value="${form}">
<button>Send</button>
</form>`,
  })
}

/** One that is required is all of them. */
const [firstTap] = matters.keys()

function choice(kind: 'issue' | 'supply', legend: string, view: PortalView): Html {
  const { sent } = view
  const mistakes = kind === 'issue' ? view.mistakes : {}
  const taps = [...matters].flatMap(([value, matter]) => {
    if (matter.kind !== kind) return []
    const isTapped =
      sent?.matter?.kind === kind &&
      sent.matter.fault === matter.fault &&
      sent.matter.wants === matter.wants
    return html`
<label><input type="radio" name="matter" value="${value}"${value === firstTap && html` required`}${isTapped && html` checked`}> ${inWords[matter.fault ?? matter.wants]}</label>`
  })
  return html`<fieldset${mistakes.matter ? html` aria-describedby="matter-wrong"` : null}>
<legend>${legend}</legend>${taps}
${mistake('matter', mistakes)}</fieldset>`
}

function field(name: 'name' | 'email', label: string, asked: Asked, view: PortalView): Html | null {
  if (asked === 'off') return null
  const { mistakes } = view
  return html`<label for="${name}">${label}${asked === 'optional' && ' (if you like)'}</label>
<input id="${name}" name="${name}" type="${name === 'email' ? 'email' : 'text'}" autocomplete="${name}" value="${view.sent?.[name] ?? ''}"${asked === 'required' && html` required`}${wrong(name, mistakes)}>
${mistake(name, mistakes)}`
}

/** Ties a field to the sentence that says what is wrong with it. */
function wrong(field: keyof ReportMistakes, mistakes: ReportMistakes): Html | null {
  if (!mistakes[field]) return null
  return html` aria-invalid="true" aria-describedby="${field}-wrong"`
}

function mistake(field: keyof ReportMistakes, mistakes: ReportMistakes): Html | null {
  const sentence = mistakes[field]
  return sentence ? html`<p class="bad" id="${field}-wrong">${sentence}</p>` : null
}
