import type { Facts } from './facts.ts'
import { aliveOf } from './filed.ts'

// When the terminal's bell rings: a printer that errs or a ticket that was not there at the drawing before.

const pauseMs = 60_000

/** Tells at each drawing whether it is to ring now; what there is at the first one is nothing new. */
export function createBell(): (facts: Facts) => boolean {
  let known: ReadonlySet<string> | null = null
  let rangAt = Number.NEGATIVE_INFINITY
  return (facts) => {
    const now = new Set(worriesIn(facts))
    const isNew = known !== null && [...now].some((each) => !known?.has(each))
    known = now
    const at = performance.now()
    if (!isNew || at - rangAt < pauseMs) return false
    rangAt = at
    return true
  }
}

function worriesIn(facts: Facts): string[] {
  return [
    ...facts.printers.flatMap(({ status }) =>
      status.verdict === 'error' ? status.printer.id : [],
    ),
    ...aliveOf(facts).map(({ ticket }) => ticket.id),
  ]
}
