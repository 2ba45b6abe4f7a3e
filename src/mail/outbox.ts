import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { type Handed, handNext } from '../core/outbox/handed.ts'
import type { Letter, Outcome, Post } from '../core/outbox/letter.ts'
import { pauseMs, waitingLetters } from '../core/outbox/outbox.ts'
import { type Answered, markOutcome } from '../core/outbox/outcome.ts'
import type { Store } from '../core/store.ts'
import { backupFailed, backupMade } from './letters/backups.ts'
import { maybeTwice } from './letters/maybe-twice.ts'
import type { Site, Wording } from './letters/site.ts'
import { summary } from './letters/summary.ts'
import { ticketOpened, ticketResolved } from './letters/tickets.ts'

/**
 * Delivers what is due, one letter after the other, in the order they were posted.
 *
 * - The post is closed (down, no sign-in): the round ends and every letter keeps its place, however
 *   long it takes. It is tried again after a minute, two, four … fifteen; after a restart at once.
 * - The post does not take one letter now: that one steps aside, those behind it go on.
 * - Nobody to send it to: it waits aside until there is somebody.
 *
 * Each letter is sent at least once. Where the power or the connection goes between the letter and the
 * server's word that it has it, it is sent again, under the same Message-ID, and says so.
 */
export interface Outbox {
  /** A round, unless one is under way; called each ten seconds, and early without harm. */
  tick(): Promise<void>
  /** Called after each change: a new letter need not wait for the next round. */
  noticeChange(): void
  /** What hinders letters, for the administrator; null while none is hindered. */
  trouble(): string | null
  /** For monitors: only a server that takes no letters is a fault, not that none was ever set. */
  health(): { readonly ok: boolean; readonly sentence: string }
  /** The letter under way has three seconds from the first call on. */
  stop(): Promise<void>
}

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** null: no mail server is set. */
  readonly post: Post | null
  /** EMAIL_TO. */
  readonly fallback: string | null
  readonly site: Site
}

function wordsOf(letter: Letter, site: Site): ReturnType<Wording<never>> {
  const words = firstWordsOf(letter, site)
  return letter.maybeTwice ? maybeTwice(words) : words
}

function firstWordsOf(letter: Letter, site: Site): ReturnType<Wording<never>> {
  switch (letter.kind) {
    case 'ticket-opened':
      return ticketOpened(letter.facts, site)
    case 'ticket-resolved':
      return ticketResolved(letter.facts, site)
    case 'backup-made':
      return backupMade(letter.facts, site)
    case 'backup-failed':
      return backupFailed(letter.facts, site)
    case 'summary':
      return summary(letter.facts, site)
  }
}

const longestClosedMs = 15 * 60_000
const farewellMs = 3000

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log, post } = parts
  const farewell = new AbortController()
  /** What is not on the disk yet: such a letter is not sent again. */
  let answered: Answered | null = null
  /** null: the post is open, as far as we know. */
  let closed: { readonly why: string; readonly failures: number; readonly untilMs: number } | null =
    null
  let round: Promise<void> | null = null
  let isStopping = false
  let stopped: Promise<void> | null = null
  let knownWaiting = 0

  const countWaiting = () => store.state.by.lettersByState.get('waiting')?.size ?? 0

  const isShut = () => closed !== null && clock.monotonicMs() < closed.untilMs

  async function deliver(to: Post): Promise<void> {
    const seen = new Set<string>()
    for (;;) {
      // One flush: what became of the last letter, and that the next is in the post's hands. No letter
      // goes out about a ticket that the disk then refuses.
      const next = await store.update((tx) => {
        const now = clock.now()
        if (answered) markOutcome(tx, answered, now)
        if (isStopping || isShut()) return null
        return handNext(tx, { seen, fallback: parts.fallback, now })
      })
      answered = null
      if (!next) return
      seen.add(next.letter.id)
      const outcome = await hand(next, to)
      answered = { id: next.letter.id, to: next.to, outcome }
      tell(next.letter, outcome, to)
    }
  }

  async function hand({ letter, to }: Handed, post: Post): Promise<Outcome> {
    if (isStopping) return { how: 'given-up', maybeTaken: false }
    if (to.length === 0) return { how: 'taken', rejected: [] }
    if (letter.maybeTwice)
      log.warn(
        { letter: letter.id, kind: letter.kind },
        'a letter is sent that may have come before',
      )
    try {
      const words = wordsOf(letter, parts.site)
      return await post.send({ id: letter.id, to, ...words }, farewell.signal)
    } catch (error) {
      // One letter that cannot be written must not keep the others back.
      log.error({ error, letter: letter.id }, 'a letter could not be written')
      const why = 'It could not be written; the log of platen says why.'
      return { how: 'not-now', why, maybeTaken: false }
    }
  }

  function tell({ id, kind }: Letter, outcome: Outcome, post: Post): void {
    if (outcome.how === 'given-up') return
    if (outcome.how === 'closed') {
      close(outcome.why)
      return
    }
    if (closed) log.info({ post: post.name }, 'letters are taken again')
    closed = null
    const facts = { letter: id, kind }
    if (outcome.how === 'taken') log.info(facts, 'a letter was sent')
    else log.warn({ ...facts, why: outcome.why }, 'a letter was not taken')
  }

  function close(why: string): void {
    const failures = (closed?.failures ?? 0) + 1
    if (why !== closed?.why) log.warn({ why }, 'letters are not taken')
    const untilMs = clock.monotonicMs() + Math.min(pauseMs(failures), longestClosedMs)
    closed = { why, failures, untilMs }
  }

  function tick(): Promise<void> {
    knownWaiting = countWaiting()
    if (round) return round
    if (!post || isShut() || isStopping || knownWaiting === 0) return Promise.resolve()
    round = deliver(post)
      .catch((error) => {
        log.error({ error }, 'a round of letters broke off')
        close('What becomes of letters cannot be kept at the moment.')
      })
      .finally(() => {
        round = null
      })
    return round
  }

  function trouble(): string | null {
    const waiting = waitingLetters(store.state)
    if (waiting.length === 0) return null
    const letters = waiting.length === 1 ? 'A letter waits' : `${waiting.length} letters wait`
    if (!post) return `${letters}: no mail server is set (EMAIL_HOST).`
    if (closed) return `${letters} for ${post.name}: ${closed.why}`
    const hindered = waiting.findLast((letter) => letter.trouble !== null)
    return hindered ? `${letters}: ${hindered.trouble}` : null
  }

  async function stop(): Promise<void> {
    isStopping = true
    const late = setTimeout(() => farewell.abort(), farewellMs)
    await round
    clearTimeout(late)
  }

  return {
    tick,
    noticeChange() {
      const now = countWaiting()
      const isMore = now > knownWaiting
      knownWaiting = now
      if (isMore) void tick()
    },
    trouble,
    health() {
      // Anybody may ask: the server's own words, which may name people, are for `platen check`.
      if (closed) return { ok: false, sentence: 'Letters wait for the mail server.' }
      return { ok: true, sentence: post ? 'Letters are sent.' : 'No mail server is set.' }
    },
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
