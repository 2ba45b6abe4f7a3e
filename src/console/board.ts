import type { Watched } from '../core/status/status.ts'
import type { Facts } from './facts.ts'
import { marksOf, nameOf } from './filed.ts'
import { type Frame, framed, roomIn } from './frame.ts'
import type { Box, PanelName } from './layout.ts'
import { overPanel } from './over.ts'
import { activityRows } from './panels/activity.ts'
import { hintRows, keysRow, noticeRow, troubleRows } from './panels/footer.ts'
import { outboxRows } from './panels/outbox.ts'
import { printerRows } from './panels/printer.ts'
import { printersPanel } from './panels/printers.ts'
import { questionRows } from './panels/question.ts'
import { statusLine } from './panels/status.ts'
import { ticketLine, ticketRows } from './panels/ticket.ts'
import { newestWords, ticketsPanel } from './panels/tickets.ts'
import { nobodyRows, noMatchRows } from './panels/words.ts'
import { cell, padTo, type Row, textOf } from './rows.ts'
import { type Look, mostFrom, type Scene, sceneOf } from './scene.ts'
import { firstView, type Panel, type Room } from './view.ts'

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

/** Facts and view -> every panel of the screen. Pure, but for `broke`. */
export function drawBoard(facts: Facts, look: Look): Board {
  const scene = sceneOf(facts, look)
  const names = Object.keys(scene.plan.boxes) as PanelName[]
  const drawn = names.map((name) => fenced(scene, name, scene.plan.boxes[name]))
  return { panels: [...drawn, ...overPanel(scene)], room: roomOf(scene), chosen: scene.chosen }
}

/** The board as text, for a screen that nobody stays at. */
export function boardText(facts: Facts, columns: number, rows: number): string {
  const lines = Array.from({ length: rows }, () => ' '.repeat(columns))
  const broke = (): void => {}
  const look: Look = {
    ...{ columns, rows, view: firstView, leaves: 'never', notice: null, names: [], broke },
  }
  for (const { box, rows: drawn } of drawBoard(facts, look).panels) {
    drawn.forEach((row, at) => {
      const line = lines[box.top + at] ?? ''
      lines[box.top + at] = line.slice(0, box.left) + textOf(row) + line.slice(box.left + box.width)
    })
  }
  return lines.map((line) => line.trimEnd()).join('\n')
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
  trouble: ({ trouble }, box) => troubleRows(trouble, box.height, box.width),
  printers: ({ facts, look, printers, chosen, focus }, box) => {
    const frame = frameOf(box, focus === 'printers')
    const title: Row = [{ text: 'Printers', tone: 'strong' }]
    if (facts.printers.length === 0)
      return framed({ ...frame, title }, nobodyRows(facts, box.width - 2))
    if (printers.length === 0)
      return framed({ ...frame, title }, noMatchRows(look.view.filter, box.width - 2))
    const id = chosen?.status.printer.id ?? null
    const shown = { id, byHand: look.view.chosen !== null && look.view.chosen === id }
    return printersPanel(printers, shown, frame, marksOf(facts))
  },
  tickets: ({ facts, look, tickets, ticket, focus }, box) => {
    const isBrief = look.view.open === 'board' || look.view.open === 'printer'
    const id = isBrief && focus !== 'tickets' ? null : (ticket?.ticket.id ?? null)
    const shown = { id, byHand: id !== null && look.view.ticket === id }
    const corner = isBrief ? { corner: newestWords(facts, tickets) } : {}
    return ticketsPanel(facts, tickets, shown, { ...frameOf(box, focus === 'tickets'), ...corner })
  },
  printer: (scene, box) => {
    const title = scene.chosen?.status.printer.label ?? 'Details'
    return scrolled(scene, 'printer', { box, title, from: scene.look.view.printerTop })
  },
  ticket: (scene, box) => {
    const title = scene.ticket ? nameOf(scene.ticket) : 'Ticket'
    return scrolled(scene, 'ticket', { box, title, from: scene.look.view.ticketTop })
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
  outbox: ({ facts }, box) =>
    framed(
      { ...frameOf(box, false), title: [{ text: 'Letters', tone: 'strong' }] },
      outboxRows(facts, box.width - 3),
    ),
  notice: ({ facts, look, printers }, box) => [
    noticeRow(facts, look, printers.length, box.width),
    ...hintRows(facts, box.width),
  ],
  keys: (scene, box) => [keysRow(scene, box.width)],
}

/** What scrolls: all that is known of one printer, or of one ticket. */
const details: Readonly<Record<'printer' | 'ticket', (scene: Scene, box: Box) => readonly Row[]>> =
  {
    printer({ facts, chosen, look }, { width }) {
      if (!chosen) return [[cell(look.view.filter === '' ? '' : ' No printer chosen.', width - 2)]]
      const { id } = chosen.status.printer
      const lines = facts.tickets
        .filter(({ ticket }) => ticket.printer === id && ticket.state !== 'resolved')
        .map((filed) => ticketLine(filed, facts.now, width - 4))
      const asked = facts.questions
        .filter(({ printer }) => printer === id)
        .flatMap((question) => questionRows(question, width - 4))
      return printerRows(chosen, width - 4, { asked, tickets: lines })
    },
    ticket: ({ facts, ticket }, { width }) => (ticket ? ticketRows(ticket, facts, width - 4) : []),
  }

function scrolled(
  scene: Scene,
  name: 'printer' | 'ticket',
  { box, title, from }: { readonly box: Box; readonly title: string; readonly from: number },
): Row[] {
  const rows = details[name](scene, box)
  const at = Math.min(from, mostFrom(rows.length, box))
  const corner = cornerWords(at, rows.length, box)
  const words = cell(title, Math.min(title.length, box.width - 20), 'strong')
  return framed({ ...frameOf(box, scene.focus === name), title: [words], corner }, rows.slice(at))
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

const inOrderOfTab: readonly Panel[] = ['printers', 'tickets', 'printer', 'ticket', 'activity']

function roomOf(scene: Scene): Room {
  const { boxes } = scene.plan
  const { focus, ticket } = scene
  const isMeant = focus === 'tickets' || focus === 'ticket'
  return {
    ids: scene.printers.map((each) => each.status.printer.id),
    tickets: scene.tickets.map((each) => each.ticket.id),
    ticket: isMeant ? (ticket?.ticket.id ?? null) : null,
    ticketPrinter: isMeant ? (ticket?.ticket.printer ?? null) : null,
    question: scene.question,
    names: scene.names,
    focus,
    panels: inOrderOfTab.filter((name) => boxes[name]),
    page: Math.max(1, roomIn(boxes[focus] ?? nowhere) - 1),
    printerMost: mostOf(scene, 'printer'),
    ticketMost: mostOf(scene, 'ticket'),
    activityMost: boxes.activity ? mostFrom(scene.facts.activity.length, boxes.activity) : 0,
  }
}

/** Its panel says so already where the details break. */
function mostOf(scene: Scene, name: 'printer' | 'ticket'): number {
  const box = scene.plan.boxes[name]
  try {
    return box ? mostFrom(details[name](scene, box).length, box) : 0
  } catch {
    return 0
  }
}
