import { type Html, html, type Part } from '../../core/html.ts'
import {
  cellsOf,
  isSheetName,
  mostOffsetMm,
  sheetNames,
  sheets,
} from '../../core/printers/label-sheets.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { board, type View } from './board.ts'
import { sheetPicture } from './label-picture.ts'
import { placeOf } from './place.ts'
import { type Nothing, nobody } from './printers.ts'

/** What stands in the fields of the form, right or wrong. */
export interface Typed {
  readonly printer: string
  readonly group: string
  readonly building: string
  readonly q: string
  readonly sheet: string
  readonly start: string
  readonly x: string
  readonly y: string
  readonly dpmm: string
  readonly width: string
  readonly height: string
}

export interface LabelFacts {
  readonly printers: readonly Printer[]
  readonly nothing: Nothing | null
  readonly groups: readonly (readonly [id: string, name: string])[]
  readonly buildings: readonly string[]
  /** What is wrong with what was typed. */
  readonly trouble: string | null
  /** Why no label is printed, whatever is typed. */
  readonly refused: string | null
  readonly warning: string | null
}

const mostListed = 100

/** Which printers, on which sheet. Works without script: each button sends the same fields elsewhere. */
export function labelsPage(view: View, typed: Typed, facts: LabelFacts): Html {
  const { nothing, trouble, refused, warning } = facts
  return board(view, {
    title: 'Labels',
    under: '/printers',
    use: 'typing',
    head: html`<link rel="stylesheet" href="/labels.css">`,
    body: html`${trouble !== null && html`<p class="notice bad" role="alert">${trouble}</p>`}
${refused !== null && html`<p class="notice bad">${refused}</p>`}
${refused === null && warning !== null && html`<p class="notice">${warning}</p>`}
${nothing ? nobody(view, nothing) : form(typed, facts)}`,
  })
}

function form(typed: Typed, facts: LabelFacts): Html {
  return html`<form method="get" action="/labels">
<h2>Printers</h2>
<div class="filter">${typed.printer === '' ? filters(typed, facts) : one(typed)}</div>
<h2>Sheet</h2>
<div class="filter">
${select(
  'sheet',
  'Label sheet',
  typed.sheet,
  sheetNames.map((name) => [name, sheets[name].words]),
)}
${number('start', 'First cell still on the sheet', typed.start, '1')}
${number('x', 'Move right, mm', typed.x, 'any')}
${number('y', 'Move down, mm', typed.y, 'any')}
</div>
<p class="aside">A calibration page shows, held against a sheet and the light, whether the cells are met;
what is beside goes into the two fields, ${mostOffsetMm} mm at most, less than 0 for left and up.</p>
<p class="acts"><button>Show</button>
<button formaction="/labels/print" name="calibration" value="1">Calibration page</button></p>
${facts.trouble === null && chosen(typed, facts)}
</form>`
}

function filters({ group, building, q }: Typed, { groups, buildings }: LabelFacts): Part {
  return html`<div><label for="q">Name, place or model</label>
<input id="q" name="q" type="search" value="${q}" maxlength="100"></div>
${select('group', 'Group', group, [['', 'any'], ...groups])}
${select('building', 'Building', building, [['', 'any'], ...buildings.map((each) => [each, each] as const)])}`
}

function one({ printer }: Typed): Html {
  return html`<input type="hidden" name="printer" value="${printer}">
<p>One printer. <a href="/labels">Choose others</a></p>`
}

function chosen(typed: Typed, { printers, refused }: LabelFacts): Part {
  if (printers.length === 0)
    return html`<p>No printer matches. <a href="/labels">Show all printers</a></p>`
  const sheet = isSheetName(typed.sheet) ? typed.sheet : sheetNames[0]
  const start = Number(typed.start)
  const papers = Math.ceil((start - 1 + printers.length) / cellsOf(sheets[sheet]))
  const more = printers.length - mostListed
  return html`<h2>${plural(printers.length, 'label')} on ${plural(papers, 'sheet')}</h2>
${sheetPicture(sheets[sheet], start, printers.length)}
${refused === null && files(typed)}
<ul>${printers.slice(0, mostListed).map(
    (
      printer,
    ) => html`<li><a href="/printers/${printer.id}">${printer.label}</a> <span class="aside">${placeOf(printer)}</span></li>
`,
  )}</ul>
${more > 0 && html`<p>and ${more} more</p>`}`
}

function files(typed: Typed): Html {
  return html`<p class="acts"><button formaction="/labels.pdf">PDF</button>
<button formaction="/labels/print">Page to print</button></p>
<details><summary>For a label printer (ZPL)</summary>
<div class="filter">
${number('width', 'Label width, mm', typed.width, 'any')}
${number('height', 'Label height, mm', typed.height, 'any')}
${select('dpmm', 'Dots', typed.dpmm, [
  ['8', '8 to the mm (203 dpi)'],
  ['12', '12 to the mm (300 dpi)'],
])}
<button formaction="/labels.zpl">ZPL file</button></div></details>`
}

function select(
  name: string,
  words: string,
  value: string,
  choices: readonly (readonly [value: string, words: string])[],
): Html {
  return html`<div><label for="${name}">${words}</label>
<select id="${name}" name="${name}">${choices.map(
    ([each, words]) =>
      html`<option value="${each}"${each === value && html` selected`}>${words}</option>`,
  )}</select></div>`
}

function number(name: string, words: string, value: string, step: 'any' | '1'): Html {
  return html`<div><label for="${name}">${words}</label>
<input id="${name}" name="${name}" type="number" value="${value}" step="${step}"></div>`
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
