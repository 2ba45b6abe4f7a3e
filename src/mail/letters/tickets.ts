import { type Html, html } from '../../core/html.ts'
import type { TicketFacts } from '../../core/outbox/letter.ts'
import { clearedWords } from '../../core/tickets/letters.ts'
import { oneLine } from '../one-line.ts'
import { linkTo, momentIn, type Site, type Wording } from './site.ts'

// Letters about tickets. Whatever a student or a printer wrote is quoted, so that it cannot pass for
// words of ours, and in HTML it is text.

/** To those who look after the printer: what is wrong, where, and who says so. */
export const ticketOpened: Wording<TicketFacts> = (given, site) => {
  const facts = onOneLineEach(given)
  const { title, printer, requester } = facts
  const link = linkTo(`/tickets/${facts.ticket}`, site)
  const rows = rowsOf([
    ['Printer', whereabouts(facts)],
    ['Reported', reportedAt(facts, site)],
    ['By', requester || 'somebody who left no name'],
    ['The printer says', facts.printerSaid],
  ])
  const where = `Take it on the console of ${site.name}, or sign in there and look at Tickets.`
  return {
    subject: `${printer}: ${title} [${site.name}]`,
    text: lines([
      `${title}: ${whereabouts(facts)}`,
      '',
      ...rows.map(([name, value]) => `${name}: ${value}`),
      ...(facts.words ? ['', 'In their words:', quoted(facts.words)] : []),
      '',
      link ? `The ticket: ${link}` : where,
    ]),
    html: page(html`<h1>${title}: ${whereabouts(facts)}</h1>
<table>
${rows.map(([name, value]) => html`<tr><th align="left">${name}</th><td>${value}</td></tr>\n`)}</table>
${facts.words && html`<p>In their words:</p>\n<blockquote style="white-space:pre-wrap">${facts.words}</blockquote>\n`}<p>${link ? html`<a href="${link}">The ticket</a>` : where}</p>`),
  }
}

/**
 * To whoever left an address, which may be somebody else's: so nothing that was typed into the form
 * goes there, but what was tapped.
 */
export const ticketResolved: Wording<TicketFacts> = (given, site) => {
  const facts = onOneLineEach(given)
  const { title, printer } = facts
  const link = linkTo(`/t/${facts.receipt}`, site)
  const said = `What you reported on ${reportedAt(facts, site)} is done: ${title}, ${whereabouts(facts)}.`
  // The letters of an older platen have something else there.
  const cleared = facts.printerSaid === clearedWords && clearedWords
  const again = 'If it is not, scan the code on the printer and tell us again.'
  const stranger = 'If you reported nothing, somebody mistyped an address; you need do nothing.'
  return {
    subject: `${printer}: ${title} - done [${site.name}]`,
    text: lines([
      said,
      ...(cleared ? [cleared] : []),
      '',
      again,
      ...(link ? ['', `What became of it: ${link}`] : []),
      '',
      stranger,
    ]),
    html: page(html`<p>${said}${cleared && ` ${cleared}`}</p>
<p>${again}</p>
${link && html`<p><a href="${link}">What became of it</a></p>\n`}<p>${stranger}</p>`),
  }
}

/** All but the words, which are quoted line by line. */
const onOneLineEach = (facts: TicketFacts): TicketFacts => ({
  ...facts,
  title: oneLine(facts.title),
  printer: oneLine(facts.printer),
  place: oneLine(facts.place),
  requester: oneLine(facts.requester),
  printerSaid: oneLine(facts.printerSaid),
})

/** 'LIB-1, Library Room 12'. */
const whereabouts = ({ printer, place }: TicketFacts): string =>
  [printer, place].filter(Boolean).join(', ')

/** Marked where it was written down before the clock was set. */
const reportedAt = ({ openedAt, clockTrusted }: TicketFacts, site: Site): string =>
  `${momentIn(site, openedAt)}${clockTrusted ? '' : ' (time not certain)'}`

const rowsOf = (rows: readonly (readonly [name: string, value: string])[]) =>
  rows.filter(([, value]) => value !== '')

/** As letters quote since ever. */
const quoted = (words: string): string =>
  words
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => `> ${oneLine(line)}`)
    .join('\n')

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`

const page = (body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"></head>
<body style="font-family:sans-serif">
${body}
</body>
</html>
`.text
