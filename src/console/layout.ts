import type { ViewName } from './view.ts'

// Columns x rows -> boxes. Tiers are the screens of print rooms: 80x24 composite or serial,
// 100x30 on 800x480, 128x37 on 1024x600, 240x67 on 1080p with 8x16.

type Tier = 'tiny' | 'cramped' | 'small' | 'medium' | 'large' | 'wide'
export type PanelName =
  | 'status'
  | 'trouble'
  | 'printers'
  | 'tickets'
  | 'printer'
  | 'history'
  | 'ticket'
  | 'supplies'
  | 'activity'
  | 'box'
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

/** The one of a screen's size, or the one that somebody wants. */
export const layoutWishes = ['auto', '80x24', '100x30', '128x37', '240x67'] as const
export type LayoutWish = (typeof layoutWishes)[number]

export interface Wanted {
  readonly columns: number
  readonly rows: number
  readonly wish: LayoutWish
  readonly open: ViewName
  /** All the room is for the details of what is chosen, where both do not fit. */
  readonly inside: boolean
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
  readonly boxes: Readonly<Partial<Record<PanelName, Box>>>
}

const tiers: readonly Tier[] = ['tiny', 'cramped', 'small', 'medium', 'large', 'wide']

function tierOf(columns: number, rows: number): Tier {
  if (columns >= 200 && rows >= 45) return 'wide'
  if (columns >= 128 && rows >= 32) return 'large'
  if (columns >= 100 && rows >= 30) return 'medium'
  if (columns >= 80 && rows >= 24) return 'small'
  return columns >= 32 && rows >= 8 ? 'cramped' : 'tiny'
}

const tierOfWish: Readonly<Record<Exclude<LayoutWish, 'auto'>, Tier>> = {
  '80x24': 'small',
  '100x30': 'medium',
  '128x37': 'large',
  '240x67': 'wide',
}

/** Layouts that a screen has room for. */
export function layoutsFor(columns: number, rows: number): LayoutWish[] {
  const most = tiers.indexOf(tierOf(columns, rows))
  return layoutWishes.filter((wish) => wish === 'auto' || tiers.indexOf(tierOfWish[wish]) <= most)
}

export function layout(wanted: Wanted): Layout {
  const { columns, rows, wish } = wanted
  const own = tierOf(columns, rows)
  const tier = wish !== 'auto' && layoutsFor(columns, rows).includes(wish) ? tierOfWish[wish] : own
  if (tier === 'tiny') {
    const box = { left: 0, top: 0, width: Math.max(0, columns), height: Math.max(0, rows) }
    return { tier, boxes: { status: box } }
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
  const middle = middles[wanted.open](tier, wanted, { ...full, top, height })
  return { tier, boxes: { ...boxes, ...middle } }
}

type Middle = Layout['boxes']

const middles: Readonly<Record<ViewName, (tier: Tier, wanted: Wanted, room: Box) => Middle>> = {
  fleet: fleetView,
  printer: printerView,
  tickets: ticketsView,
  supplies: (_tier, _wanted, room) => ({ supplies: room }),
  activity: (_tier, _wanted, room) => ({ activity: room }),
  box: boxView,
}

function fleetView(tier: Tier, wanted: Wanted, room: Box): Middle {
  if (tier === 'wide') return wideFleet(wanted, room)
  if (tier === 'large') {
    const width = Math.min(62, Math.max(46, Math.floor(room.width * 0.36)))
    const [rest, right] = splitRight(room, width)
    const { outbox, above } = letterBox(wanted, right)
    return { ...stacked(rest, 8, wanted, 6), printer: above, ...outbox }
  }
  if (tier === 'cramped' && room.height < 12) return { printers: room }
  return tier === 'medium'
    ? stacked(room, 7, wanted, 3)
    : stacked(room, 5, wanted, tier === 'small' ? 2 : 1)
}

/** Fleet, details, and what happens beside each other. */
function wideFleet(wanted: Wanted, room: Box): Middle {
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

/** What is known now, and beside it, where there is room, what became of it by day. */
function printerView(tier: Tier, _wanted: Wanted, room: Box): Middle {
  if (tier !== 'wide' && tier !== 'large') return { printer: room }
  const [printer, history] = splitRight(room, Math.floor(room.width * 0.42))
  return { printer, history }
}

/** The list over the chosen one, or beside it; on a small screen the chosen one alone, when opened. */
function ticketsView(tier: Tier, { tickets: rows, inside }: Wanted, room: Box): Middle {
  if (rows === 0) return { tickets: room }
  if (tier === 'wide' || tier === 'large') {
    const [tickets, ticket] = splitRight(room, Math.min(100, Math.floor(room.width * 0.4)))
    return { tickets, ticket }
  }
  if (inside) return { ticket: room }
  if (tier === 'cramped' && room.height < 12) return { tickets: room }
  const [tickets, ticket] = splitBelow(room, Math.min(rows + 1, Math.floor(room.height / 2)))
  return { tickets, ticket }
}

/** The box, and its letters beside it where there is room. */
function boxView(tier: Tier, _wanted: Wanted, room: Box): Middle {
  if (tier !== 'wide' && tier !== 'large') return { box: room }
  const [box, outbox] = splitRight(room, Math.floor(room.width * 0.4))
  return { box, outbox }
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
