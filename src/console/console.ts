import { createBell } from './bell.ts'
import { drawBoard } from './board.ts'
import type { Facts } from './facts.ts'
import { emptyBoard } from './fence.ts'
import { createGrants, type Standing } from './granted.ts'
import { keyTurns } from './key-turns.ts'
import { isNight } from './night.ts'
import type { Console, ConsoleParts } from './parts.ts'
import { createPasts } from './pasts.ts'
import { press } from './press.ts'
import { openScreen } from './screen.ts'
import { firstView, type Key, type Pressed, type View, withoutGone } from './view.ts'

// A dashboard on a terminal: facts and keys in, drawings out, and when. A second terminal is a second
// console over streams of its own.

const tickMs = 1000
/** Ages go on by so much where nothing else changes: nobody is helped by every second. */
const agesTicks = 10
/** Sweeps tell of many printers at once; nobody reads faster than this. */
const leastMs = 250
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
  const pasts = createPasts({
    ...{ past: parts.looks.past, now: () => at.now },
    ...{ changed: redraw, log: broke },
  })
  const rings = createBell()
  const reported = new Map<string, { words: string; at: number }>()
  const layout = wishes.layout === 'wall' ? 'auto' : wishes.layout
  const at: Standing = {
    view: { ...firstView, layout, wall: wishes.layout === 'wall' },
    ...{ notice: null, board: null, ticks: 0, now: new Date(0), actedAt: new Date(0) },
  }
  /** The last facts that could be drawn, and the tick since which newer ones cannot. */
  let drawn: Facts | null = null
  let brokeAt: number | null = null
  let lastKey = 0
  /** Since the last key. */
  let isAtRest = false
  /** The tick from which the wall turns its pages: it begins with the worst. */
  let turnsFrom = 0
  /** Of the next tick that has something to draw. */
  let due = 0
  let drawnAt = 0
  let pending: NodeJS.Timeout | null = null
  let closed = false

  const grant = createGrants(parts, at, { follow, drawNow, forget: screen.forget, gone })
  const ticking = setInterval(tick, tickMs)
  ticking.unref()
  drawNow()
  return { redraw, drawNow, close }

  function tick(): void {
    at.ticks += 1
    const idle = at.ticks - lastKey
    if (idle >= (wishes.wallSeconds ?? idleSeconds) && !isAtRest && !isWriting(at.view)) rest()
    // Here, not where it is drawn: whatever breaks there keeps no door open.
    if (idle * tickMs >= actorMs)
      at.view = { ...at.view, actor: null, unlocked: false, asking: null }
    if (parts.leaves === 'never' && at.ticks % repaintSeconds === 0) {
      attempt(screen.forget, 'terminal')
      due = at.ticks
    }
    if (at.ticks >= due || (at.notice && at.notice.until <= at.ticks)) drawNow()
  }

  /** What was chosen by somebody who has gone is chosen no more, nor is the door open any longer. */
  function rest(): void {
    const { layout, undo } = at.view
    isAtRest = true
    // Who wanted the wall, by key or by setting, keeps it however long nobody comes.
    const wall = at.view.wall || wishes.layout === 'wall' || wishes.wallSeconds !== null
    if (!at.view.wall) turnsFrom = at.ticks
    at.view = { ...firstView, layout, wall, undo }
    due = at.ticks
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
    if (parts.output.writableNeedDrain) due = at.ticks
    else screen.send()
  }

  /** What is true now; else what was the last time. */
  function lay(): void {
    if (!attempt(layNew, 'console')) attempt(layOld, 'console')
  }

  function layNew(): void {
    if (at.notice && at.notice.until <= at.ticks) at.notice = null
    const facts = parts.facts()
    at.now = facts.now
    if (rings(facts) && wishes.bell === 'on') screen.ring()
    // A clock that was set meanwhile tells nothing of how long that is ago.
    const isOver = Math.abs(at.now.getTime() - at.actedAt.getTime()) > actorMs
    if (isOver && !at.view.asking) at.view = { ...at.view, actor: null, unlocked: false }
    at.view = withoutGone(at.view, facts)
    draw(facts, false)
    drawn = facts
    brokeAt = null
    due = nextDue(facts)
  }

  function layOld(): void {
    // Tried again at each tick.
    due = at.ticks
    brokeAt ??= at.ticks
    const { columns, rows } = screen.size()
    if (drawn) draw(drawn, at.ticks - brokeAt >= oldTicks)
    else screen.lay(emptyBoard(columns, rows))
  }

  function draw(facts: Facts, isOld: boolean): void {
    const turn = Math.floor((at.ticks - turnsFrom) / turnSeconds)
    const shift = Math.floor(at.ticks / repaintSeconds)
    at.board = drawBoard(facts, {
      ...screen.size(),
      ...{ view: at.view, leaves: parts.leaves, notice: at.notice?.text ?? null, isOld, broke },
      wall: { turn, shift, isNight: isNight(wishes.night, facts) },
      needsPin: parts.acts.checkPin !== null,
      names: at.view.asking?.what === 'who' ? parts.acts.names() : [],
      ...{ pastOf: pasts.of, pageOf: parts.looks.pageOf },
    })
    screen.lay(at.board.panels)
  }

  /** When something is to be drawn though nothing happened: ages, the clock's minute, a page of the wall. */
  function nextDue(facts: Facts): number {
    const toMinute = Math.ceil((60_000 - (at.now.getTime() % 60_000)) / tickMs)
    const toTurn = turnSeconds - ((at.ticks - turnsFrom) % turnSeconds)
    // A printer that is being asked says so until it has answered.
    const toAnswer = facts.sweep.running > 0 ? 1 : agesTicks
    return at.ticks + Math.max(1, Math.min(toMinute, toAnswer, at.view.wall ? toTurn : agesTicks))
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
    if (before && (before.words === words || at.ticks - before.at < brokeTicks)) return
    reported.set(where, { words, at: at.ticks })
    parts.log(error, where)
  }

  function pressed(key: Key): void {
    if (closed) return
    lastKey = at.ticks
    isAtRest = false
    turnsFrom = at.ticks
    const room = at.board?.room
    if (room) attempt(() => follow(press(at.view, key, room)), 'keys')
    else if (/^(q|C-c)$/.test(key.name) && parts.leaves === 'at-once') gone()
  }

  function follow({ view: next, wish }: Pressed): void {
    if (next.actor !== at.view.actor || next.unlocked !== at.view.unlocked) at.actedAt = at.now
    at.view = next
    if (wish) grant(wish)
    drawNow()
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

/** Words that somebody typed are theirs until the name is forgotten too. */
const isWriting = ({ asking }: View): boolean => asking?.what === 'note' && asking.text !== ''
