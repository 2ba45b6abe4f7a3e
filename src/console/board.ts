import type { Watched } from '../core/status/status.ts'
import type { Facts } from './facts.ts'
import { marksOf, nameOf } from './filed.ts'
import { type Frame, framed, roomIn } from './frame.ts'
import { type Box, layoutsFor, type PanelName } from './layout.ts'
import { heightOfOver, overPanel } from './over.ts'
import { activityRows } from './panels/activity.ts'
import { boxRows } from './panels/box.ts'
import { hintRows, keysRow, noticeRow, troubleRows } from './panels/footer.ts'
import { historyRows } from './panels/history.ts'
import { outboxRows } from './panels/outbox.ts'
import { printerRows } from './panels/printer.ts'
import { printersPanel } from './panels/printers.ts'
import { questionRows } from './panels/question.ts'
import { statusLine } from './panels/status.ts'
import { suppliesPanel, supplyId } from './panels/supplies.ts'
import { ticketLine, ticketRows } from './panels/ticket.ts'
import { newestWords, ticketsPanel } from './panels/tickets.ts'
import { nobodyRows, noMatchRows } from './panels/words.ts'
import { cell, padTo, type Row, textOf } from './rows.ts'
import { type Look, mostFrom, type Scene, sceneOf } from './scene.ts'
import { firstView, type Room, type ViewName } from './view.ts'
import { wallRows } from './wall.ts'

/** A panel as it goes to the screen: exactly `box.height` rows of `box.width` cells. */
export interface Drawn {
  readonly name: PanelName | 'over' | 'wall'
  readonly box: Box
  readonly rows: readonly Row[]
}

export interface Board {
  readonly panels: readonly Drawn[]
  readonly room: Room
  readonly chosen: Watched | null
}

/** Facts and view -> every panel of the screen. Pure, but for `broke` and what is looked up. */
export function drawBoard(facts: Facts, look: Look): Board {
  const scene = sceneOf(facts, look)
  const names = Object.keys(scene.plan.boxes) as PanelName[]
  const board = { room: roomOf(scene), chosen: scene.chosen }
  if (look.view.wall) return { ...board, panels: [wallPanel(scene)] }
  const drawn = names.map((name) =>
    fenced(look, name, scene.plan.boxes[name], (box) => panels[name](scene, box)),
  )
  const over = overPanel(scene).map(({ box, rows }) => fenced(look, 'over', box, rows))
  return { ...board, panels: [...drawn, ...over] }
}

function wallPanel({ facts, look }: Scene): Drawn {
  const { columns: width, rows: height } = look
  return fenced(look, 'wall', { left: 0, top: 0, width, height }, () =>
    wallRows(facts, look.wall, width, height),
  )
}

/** The board as text, for a screen that nobody stays at. */
export function boardText(facts: Facts, columns: number, rows: number, view = firstView): string {
  const lines = Array.from({ length: rows }, () => ' '.repeat(columns))
  const look: Look = {
    ...{ columns, rows, view, leaves: 'never', needsPin: false, notice: null, names: [] },
    wall: { turn: 0, shift: 0, isNight: false },
    ...{ pastOf: () => ({ is: 'loading' }), pageOf: () => null, broke: () => {} },
  }
  for (const { box, rows: drawn } of drawBoard(facts, look).panels) {
    drawn.forEach((row, at) => {
      const line = lines[box.top + at] ?? ''
      lines[box.top + at] = line.slice(0, box.left) + textOf(row) + line.slice(box.left + box.width)
    })
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

function fenced(
  look: Look,
  name: Drawn['name'],
  box: Box = nowhere,
  draw: (box: Box) => readonly Row[],
): Drawn {
  const sized = (rows: readonly Row[]): Row[] =>
    Array.from({ length: box.height }, (_, at) => padTo(rows[at] ?? [], box.width))
  try {
    return { name, box, rows: sized(draw(box)) }
  } catch (error) {
    look.broke(error, name)
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
  trouble: ({ trouble }, box) => troubleRows(trouble, box.height, box.width),
  printers: ({ facts, look, printers, chosen }, box) => {
    const { view } = look
    const frame = frameOf(box, true)
    const title: Row = [{ text: 'Printers', tone: 'strong' }]
    if (facts.printers.length === 0)
      return framed({ ...frame, title }, nobodyRows(facts, box.width - 2))
    if (printers.length === 0)
      return framed({ ...frame, title }, noMatchRows(view.filter, box.width - 2))
    const id = chosen?.status.printer.id ?? null
    const shown = { id, byHand: view.chosen !== null && view.chosen === id }
    return printersPanel(printers, shown, frame, { marks: marksOf(facts), groupBy: view.groupBy })
  },
  tickets: ({ facts, look, tickets, ticket }, box) => {
    const { view } = look
    const isList = view.open === 'tickets'
    const id = isList ? (ticket?.ticket.id ?? null) : null
    const shown = { id, byHand: id !== null && view.ticket === id }
    const corner = isList ? {} : { corner: newestWords(facts, tickets) }
    const focused = isList && !view.inside
    return ticketsPanel(facts, tickets, shown, { ...frameOf(box, focused), ...corner })
  },
  supplies: ({ look, facts, supplies, supply }, box) => {
    const id = supply && supplyId(supply)
    const shown = { id, byHand: id !== null && look.view.supply === id }
    return suppliesPanel(supplies, shown, { ...frameOf(box, true), of: facts.printers.length })
  },
  printer: (scene, box) => scrolled(scene, 'printer', box),
  history: (scene, box) => scrolled(scene, 'history', box),
  ticket: (scene, box) => scrolled(scene, 'ticket', box),
  activity: (scene, box) => scrolled(scene, 'activity', box),
  box: (scene, box) => scrolled(scene, 'box', box),
  outbox: (scene, box) => scrolled(scene, 'outbox', box),
  notice: ({ facts, look, printers }, box) => [
    noticeRow(facts, look, printers.length, box.width),
    ...hintRows(facts, box.width),
  ],
  keys: (scene, box) => [keysRow(scene.facts, scene.look.view, roomOf(scene), box.width)],
}

type Scrolled = 'printer' | 'history' | 'ticket' | 'activity' | 'box' | 'outbox'

/** What may be longer than its panel: all of its rows. */
const details: Readonly<Record<Scrolled, (scene: Scene, box: Box) => readonly Row[]>> = {
  printer({ facts, chosen, look, plan }, { width }) {
    if (!chosen)
      return [
        [cell(look.view.filter === '' ? ' No printer yet.' : ' No printer chosen.', width - 2)],
      ]
    const { id } = chosen.status.printer
    const tickets = facts.tickets
      .filter(({ ticket }) => ticket.printer === id && ticket.state !== 'resolved')
      .map((filed) => ticketLine(filed, facts.now, width - 4))
    const asked = facts.questions
      .filter(({ printer }) => printer === id)
      .flatMap((question) => questionRows(question, width - 4))
    // Below the rest where there is no room for it beside.
    const isAlone = look.view.open === 'printer' && !plan.boxes.history
    const past = look.view.open === 'printer' ? look.pastOf(id) : null
    const history = isAlone && past ? historyRows(chosen, past, facts, width - 4) : []
    return printerRows(chosen, width - 4, { asked, tickets, history, past })
  },
  history({ facts, chosen, look }, { width }) {
    if (!chosen) return []
    return historyRows(chosen, look.pastOf(chosen.status.printer.id), facts, width - 4)
  },
  ticket: ({ facts, ticket }, { width }) => (ticket ? ticketRows(ticket, facts, width - 4) : []),
  activity: ({ facts }, { width }) => activityRows(facts, width - 3),
  box: ({ facts }, { width }) => boxRows(facts, width - 3),
  outbox: ({ facts }, { width }) => outboxRows(facts, width - 3),
}

const titles: Readonly<Record<Scrolled, (scene: Scene) => string>> = {
  printer: ({ chosen }) => chosen?.status.printer.label ?? 'Printer',
  history: () => 'By day',
  ticket: ({ ticket }) => (ticket ? nameOf(ticket) : 'Ticket'),
  activity: () => 'Activity',
  box: () => 'This box',
  outbox: () => 'Letters',
}

/** The panel that the arrows scroll in each view. */
function scrolling({ open, inside }: Look['view']): Scrolled | null {
  if (open === 'tickets') return inside ? 'ticket' : null
  const scrolls: Partial<Record<ViewName, Scrolled>> = {
    ...{ printer: 'printer', activity: 'activity', box: 'box' },
  }
  return scrolls[open] ?? null
}

function scrolled(scene: Scene, name: Scrolled, box: Box): Row[] {
  const { view } = scene.look
  const focused = scrolling(view) === name
  const all = details[name](scene, box)
  const at = focused ? Math.min(view.top, mostFrom(all.length, box)) : 0
  const rows = all.slice(at, at + roomIn(box))
  const corner = cornerWords(at, all.length, box)
  const title = titles[name](scene)
  const words = cell(title, Math.min(title.length, Math.max(0, box.width - 20)), 'strong')
  return framed({ ...frameOf(box, focused), title: [words], corner }, rows)
}

const frameOf = (box: Box, focused: boolean): Omit<Frame, 'title'> => ({
  width: box.width,
  height: box.height,
  focused,
  above: box.above ?? false,
  below: box.below ?? false,
})

function cornerWords(from: number, rows: number, box: Box): string {
  const most = mostFrom(rows, box)
  return most === 0 ? '' : `${from > 0 ? '▲' : ''}${from < most ? '▼' : ''}`
}

function roomOf(scene: Scene): Room {
  const { boxes } = scene.plan
  const { look, ticket, supply, chosen } = scene
  const { view } = look
  const name = scrolling(view)
  const box = (name ?? boxes[listOf[view.open] ?? 'printers']) || nowhere
  const place = typeof box === 'string' ? (boxes[box] ?? nowhere) : box
  const id = chosen?.status.printer.id ?? null
  const isTickets = view.open === 'tickets'
  const over = heightOfOver(scene)
  return {
    printers: scene.printers.map(({ status }) => status.printer.id),
    tickets: scene.tickets.map(({ ticket }) => ticket.id),
    supplies: scene.supplies.map(supplyId),
    printer: id,
    ticket: isTickets ? (ticket?.ticket.id ?? null) : null,
    ticketState: isTickets ? (ticket?.ticket.state ?? null) : null,
    supply: supply && supplyId(supply),
    printerTicket: scene.tickets.find(({ ticket }) => ticket.printer === id)?.ticket.id ?? null,
    question: scene.question,
    names: scene.names,
    page: over ? over.page : Math.max(1, roomIn(place) - 1),
    most: over ? over.most : name ? mostOf(scene, name, place) : 0,
    layouts: layoutsFor(look.columns, look.rows),
    ...{ leaves: look.leaves, needsPin: look.needsPin },
  }
}

const listOf: Partial<Record<ViewName, PanelName>> = {
  ...{ fleet: 'printers', tickets: 'tickets', supplies: 'supplies' },
}

/** Its panel says so already where the details break. */
function mostOf(scene: Scene, name: Scrolled, box: Box): number {
  try {
    return mostFrom(details[name](scene, box).length, box)
  } catch {
    return 0
  }
}
