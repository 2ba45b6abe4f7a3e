// Columns x rows -> boxes. Tiers are the screens of print rooms: 80x24 composite or serial,
// 100x30 on 800x480, 128x37 on 1024x600, 240x67 on 1080p with 8x16.

export type Tier = 'tiny' | 'cramped' | 'small' | 'medium' | 'large' | 'wide'
export type PanelName =
  | 'status'
  | 'trouble'
  | 'printers'
  | 'printer'
  | 'activity'
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
  readonly open: 'board' | 'printer'
  /** Sentences about the box itself. */
  readonly troubles: number
  /** Rows that the whole fleet fills, headings included: what it leaves is the activity's. */
  readonly fleet: number
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
  const height = rows - top - 2
  const boxes: Partial<Record<PanelName, Box>> = {
    status: { ...full, top: 0, height: 1 },
    ...(troubleRows > 0 && { trouble: { ...full, top: 1, height: troubleRows } }),
    notice: { ...full, top: rows - 2, height: 1 },
    keys: { ...full, top: rows - 1, height: 1 },
  }
  const middle = middleOf(tier, wanted, { ...full, top, height })
  return { tier, both: 'printers' in middle && 'printer' in middle, boxes: { ...boxes, ...middle } }
}

function middleOf(
  tier: Tier,
  { open, fleet }: Wanted,
  room: Box,
): Partial<Record<'printers' | 'printer' | 'activity', Box>> {
  if (tier === 'wide') {
    const activity = Math.min(64, Math.floor(room.width * 0.24))
    const printer = Math.min(66, Math.floor(room.width * 0.27))
    const printers = room.width - printer - activity
    return {
      printers: { ...room, width: printers },
      printer: { ...room, left: printers, width: printer },
      activity: { ...room, left: printers + printer, width: activity },
    }
  }
  if (tier === 'large') {
    const printer = Math.min(62, Math.max(46, Math.floor(room.width * 0.36)))
    const left = stacked({ ...room, width: room.width - printer }, 8, fleet)
    return { ...left, printer: { ...room, left: room.width - printer, width: printer } }
  }
  if (open === 'printer') return { printer: room }
  if (tier === 'cramped' && room.height < 12) return { printers: room }
  return stacked(room, tier === 'medium' ? 7 : 5, fleet)
}

/** Fleet over activity, with one line between them for both. */
function stacked(
  room: Box,
  least: number,
  fleet: number,
): Pick<Record<PanelName, Box>, 'printers' | 'activity'> {
  const most = Math.floor(room.height / 2)
  const activity = Math.max(least, Math.min(most, room.height - fleet - 1))
  const height = room.height - activity
  return {
    printers: { ...room, height, below: true },
    activity: { ...room, top: room.top + height, height: activity, above: true },
  }
}
