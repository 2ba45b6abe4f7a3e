import type { Verdict } from '../../core/status/status.ts'
import { agoWords, clockWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { aliveOf } from '../filed.ts'
import { toGlyphs } from '../glyphs.ts'
import { type Cell, cut, padTo, type Row, type Tone, widthOf } from '../rows.ts'
import { type ViewName, viewNames } from '../view.ts'

const nameWidth = 9

/**
 * The line at the top: where this is, how the fleet is, which view is open, and whether the screen can be
 * believed. The counts are whole at every size that the console is drawn at.
 */
export function statusLine(facts: Facts, width: number, open?: ViewName): Row {
  const name: Cell = { text: ' PLATEN '.padEnd(nameWidth), tone: 'strong' }
  const counts = countCells(facts)
  const right = [...sweepCells(facts), ...clockCells(facts)]
  const spare = width - widthOf([name, ...counts, ...right])
  if (spare < 0) return tight(facts, width)
  const site = siteIn(facts, spare)
  const left = [name, { text: site }, ...counts]
  // On a small screen the panel's title has to do.
  const views = width < 100 ? [] : viewCells(open, spare - site.length)
  return beside([...left, ...views], right, width)
}

/** The views with their digits, the open one in brackets; where that is too long the open one alone, or none. */
function viewCells(open: ViewName | undefined, room: number): Row {
  if (open === undefined) return []
  const tabs = viewNames.map((name, at): Cell => {
    const words = `${at + 1} ${name}`
    return name === open ? { text: `[${words}]`, tone: 'strong' } : { text: ` ${words} ` }
  })
  const alone = tabs.filter(({ tone }) => tone === 'strong')
  return [tabs, alone].find((each) => widthOf(each) + gap.text.length <= room) ?? []
}

/** Whole or not at all; the line over the keys has it where it does not fit here. */
export function showsSite(facts: Facts, width: number): boolean {
  const others = [...countCells(facts), ...sweepCells(facts), ...clockCells(facts)]
  return siteIn(facts, width - nameWidth - widthOf(others)) !== ''
}

function siteIn(facts: Facts, spare: number): string {
  const site = `${cut(toGlyphs(facts.site), 40)}  `
  return site.length <= spare ? site : ''
}

/** A sweep that stopped shows within one interval; the ten seconds are for silent printers. */
export function hasStopped({ sweep, printers }: Facts): boolean {
  const heard = sweep.lastHeardSecondsAgo
  return printers.length > 0 && heard !== null && heard > sweep.intervalSeconds + 10
}

const shown: readonly { verdict: Verdict; word: string; tone: Tone }[] = [
  { verdict: 'ok', word: 'ok', tone: 'good' },
  { verdict: 'warning', word: 'warn', tone: 'warn' },
  { verdict: 'error', word: 'error', tone: 'bad' },
  { verdict: 'offline', word: 'offline', tone: 'lost' },
  { verdict: 'unknown', word: 'unsure', tone: 'strong' },
]

const countCells = (facts: Facts): Cell[] => [...verdictCells(facts), ...ticketCells(facts)]

function verdictCells({ printers }: Facts): Cell[] {
  return shown.flatMap(({ verdict, word, tone }) => {
    const count = printers.filter((each) => each.status.verdict === verdict).length
    if (verdict === 'unknown' && count === 0) return []
    return [{ text: `${word} ${count}`, tone: count > 0 ? tone : 'plain' }, { text: '  ' }]
  })
}

/** A ticket that nobody has taken waits for somebody. */
function ticketCells(facts: Facts): Cell[] {
  const alive = aliveOf(facts)
  if (alive.length === 0) return []
  const waits = alive.some(({ ticket }) => ticket.state === 'open')
  return [{ text: `tickets ${alive.length}`, tone: waits ? 'warn' : 'strong' }, gap]
}

function sweepCells(facts: Facts): Cell[] {
  const { lastHeardSecondsAgo: heard, running } = facts.sweep
  if (facts.printers.length === 0) return []
  if (heard === null) return [{ text: running > 0 ? 'first sweep ...' : 'not read yet' }, gap]
  if (hasStopped(facts)) return [{ text: ` sweep stopped ${agoWords(heard)} `, tone: 'alarm' }, gap]
  return [{ text: agoWords(heard) }, gap]
}

/** With a question mark while nothing vouches for the clock. */
function clockCells(facts: Facts): Cell[] {
  const time = clockWords(facts.now, facts.timeZone)
  return [{ text: facts.clockTrusted ? `${time} ` : `${time}? `, tone: 'strong' }]
}

const gap: Cell = { text: '  ' }

/** Where not all fits: the name goes, then what is none, then blanks, then the age; and last counts, whole. */
function tight(facts: Facts, width: number): Row {
  const counts = countCells(facts).filter(isCounted)
  const clock = clockCells(facts)
  const both = [...sweepCells(facts), ...clock]
  for (const blanks of [2, 1]) {
    const left = spaced(counts, blanks)
    if (widthOf(left) + widthOf(both) <= width) return beside(left, both, width)
  }
  const stopped: Cell[] = hasStopped(facts) ? [{ text: 'sweep stopped ', tone: 'alarm' }] : []
  const right = [...stopped, ...clock]
  const room = width - widthOf(right)
  if (widthOf(spaced(counts, 1)) <= room) return beside(spaced(counts, 1), right, width)
  const urgent = [...counts].sort((a, b) => urgencyOf(a) - urgencyOf(b))
  return beside(fitting(urgent, room), right, width)
}

const beside = (left: Row, right: Row, width: number): Row =>
  padTo([...padTo(left, Math.max(0, width - widthOf(right))), ...right], width)

const isCounted = ({ tone }: Cell): boolean => tone !== undefined && tone !== 'plain'

const urgency = ['error', 'offline', 'tickets', 'warn', 'ok', 'unsure']
const urgencyOf = ({ text }: Cell): number => urgency.indexOf(text.split(' ')[0] ?? '')

const spaced = (cells: readonly Cell[], blanks: number): Row => [
  { text: ' ' },
  ...cells.flatMap((each) => [each, { text: ' '.repeat(blanks) }]),
]

/** As many as there is room for. */
function fitting(cells: readonly Cell[], width: number): Row {
  const most = cells.findLastIndex((_, at) => widthOf(spaced(cells.slice(0, at + 1), 1)) <= width)
  return spaced(cells.slice(0, most + 1), 1)
}
