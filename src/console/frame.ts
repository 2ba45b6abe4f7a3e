import { type Cell, padTo, type Row, widthOf } from './rows.ts'

// Frames are drawn here as text, not by the terminal's library: what a test draws is what is sent.

export interface Frame {
  readonly width: number
  readonly height: number
  readonly title: Row
  /** At the right end of the top line. */
  readonly corner?: string
  /** Keys go here: the top line is double, which needs no colour to be seen. */
  readonly focused?: boolean
  /** Shares its top line with the panel above it; that one leaves its bottom line out. */
  readonly above?: boolean
  readonly below?: boolean
}

/** Rows in a frame, exactly `height` of them; what does not fit is not drawn. */
export function framed(frame: Frame, rows: readonly Row[]): Row[] {
  const inside = roomIn(frame)
  const drawn = [topLine(frame)]
  for (let at = 0; at < inside; at++) drawn.push(between(rows[at] ?? [], frame.width))
  if (!frame.below) drawn.push(line('└', '─', '┘', frame.width))
  return drawn.slice(0, Math.max(0, frame.height))
}

/** How many rows a frame holds. */
export const roomIn = (frame: Pick<Frame, 'height' | 'below'>): number =>
  Math.max(0, frame.height - (frame.below ? 1 : 2))

/** How far so many rows can be scrolled in it. */
export const mostFrom = (rows: number, frame: Pick<Frame, 'height' | 'below'>): number =>
  Math.max(0, rows - roomIn(frame))

/** For the corner: what is scrolled to row `from`, of `most`, goes on above, or below. */
export const arrows = (from: number, most: number): string =>
  `${from > 0 ? '▲' : ''}${from < most ? '▼' : ''}`

/** A line across the inside of a frame that begins another part of it; goes in place of a row. */
export function divider(title: string, width: number): Row {
  return titled(['├', '─', '┤'], [{ text: title, tone: 'strong' }], '', width)
}

const isDivider = (row: Row): boolean => row[0]?.tone === 'frame' && /^[├╞┌╒]/.test(row[0].text)

function topLine(frame: Frame): Row {
  const [left, dash, right] = frame.focused
    ? (['╒', '═', '╕'] as const)
    : (['┌', '─', '┐'] as const)
  const ends = frame.above
    ? frame.focused
      ? (['╞', dash, '╡'] as const)
      : (['├', dash, '┤'] as const)
    : ([left, dash, right] as const)
  return titled(ends, frame.title, frame.corner ?? '', frame.width)
}

function titled(
  [left, dash, right]: readonly [string, string, string],
  title: Row,
  corner: string,
  width: number,
): Row {
  const name: Row = title.length > 0 ? [blank, ...title, blank] : []
  const end = corner === '' ? '' : ` ${corner} `
  const room = width - 4 - widthOf(name)
  const shown = room >= end.length ? end : ''
  return padTo(
    [
      { text: left + dash, tone: 'frame' },
      ...padTo(name, Math.min(widthOf(name), Math.max(0, width - 4))),
      { text: dash.repeat(Math.max(0, room - shown.length)), tone: 'frame' },
      { text: shown },
      { text: dash + right, tone: 'frame' },
    ],
    width,
  )
}

const blank: Cell = { text: ' ' }

function between(row: Row, width: number): Row {
  if (isDivider(row)) return padTo(row, width)
  const side: Cell = { text: '│', tone: 'frame' }
  return [side, ...padTo(row, Math.max(0, width - 2)), side]
}

function line(left: string, dash: string, right: string, width: number): Row {
  return padTo(
    [{ text: left + dash.repeat(Math.max(0, width - 2)) + right, tone: 'frame' }],
    Math.max(0, width),
  )
}
