import { grouped } from '../../core/grouped.ts'
import { isTurned, type Leveled, trayWords } from '../../core/status/level-words.ts'
import type { Status, Watched } from '../../core/status/status.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { ageWords } from '../ages.ts'
import { bar, levelWords, toneOfSupply } from '../bars.ts'
import type { PastLook } from '../facts.ts'
import { toGlyphs } from '../glyphs.ts'
import { placeOf, sentenceOf, toneOfVerdict, wordOf } from '../need.ts'
import { type Cell, cell, cellRight, type Row, type Tone, wrap } from '../rows.ts'

const indent: Cell = { text: ' ' }

/** Everything known of one printer, as rows for a panel that scrolls. */
export function printerRows(
  printer: Watched,
  width: number,
  { asked, tickets, history }: About = nothingMore,
): Row[] {
  const { status } = printer
  const columns = columnsIn(status, width)
  return [
    ...asked,
    ...needRows(printer, width),
    ...pollRows(status, width),
    ...part('Tickets', tickets),
    [],
    ...identityRows(printer, width),
    ...part('Supplies', supplyRows(status, columns)),
    ...part(
      'Trays',
      status.trays.map((each) => levelRow(trayWords(each), each, columns)),
    ),
    ...part(
      'Alerts',
      status.alerts.flatMap((each) => alertRows(each, width)),
    ),
    ...part(
      'On its panel',
      panelLines(status).map((line) => [indent, cell(line, width - 1)]),
    ),
    ...part('By day', history),
  ].map((row) => (row.length === 0 ? row : [indent, ...row]))
}

/** Rows of what else there is to do about it, and what is known of its past. */
interface About {
  readonly asked: readonly Row[]
  readonly tickets: readonly Row[]
  readonly history: readonly Row[]
  /** null: not looked up. */
  readonly past: PastLook | null
}

const nothingMore: About = { asked: [], tickets: [], history: [], past: null }

function needRows(printer: Watched, width: number): Row[] {
  const tone = toneOfVerdict[printer.status.verdict]
  if (printer.reasons.length === 0)
    return [[cell(wordOf(printer), 8, tone), cell(sentenceOf(printer), width - 8)]]
  return printer.reasons.flatMap(({ word, weight, sentence }) =>
    wrap(sentence, width - 8, 3).map((line, at): Row => {
      const tone: Tone = weight === 'warning' ? 'warn' : word === 'silent' ? 'lost' : 'bad'
      return [cell(at === 0 ? word.toUpperCase() : '', 8, tone), cell(line, width - 8, 'strong')]
    }),
  )
}

/** How old all of this is, and why it is not newer. */
function pollRows({ snmp, ageSeconds, fetchedAt, stale }: Status, width: number): Row[] {
  const version = snmp.version === null ? '' : ` by SNMP v${snmp.version}`
  const age = ageSeconds === null ? '' : ageWords(ageSeconds)
  if (fetchedAt === null || ageSeconds === null)
    return sentences(snmp.message ?? 'Nothing has been read from it yet.', width, 'plain')
  if (snmp.ok === false)
    return [
      ...sentences(`Last poll failed: ${snmp.message ?? 'no answer'}`, width, 'warn'),
      ...sentences(`What follows is ${age} old.`, width, 'warn'),
    ]
  return sentences(`Read ${age} ago${version}${stale ? ', too old' : ''}`, width, 'plain')
}

const sentences = (text: string, width: number, tone: Tone): Row[] =>
  wrap(text, width, 3).map((line) => [cell(line, width, tone)])

function identityRows(printer: Watched, width: number): Row[] {
  const { status } = printer
  const { make, model, ipAddress, serial, assetTag, group } = status.printer
  const named = [make, model].filter(Boolean).join(' ')
  const lines: [string, string | null][] = [
    ['Model', named || status.device.model],
    ['Place', placeOf(printer)],
    ['Address', ipAddress],
    ['Serial', serial],
    ['Asset', assetTag],
    ['Group', group?.name ?? null],
    ['Status', [status.status?.name, ...(status.errors?.flags ?? [])].filter(Boolean).join(', ')],
    ['Pages', status.pageCount === null ? null : grouped(status.pageCount)],
  ]
  return lines.flatMap(([name, value]) => (value ? [[cell(name, 9), cell(value, width - 9)]] : []))
}

function part(title: string, rows: readonly Row[]): Row[] {
  return rows.length === 0 ? [] : [[], [{ text: title, tone: 'strong' }], ...rows]
}

interface Columns {
  readonly name: number
  readonly bar: number
  readonly level: number
}

/** Names as wide as the longest; a bar has six cells at least. */
function columnsIn({ supplies, trays }: Status, width: number): Columns {
  const longest = (words: string[]): number => Math.max(...words.map((each) => each.length))
  const level = longest(['100 %', ...[...supplies, ...trays].map(levelWords)]) + 1
  const names = longest(['', ...supplyNames(supplies), ...trays.map(trayWords)].map(toGlyphs))
  const name = Math.max(0, Math.min(names, width - level - 8))
  return { name, level, bar: Math.min(40, Math.max(0, width - name - level - 2)) }
}

function supplyRows({ supplies }: Status, columns: Columns): Row[] {
  const names = supplyNames(supplies)
  const whole = columns.name + columns.bar + columns.level + 1
  return supplies.flatMap((supply, at): Row[] => {
    if (supply.levelState === 'absent' && !supply.description) return []
    const row = levelRow(names[at] ?? '', supply, columns)
    return isTurned(supply)
      ? [row, [indent, cellRight('turned round by the office', whole)]]
      : [row]
  })
}

function levelRow(name: string, part: Leveled, columns: Columns): Row {
  const tone = 'kind' in part ? toneOfSupply(part) : 'plain'
  const { percent } = part
  const drawn = percent === null ? cell('', columns.bar) : bar(percent, columns.bar, tone)
  const level = cellRight(levelWords(part), columns.level)
  return [indent, cell(name, columns.name), indent, drawn, level]
}

function alertRows(alert: Status['alerts'][number], width: number): Row[] {
  const text = alert.description || alert.codeName || `code ${alert.code ?? '?'}`
  const severity = alert.severity === null ? '' : `${alert.severity}: `
  return wrap(severity + text, width - 1, 2).map((line) => [indent, cell(line, width - 1)])
}

const panelLines = (status: Status): string[] =>
  status.console.filter((line) => toGlyphs(line) !== '')
