import { Refusal } from '../core/refusal.ts'
import { begin, type Deed } from './acting.ts'
import type { Board } from './board.ts'
import { carryOut, nameFor, undoAfter } from './carried-out.ts'
import {
  answerNotice,
  askingNotice,
  declinedNotice,
  deedNotice,
  failureNotice,
  layoutNotice,
} from './notices.ts'
import type { Notice } from './panels/footer.ts'
import type { ConsoleParts } from './parts.ts'
import type { Pressed, View, Wish } from './view.ts'

// What a key wished for beside another view: done, and told in the line over the keys.

/** What goes on at one console. */
export interface Standing {
  view: View
  /** Until the tick of that number. */
  notice: { readonly text: Notice; readonly until: number } | null
  board: Board | null
  /** Seconds since it began. */
  ticks: number
  /** Of the last drawing. */
  now: Date
  /** When somebody said a name or did something under it. */
  actedAt: Date
}

const noticeSeconds = 15

export function createGrants(
  parts: ConsoleParts,
  at: Standing,
  does: {
    follow(pressed: Pressed): void
    drawNow(): void
    /** The next drawing sends everything. */
    forget(): void
    gone(): void
  },
): (wish: Wish) => void {
  const asked = new Set<string>()
  return grant

  function grant(wish: Wish): void {
    if (wish === 'repaint') does.forget()
    if (wish === 'layout') say(layoutNotice(at.view.layout))
    if (wish === 'told-never')
      say({ text: 'This screen belongs to the appliance: it stays.', tone: 'strong' })
    if (wish === 'nothing-to-undo')
      say({ text: 'Nothing to undo: z takes back what was done here last.', tone: 'strong' })
    if (typeof wish === 'object' && wish.act === 'pin') unlock(wish)
    else if (typeof wish === 'object') void perform(wish)
    if (wish === 'poll') void poll()
    if (wish === 'leave') does.gone()
  }

  function unlock({ typed, next }: Extract<Wish, { act: 'pin' }>): void {
    try {
      parts.acts.checkPin?.(typed)
      does.follow(begin({ ...at.view, unlocked: true, asking: null }, next, { needsPin: true }))
    } catch (error) {
      if (!(error instanceof Refusal)) parts.log(error, 'pin')
      at.view = { ...at.view, asking: { what: 'pin', text: '', next } }
      say(declinedNotice(error, 'PIN'))
    }
  }

  async function perform(deed: Deed): Promise<void> {
    at.actedAt = at.now
    // Until this one is kept, z would take back the one before it.
    const held = undoAfter(deed, at.view.undo) === at.view.undo ? null : at.view.undo
    if (held) at.view = { ...at.view, undo: null }
    let name = deed.act === 'answer' ? 'The printer' : 'The ticket'
    try {
      const facts = parts.facts()
      name = nameFor(deed, facts) ?? name
      await carryOut(deed, parts.acts)
      say(deedNotice(deed, name, facts.names))
      at.view = { ...at.view, undo: undoAfter(deed, at.view.undo) }
    } catch (error) {
      at.view = { ...at.view, undo: at.view.undo ?? held }
      if (!(error instanceof Refusal)) parts.log(error, deed.act)
      say(declinedNotice(error, name))
      // Words that somebody typed are not lost because a disk is full.
      if (deed.act === 'note' && !at.view.asking)
        at.view = { ...at.view, asking: { what: 'note', id: deed.id, text: deed.words } }
    }
    does.drawNow()
  }

  async function poll(): Promise<void> {
    const chosen = at.board?.chosen?.status.printer
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
    does.drawNow()
  }

  function say(text: Notice): void {
    at.notice = { text, until: at.ticks + noticeSeconds }
  }
}
