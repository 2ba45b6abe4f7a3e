import type { Watched } from '../core/status/status.ts'
import type { Facts } from './facts.ts'
import { type Frame, framed, roomIn } from './frame.ts'
import { type Box, type Layout, layout, type PanelName } from './layout.ts'
import { byNeed, matching } from './need.ts'
import { activityRows } from './panels/activity.ts'
import { keysRow, type Notice, noticeRow, troubleRows } from './panels/footer.ts'
import { printerRows } from './panels/printer.ts'
import { fleetHeight, printersPanel } from './panels/printers.ts'
import { statusLine } from './panels/status.ts'
import { helpRows, leaveRows, nobodyRows, noMatchRows } from './panels/words.ts'
import { cell, padTo, type Row, textOf } from './rows.ts'
import { chosenOf, firstView, type Leaves, type Panel, type Room, type View } from './view.ts'

/** A panel as it goes to the screen: exactly `box.height` rows of `box.width` cells. */
export interface Drawn {
  readonly name: PanelName | 'over'
  readonly box: Box
  readonly rows: readonly Row[]
}

export interface Board {
  readonly panels: readonly Drawn[]
  readonly room: Room
  readonly chosen: Watched | null
}

export interface Look {
  readonly columns: number
  readonly rows: number
  readonly view: View
  readonly leaves: Leaves
  readonly notice: Notice | null
  /** A panel that broke shows a word, the rest goes on. */
  readonly broke: (error: unknown, panel: string) => void
}

/** Facts and view -> every panel of the screen. Pure, but for `broke`. */
export function drawBoard(facts: Facts, look: Look): Board {
  const fleet = byNeed(facts.printers)
  const plan = layout({
    columns: look.columns,
    rows: look.rows,
    open: look.view.open,
    troubles: facts.trouble.length,
    fleet: fleet.length === 0 ? look.rows : fleetHeight(fleet),
  })
  const printers = matching(fleet, look.view.filter)
  const ids = printers.map((each) => each.status.printer.id)
  const chosenId = chosenOf(look.view, ids)
  const chosen = printers.find((each) => each.status.printer.id === chosenId) ?? null
  const scene: Scene = { facts, look, plan, printers, chosen, focus: focusIn(plan, look.view) }
  const names = Object.keys(plan.boxes) as PanelName[]
  const panels = names.map((name) => fenced(scene, name, plan.boxes[name]))
  return { panels: [...panels, ...overPanel(look)], room: roomOf(scene, ids), chosen }
}

/** The board as text, for a screen that nobody stays at. */
export function boardText(facts: Facts, columns: number, rows: number): string {
  const lines = Array.from({ length: rows }, () => ' '.repeat(columns))
  const broke = (): void => {}
  const look: Look = { columns, rows, view: firstView, leaves: 'never', notice: null, broke }
  for (const { box, rows: drawn } of drawBoard(facts, look).panels) {
    drawn.forEach((row, at) => {
      const line = lines[box.top + at] ?? ''
      lines[box.top + at] = line.slice(0, box.left) + textOf(row) + line.slice(box.left + box.width)
    })
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

interface Scene {
  readonly facts: Facts
  readonly look: Look
  readonly plan: Layout
  readonly printers: readonly Watched[]
  readonly chosen: Watched | null
  readonly focus: Panel
}

/** Keys go to a panel that is on the screen, whatever was chosen on a bigger one. */
function focusIn(plan: Layout, view: View): Panel {
  if (plan.boxes[view.focus]) return view.focus
  return plan.boxes.printers ? 'printers' : 'printer'
}

function fenced(scene: Scene, name: PanelName, box: Box = nowhere): Drawn {
  const sized = (rows: readonly Row[]): Row[] =>
    Array.from({ length: box.height }, (_, at) => padTo(rows[at] ?? [], box.width))
  try {
    return { name, box, rows: sized(panels[name](scene, box)) }
  } catch (error) {
    scene.look.broke(error, name)
    const words = cell('This panel broke; the log says why.', Math.max(0, box.width - 2), 'bad')
    return { name, box, rows: sized([[], [{ text: ' ' }, words]].slice(box.height > 1 ? 0 : 1)) }
  }
}

const nowhere: Box = { left: 0, top: 0, width: 0, height: 0 }

const panels: Readonly<Record<PanelName, (scene: Scene, box: Box) => readonly Row[]>> = {
  status: ({ facts, plan }, box) =>
    plan.tier === 'tiny'
      ? [statusLine(facts, box.width), [cell('Too small: 80x24 shows all.', box.width)]]
      : [statusLine(facts, box.width)],
  trouble: ({ facts }, box) => troubleRows(facts.trouble, box.height, box.width),
  printers: ({ facts, look, printers, chosen, focus }, box) => {
    const frame = frameOf(box, focus === 'printers')
    const title: Row = [{ text: 'Printers', tone: 'strong' }]
    if (facts.printers.length === 0)
      return framed({ ...frame, title }, nobodyRows(facts, box.width - 2))
    if (printers.length === 0)
      return framed({ ...frame, title }, noMatchRows(look.view.filter, box.width - 2))
    const byHand = look.view.chosen === chosen?.status.printer.id
    return printersPanel(printers, { id: chosen?.status.printer.id ?? null, byHand }, frame)
  },
  printer: (scene, box) => {
    const rows = detailRows(scene, box)
    const from = Math.min(scene.look.view.printerTop, mostFrom(rows.length, box))
    const label = scene.chosen?.status.printer.label ?? 'Details'
    const title = [cell(label, Math.min(label.length, box.width - 20), 'strong')]
    const corner = cornerWords(from, rows.length, box)
    const frame = frameOf(box, scene.focus === 'printer')
    return framed({ ...frame, title, corner }, rows.slice(from))
  },
  activity: ({ facts, look, focus }, box) => {
    const frame = frameOf(box, focus === 'activity')
    const from = Math.min(look.view.activityTop, mostFrom(facts.activity.length, box))
    const corner = cornerWords(from, facts.activity.length, box)
    const title: Row = [{ text: 'Activity', tone: 'strong' }]
    return framed(
      { ...frame, title, corner },
      activityRows(facts, from, roomIn(box), box.width - 3),
    )
  },
  notice: ({ facts, look, printers }, box) => [
    noticeRow(facts, look.view, printers.length, look.notice, box.width),
  ],
  keys: ({ look }, box) => [keysRow(look.view, look.leaves, box.width)],
}

function detailRows({ chosen, look }: Pick<Scene, 'chosen' | 'look'>, box: Box): readonly Row[] {
  if (chosen) return printerRows(chosen, box.width - 4)
  return [[cell(look.view.filter === '' ? '' : ' No printer chosen.', box.width - 2)]]
}

const frameOf = (box: Box, focused: boolean): Omit<Frame, 'title'> => ({
  width: box.width,
  height: box.height,
  focused,
  above: box.above ?? false,
  below: box.below ?? false,
})

const mostFrom = (rows: number, box: Box): number => Math.max(0, rows - roomIn(box))

function cornerWords(from: number, rows: number, box: Box): string {
  const most = mostFrom(rows, box)
  return most === 0 ? '' : `${from > 0 ? '▲' : ''}${from < most ? '▼' : ''}`
}

function roomOf(scene: Scene, ids: readonly string[]): Room {
  const { printers, printer, activity } = scene.plan.boxes
  const onScreen = (['printers', 'printer', 'activity'] as const).filter(
    (name) => scene.plan.boxes[name],
  )
  return {
    ids,
    panels: onScreen,
    page: Math.max(1, roomIn(scene.plan.boxes[scene.focus] ?? printers ?? nowhere) - 1),
    printerMost: printer ? mostFrom(safeDetails(scene, printer), printer) : 0,
    activityMost: activity ? mostFrom(scene.facts.activity.length, activity) : 0,
  }
}

/** Its panel says so already where the details break. */
function safeDetails(scene: Scene, box: Box): number {
  try {
    return detailRows(scene, box).length
  } catch {
    return 0
  }
}

function overPanel({ view, leaves, columns, rows }: Look): Drawn[] {
  if (view.over === null) return []
  const inside = Math.min(64, Math.max(0, columns - 4))
  const words = view.over === 'help' ? helpRows(leaves, inside) : leaveRows(Math.min(42, inside))
  const width = Math.min(columns, view.over === 'help' ? inside + 2 : 44)
  const height = Math.min(rows, words.length + 2)
  const left = Math.max(0, Math.floor((columns - width) / 2))
  const top = Math.max(0, Math.floor((rows - height) / 2))
  const title: Row = [{ text: view.over === 'help' ? 'Keys and words' : 'platen', tone: 'strong' }]
  const drawn = framed({ width, height, title, focused: true }, words)
  return [{ name: 'over', box: { left, top, width, height }, rows: drawn }]
}
