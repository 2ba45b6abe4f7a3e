import { type FileHandle, open, readdir } from 'node:fs/promises'
import type { HistoryLine } from '../core/status/history.ts'
import { readSealed } from './sealed-lines.ts'

// What one printer said of late, looked up in the months' files that lie there for all printers. Read from
// their ends, in slices; a line of another printer is passed over as octets.

/** More than a person reads, and fewer than a Pi notices. */
const mostLines = 1500
const sliceBytes = 262_144
/** Of both months together; a card reads 20 MB a second at worst. */
const mostBytes = 67_108_864
/** Longer than any line; what has no end in so many octets is none. */
const mostOfLine = 65_536

/** Of one printer, the oldest first. */
export type History = (printer: string) => Promise<readonly HistoryLine[]>

/**
 * Of this month and the one before, the oldest first: every silence and its end, every replaced supply, and
 * of the rest the last of each hour and what stood before such a thing. A line that is damaged is passed over.
 */
export function createHistory({
  folder,
  now = () => new Date(),
}: {
  readonly folder: string
  readonly now?: () => Date
}): History {
  /** By printer: who looks at the same one waits for the same reading. */
  const underWay = new Map<string, Promise<readonly HistoryLine[]>>()
  /** One after the other, for they all read from one card. */
  let last: Promise<unknown> = Promise.resolve()

  return (printer) => {
    const known = underWay.get(printer)
    if (known) return known
    const mine = last.then(() => look(`${folder}/journal`, printer, now()))
    last = mine.catch(() => {})
    const joined = mine.finally(() => underWay.delete(printer))
    underWay.set(printer, joined)
    return joined
  }
}

async function look(folder: string, printer: string, at: Date): Promise<readonly HistoryLine[]> {
  const found = createFinds()
  const left = { bytes: mostBytes }
  for (const name of await monthsIn(folder, at)) {
    if (found.isFull()) break
    const file = await open(`${folder}/${name}`, 'r')
    try {
      await lookBackwards(file, { printer, found, left })
    } finally {
      await file.close()
    }
  }
  return found.lines().reverse()
}

/** Those of this month and the one before that are there, the newest first. */
async function monthsIn(folder: string, at: Date): Promise<string[]> {
  const before = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1))
  const names = [at, before].map((each) => `readings-${each.toISOString().slice(0, 7)}.jsonl`)
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => there.includes(name))
}

const feed = 10

/** Each slice ends with a whole line; the beginning of it is left to the slice before. */
async function lookBackwards(
  file: FileHandle,
  { printer, found, left }: { printer: string; found: Finds; left: { bytes: number } },
): Promise<void> {
  // Within a text of the printer's the quotes are escaped: this is the key, and its whole value.
  const sign = Buffer.from(`"printer":${JSON.stringify(printer)}`)
  const { size } = await file.stat()
  let end = size
  let rest: Buffer = Buffer.alloc(0)
  while (end > 0 && left.bytes > 0 && !found.isFull()) {
    const from = Math.max(0, end - sliceBytes)
    const slice = Buffer.alloc(end - from)
    await file.read(slice, 0, slice.length, from)
    left.bytes -= slice.length
    end = from
    const bytes = rest.length > 0 ? Buffer.concat([slice, rest]) : slice
    const first = from === 0 ? 0 : bytes.indexOf(feed) + 1
    lookThrough(bytes.subarray(first), sign, found)
    rest = first > 0 && first <= mostOfLine ? bytes.subarray(0, first) : Buffer.alloc(0)
  }
}

/** From its end. */
function lookThrough(bytes: Buffer, sign: Buffer, found: Finds): void {
  for (let at = bytes.lastIndexOf(sign); at >= 0 && !found.isFull(); ) {
    const from = bytes.lastIndexOf(feed, at) + 1
    const end = bytes.indexOf(feed, at)
    found.take(bytes.subarray(from, end < 0 ? bytes.length : end))
    at = from === 0 ? -1 : bytes.lastIndexOf(sign, from - 1)
  }
}

interface Finds {
  /** A line that seems to be the printer's. */
  take(line: Buffer): void
  isFull(): boolean
  /** The newest first. */
  lines(): HistoryLine[]
}

/** `{"at":"2026-03-02T08` */
const hourBytes = 20

function createFinds(): Finds {
  const lines: HistoryLine[] = []
  let hour = ''
  /** The last of an hour that was left out: it may turn out to be the end of a silence. */
  let leftOut: Buffer | null = null

  function keep(bytes: Buffer): void {
    const [line] = readSealed(bytes).lines
    if (isHistoryLine(line)) lines.push(line)
  }

  return {
    take(bytes) {
      const itsHour = bytes.toString('latin1', 0, hourBytes)
      const isSilence = bytes.includes('"ok":false')
      const isPlain = !isSilence && !bytes.includes('"replaced":')
      if (isPlain && itsHour === hour) {
        leftOut = bytes
        return
      }
      if (isSilence && leftOut) keep(leftOut)
      keep(bytes)
      // What was said just before stands beside it, for it is compared.
      hour = isPlain ? itsHour : ''
      leftOut = null
    },
    isFull: () => lines.length >= mostLines,
    lines: () => lines,
  }
}

/** Sealed lines are as we wrote them; what is from before that, or of another hand, need not be. */
function isHistoryLine(line: unknown): line is HistoryLine {
  if (typeof line !== 'object' || line === null) return false
  const { at, printer, ok } = line as Partial<HistoryLine>
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof printer === 'string' &&
    typeof ok === 'boolean'
  )
}
