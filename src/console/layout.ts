// Columns x rows -> boxes. Tiers are the screens of print rooms: 80x24 composite or serial,
// 100x30 on 800x480, 128x37 on 1024x600, 240x67 on 1080p with 8x16.

export type Tier = 'tiny' | 'cramped' | 'small' | 'medium' | 'large' | 'wide'
export type PanelName =
  | 'status'
  | 'trouble'
  | 'printers'
  | 'tickets'
  | 'printer'
  | 'ticket'
  | 'activity'
  | 'outbox'
  | 'notice'
  | 'keys'

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Shares a line with the panel above it, or below it. */
  readonly above?: boolean
  readonly below?: boolean
}

export interface Wanted {
  readonly columns: number
  readonly rows: number
  /** What fills the middle where fleet and details do not fit beside each other. */
  readonly open: 'board' | 'printer' | 'tickets' | 'ticket'
  /** Sentences about the box itself. */
  readonly troubles: number
  /** Lines under the address, of which no small screen has many to spare. */
  readonly hints: number
  /** Rows that the whole fleet fills, headings included: what it leaves is the activity's. */
  readonly fleet: number
  /** Rows that the tickets fill; none, and the board has no panel for them. */
  readonly tickets: number
  /** Letters wait, or were given up: a panel of its own where there is room. */
  readonly letters: boolean
}

export interface Layout {
  readonly tier: Tier
  /** Fleet and details are both on the screen. */
  readonly both: boolean
  readonly boxes: Readonly<Partial<Record<PanelName, Box>>>
}

export function tierOf(columns: number, rows: number): Tier {
  if (columns >= 200 && rows >= 45) return 'wide'
  if (columns >= 128 && rows >= 32) return 'large'
  if (columns >= 100 && rows >= 30) return 'medium'
  if (columns >= 80 && rows >= 24) return 'small'
  return columns >= 32 && rows >= 8 ? 'cramped' : 'tiny'
}

export function layout(wanted: Wanted): Layout {
  const { columns, rows } = wanted
  const tier = tierOf(columns, rows)
  if (tier === 'tiny') {
    const box = { left: 0, top: 0, width: Math.max(0, columns), height: Math.max(0, rows) }
    return { tier, both: false, boxes: { status: box } }
  }
  const full = { left: 0, width: columns }
  const troubleRows = Math.min(wanted.troubles, tier === 'small' || tier === 'cramped' ? 1 : 3)
  const top = 1 + troubleRows
  const hints = tier === 'cramped' ? 0 : Math.min(wanted.hints, 3)
  const height = rows - top - hints - 2
  const boxes: Partial<Record<PanelName, Box>> = {
    status: { ...full, top: 0, height: 1 },
    ...(troubleRows > 0 && { trouble: { ...full, top: 1, height: troubleRows } }),
    notice: { ...full, top: rows - 2 - hints, height: 1 + hints },
    keys: { ...full, top: rows - 1, height: 1 },
  }
  const middle = middleOf(tier, wanted, { ...full, top, height })
  return { tier, both: 'printers' in middle && 'printer' in middle, boxes: { ...boxes, ...middle } }
}

type Middle = Layout['boxes']

function middleOf(tier: Tier, wanted: Wanted, room: Box): Middle {
  const { open } = wanted
  if (open === 'tickets' || open === 'ticket') return ticketsView(tier, wanted, room)
  if (tier === 'wide') return wideBoard(wanted, room)
  if (tier === 'large') {
    const width = Math.min(62, Math.max(46, Math.floor(room.width * 0.36)))
    const [rest, right] = splitRight(room, width)
    const { outbox, above } = letterBox(wanted, right)
    return { ...stacked(rest, 8, wanted, 6), printer: above, ...outbox }
  }
  if (open === 'printer') return { printer: room }
  if (tier === 'cramped' && room.height < 12) return { printers: room }
  return tier === 'medium'
    ? stacked(room, 7, wanted, 3)
    : stacked(room, 5, wanted, tier === 'small' ? 2 : 1)
}

/** Fleet, details, and what happens beside each other. */
function wideBoard(wanted: Wanted, room: Box): Middle {
  const [rest, right] = splitRight(room, Math.min(64, Math.floor(room.width * 0.24)))
  const [printers, printer] = splitRight(rest, Math.min(66, Math.floor(room.width * 0.27)))
  const { outbox, above } = letterBox(wanted, right)
  if (wanted.tickets === 0) return { printers, printer, activity: above, ...outbox }
  const [tickets, activity] = splitBelow(
    above,
    Math.min(wanted.tickets + 1, Math.floor(above.height / 2)),
  )
  return { printers, printer, tickets, activity, ...outbox }
}

/** The list over the chosen one, or beside it; on a small screen the chosen one alone, when opened. */
function ticketsView(tier: Tier, { tickets: rows, open }: Wanted, room: Box): Middle {
  if (rows === 0) return { tickets: room }
  if (tier === 'wide' || tier === 'large') {
    const [tickets, ticket] = splitRight(room, Math.min(100, Math.floor(room.width * 0.4)))
    return { tickets, ticket }
  }
  if (open === 'ticket') return { ticket: room }
  if (tier === 'cramped' && room.height < 12) return { tickets: room }
  const [tickets, ticket] = splitBelow(room, Math.min(rows + 1, Math.floor(room.height / 2)))
  return { tickets, ticket }
}

/** Fleet over tickets over activity, with one line between two of them for both. */
function stacked(room: Box, least: number, wanted: Wanted, mostTickets: number): Middle {
  const tickets = wanted.tickets === 0 ? 0 : 1 + Math.min(wanted.tickets, mostTickets)
  const most = Math.floor(room.height / 2)
  const activity = Math.max(least, Math.min(most, room.height - tickets - wanted.fleet - 1))
  const [printers, rest] = splitBelow(room, room.height - tickets - activity)
  if (tickets === 0) return { printers, activity: rest }
  const [middle, last] = splitBelow(rest, tickets)
  return { printers, tickets: middle, activity: last }
}

const lettersHeight = 5

/** The foot of a column. */
function letterBox({ letters }: Wanted, room: Box): { above: Box; outbox: { outbox?: Box } } {
  if (!letters) return { above: room, outbox: {} }
  const [above, outbox] = splitBelow(room, room.height - lettersHeight)
  return { above, outbox: { outbox } }
}

function splitRight(room: Box, width: number): [Box, Box] {
  const left = room.width - width
  return [
    { ...room, width: left },
    { ...room, left: room.left + left, width },
  ]
}

/** They share the line between them. */
function splitBelow(room: Box, height: number): [Box, Box] {
  return [
    { ...room, height, below: true },
    { ...room, top: room.top + height, height: room.height - height, above: true },
  ]
}
