import type { Past } from '../core/counters/past.ts'
import { Refusal } from '../core/refusal.ts'
import { begin, type Deed } from './acting.ts'
import {
  answerNotice,
  askingNotice,
  declinedNotice,
  deedNotice,
  failureNotice,
  layoutNotice,
} from './asking.ts'
import { createBell } from './bell.ts'
import { type Board, drawBoard } from './board.ts'
import { carryOut, type DeskActs, nameFor, undoAfter } from './carried-out.ts'
import type { Facts } from './facts.ts'
import { emptyBoard } from './fence.ts'
import { keyTurns } from './key-turns.ts'
import type { LayoutWish } from './layout.ts'
import { isNight } from './night.ts'
import type { Notice } from './panels/footer.ts'
import { createPasts } from './pasts.ts'
import type { CheckPin } from './pin.ts'
import { press } from './press.ts'
import { openScreen } from './screen.ts'
import type { Terminal } from './terminal.ts'
import {
  firstView,
  type Key,
  type Leaves,
  type Pressed,
  type View,
  type Wish,
  withoutGone,
} from './view.ts'

// A dashboard on a terminal: facts and keys in, drawings out, and when. A second terminal is a second
// console over streams of its own.

export type { Output } from './terminal.ts'

/** What the settings say of it. */
export interface ConsoleWishes {
  readonly layout: LayoutWish | 'wall'
  /** Without a key until the wall; null: never. */
  readonly wallSeconds: number | null
  /** `22:00-06:00`, or `off`. */
  readonly night: string
  readonly bell: 'on' | 'off'
}

export interface ConsoleParts extends Terminal {
  readonly leaves: Leaves
  readonly wishes: ConsoleWishes
  facts(): Facts
  /** What is not among the facts, and looked up when it is on the screen. */
  readonly looks: {
    past(printerId: string): Promise<Past>
    /** Its QR page; null: there is no address for it. */
    pageOf(printerId: string): string | null
  }
  /** Throw a Refusal for what is declined. */
  readonly acts: DeskActs & {
    /** A silent printer is no error. */
    pollNow(printerId: string): Promise<void>
    /** The person left, or his terminal is gone; the console has closed itself. Not for `never`. */
    leave(): void
    /** Of people who work here, the likeliest first. */
    names(): readonly string[]
    /** null: no PIN is asked for. */
    readonly checkPin: CheckPin | null
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
/** Ages go on by so much where nothing else changes: nobody is helped by every second. */
const agesTicks = 10
/** Sweeps tell of many printers at once; nobody reads faster than this. */
const leastMs = 250
const noticeSeconds = 15
/** Nobody at the keys: back to whoever needs somebody, without a filter that hides them. */
const idleSeconds = 300
/** The kernel and systemd write over the appliance's own screen. */
const repaintSeconds = 60
const turnSeconds = 15
/** Then the next act asks anew: somebody else may stand there. */
const actorMs = 10 * 60_000
/** So long the last picture passes for a new one. */
const oldTicks = 2
const brokeTicks = 60

export function createConsole(parts: ConsoleParts): Console {
  const { wishes } = parts
  const screen = openScreen(parts, {
    ...{ key: keyTurns(pressed), resized: lay, deaf, gone },
    broke: (error) => broke(error, 'terminal'),
  })
  const pasts = createPasts({ past: parts.looks.past, changed: redraw, log: broke })
  const rings = createBell()
  const asked = new Set<string>()
  const reported = new Map<string, { words: string; at: number }>()
  const layout = wishes.layout === 'wall' ? 'auto' : wishes.layout
  let view: View = { ...firstView, layout, wall: wishes.layout === 'wall' }
  let notice: { text: Notice; until: number } | null = null
  let board: Board | null = null
  /** The last facts that could be drawn, and the tick since which newer ones cannot. */
  let drawn: Facts | null = null
  let brokeAt: number | null = null
  let ticks = 0
  let lastKey = 0
  /** The tick from which the wall turns its pages: it begins with the worst. */
  let turnsFrom = 0
  /** Of the next tick that has something to draw. */
  let due = 0
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
    const idle = ticks - lastKey
    if (idle === (wishes.wallSeconds ?? idleSeconds)) rest()
    // Here, not where it is drawn: whatever breaks there keeps no door open.
    if (idle * tickMs >= actorMs) view = { ...view, actor: null, unlocked: false, asking: null }
    if (parts.leaves === 'never' && ticks % repaintSeconds === 0) {
      attempt(screen.forget, 'terminal')
      due = ticks
    }
    if (ticks >= due || (notice && notice.until <= ticks)) drawNow()
  }

  /** What was chosen by somebody who has gone is chosen no more, nor is the door open any longer. */
  function rest(): void {
    const { layout, undo } = view
    // Who wanted the wall, by key or by setting, keeps it however long nobody comes.
    const wall = view.wall || wishes.layout === 'wall' || wishes.wallSeconds !== null
    if (!view.wall) turnsFrom = ticks
    view = { ...firstView, layout, wall, undo }
    due = ticks
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
    if (closed) return
    drawnAt = performance.now()
    // Keys mean what is laid out; a line that is slower than we are gets the newest picture when it is free.
    lay()
    if (parts.output.writableNeedDrain) due = ticks
    else screen.send()
  }

  /** What is true now; else what was the last time. */
  function lay(): void {
    if (!attempt(layNew, 'console')) attempt(layOld, 'console')
  }

  function layNew(): void {
    if (notice && notice.until <= ticks) notice = null
    const facts = parts.facts()
    now = facts.now
    if (rings(facts) && wishes.bell === 'on') screen.ring()
    // A clock that was set meanwhile tells nothing of how long that is ago.
    const isOver = Math.abs(now.getTime() - actedAt.getTime()) > actorMs
    if (isOver && !view.asking) view = { ...view, actor: null, unlocked: false }
    view = withoutGone(view, facts)
    draw(facts, false)
    drawn = facts
    brokeAt = null
    due = nextDue(facts)
  }

  function layOld(): void {
    // Tried again at each tick.
    due = ticks
    brokeAt ??= ticks
    const { columns, rows } = screen.size()
    if (drawn) draw(drawn, ticks - brokeAt >= oldTicks)
    else screen.lay(emptyBoard(columns, rows))
  }

  function draw(facts: Facts, isOld: boolean): void {
    const turn = Math.floor((ticks - turnsFrom) / turnSeconds)
    const shift = Math.floor(ticks / repaintSeconds)
    board = drawBoard(facts, {
      ...screen.size(),
      ...{ view, leaves: parts.leaves, notice: notice?.text ?? null, isOld, broke },
      wall: { turn, shift, isNight: isNight(wishes.night, facts) },
      needsPin: parts.acts.checkPin !== null,
      names: view.asking?.what === 'who' ? parts.acts.names() : [],
      ...{ pastOf: pasts.of, pageOf: parts.looks.pageOf },
    })
    screen.lay(board.panels)
  }

  /** When something is to be drawn though nothing happened: ages, the clock's minute, a page of the wall. */
  function nextDue(facts: Facts): number {
    const toMinute = Math.ceil((60_000 - (now.getTime() % 60_000)) / tickMs)
    const toTurn = turnSeconds - ((ticks - turnsFrom) % turnSeconds)
    // A printer that is being asked says so until it has answered.
    const toAnswer = facts.sweep.running > 0 ? 1 : agesTicks
    return ticks + Math.max(1, Math.min(toMinute, toAnswer, view.wall ? toTurn : agesTicks))
  }

  function attempt(what: () => void, where: string): boolean {
    try {
      what()
      return true
    } catch (error) {
      broke(error, where)
      return false
    }
  }

  /** Once for each thing that breaks, and what breaks otherwise each time once a minute: the log is on a card. */
  function broke(error: unknown, where: string): void {
    const words = String(error)
    const before = reported.get(where)
    if (before && (before.words === words || ticks - before.at < brokeTicks)) return
    reported.set(where, { words, at: ticks })
    parts.log(error, where)
  }

  function pressed(key: Key): void {
    if (closed) return
    lastKey = ticks
    turnsFrom = ticks
    const room = board?.room
    if (room) attempt(() => follow(press(view, key, room)), 'keys')
    else if (/^(q|C-c)$/.test(key.name) && parts.leaves === 'at-once') gone()
  }

  function follow({ view: next, wish }: Pressed): void {
    if (next.actor !== view.actor || next.unlocked !== view.unlocked) actedAt = now
    view = next
    if (wish) grant(wish)
    drawNow()
  }

  function grant(wish: Wish): void {
    if (wish === 'repaint') screen.forget()
    if (wish === 'layout') say(layoutNotice(view.layout))
    if (wish === 'told-never')
      say({ text: 'This screen belongs to the appliance: it stays.', tone: 'strong' })
    if (wish === 'nothing-to-undo')
      say({ text: 'Nothing to undo: z takes back what was done here last.', tone: 'strong' })
    if (typeof wish === 'object' && wish.act === 'pin') unlock(wish)
    else if (typeof wish === 'object') void perform(wish)
    if (wish === 'poll') void poll()
    if (wish === 'leave') gone()
  }

  function unlock({ typed, next }: Extract<Wish, { act: 'pin' }>): void {
    try {
      parts.acts.checkPin?.(typed)
      follow(begin({ ...view, unlocked: true, asking: null }, next, { needsPin: true }))
    } catch (error) {
      if (!(error instanceof Refusal)) parts.log(error, 'pin')
      view = { ...view, asking: { what: 'pin', text: '', next } }
      say(declinedNotice(error, 'PIN'))
    }
  }

  async function perform(deed: Deed): Promise<void> {
    actedAt = now
    // Until this one is kept, z would take back the one before it.
    const held = undoAfter(deed, view.undo) === view.undo ? null : view.undo
    if (held) view = { ...view, undo: null }
    let name = deed.act === 'answer' ? 'The printer' : 'The ticket'
    try {
      const facts = parts.facts()
      name = nameFor(deed, facts) ?? name
      await carryOut(deed, parts.acts)
      say(deedNotice(deed, name, facts.names))
      view = { ...view, undo: undoAfter(deed, view.undo) }
    } catch (error) {
      view = { ...view, undo: view.undo ?? held }
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
    attempt(screen.close, 'terminal')
  }
}
