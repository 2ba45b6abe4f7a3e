import type { Writable } from 'node:stream'

/** Octets that may wait: the longest note, pasted. More than that at once nobody types, and it is left out. */
const mostWaiting = 1000
/** A key with its whole sequence, or a few letters. */
const fewKeys = /\x1b+(?:\[\[?[\d;]*[^\d;]|O.|[^[O])?|[^\x1b]{1,16}/gs

/**
 * Keys of a far terminal, a few at a time: each of them is a drawing, and a paste would keep platen from
 * its work for minutes.
 */
export function keysInto(input: Writable): (keys: Buffer) => void {
  const waiting: string[] = []
  return (keys) => {
    const isFed = waiting.length > 0
    const room = mostWaiting - waiting.join('').length
    const taken = keys.toString('latin1', 0, Math.max(0, room))
    waiting.push(...(taken.match(fewKeys) ?? []))
    if (!isFed) feed()
  }

  function feed(): void {
    const next = waiting[0]
    if (next === undefined || !input.writable) return
    input.write(Buffer.from(next, 'latin1'))
    setImmediate(() => {
      waiting.shift()
      feed()
    })
  }
}
