import type { Facts } from './facts.ts'

// When the terminal's bell rings: a printer errs, or a ticket waits, that did not before.

const pauseMs = 60_000

/**
 * Tells at each drawing whether it is to ring now. What there is at the first one is nothing new. What came
 * within a minute of a ring is rung for when the minute is over, if it still stands.
 */
export function createBell(nowMs = () => performance.now()): (facts: Facts) => boolean {
  let known: ReadonlySet<string> | null = null
  let unheard: ReadonlySet<string> = new Set()
  let rangAt = Number.NEGATIVE_INFINITY
  return (facts) => {
    const worries = worriesIn(facts)
    const before = known ?? new Set(worries)
    unheard = new Set(worries.filter((each) => unheard.has(each) || !before.has(each)))
    known = new Set([...worries, ...noNewsIn(facts)])
    if (unheard.size === 0 || nowMs() - rangAt < pauseMs) return false
    rangAt = nowMs()
    unheard = new Set()
    return true
  }
}

/** By id. */
const worriesIn = ({ printers, tickets }: Facts): string[] => [
  ...printers.flatMap(({ status }) => (status.verdict === 'error' ? status.printer.id : [])),
  ...tickets.flatMap(({ ticket }) => (ticket.state === 'open' ? ticket.id : [])),
]

/** What may become a worry and is none of now: a printer's first reading, a ticket that is given back. */
const noNewsIn = ({ printers, tickets }: Facts): string[] => [
  ...printers.flatMap(({ status }) => (status.verdict === 'unknown' ? status.printer.id : [])),
  ...tickets.map(({ ticket }) => ticket.id),
]
