import { crc32 } from 'node:zlib'

// JSON lines that show it when a bit of them was turned: `{…,"crc":"1f0c2a9b"}`, the checksum of the
// text before that last member. Any program that reads JSON lines reads them.

/** `"crc":"1f0c2a9b"}` */
const sealBytes = 17
const comma = 44
const feed = 10

export function seal(line: object): string {
  const body = JSON.stringify(line).slice(0, -1)
  return `${body}${body === '{' ? '' : ','}"crc":"${checksum(body)}"}\n`
}

export interface SealedLines {
  /** As they were given to `seal`. */
  readonly lines: readonly unknown[]
  /** Numbers of the lines that are not as they were written, or were cut off by a power cut; from 1. */
  readonly damaged: readonly number[]
  /** Lines from before they were sealed; nobody can tell of these whether they are as they were. */
  readonly unsealed: number
  /** The last line has no end: a write was cut off. It does not count as damaged. */
  readonly torn: boolean
}

export function readSealed(bytes: Buffer): SealedLines {
  const lines: unknown[] = []
  const damaged: number[] = []
  let unsealed = 0
  let torn = false
  let number = 0
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(feed, from)
    const line = bytes.subarray(from, end === -1 ? bytes.length : end)
    const read = readLine(line)
    number += 1
    if (read !== null) {
      lines.push(read.line)
      if (!read.isSealed) unsealed += 1
    } else if (end === -1) torn = true
    else damaged.push(number)
    from += line.length + 1
  }
  return { lines, damaged, unsealed, torn }
}

interface ReadLine {
  readonly line: unknown
  readonly isSealed: boolean
}

/** null: not as it was written. */
function readLine(bytes: Buffer): ReadLine | null {
  const at = Math.max(0, bytes.length - sealBytes)
  const told = /^"crc":"([\da-f]{8})"\}$/.exec(bytes.toString('latin1', at))?.[1]
  if (told === undefined) return readUnsealed(bytes.toString())
  const body = bytes.subarray(0, bytes[at - 1] === comma ? at - 1 : at)
  if (checksum(body) !== told) return null
  return { line: JSON.parse(`${body}}`), isSealed: true }
}

function readUnsealed(text: string): ReadLine | null {
  const line = parsed(text)
  if (typeof line !== 'object' || line === null) return null
  const [name, value] = Object.entries(line).at(-1) ?? ['', '']
  // No line of before ends like this: the turned bit is in the seal.
  if (name.length === 3 && typeof value === 'string' && value.length === 8) return null
  return { line, isSealed: false }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** CRC-32 (RFC 1952, 8) as eight hexadecimal digits; as text, for a turned bit of it shows too. */
export const checksum = (body: string | Buffer): string => crc32(body).toString(16).padStart(8, '0')
