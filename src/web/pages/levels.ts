import { type Html, html } from '../../core/html.ts'
import type { Supply, Tray } from '../../core/status/reading.ts'
import { capital, isReceptacle, supplyName } from '../../core/status/supplies.ts'

// How full something is. Only a percentage that the printer gave becomes a bar. Drawn, for a width
// in a style would be inline style, which our pages do not allow.

export function supplyTable(supplies: readonly Supply[]): Html {
  const told = supplies.filter((each) => each.levelState !== 'absent' || each.description)
  return table(told.map((each) => ({ name: supplyName(each), part: each, colour: inkOf(each) })))
}

export function trayTable(trays: readonly Tray[]): Html {
  return table(trays.map((each) => ({ name: trayName(each), part: each, colour: 'plain' })))
}

/** Toner and ink of a printer in a line: a letter and a bar each. */
export function inks(supplies: readonly Supply[]): Html | null {
  const shown = supplies.filter((each) => each.kind === 'toner' || each.kind === 'ink')
  const known = shown.filter((each) => inkOf(each) !== 'plain' && each.percent !== null)
  if (known.length === 0) return null
  return html`<ul class="inks" aria-label="Toner and ink">${known.map(
    (each) =>
      html`<li>${bar(each.percent ?? 0, inkOf(each))}<span class="aside">${inkName(each)} </span>${levelWords(each)}</li>`,
  )}</ul>`
}

/** '62 %', 'about 100 %' in stages, 'some left' (RFC 3805: -3), 'not told' (-2), 'no limit' (-1), or the level as it is. */
function levelWords(part: Supply | Tray): string {
  if (part.percent !== null)
    return `${isCoarse(part) ? 'about ' : ''}${Math.round(part.percent)} %${isBox(part) ? ' of its space left' : ''}`
  if (part.levelState === 'someRemaining') return 'some left'
  if (part.levelState === 'noRestriction') return 'no limit'
  if (part.levelState === 'value' && part.level !== null)
    return [part.level, part.unit].filter((each) => each !== null).join(' ')
  return 'not told'
}

function table(
  rows: readonly { readonly name: string; readonly part: Supply | Tray; readonly colour: string }[],
): Html {
  return html`<table class="levels"><tbody>
${rows.map(
  ({ name, part, colour }) =>
    html`<tr><th scope="row">${name}</th><td>${part.percent !== null && bar(part.percent, colour)} ${levelWords(part)}</td></tr>
`,
)}</tbody></table>`
}

function bar(percent: number, colour: string): Html {
  const width = Math.min(100, Math.max(0, percent))
  return html`<svg class="bar ${colour}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="left" width="${width}" height="10"/></svg>`
}

const isBox = (part: Supply | Tray): boolean => 'kind' in part && isReceptacle(part)

/** It knows stages only: 100, 10, 0. */
const isCoarse = (part: Supply | Tray): boolean => 'coarse' in part && part.coarse === true

function inkOf({ colour }: Supply): string {
  return ['black', 'cyan', 'magenta', 'yellow'].find((each) => each === colour) ?? 'plain'
}

/** The list is named "Toner and ink": its colour is enough. */
const inkName = (supply: Supply): string => capital(supply.colour ?? supplyName(supply))

function trayName(tray: Tray): string {
  const name = tray.name || tray.description || `Tray ${tray.index}`
  return tray.media && !name.includes(tray.media) ? `${name}, ${tray.media}` : name
}
