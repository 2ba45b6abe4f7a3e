import { meaningOf } from '../../core/status/alert-meanings.ts'
import type { Status, Watched } from '../../core/status/status.ts'
import { oneLine } from '../../core/status/supplies.ts'
import { agoWords } from '../ages.ts'
import type { PastLook } from '../facts.ts'
import { toGlyphs } from '../glyphs.ts'
import { apart, placeOf, sentenceOf, toneOfVerdict, wordOf } from '../need.ts'
import { type Cell, cell, hanging, padTo, part, type Row, type Tone, wrap } from '../rows.ts'
import type { Times } from './days.ts'
import { saidRows, writtenRows } from './identity.ts'
import { levelRows } from './levels.ts'

const indent: Cell = { text: ' ' }

/** Everything known of one printer, as rows for a panel that scrolls: what is to be done there first. */
export function printerRows(
  printer: Watched,
  width: number,
  { asked, tickets, history, past, times }: About,
): Row[] {
  const { status } = printer
  const isWide = width >= leastWide
  const right = isWide ? Math.min(mostAside, Math.floor(width * 0.42)) : width
  const left = isWide ? width - right - 3 : width
  const { supplies, trays } = levelRows(status, left, { past, times })
  const levels = [
    ...part('Supplies', supplies.length > 0 ? supplies : noSupplies(status, left)),
    ...part('Trays', trays),
  ]
  const told = [
    ...part(
      'Alerts',
      status.alerts.flatMap((each) => alertRows(each, right)),
    ),
    ...part(
      'On its panel',
      panelLines(status).map((line) => [indent, cell(line, right - 1)]),
    ),
  ]
  const facts = [
    ...part('It says', saidRows(printer, { past, times }, right)),
    ...part('Written down of it', writtenRows(status, right)),
  ]
  return [
    ...asked,
    ...needRows(printer, width),
    ...placeRows(printer, width),
    ...pollRows(status, width),
    ...part('Tickets', tickets),
    ...(isWide ? beside(levels, [...told, ...facts], left) : [...levels, ...told, ...facts]),
    ...part('By day', history),
  ].map((row) => (row.length === 0 ? row : [indent, ...row]))
}

/** From here on facts stand beside the levels. */
const leastWide = 90
const mostAside = 56

/** Rows of what else there is to do about it, and what is known of its past. */
interface About {
  readonly asked: readonly Row[]
  readonly tickets: readonly Row[]
  readonly history: readonly Row[]
  /** null: not looked up. */
  readonly past: PastLook | null
  readonly times: Times
}

function needRows(printer: Watched, width: number): Row[] {
  const tone = toneOfVerdict[printer.status.verdict]
  if (printer.reasons.length === 0)
    return [[cell(wordOf(printer), 8, tone), cell(sentenceOf(printer), width - 8)]]
  const isUnknown = printer.status.verdict === 'unknown'
  return printer.reasons.flatMap(({ word, weight, sentence }) =>
    wrap(sentence, width - 8, 3).map((line, at): Row => {
      const tone: Tone = weight === 'warning' ? 'warn' : word === 'silent' ? 'lost' : 'bad'
      // As in the list: what nobody knows is no alert.
      const name = isUnknown ? wordOf(printer) : word.toUpperCase()
      const cells = cell(at === 0 ? name : '', 8, isUnknown ? 'plain' : tone)
      return [cells, cell(line, width - 8, 'strong')]
    }),
  )
}

/** How old all of this is, and why it is not newer. */
function pollRows({ snmp, ageSeconds, fetchedAt, stale }: Status, width: number): Row[] {
  const version = snmp.version === null ? '' : ` by SNMP v${snmp.version}`
  if (fetchedAt === null || ageSeconds === null)
    return sentences(snmp.message ?? 'Nothing has been read from it yet.', width, 'plain')
  if (snmp.ok === false)
    return [
      ...sentences(`Last poll failed: ${snmp.message ?? 'no answer'}`, width, 'warn'),
      ...sentences(`What follows was read ${agoWords(ageSeconds)}.`, width, 'warn'),
    ]
  return sentences(
    `Read ${agoWords(ageSeconds)}${version}${stale ? ', too old' : ''}`,
    width,
    'plain',
  )
}

const sentences = (text: string, width: number, tone: Tone): Row[] =>
  wrap(text, width, 3).map((line) => [cell(line, width, tone)])

function placeRows(printer: Watched, width: number): Row[] {
  const place = placeOf(printer)
  return place === '' ? [] : [[cell(place, width)]]
}

/** That there are none is a fact only of a printer that was read. */
function noSupplies({ fetchedAt }: Status, width: number): Row[] {
  return fetchedAt === null ? [] : [[indent, cell('It tells of no supplies.', width - 1)]]
}

function beside(left: readonly Row[], right: readonly Row[], width: number): Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const [one, other] = [left[at] ?? [], right[at] ?? []]
    return other.length === 0 ? one : [...padTo(one, width), { text: '   ' }, ...other]
  })
}

/** 'critical: Jam in tray 2 (jam, code 8)' */
function alertRows(
  { severity, code, codeName, description }: Status['alerts'][number],
  width: number,
): Row[] {
  const name = codeName === null ? '' : apart(codeName)
  const text = oneLine(description) || meaningOf(codeName ?? '')?.sentence || name
  const told = [name === text ? '' : name, code === null ? '' : `code ${code}`].filter(Boolean)
  const weight = severity === null ? '' : `${apart(severity)}: `
  const words = `${weight}${text || 'no words'}${told.length > 0 ? ` (${told.join(', ')})` : ''}`
  return hanging(words, width, 3)
}

const panelLines = (status: Status): string[] =>
  status.console.filter((line) => toGlyphs(line) !== '')
