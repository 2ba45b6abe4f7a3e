import { capital } from '../../core/capital.ts'
import { type Html, html } from '../../core/html.ts'
import { type Leveled, levelWords, percentWords, trayWords } from '../../core/status/level-words.ts'
import type { Supply, Tray } from '../../core/status/reading.ts'
import { supplyNames } from '../../core/status/supplies.ts'

// How full something is. Only a percentage that the printer gave becomes a bar. Drawn, for a width
// in a style would be inline style, which our pages do not allow.

export function supplyTable(supplies: readonly Supply[]): Html {
  const told = named(supplies).filter(
    ({ part }) => part.levelState !== 'absent' || part.description,
  )
  return table(told.map((each) => ({ ...each, colour: inkOf(each.part) })))
}

export function trayTable(trays: readonly Tray[]): Html {
  return table(trays.map((each) => ({ name: trayWords(each), part: each, colour: 'plain' })))
}

/** Toner and ink of a printer in a line: a letter and a bar each. */
export function inks(supplies: readonly Supply[]): Html | null {
  const known = named(supplies).filter(
    ({ part }) =>
      (part.kind === 'toner' || part.kind === 'ink') &&
      inkOf(part) !== 'plain' &&
      part.percent !== null,
  )
  if (known.length === 0) return null
  // The list is named "Toner and ink": a colour is enough, unless two of them have it.
  const isAlone = ({ colour }: Supply) =>
    known.filter((one) => one.part.colour === colour).length === 1
  return html`<ul class="inks" aria-label="Toner and ink">${known.map(
    ({ name, part }) =>
      html`<li>${bar(part.percent ?? 0, inkOf(part))}<span class="aside">${isAlone(part) ? capital(part.colour ?? name) : name} </span>${percentWords(part, part.percent ?? 0)}</li>`,
  )}</ul>`
}

function named(supplies: readonly Supply[]): { readonly name: string; readonly part: Supply }[] {
  const names = supplyNames(supplies)
  return supplies.map((part, at) => ({ name: names[at] ?? '', part }))
}

function table(
  rows: readonly { readonly name: string; readonly part: Leveled; readonly colour: string }[],
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

/** Its colour where it is one of the four that are drawn. */
export function inkOf({ colour }: Supply): string {
  return ['black', 'cyan', 'magenta', 'yellow'].find((each) => each === colour) ?? 'plain'
}
