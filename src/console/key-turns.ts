import type { Key } from './view.ts'

/** The longest note, pasted. More than that at once nobody types, and it is left out. */
const mostWaiting = 1000

/**
 * One key a turn of the event loop: each of them is a drawing, and a paste would keep platen from its work
 * for minutes.
 */
export function keyTurns(hear: (key: Key) => void): (key: Key) => void {
  const waiting: Key[] = []
  return (key) => {
    if (waiting.length >= mostWaiting) return
    waiting.push(key)
    if (waiting.length === 1) next()
  }

  function next(): void {
    const key = waiting[0]
    if (!key) return
    setImmediate(() => {
      waiting.shift()
      next()
    })
    hear(key)
  }
}
