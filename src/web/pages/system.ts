import type { BoxFacts } from '../../core/box.ts'
import {
  clockTold,
  diskTold,
  heatTold,
  memoryTold,
  networkTold,
  ownMemoryWords,
  sizeWords,
  type Told,
  voltageTold,
  wearTold,
} from '../../core/box-words.ts'
import { grouped } from '../../core/grouped.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { OutboxFacts } from '../../core/outbox/outbox.ts'
import { lasting } from '../../core/status/verdict.ts'
import type { AskedBackup } from '../backup-now.ts'
import type { PartHealth } from '../health.ts'
import type { Kept } from '../retention.ts'
import { board, button, type View } from './board.ts'
import { moment } from './moments.ts'

export interface SystemFacts {
  /** By the part's name. */
  readonly parts: Readonly<Record<string, PartHealth>>
  readonly box: BoxFacts
  readonly asked: AskedBackup | null
  readonly letters: OutboxFacts
  /** When the day's summary was posted last; null: not of late. */
  readonly lastSummary: string | null
  readonly retention: readonly Kept[]
  /** Whether the person looks after all printers. */
  readonly isOfAll: boolean
  /** Why the last button was refused. */
  readonly refused: string | null
}

/** How platen and the machine are, and what can be done about it. */
export function systemPage(view: View, facts: SystemFacts): Html {
  return board(view, {
    title: 'System',
    under: '/system',
    use: 'reading',
    body: html`${facts.refused && html`<p class="notice bad" role="alert">${facts.refused}</p>`}
<h2 id="parts">Parts</h2>
${partRows(facts)}
<h2 id="box">This machine</h2>
${boxFacts(view, facts.box)}
<h2 id="backups">Backups</h2>
${backups(view, facts)}
<h2 id="letters">Letters</h2>
${letters(view, facts)}
${facts.isOfAll && html`<h2 id="journal">Journal</h2>\n<p><a href="/system/journal">Who changed what</a></p>`}
<h2 id="retention">How long things are kept</h2>
${retention(facts.retention)}`,
  })
}

function partRows({ parts, box }: SystemFacts): Part {
  const all = Object.entries(parts)
  const rows = all.map(
    ([name, { ok, sentence }]) =>
      html`<li><strong class="badge ${ok ? 'ok' : 'error'}">${ok ? 'ok' : 'wrong'}</strong> <div><strong>${name}</strong>: ${sentence}</div></li>\n`,
  )
  const told = new Set(all.map(([, { sentence }]) => sentence))
  const more = box.trouble.filter((sentence) => !told.has(sentence))
  return html`<ul class="rows reasons">
${rows}${more.map((sentence) => html`<li><strong class="badge warning">look</strong> <div>${sentence}</div></li>\n`)}</ul>`
}

function boxFacts(view: View, box: BoxFacts): Html {
  const upSeconds = (view.now.getTime() - Date.parse(box.startedAt)) / 1000
  const facts: readonly (readonly [string, Part])[] = [
    ['Version', `platen ${box.version}, Node ${box.node}`],
    ['Runs since', html`${moment(box.startedAt, view)} (${lasting(Math.max(0, upSeconds))})`],
    ['Clock', toldPart(clockTold(box))],
    ['Memory of platen', ownMemoryWords(box)],
    ['Memory of the machine', toldPart(memoryTold(box))],
    ['Room on the disk', toldPart(diskTold(box))],
    ['Written to the disk', toldPart(wearTold(box))],
    ['Temperature of the processor', toldPart(heatTold(box))],
    ['Voltage of the power supply', toldPart(voltageTold(box))],
    ['Addresses', toldPart(networkTold(box))],
    ['Printers', sweepWords(box.sweep)],
  ]
  return html`<dl>
${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`
}

function toldPart({ how, words }: Told): Part {
  if (how === 'well' || how === 'untold') return words
  return html`<strong class="badge ${how === 'wrong' ? 'error' : 'warning'}">${how}</strong> ${words}`
}

function sweepWords({ intervalSeconds, running, waiting, lastHeardSecondsAgo }: BoxFacts['sweep']) {
  const every = `Each is asked every ${grouped(intervalSeconds)} seconds; ${running} being asked, ${waiting} wait.`
  if (lastHeardSecondsAgo === null) return `${every} None was heard yet.`
  return `${every} The last was heard ${lasting(lastHeardSecondsAgo)} ago.`
}

function backups(view: View, { box: { backup }, asked, isOfAll }: SystemFacts): Html {
  const { newest, elsewhere, trouble } = backup
  return html`${trouble && html`<p class="notice bad">${trouble}</p>`}
<p>${newest ? html`The newest is of ${moment(newest.at, view)}, ${sizeWords(newest.bytes)}.` : 'None was made yet.'}
${elsewhere ? html`Each is copied to <code>${elsewhere}</code>.` : html`None is copied to another disk; set <code>PLATEN_BACKUP_DIR</code>.`}</p>
${asked && html`<p role="status">${askedWords(view, asked)}</p>`}
${isOfAll && view.may('system change') && asked?.how !== 'under way' && button(view, '/system/backup', 'Back up now')}`
}

function askedWords(view: View, asked: AskedBackup): Html {
  if (asked.how === 'under way')
    return html`A backup is being made since ${moment(asked.since, view)}. It goes on by itself; it shows here when it is made.`
  if (asked.how === 'failed')
    return html`The one asked for failed at ${moment(asked.at, view)}: ${asked.sentence}`
  const { name, bytes, trouble, damage } = asked.made
  return html`Made at ${moment(asked.at, view)}: <code>${name}</code>, ${sizeWords(bytes)}. ${[...damage, ...(trouble ? [trouble] : [])].join(' ')}`
}

function letters(view: View, { letters: facts, lastSummary, isOfAll }: SystemFacts): Html {
  const { waiting, givenUp, oldest, lastTrouble } = facts
  const since = oldest !== null && html`, the oldest since ${moment(oldest, view)}`
  return html`<p>${waiting === 0 ? 'No letter waits' : html`${count(waiting)} wait${waiting === 1 ? 's' : ''}${since}`}; ${givenUp === 0 ? 'none was given up' : `${count(givenUp)} given up`}.</p>
${isOfAll && lastTrouble !== null && html`<p>${lastTrouble}</p>`}
<p>${lastSummary === null ? 'No summary of tickets was posted of late.' : html`The last summary of tickets was posted ${moment(lastSummary, view)}.`}</p>
${isOfAll && html`<p><a href="/system/letters">Letters that wait</a> · <a href="/system/letters?state=given-up">Letters given up</a></p>`}`
}

const count = (letters: number) => `${grouped(letters)} letter${letters === 1 ? '' : 's'}`

function retention(rows: readonly Kept[]): Html {
  return html`<table class="levels" aria-labelledby="retention">
<thead><tr><th scope="col">What</th><th scope="col">How long</th><th scope="col">Setting</th></tr></thead>
<tbody>
${rows.map(({ what, howLong, setting }) => html`<tr><th scope="row">${what}</th><td>${howLong}</td><td>${setting ? html`<a href="/settings#${setting}"><code>${setting}</code></a>` : 'fixed'}</td></tr>\n`)}</tbody>
</table>`
}
