import { nameOf } from './filed.ts'
import { arrows, type Frame, framed, mostFrom, roomIn } from './frame.ts'
import type { Box } from './layout.ts'
import { activityRows, activityTitle } from './panels/activity.ts'
import { boxRows } from './panels/box.ts'
import { historyRows } from './panels/history.ts'
import { lettersRows, outboxRows } from './panels/outbox.ts'
import { printerRows } from './panels/printer.ts'
import { questionRows } from './panels/question.ts'
import { ticketLine, ticketRows } from './panels/ticket.ts'
import { elsewhereRows } from './panels/words.ts'
import { cell, type Row } from './rows.ts'
import type { Look, Scene } from './scene.ts'
import type { ViewName } from './view.ts'

// Panels that may be longer than their room: all of their rows, and those that are in sight.

export type Scrolled = 'printer' | 'history' | 'ticket' | 'activity' | 'box' | 'outbox'

/** What may be longer than its panel: all of its rows. */
const details: Readonly<Record<Scrolled, (scene: Scene, box: Box) => readonly Row[]>> = {
  printer({ facts, chosen, look, plan }, { width }) {
    if (!chosen) return elsewhereRows(look.view.filter, width - 2)
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
    return printerRows(chosen, width - 4, { asked, tickets, history, past, times: facts })
  },
  history({ facts, chosen, look }, box) {
    if (!chosen) return []
    const past = look.pastOf(chosen.status.printer.id)
    return historyRows(chosen, past, facts, box.width - 4, roomIn(box))
  },
  ticket: ({ facts, ticket }, { width }) => (ticket ? ticketRows(ticket, facts, width - 4) : []),
  activity: ({ facts }, { width }) => activityRows(facts, width - 3),
  box: ({ facts }, { width }) => boxRows(facts, width - 3),
  outbox: ({ facts, look }, { width }) =>
    (look.view.open === 'box' ? lettersRows : outboxRows)(facts, width - 3),
}

const titles: Readonly<Record<Scrolled, (scene: Scene, top: number) => string>> = {
  printer: ({ chosen }) => chosen?.status.printer.label ?? 'Printer',
  history: () => 'By day',
  ticket: ({ ticket }) => (ticket ? nameOf(ticket) : 'Ticket'),
  activity: ({ facts }, top) => activityTitle(facts, top),
  box: () => 'This box',
  outbox: () => 'Letters',
}

/** The panel that the arrows scroll in each view. */
export function scrolling({ open, inside }: Look['view']): Scrolled | null {
  if (open === 'tickets') return inside ? 'ticket' : null
  const scrolls: Partial<Record<ViewName, Scrolled>> = {
    ...{ printer: 'printer', activity: 'activity', box: 'box' },
  }
  return scrolls[open] ?? null
}

export function scrolled(scene: Scene, name: Scrolled, box: Box): Row[] {
  const { view } = scene.look
  const focused = scrolling(view) === name
  const all = details[name](scene, box)
  const most = mostFrom(all.length, box)
  const at = focused ? Math.min(view.top, most) : 0
  const title = titles[name](scene, at)
  const words = cell(title, Math.min(title.length, Math.max(0, box.width - 20)), 'strong')
  const frame = { ...frameOf(box, focused), title: [words], corner: arrows(at, most) }
  return framed(frame, all.slice(at))
}

export const frameOf = (box: Box, focused: boolean): Omit<Frame, 'title'> => ({
  width: box.width,
  height: box.height,
  focused,
  above: box.above ?? false,
  below: box.below ?? false,
})

/** How far it can be scrolled in such a box. */
export const mostOf = (scene: Scene, name: Scrolled, box: Box): number =>
  mostFrom(details[name](scene, box).length, box)
