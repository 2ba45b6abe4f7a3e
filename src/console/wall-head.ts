import type { Verdict } from '../core/status/status.ts'
import { clockWords } from './ages.ts'
import { bigHeight, type Scale } from './big.ts'
import type { Facts } from './facts.ts'
import { hasStopped } from './panels/status.ts'
import { type Cell, padTo, type Row, type Tone, widthOf } from './rows.ts'
import { waitingOf } from './wall-calls.ts'
import { besideWidth, lineRows, type Piece } from './wall-letters.ts'
import { callHeight } from './wall-page.ts'

// The time and the counts, as large as there is room; what has no room in large letters is told in plain ones.

/** `rows` are those of the whole picture: the head leaves room for a call. */
export function headRows(facts: Facts, columns: number, rows: number): Row[] {
  const pieces = piecesOf(facts)
  const big = largest(pieces, columns, rows)
  const drawn = lineRows(big.lines, big.scale)
  const rest = plainRows(big.rest, columns)
  return drawn.length > 0 && rest.length > 0 ? [...drawn, [], ...rest] : [...drawn, ...rest]
}

/** The most urgent first: the last ones are the first without room. */
function piecesOf(facts: Facts): Piece[] {
  const time = clockWords(facts.now, facts.timeZone)
  const counted = (word: string, count: number, tone: Tone): Piece[] =>
    count === 0 ? [] : [{ text: `${word} ${count}`, tone }]
  const of = (verdict: Verdict): number =>
    facts.printers.filter(({ status }) => status.verdict === verdict).length
  return [
    { text: facts.clockTrusted ? time : `${time}?`, tone: 'strong' },
    ...(hasStopped(facts) ? [{ text: 'SWEEP STOPPED', tone: 'bad' } as const] : []),
    ...(facts.printers.length === 0 ? [{ text: 'NO PRINTERS', tone: 'warn' } as const] : []),
    ...counted('ERROR', of('error'), 'bad'),
    ...counted('SILENT', of('offline'), 'lost'),
    ...counted('TICKETS', waitingOf(facts).length, 'warn'),
    ...counted('WARN', of('warning'), 'warn'),
  ]
}

interface Lines {
  readonly scale: Scale
  readonly lines: readonly (readonly Piece[])[]
  /** What has no room there. */
  readonly rest: readonly Piece[]
}

/** A call, the blank over it, and the foot. */
const leastBelow = callHeight + 2
/** Of the rows, for letters of more than the least size: who is called is worth more than the counts. */
const mostShare = 0.45

function largest(pieces: readonly Piece[], columns: number, rows: number): Lines {
  for (const scale of [3, 2] as const) {
    const all = inLines(pieces, { scale, columns, most: pieces.length, from: 'the last' })
    const height = all.lines.length * (bigHeight(scale) + 1)
    if (all.rest.length === 0 && height <= rows * mostShare) return all
  }
  const most = Math.max(0, Math.floor((rows - leastBelow) / (bigHeight() + 1)))
  const inOrder = inLines(pieces, { scale: 1, columns, most, from: 'the last' })
  if (inOrder.rest.length === 0) return inOrder
  return inLines(pieces, { scale: 1, columns, most, from: 'the first' })
}

interface Room {
  readonly scale: Scale
  readonly columns: number
  /** Lines. */
  readonly most: number
  /** Which line a piece may go to that has room in it: out of order is better than in small letters. */
  readonly from: 'the first' | 'the last'
}

function inLines(pieces: readonly Piece[], { scale, columns, most, from }: Room): Lines {
  const lines: Piece[][] = []
  const rest: Piece[] = []
  const hasRoom = (line: readonly Piece[]) => besideWidth(line, scale) <= columns
  for (const piece of pieces) {
    const open = from === 'the last' ? lines.slice(-1) : lines
    const line = open.find((each) => hasRoom([...each, piece]))
    if (line) line.push(piece)
    else if (lines.length < most && hasRoom([piece])) lines.push([piece])
    else rest.push(piece)
  }
  return { scale, lines, rest }
}

/** Words of a usual size, whole, in as many rows as they take. */
function plainRows(pieces: readonly Piece[], columns: number): Row[] {
  const rows: Cell[][] = []
  for (const piece of pieces) {
    const last = rows.at(-1)
    if (last && widthOf(last) + 3 + piece.text.length <= columns) last.push({ text: '   ' }, piece)
    else rows.push([piece])
  }
  return rows.map((row) => padTo(row, columns))
}
