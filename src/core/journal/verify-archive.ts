import { capital } from '../capital.ts'
import { linkOf } from './chain.ts'
import type { ArchivedEntry, ArchivedMonth, ArchivedRun } from './entry.ts'
import { type Broken, broken, named, type Proof } from './verify.ts'

export interface ArchiveProof {
  /** A month's file, in any order. */
  add(month: ArchivedMonth): void
  end(): { readonly ok: true; readonly notHere: readonly Range[] } | Broken
}

/** First and last number. */
export type Range = readonly [first: number, last: number]

interface Seen {
  readonly hash: string
  readonly before: string
  readonly file: string
}

/**
 * Whether the files hold what left the state, as it was written. An entry may be there twice, for a power cut
 * between file and state makes it be written again; so may half a line. The oldest months may have been
 * cleared away: the ends of their runs bridge them. Behind an entry that is here none may be missing. So what
 * cannot be seen is that the oldest lines of the oldest month were taken out.
 */
export function verifyArchive({ end, runs }: Extract<Proof, { ok: true }>): ArchiveProof {
  /** By number. */
  const seen = new Map<number, Seen>()
  const unread: string[] = []
  let trouble: string | null = null
  /** The first number of a run that is here. */
  let oldest: number | null = null

  return {
    add({ file, entries, damaged }) {
      unread.push(...damaged.map((line) => `line ${line} of journal/${file}`))
      for (const entry of entries) {
        trouble ??= wrongWith(entry, file)
        const { number, hash, before } = entry
        if (!seen.has(number)) seen.set(number, { hash, before, file })
      }
    },
    end() {
      if (trouble !== null) return broken(trouble)
      const notHere: Range[] = []
      for (const run of runs.toSorted((a, b) => a.first - b.first)) {
        const wrong = walk(run, notHere)
        if (wrong !== null) return broken(wrong)
      }
      const [first] = notHere
      if (first && unread.length > 0)
        return broken(
          `${capital(unread.join(', '))} cannot be read, and ${ranges(notHere)} nowhere.`,
        )
      const gap = notHere.find(([from]) => oldest !== null && from > oldest)
      if (gap) return broken(gapAt(gap))
      return { ok: true, notHere }
    },
  }

  function wrongWith(entry: ArchivedEntry, file: string): string | null {
    const { number, before, hash } = entry
    if (linkOf(before, entry) !== hash)
      return `${named(entry)} was changed after it was archived in journal/${file}.`
    const other = seen.get(number)
    if (other && other.hash !== hash)
      return `${named(entry)} is archived twice, and not the same: in journal/${other.file} and journal/${file}.`
    if (number > end.number)
      return `${named(entry)} is archived in journal/${file}, but the journal ends at ${end.number}: the state is older than its archive.`
    return null
  }

  /** Adds what is not there of a run; a sentence where it does not hold. */
  function walk({ first, last, before, hash }: ArchivedRun, notHere: Range[]): string | null {
    let from = first
    let link: string | null = before
    let file = ''
    for (let number = first; number <= last; number += 1) {
      const entry = seen.get(number)
      if (entry === undefined) {
        link = null
        continue
      }
      if (link !== null && entry.before !== link) return doesNotFit(number, entry.file)
      if (from < number) notHere.push([from, number - 1])
      oldest ??= number
      from = number + 1
      link = entry.hash
      file = entry.file
    }
    if (from <= last) notHere.push([from, last])
    return link !== null && link !== hash ? doesNotFit(last, file) : null
  }

  /** Months follow one another as the numbers do. */
  function gapAt(gap: Range): string {
    const [first, last] = gap
    let [before, behind]: [Seen | undefined, Seen | undefined] = [undefined, undefined]
    for (let number = first - 1; number > 0 && !before; number -= 1) before = seen.get(number)
    for (let number = last + 1; number <= end.number && !behind; number += 1)
      behind = seen.get(number)
    const months = [...new Set([before, behind].flatMap((each) => each?.file ?? []))]
    const where = months.map((file) => `journal/${file}`).join(' to ')
    return `${capital(range(gap))} missing from ${where}: only whole months may be gone, the oldest first.`
  }
}

const doesNotFit = (number: number, file: string): string =>
  `Entry ${number} in journal/${file} does not fit the ones beside it: another one stood there.`

/** 'entry 17 is', 'entries 1 to 300 and 305 to 306 are'. */
export function ranges(all: readonly Range[]): string {
  const [only] = all
  if (only && all.length === 1) return range(only)
  return `entries ${all.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ')} are`
}

function range([first, last]: Range): string {
  return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`
}
