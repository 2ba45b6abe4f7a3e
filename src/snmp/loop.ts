// Turns of the event loop: a thousand answers may come at once, and whoever looks at a page or presses a
// key must not wait for all of them. Before a piece of work that takes its time, one waits here.

/** What all pieces of one turn may take together. */
const mostMs = 4

const waiting: (() => void)[] = []
let beganMs = 0
let isUnderWay = false

/** undefined: at once, for there is time left in this turn. */
export function myTurn(): Promise<void> | undefined {
  if (!isUnderWay) {
    isUnderWay = true
    beganMs = performance.now()
    setImmediate(nextTurn)
  }
  if (waiting.length === 0 && performance.now() - beganMs < mostMs) return undefined
  return new Promise((resolve) => waiting.push(resolve))
}

/**
 * For who has waited long enough: what came while the loop was busy with something else is heard first. Node
 * runs the timers that are due before it reads the sockets.
 */
export function afterHearing(giveUp: () => void): void {
  setImmediate(giveUp)
}

/** One at a time: what it does comes right after this, before the next turn begins. */
function nextTurn(): void {
  const next = waiting.shift()
  if (next === undefined) {
    isUnderWay = false
    return
  }
  beganMs = performance.now()
  setImmediate(nextTurn)
  next()
}
