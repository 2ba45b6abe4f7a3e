import { writeValue } from './ber.ts'

// What a printer knows, as recorders write it (`.snmprec`): `OID|type|value` a line.

export interface Row {
  readonly oid: string
  /** The value, encoded. */
  readonly value: Buffer
}

export interface Walk {
  get(oid: string): Row | undefined
  /** What follows a name in the MIB's order. */
  next(oid: string): Row | undefined
  /** As in a file: `set('1.3.6.1.2.1.43.18.1.1.7.1.1', '2', '8')`. */
  set(oid: string, type: string, value: string): void
  remove(oid: string): void
}

/** Of two rows with one OID the first counts; damaged ones are passed over. */
export function readWalk(recorded: string | Buffer): Walk {
  const text = Buffer.from(recorded).toString('latin1')
  const first = new Map<string, Row>()
  for (const line of text.split('\n')) {
    const [oid = '', type = '', ...rest] = line.split('|')
    const value = /^\d+(\.\d+)+$/.test(oid) ? writeValue(type, rest.join('|')) : null
    if (value !== null && !first.has(oid)) first.set(oid, { oid, value })
  }
  const rows = [...first.values()].sort((a, b) => compare(a.oid, b.oid))
  /** Of the first row that is not below `oid`. */
  const placeOf = (oid: string): number => {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(rows[middle]?.oid ?? '', oid) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
  const holds = (place: number, oid: string): boolean => rows[place]?.oid === oid

  return {
    get(oid) {
      const place = placeOf(oid)
      return holds(place, oid) ? rows[place] : undefined
    },
    next(oid) {
      const place = placeOf(oid)
      return rows[holds(place, oid) ? place + 1 : place]
    },
    set(oid, type, text) {
      const value = writeValue(type, text)
      if (value === null) throw new Error(`no such value: ${type}|${text}`)
      const place = placeOf(oid)
      rows.splice(place, holds(place, oid) ? 1 : 0, { oid, value })
    },
    remove(oid) {
      const place = placeOf(oid)
      if (holds(place, oid)) rows.splice(place, 1)
    },
  }
}

function compare(a: string, b: string): number {
  const left = a.split('.')
  const right = b.split('.')
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = Number(left[at]) - Number(right[at])
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
