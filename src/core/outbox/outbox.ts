import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import type { Letter } from './letter.ts'

/** Puts a letter into the outbox, in the same change as what it tells of; sending comes later. */
export function post(tx: Change, act: Act, words: Pick<Letter, 'kind' | 'to' | 'facts'>): void {
  const now = act.now.toISOString()
  tx.put('outbox', {
    ...words,
    id: act.newId('l'),
    postedAt: now,
    state: 'waiting',
    tries: 0,
    dueAt: now,
    trouble: null,
    sentAt: null,
  })
}

/** Those that wait, in the order they were posted. */
export function waitingLetters(state: State): Letter[] {
  return [...(state.by.lettersByState.get('waiting') ?? [])]
    .flatMap((id) => state.outbox[id] ?? [])
    .sort((a, b) =>
      a.postedAt < b.postedAt || (a.postedAt === b.postedAt && a.id < b.id) ? -1 : 1,
    )
}

export function markSent(tx: Change, id: string, now: Date): void {
  const letter = tx.state.outbox[id]
  if (!letter) return
  const at = now.toISOString()
  tx.put('outbox', { ...letter, state: 'sent', tries: letter.tries + 1, trouble: null, sentAt: at })
}

const firstPauseMs = 60_000
const longestPauseMs = 3_600_000
/** Somebody repairs a mail server within a long weekend. */
const giveUpMs = 5 * 86_400_000

/** Tried again ever more rarely, for five days; `forGood`: the server will never take it. */
export function markFailed(
  tx: Change,
  id: string,
  failure: { readonly trouble: string; readonly forGood: boolean },
  now: Date,
): void {
  const letter = tx.state.outbox[id]
  if (!letter) return
  const tries = letter.tries + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs)
  const tooLate = now.getTime() - Date.parse(letter.postedAt) > giveUpMs
  tx.put('outbox', {
    ...letter,
    tries,
    trouble: failure.trouble,
    state: failure.forGood || tooLate ? 'given-up' : 'waiting',
    dueAt: new Date(now.getTime() + pauseMs).toISOString(),
  })
}
