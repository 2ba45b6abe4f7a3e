import { type Html, html, type Part } from '../../core/html.ts'
import type { Printer, SupplyRule } from '../../core/printers/printer.ts'
import { ruleOf } from '../../core/status/known-better.ts'
import { levelWords } from '../../core/status/level-words.ts'
import type { Supply } from '../../core/status/reading.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { board, proof, type View } from './board.ts'

/** As it is typed: a number is still text. */
export interface TypedRule {
  readonly index: string
  readonly invert: boolean
  readonly ignore: boolean
  readonly warningPercent: string
  readonly errorPercent: string
}

export interface RuleFacts {
  readonly printer: Printer
  /** As it told them last. */
  readonly supplies: readonly Supply[]
  /** Why the last form was refused, and what it held. */
  readonly refused: { readonly sentence: string; readonly typed: TypedRule } | null
}

/** What the office knows better of each supply than the printer tells. */
export function supplyRulesPage(view: View, facts: RuleFacts): Html {
  const { printer, supplies, refused } = facts
  const told = new Set(supplies.map(({ index }) => index))
  const untold = Object.keys(printer.supplies).filter((index) => !told.has(index))
  const names = supplyNames(supplies)
  const all: readonly Named[] = [
    ...supplies.map((each, at) => ({
      ...{ index: each.index, name: names[at] ?? '', level: levelWords(each) },
      rule: ruleOf(printer.supplies, each),
    })),
    ...untold.map((index) => ({
      ...{ index, name: `Supply ${index}, not told any more`, level: null },
      rule: printer.supplies[index],
    })),
  ]
  return board(view, {
    title: `Supplies of ${printer.label}`,
    under: '/printers',
    use: 'typing',
    body: html`<p><a href="/printers/${printer.id}">Back to ${printer.label}</a></p>
<p>What the office knows better than the printer tells. A percent that is left empty is as for all printers.</p>
${refused && html`<p class="notice bad" id="trouble" role="alert">${refused.sentence}</p>`}
${all.length === 0 && html`<p>It has told of no supplies yet.</p>`}
${all.map((each) => ruleForm(view, facts, each))}`,
  })
}

interface Named {
  readonly index: string
  readonly name: string
  /** As it is shown now, by which one sees whether it counts the other way round. */
  readonly level: string | null
  readonly rule: SupplyRule | undefined
}

function ruleForm(
  view: View,
  { printer, refused }: RuleFacts,
  { index, name, level, rule: kept }: Named,
): Html {
  const rule = refused?.typed.index === index ? refused.typed : kept
  const id = (field: string) => `${field}-${index}`
  const choice = (field: 'invert' | 'ignore', words: ChoiceWords): Part =>
    html`<div><label for="${id(field)}">${words.label}</label>
<select id="${id(field)}" name="${field}"><option value="">${words.no}</option><option value="1"${rule?.[field] === true && html` selected`}>${words.yes}</option></select></div>
`
  const percent = (field: 'warningPercent' | 'errorPercent', words: string): Part =>
    html`<div><label for="${id(field)}">${words}</label>
<input type="number" id="${id(field)}" name="${field}" min="0" max="100" step="1" inputmode="numeric" value="${rule?.[field] ?? ''}"></div>
`
  return html`<h2 id="name-${index}">${name}</h2>
${level && html`<p>Its level now: ${level}.</p>`}
${
  view.may('printers change')
    ? html`<form method="post" action="/printers/${printer.id}/supplies/${index}" id="supply-${index}" class="filter" aria-labelledby="name-${index}">${proof(view)}
${choice('invert', inverts)}${choice('ignore', ignores)}${percent('warningPercent', 'A warning below percent')}${percent('errorPercent', 'An error below percent')}<button aria-label="Keep this of ${name}">Keep this</button>
</form>`
    : ruleWords(kept)
}
`
}

/** For who may not change it. */
function ruleWords(rule: SupplyRule | undefined): Html {
  if (!rule) return html`<p>The office says nothing of its own about it.</p>`
  const { invert, ignore, warningPercent, errorPercent } = rule
  const words = [
    invert && 'it counts the other way round',
    ignore && 'it raises no alarms',
    warningPercent !== null && `a warning below ${warningPercent} %`,
    errorPercent !== null && `an error below ${errorPercent} %`,
  ]
  return html`<p>The office says: ${words.filter(Boolean).join(', ')}.</p>`
}

interface ChoiceWords {
  readonly label: string
  readonly no: string
  readonly yes: string
}

/** Waste boxes above all: makers tell the filled part where RFC 3805 wants the space left (apple/cups#4499). */
const inverts: ChoiceWords = {
  label: 'It counts',
  no: 'as the printer says',
  yes: 'the other way round',
}

const ignores: ChoiceWords = { label: 'Alarms', no: 'it raises them', yes: 'it raises none' }
