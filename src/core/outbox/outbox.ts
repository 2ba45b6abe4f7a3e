import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import type { BackupLetter, Letter, SummaryLetter, TicketLetter } from './letter.ts'

// Letters are kept until the post has taken them. They go in the order they were posted; one that the
// post does not take now steps aside for the others and is tried again.

type Of<L extends Letter> = Pick<L, 'kind' | 'to' | 'facts'>
type Words = Of<TicketLetter> | Of<BackupLetter> | Of<SummaryLetter>

/** Puts a letter into the outbox, in the same change as what it tells of; sending comes later. */
export function post(tx: Change, act: Act, words: Words): void {
  const now = act.now.toISOString()
  tx.put('outbox', {
    id: act.newId('l'),
    postedAt: now,
    state: 'waiting',
    tries: 0,
    dueAt: now,
    trouble: null,
    reached: [],
    endedAt: null,
    handedAt: null,
    maybeTwice: false,
    ...words,
  })
}

/** Those that wait, in the order they were posted. */
export function waitingLetters(state: State): Letter[] {
  return lettersOf(state, 'waiting').sort((a, b) =>
    a.postedAt < b.postedAt || (a.postedAt === b.postedAt && a.id < b.id) ? -1 : 1,
  )
}

export function isDue({ dueAt }: Letter, now: Date): boolean {
  const pauseMs = Date.parse(dueAt) - now.getTime()
  // Longer than any pause: the clock was set back since, as a Pi's is at a start.
  return pauseMs <= 0 || pauseMs > longestPauseMs
}

/** What is wrong with the outbox at a glance, for the console, the pages and `check`. */
export interface OutboxFacts {
  readonly waiting: number
  readonly givenUp: number
  /** When the longest waiting was posted. */
  readonly oldest: string | null
  /** Of the letters that wait, else of those given up: what hindered the last one. */
  readonly lastTrouble: string | null
}

export function outboxFacts(state: State): OutboxFacts {
  const waiting = waitingLetters(state)
  const givenUp = lettersOf(state, 'given-up').sort((a, b) =>
    (a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1,
  )
  const hindered = waiting.filter(({ trouble }) => trouble !== null)
  return {
    waiting: waiting.length,
    givenUp: givenUp.length,
    oldest: waiting[0]?.postedAt ?? null,
    lastTrouble: (hindered.at(-1) ?? givenUp.at(-1))?.trouble ?? null,
  }
}

/** `trouble`: addresses that it could not go to, in a sentence. */
export function markSent(
  tx: Change,
  id: string,
  how: { readonly reached: readonly string[]; readonly trouble: string | null },
  now: Date,
): void {
  const letter = tx.state.outbox[id]
  if (letter?.state !== 'waiting') return
  tx.put('outbox', {
    ...letter,
    state: 'sent',
    tries: letter.tries + 1,
    trouble: how.trouble,
    reached: [...letter.reached, ...how.reached],
    endedAt: now.toISOString(),
    handedAt: null,
  })
}

const firstPauseMs = 60_000
const longestPauseMs = 3_600_000
/**
 * What five days take with these pauses: somebody repairs a full mailbox within a long weekend. Not
 * reckoned by when it was posted, which a clock may have told that was set right since.
 */
const mostTries = 126

/** Tried again ever more rarely, for five days; `refused`: the post will never take it. */
export function markFailed(
  tx: Change,
  id: string,
  failure: {
    readonly how: 'refused' | 'not-now'
    readonly why: string
    readonly reached?: readonly string[]
    readonly maybeTaken?: boolean
  },
  now: Date,
): void {
  const letter = tx.state.outbox[id]
  if (letter?.state !== 'waiting') return
  const tries = letter.tries + 1
  const isOver = failure.how === 'refused' || tries >= mostTries
  tx.put('outbox', {
    ...letter,
    tries,
    trouble: failure.why,
    reached: [...letter.reached, ...(failure.reached ?? [])],
    state: isOver ? 'given-up' : 'waiting',
    dueAt: new Date(now.getTime() + pauseMs(tries)).toISOString(),
    handedAt: failure.maybeTaken ? letter.handedAt : null,
    endedAt: isOver ? now.toISOString() : null,
  })
}

/** No try of its own: it waits for somebody to send it to, or for the post to open. */
export function markWaiting(tx: Change, id: string, trouble: string): void {
  const letter = tx.state.outbox[id]
  if (letter?.state === 'waiting' && letter.trouble !== trouble)
    tx.put('outbox', { ...letter, trouble })
}

/** Milliseconds until the next try, by the tries that failed: a minute, two, four … an hour. */
export function pauseMs(failures: number): number {
  return Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs)
}

function lettersOf(state: State, of: Letter['state']): Letter[] {
  return [...(state.by.lettersByState.get(of) ?? [])].flatMap((id) => state.outbox[id] ?? [])
}
