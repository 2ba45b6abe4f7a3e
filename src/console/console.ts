import { Refusal } from '../core/refusal.ts'
import type { Deed } from './acting.ts'
import { answerNotice, askingNotice, declinedNotice, deedNotice, failureNotice } from './asking.ts'
import { type Board, drawBoard } from './board.ts'
import { carryOut, type DeskActs, nameFor, undoAfter } from './carried-out.ts'
import type { Facts } from './facts.ts'
import type { Notice } from './panels/footer.ts'
import { openScreen } from './screen.ts'
import type { Terminal } from './terminal.ts'
import { firstView, type Key, type Leaves, press, type View, type Wish } from './view.ts'

// A dashboard on a terminal: facts and keys in, drawings out, and when. A second terminal is a second
// console over streams of its own.

export type { Output } from './terminal.ts'

export interface ConsoleParts extends Terminal {
  readonly leaves: Leaves
  facts(): Facts
  /** Throw a Refusal for what is declined. */
  readonly acts: DeskActs & {
    /** A silent printer is no error. */
    pollNow(printerId: string): Promise<void>
    /** The person left, or his terminal is gone; the console has closed itself. Not for `never`. */
    leave(): void
    /** Of people who work here, the likeliest first. */
    names(): readonly string[]
  }
  log(error: unknown, where: string): void
}

export interface Console {
  /** Something changed; drawn within a quarter of a second. */
  redraw(): void
  /** Draws what is true now, at once. */
  drawNow(): void
  /** Gives the terminal back as it was: cursor, main screen, cooked mode. May be called twice. */
  close(): void
}

const tickMs = 1000
/** Sweeps tell of many printers at once; nobody reads faster than this. */
const leastMs = 250
const noticeSeconds = 15
/** Nobody at the keys: back to whoever needs somebody, without a filter that hides them. */
const idleSeconds = 300
/** The kernel and systemd write over the appliance's own screen. */
const repaintSeconds = 60
/** Then the next act asks anew: somebody else may stand there. */
const actorMs = 10 * 60_000

export function createConsole(parts: ConsoleParts): Console {
  const screen = openScreen(parts, { key: pressed, resized: lay, deaf, gone })
  const asked = new Set<string>()
  const reported = new Map<string, string>()
  let view: View = firstView
  let notice: { text: Notice; until: number } | null = null
  let board: Board | null = null
  let ticks = 0
  let lastKey = 0
  let now = new Date(0)
  let actedAt = now
  let drawnAt = 0
  let pending: NodeJS.Timeout | null = null
  let closed = false

  const ticking = setInterval(tick, tickMs)
  ticking.unref()
  drawNow()
  return { redraw, drawNow, close }

  function tick(): void {
    ticks += 1
    if (ticks - lastKey === idleSeconds) view = { ...firstView, actor: view.actor, undo: view.undo }
    if (parts.leaves === 'never' && ticks % repaintSeconds === 0) screen.forget()
    drawNow()
  }

  function redraw(): void {
    if (pending || closed) return
    const waited = performance.now() - drawnAt
    pending = setTimeout(drawNow, Math.max(0, leastMs - waited))
    pending.unref()
  }

  function drawNow(): void {
    if (pending) clearTimeout(pending)
    pending = null
    // A line that is slower than we are gets the newest picture when it is free again.
    if (closed || parts.output.writableNeedDrain) return
    drawnAt = performance.now()
    if (lay()) send()
  }

  function lay(): boolean {
    try {
      if (notice && notice.until <= ticks) notice = null
      const facts = parts.facts()
      now = facts.now
      // A clock that was set meanwhile tells nothing of how long that is ago.
      const isOver = Math.abs(now.getTime() - actedAt.getTime()) > actorMs
      if (isOver && !view.asking) view = { ...view, actor: null }
      const look = {
        ...screen.size(),
        ...{ view, leaves: parts.leaves, notice: notice?.text ?? null, broke },
        names: view.asking?.what === 'who' ? parts.acts.names() : [],
      }
      board = drawBoard(facts, look)
      screen.lay(board.panels)
      return true
    } catch (error) {
      broke(error, 'console')
      return false
    }
  }

  function send(): void {
    try {
      screen.send()
    } catch (error) {
      broke(error, 'terminal')
    }
  }

  /** Once for each thing that breaks: a panel is drawn each second. */
  function broke(error: unknown, where: string): void {
    const words = String(error)
    if (reported.get(where) === words) return
    reported.set(where, words)
    parts.log(error, where)
  }

  function pressed(key: Key): void {
    if (closed || !board) return
    lastKey = ticks
    const { view: next, wish } = press(view, key, board.room, parts.leaves)
    if (next.actor !== view.actor) actedAt = now
    view = next
    if (wish) grant(wish)
    drawNow()
  }

  function grant(wish: Wish): void {
    if (wish === 'repaint') screen.forget()
    if (wish === 'told-never')
      say({ text: 'This screen belongs to the appliance: it stays.', tone: 'strong' })
    if (wish === 'nothing-to-undo')
      say({ text: 'Nothing to undo: z reopens what was resolved here last.', tone: 'strong' })
    if (typeof wish === 'object') void perform(wish)
    if (wish === 'poll') void poll()
    if (wish === 'leave') gone()
  }

  async function perform(deed: Deed): Promise<void> {
    actedAt = now
    let name = deed.act === 'answer' ? 'The printer' : 'The ticket'
    try {
      name = nameFor(deed, parts.facts()) ?? name
      await carryOut(deed, parts.acts)
      say(deedNotice(deed, name))
      view = { ...view, undo: undoAfter(deed, view.undo) }
    } catch (error) {
      if (!(error instanceof Refusal)) parts.log(error, deed.act)
      say(declinedNotice(error, name))
      // Words that somebody typed are not lost because a disk is full.
      if (deed.act === 'note' && !view.asking)
        view = { ...view, asking: { what: 'note', id: deed.id, text: deed.words } }
    }
    drawNow()
  }

  async function poll(): Promise<void> {
    const chosen = board?.chosen?.status.printer
    if (!chosen || asked.has(chosen.id)) return
    asked.add(chosen.id)
    say(askingNotice(chosen.label))
    try {
      await parts.acts.pollNow(chosen.id)
      const { printers } = parts.facts()
      say(
        answerNotice(
          chosen.label,
          printers.find((each) => each.status.printer.id === chosen.id),
        ),
      )
    } catch (error) {
      parts.log(error, 'poll')
      say(failureNotice(chosen.label, error))
    }
    asked.delete(chosen.id)
    drawNow()
  }

  function say(text: Notice): void {
    notice = { text, until: ticks + noticeSeconds }
  }

  /** The appliance's own screen is for looking at; it needs no keyboard. */
  function deaf(): void {
    if (parts.leaves !== 'never') gone()
  }

  function gone(): void {
    if (closed) return
    close()
    if (parts.leaves === 'never') parts.log(new Error('the terminal is gone'), 'terminal')
    else parts.acts.leave()
  }

  function close(): void {
    if (closed) return
    closed = true
    clearInterval(ticking)
    if (pending) clearTimeout(pending)
    try {
      screen.close()
    } catch (error) {
      broke(error, 'terminal')
    }
  }
}
