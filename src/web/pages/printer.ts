import { grouped } from '../../core/grouped.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { Device } from '../../core/printers/printer.ts'
import type { Question } from '../../core/questions/question.ts'
import { apart, placeOf } from '../../core/status/need.ts'
import { counterWords, coverWords } from '../../core/status/said-words.ts'
import type { Status, Watched } from '../../core/status/status.ts'
import { lasting } from '../../core/status/verdict.ts'
import { board, button, type View } from './board.ts'
import { supplyTable, trayTable } from './levels.ts'
import { moment } from './moments.ts'
import { badge, printersLooks } from './printers.ts'
import { questionSections } from './questions.ts'
import { type Filed, ticketRows } from './tickets.ts'

export interface PrinterFacts {
  readonly printer: Watched
  /** That stands there; null: it has not told who it is. */
  readonly device: Device | null
  /** Those open. */
  readonly questions: readonly Question[]
  /** Those alive. */
  readonly tickets: readonly Filed[]
  /** Of those that have ended the newest; the newest first. */
  readonly settled: readonly Filed[]
  /** Path of the page behind its QR code. */
  readonly qrPath: string
  /** Of labels from before, which still work. */
  readonly formerCodes: number
  /** Whether somebody comes from "Ask now". */
  readonly asked: 'just now' | 'no'
  /** What was just done to it; null: nothing. */
  readonly done: Done | null
  /** Why it was not asked. */
  readonly refused: string | null
}

/** What the page of a printer tells after an act: it stands in its address. */
export const dones = ['added', 'kept', 'retired', 'taken-up', 'code-renewed'] as const
export type Done = (typeof dones)[number]

const doneWords: Readonly<Record<Done, string>> = {
  added: 'It is added, and is asked now.',
  kept: 'What you changed is kept.',
  retired: 'It is retired: it is asked no more, and stands with the retired ones.',
  'taken-up': 'It is in use again, and is asked now.',
  'code-renewed': 'It has a new code. Print its label; the code on the old one works on.',
}

/** Everything known of one printer, and how old it is. */
export function printerPage(view: View, facts: PrinterFacts): Html {
  const { printer, device, questions, tickets, settled, qrPath, done } = facts
  const { status } = printer
  const { id, label, isActive } = status.printer
  return board(view, {
    title: label,
    under: '/printers',
    use: 'reading',
    head: printersLooks,
    body: html`<p>${placeOf(printer) || 'No place is known.'}</p>
${done && html`<p class="notice good" role="status">${doneWords[done]}</p>`}
${facts.refused && html`<p class="notice bad" role="alert">${facts.refused}</p>`}
${facts.asked === 'just now' && askedWords(printer)}
${questionSections(view, questions)}
<ul class="rows reasons">${reasonRows(printer)}</ul>
<p>${ageWords(status)}</p>
${isActive ? button(view, `/printers/${id}/poll`, 'Ask now', { more: asking }) : html`<p>It is retired, and is not asked any more.</p>`}
${changeParts(view, printer)}
${part('Tickets to do', tickets, () => ticketRows(view, tickets, `/printers/${id}`))}
${part('Settled of late', settled, () => ticketRows(view, settled, null))}
${view.may('tickets look') && html`<p><a href="/tickets?state=all&amp;printer=${id}">All tickets of it</a></p>`}
${part('Supplies', status.supplies, supplyTable)}
${status.supplies.length > 0 && html`<p><a href="/printers/${id}/supplies">What the office knows better of its supplies</a></p>`}
${part('Trays', status.trays, trayTable)}
${part('Alerts', status.alerts, alertList)}
${part('On its panel', status.console.filter(Boolean), panelLines)}
<h2 id="about">About it</h2>
${aboutList(view, printer, device)}
<p><a href="/printers/${id}/history">Its history: pages, levels, silences, and who changed what</a></p>
<p>${isActive ? html`<a href="${qrPath}">The page behind its QR code</a>. <a href="/labels?printer=${id}">Its label</a>.` : 'Its QR code leads nowhere while it is retired, and it gets no label.'}${facts.formerCodes > 0 && ` Codes of labels from before that still work: ${facts.formerCodes}.`}</p>`,
  })
}

/** What the office may do with it; retiring is undone where it was done. */
function changeParts(view: View, { status: { printer } }: Watched): Part {
  if (!view.may('printers change')) return null
  const path = `/printers/${printer.id}`
  const to = (act: string, words: string) =>
    html`<a class="button" href="${path}/${act}">${words}</a>`
  return html`<div class="acts quiet">${to('edit', 'Edit')}${to('code', 'New code')}${
    printer.isActive
      ? button(view, `${path}/retire`, 'Retire')
      : [
          button(view, `${path}/take-up`, 'Take it up again'),
          view.isForAll && to('remove', 'Remove'),
        ]
  }</div>`
}

/** Shown by `board.js` while the answer is waited for. */
const asking = html`<span class="busy" hidden>Asking …</span>`

/** What came of "Ask now", told by how the printer is since. */
function askedWords({ status, asking: isAsked }: Watched): Html {
  if (status.snmp.ok === false)
    return html`<p class="notice bad" role="status">It was asked and did not answer. ${full(status.snmp.message ?? '')}</p>`
  if (isAsked)
    return html`<p class="notice" role="status">It is still being asked; this takes a while.</p>`
  return html`<p class="notice good" role="status">It was asked and has answered.</p>`
}

function reasonRows(printer: Watched): Part {
  if (printer.reasons.length === 0)
    return html`<li>${badge(printer)} <div class="why">${wellWords(printer.status)}</div></li>`
  return printer.reasons.map(
    ({ word, weight, sentence }) =>
      html`<li><strong class="badge ${word === 'silent' ? 'offline' : weight}">${word.toUpperCase()}</strong> <div class="why">${sentence}</div></li>`,
  )
}

/** Of one that gives no reason to go there: it is well, or was never asked. */
function wellWords({ verdict, status }: Status): string {
  return verdict === 'ok'
    ? `All well${status?.name ? `, ${status.name}` : ''}`
    : 'Nothing is known yet.'
}

/** How old all of this is, and why it is not newer. */
function ageWords({ snmp, ageSeconds, stale }: Status): Part {
  if (ageSeconds === null && snmp.ok === null) return 'Nothing was read from it yet.'
  // A first answer that is another device's waits apart.
  if (ageSeconds === null && snmp.ok) return 'Nothing was read from the printer that belongs here.'
  const failed = `The last try failed: ${full(snmp.message ?? 'no answer')}`
  if (ageSeconds === null) return failed
  const version = snmp.version === null ? '' : ` by SNMP v${snmp.version}`
  if (snmp.ok === false) return `${failed} What stands here is ${lasting(ageSeconds)} old.`
  return html`Read ${lasting(ageSeconds)} ago${version}.${stale && ' That is too old.'}`
}

const full = (sentence: string): string => sentence.replace(/\.?$/, '.')

function part<T>(title: string, things: readonly T[], shown: (things: readonly T[]) => Html): Part {
  if (things.length === 0) return null
  return html`<h2 id="${title.toLowerCase().replaceAll(' ', '-')}">${title}</h2>
${shown(things)}`
}

function alertList(alerts: Status['alerts']): Html {
  return html`<ul>${alerts.map(
    ({ description, codeName, code, severity }) =>
      html`<li>${severity && `${severity}: `}${description || codeName || `code ${code ?? '?'}`}</li>`,
  )}</ul>`
}

function panelLines(lines: readonly string[]): Html {
  return html`<p class="panel">${lines.map((line) => html`<samp>${line}</samp>`)}</p>`
}

function aboutList(view: View, printer: Watched, device: Device | null): Html {
  const { status, covers, counters } = printer
  const { make, model, ipAddress, serial, macAddress, assetTag, group, organisation } =
    status.printer
  const facts: readonly (readonly [string, Part])[] = [
    ['Model', [make, model].filter(Boolean).join(' ') || status.device.model],
    ['Pages printed', status.pageCount === null ? null : grouped(status.pageCount)],
    ...counterWords({ counters, pageCount: status.pageCount }).map(
      ([name, words]) => [`Pages, ${name.toLowerCase()}`, words] as const,
    ),
    ['Covers', coverWords(covers).join(', ')],
    ['Address', ipAddress],
    ['Serial number', serial],
    ['Asset tag', assetTag],
    ['MAC address', macAddress],
    ['Group', group?.name ?? null],
    ['Organisation', organisation],
    [
      'It says',
      [status.status?.name ?? '', ...(status.errors?.flags ?? [])]
        .filter(Boolean)
        .map(apart)
        .join(', '),
    ],
    ['Device', device && deviceWords(view, device)],
  ]
  return html`<dl>${facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

/** Who it says it is itself; what the office has written down stands above. */
function deviceWords(view: View, { serial, macAddresses, since }: Device): Html {
  const told = [serial && `serial number ${serial}`, macAddresses.join(', ')].filter(Boolean)
  return html`${told.join(', ') || 'told nothing of itself'}, here since ${moment(since, view)}`
}
