import { type Html, html } from '../../core/html.ts'
import type { SummaryFacts } from '../../core/outbox/letter.ts'
import { lasting } from '../../core/status/verdict.ts'
import { oneLine } from '../one-line.ts'
import { linkTo, momentIn, type Site, type Wording } from './site.ts'

// The summary of tickets. It tells nothing of who reported them, for it is passed on; what is typed
// into the list of printers stays on its line, and in HTML it is text.

type Told = SummaryFacts['tickets'][number]

export const summary: Wording<SummaryFacts> = (facts, site) => {
  const open = facts.tickets.filter(({ isSettled }) => !isSettled)
  const settled = facts.tickets.filter(({ isSettled }) => isSettled)
  const first = `${headline(open, settled)}${span(facts)}.`
  const link = linkTo('/tickets', site)
  const where = `Sign in at ${oneLine(site.name)} and look at Tickets.`
  return {
    subject: `${headline(open, settled)}: ${oneLine(site.name)}`,
    text: [
      `${oneLine(site.name)}, ${momentIn(site, facts.at)}`,
      first,
      ...[...inWords('Open', open, site), ...inWords('Settled', settled, site)],
      link ? `All tickets: ${link}` : where,
      `${who}\n`,
    ].join('\n\n'),
    html: html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"></head>
<body style="font-family:sans-serif">
<h1>${oneLine(site.name)}, ${momentIn(site, facts.at)}</h1>
<p>${first}</p>
${table('Open', open, site)}${table('Settled', settled, site)}<p>${link ? html`<a href="${link}">All tickets</a>` : where}</p>
<p>${who}</p>
</body>
</html>
`.text,
  }
}

const who =
  'The settings say who gets this (ISSUE_SUMMARY_RECIPIENT, else EMAIL_TO), and accounts that have the daily summary do.'

/** '4 tickets open, the oldest for 3 days', 'No ticket open, 2 settled'. */
function headline(open: readonly Told[], settled: readonly Told[]): string {
  const count = open.length === 0 ? 'No ticket' : tickets(open.length)
  const oldest = open.filter(({ clockTrusted }) => clockTrusted).map((each) => each.openMinutes)
  const since = oldest.length > 0 ? `, the oldest for ${lasting(Math.max(...oldest) * 60)}` : ''
  return `${count} open${since}${settled.length > 0 ? `, ${settled.length} settled` : ''}`
}

const tickets = (count: number) => `${count} ticket${count === 1 ? '' : 's'}`

function span({ lookbackHours: hours }: SummaryFacts): string {
  if (hours === null) return ''
  return `, of the last ${hours === 1 ? 'hour' : `${hours} hours`}`
}

function inWords(heading: string, told: readonly Told[], site: Site): string[] {
  if (told.length === 0) return []
  const rows = told.map((each) => {
    const link = linkOf(each, site)
    const said = `${oneLine(each.title)}, ${howLong(each)}, ${oneLine(each.state)}`
    const lines = [whereabouts(each), said, openedAt(each, site), ...(link ? [link] : [])]
    return `- ${lines.join('\n  ')}`
  })
  return [`${heading}:`, ...rows]
}

function table(heading: string, told: readonly Told[], site: Site): Html | null {
  if (told.length === 0) return null
  const columns = ['Printer', 'Place', 'What', 'State', 'How long', 'Since']
  return html`<h2>${heading}</h2>
<table border="1" cellpadding="6" style="border-collapse:collapse">
<thead><tr>${columns.map((words) => html`<th scope="col" align="left">${words}</th>`)}</tr></thead>
<tbody>
${told.map((each) => {
  const link = linkOf(each, site)
  const title = oneLine(each.title)
  return html`<tr><th scope="row" align="left">${labelOf(each)}</th><td>${oneLine(each.place)}</td><td>${link ? html`<a href="${link}">${title}</a>` : title}</td><td>${oneLine(each.state)}</td><td>${howLong(each)}</td><td>${openedAt(each, site)}</td></tr>
`
})}</tbody>
</table>
`
}

const linkOf = ({ ticket }: Told, site: Site) => linkTo(`/tickets/${ticket}`, site)

const labelOf = ({ printer }: Told) => oneLine(printer) || 'a printer that is gone'

const whereabouts = (told: Told) => [labelOf(told), oneLine(told.place)].filter(Boolean).join(', ')

function howLong({ isSettled, openMinutes, clockTrusted }: Told): string {
  if (!clockTrusted) return isSettled ? 'it is not certain how long' : 'open, not certain how long'
  return `${isSettled ? 'was open' : 'open'} for ${lasting(openMinutes * 60)}`
}

const openedAt = ({ openedAt: at, clockTrusted }: Told, site: Site) =>
  `reported ${momentIn(site, at)}${clockTrusted ? '' : ' (time not certain)'}`
