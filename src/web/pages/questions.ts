import { grouped } from '../../core/grouped.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { answersTo, type Question } from '../../core/questions/question.ts'
import { answerWords, questionSentence } from '../../core/questions/words.ts'
import { proof, type View } from './board.ts'
import { moment } from './moments.ts'
import { placeOf } from './place.ts'

// What platen asks a person about printers: what was known and what is heard, side by side.

/** Above everything else on the printer's page. */
export function questionSections(view: View, questions: readonly Question[]): Part {
  return questions.map(
    (question) =>
      html`<section class="notice" id="question-${question.id}" aria-labelledby="asks-${question.id}">
<h2 id="asks-${question.id}">${questionSentence(question)}</h2>
<p>Asked ${moment(question.askedAt, view)}. ${sinceWords(question)}</p>
<table class="levels"><thead><tr><td></td><th scope="col">Known</th><th scope="col">Heard</th></tr></thead><tbody>
${sidesOf(view, question).map(
  ([name, known, heard]) =>
    html`<tr><th scope="row">${name}</th><td>${known}</td><td>${heard}</td></tr>
`,
)}</tbody></table>
${view.may('printers change') && answerForm(view, question)}
</section>
`,
  )
}

/** On the overview: whose question, and what it is. */
export function questionRows(
  asked: readonly { readonly printer: Printer; readonly question: Question }[],
): Part {
  if (asked.length === 0) return null
  return html`<h2 id="questions">Questions <span class="count">${asked.length}</span></h2>
<ul class="rows" id="question-rows">
${asked.map(
  ({ printer, question }) =>
    html`<li id="asked-${question.id}"><strong class="badge warning">ASKS</strong>
<div class="what"><a href="/printers/${printer.id}">${printer.label}</a> <span class="aside">${placeOf(printer)}</span></div>
<div class="why">${questionSentence(question)}</div></li>
`,
)}</ul>`
}

/** Who has said 'wrong address' may find out that it was another. */
function sinceWords({ kind, answer, answeredBy }: Question): string {
  if (answer === null || answer === 'withdrawn') return 'What became of it?'
  return `“${answerWords(kind, answer).button}”, said ${answeredBy}.`
}

function answerForm(view: View, question: Question): Html {
  const { id, printer, kind } = question
  return html`<form method="post" action="/printers/${printer}/questions/${id}">${proof(view)}
${answersTo(question)
  .filter((answer) => answer !== question.answer)
  .map((answer) => {
    const { button, outcome } = answerWords(kind, answer)
    return html`<p><button name="answer" value="${answer}" aria-describedby="${answer}-${id}">${button}</button>
<span class="aside" id="${answer}-${id}">${outcome}</span></p>
`
  })}</form>`
}

type Side = readonly [name: string, known: Part, heard: Part]

function sidesOf(view: View, { kind, facts }: Question): readonly Side[] {
  const when = (at: string | null) => (at === null ? 'as listed by the office' : moment(at, view))
  const { known, heard } = facts
  const both: readonly Side[] = [
    ['Pages printed', pagesWords(known.pageCount), pagesWords(heard.pageCount)],
    ['Read', when(known.at), when(heard.at)],
  ]
  if (kind !== 'other-device') return both
  const device: readonly Side[] = [
    ['Serial number', facts.known.serial ?? untold, facts.heard.serial ?? untold],
    ['Network cards', cards(facts.known.macAddresses), cards(facts.heard.macAddresses)],
    ['Model', facts.known.model ?? untold, facts.heard.model ?? untold],
  ]
  return [...device, ...both]
}

const untold = 'not told'
const cards = (macAddresses: readonly string[]): string => macAddresses.join(', ') || untold
const pagesWords = (count: number | null): string => (count === null ? untold : grouped(count))
