import type { Verdict } from '../../core/status/status.ts'
import { ageWords, clockWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { aliveOf } from '../filed.ts'
import { toGlyphs } from '../glyphs.ts'
import { type Cell, cut, padTo, type Row, type Tone, widthOf } from '../rows.ts'

const nameWidth = 9

/** The line at the top: where this is, how the fleet is, and whether the screen can be believed. */
export function statusLine(facts: Facts, width: number): Row {
  const name: Cell = { text: ' PLATEN '.padEnd(nameWidth), tone: 'strong' }
  const counts = countCells(facts)
  const right = [...sweepCells(facts), ...clockCells(facts)]
  const spare = width - widthOf([name, ...counts, ...right])
  if (spare < 0) return tight(facts, width)
  const site = siteIn(facts, spare)
  return padTo(
    [name, { text: site }, ...counts, { text: ' '.repeat(spare - site.length) }, ...right],
    width,
  )
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
  { verdict: 'unknown', word: 'unread', tone: 'strong' },
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
  if (hasStopped(facts))
    return [{ text: ` sweep stopped ${ageWords(heard)} ago `, tone: 'alarm' }, gap]
  return [{ text: `${ageWords(heard)} ago` }, gap]
}

/** With a question mark while nothing vouches for the clock. */
function clockCells(facts: Facts): Cell[] {
  const time = clockWords(facts.now, facts.timeZone)
  return [{ text: facts.clockTrusted ? `${time} ` : `${time}? `, tone: 'strong' }]
}

const gap: Cell = { text: '  ' }

/** Where not all fits: who needs somebody comes first, the last ones go, whole, and then the age. */
function tight(facts: Facts, width: number): Row {
  const clock = clockCells(facts)
  const both = [...sweepCells(facts), ...clock]
  const counts = countCells(facts).filter(isCounted)
  const all = spaced(counts, width)
  if (widthOf(all) + widthOf(both) <= width && all.length > counts.length * 2)
    return padTo([...padTo(all, width - widthOf(both)), ...both], width)
  const stopped: Cell[] = hasStopped(facts) ? [{ text: 'sweep stopped ', tone: 'alarm' }] : []
  const room = Math.max(0, width - widthOf([...stopped, ...clock]))
  const urgent = [...counts].sort((a, b) => urgencyOf(a) - urgencyOf(b))
  return padTo([...stopped, ...padTo(spaced(urgent, room), room), ...clock], width)
}

const isCounted = ({ tone }: Cell): boolean => tone !== undefined && tone !== 'plain'

const urgency = ['error', 'offline', 'tickets', 'warn', 'ok', 'unread']
const urgencyOf = ({ text }: Cell): number => urgency.indexOf(text.split(' ')[0] ?? '')

function spaced(cells: readonly Cell[], width: number): Row {
  const row: Cell[] = [{ text: ' ' }]
  for (const each of cells) {
    if (widthOf(row) + each.text.length > width) break
    row.push(each, gap)
  }
  return row
}
