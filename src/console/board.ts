import type { Watched } from '../core/status/status.ts'
import type { Facts } from './facts.ts'
import { type Drawn, dated, fenced } from './fence.ts'
import { marksOf } from './filed.ts'
import { framed } from './frame.ts'
import type { Box, PanelName } from './layout.ts'
import type { Chosen } from './list.ts'
import { overPanel } from './over.ts'
import { hintRows, keysRow, noticeRow, troubleRows } from './panels/footer.ts'
import { printersPanel } from './panels/printers.ts'
import { statusLine } from './panels/status.ts'
import { suppliesPanel, supplyId } from './panels/supplies.ts'
import { newestWords, ticketsPanel } from './panels/tickets.ts'
import { nobodyRows, noMatchRows } from './panels/words.ts'
import { roomOf } from './room.ts'
import { cell, type Row, textOf } from './rows.ts'
import { type Look, type Scene, sceneOf } from './scene.ts'
import { frameOf, scrolled } from './scrolled.ts'
import { firstView, type Room } from './view.ts'
import { wallRows } from './wall.ts'

export interface Board {
  readonly panels: readonly Drawn[]
  readonly room: Room
  readonly chosen: Watched | null
}

/** Facts and view -> every panel of the screen. Pure, but for `broke` and what is looked up. */
export function drawBoard(facts: Facts, look: Look): Board {
  const scene = sceneOf(facts, look)
  const names = Object.keys(scene.plan.boxes) as PanelName[]
  const room = roomOf(scene)
  const board = { room, chosen: scene.chosen }
  const drawn = look.view.wall
    ? [wallPanel(scene)]
    : names.map((name) =>
        fenced(look, name, scene.plan.boxes[name], (box) => panels[name](scene, box, room)),
      )
  const all = look.view.wall ? drawn : [...drawn, ...overPanels(scene)]
  return { ...board, panels: look.isOld ? all.map((panel) => dated(panel, facts)) : all }
}

/** Broken, it stands in the upper rows: nobody knows how large it would have been. */
function overPanels(scene: Scene): Drawn[] {
  const { look } = scene
  try {
    const over = overPanel(scene)
    return over ? [fenced(look, 'over', over.box, () => over.rows)] : []
  } catch (error) {
    const box = { left: 0, top: 0, width: look.columns, height: Math.min(3, look.rows) }
    return [
      fenced(look, 'over', box, () => {
        throw error
      }),
    ]
  }
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

const meant = (id: string | null, wanted: string | null): Chosen => ({
  id,
  byHand: id !== null && id === wanted,
})

const panels: Readonly<Record<PanelName, (scene: Scene, box: Box, room: Room) => readonly Row[]>> =
  {
    status: ({ facts, plan, look }, box) => [
      statusLine(facts, box.width, look.view.open),
      ...(plan.tier === 'tiny' ? [[cell('Too small: 80x24 shows all.', box.width)]] : []),
    ],
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
      const listing = { marks: marksOf(facts), groupBy: view.groupBy }
      return printersPanel(printers, meant(id, view.chosen), frame, listing)
    },
    tickets: ({ facts, look, tickets, ticket }, box) => {
      const { view } = look
      const isList = view.open === 'tickets'
      const id = isList ? (ticket?.ticket.id ?? null) : null
      const corner = isList ? {} : { corner: newestWords(facts, tickets) }
      const focused = isList && !view.inside
      return ticketsPanel(facts, tickets, meant(id, view.ticket), {
        ...frameOf(box, focused),
        ...corner,
      })
    },
    supplies: ({ look, facts, printers, supplies, supply }, box) => {
      const { view } = look
      const id = supply && supplyId(supply)
      const walk = { printers, filter: view.filter, marks: marksOf(facts) }
      return suppliesPanel(supplies, meant(id, view.supply), frameOf(box, true), walk)
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
    keys: ({ facts, look }, box, room) => [keysRow(facts, look.view, room, box.width)],
  }
