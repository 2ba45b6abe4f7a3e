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
 * between file and state makes it be written again; so may half a line. A file that is missing is no
 * damage: the ends of its run bridge it.
 */
export function verifyArchive({ end, runs }: Extract<Proof, { ok: true }>): ArchiveProof {
  /** By number. */
  const seen = new Map<number, Seen>()
  const unread: string[] = []
  let trouble: string | null = null

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
      for (const run of runs) {
        const walked = walk(run)
        if (typeof walked === 'string') return broken(walked)
        notHere.push(...walked)
      }
      const [first] = notHere
      if (first && unread.length > 0)
        return broken(
          `${capital(unread.join(', '))} cannot be read, and ${ranges(notHere)} nowhere.`,
        )
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

  /** What is not there of a run; a sentence where it does not hold. */
  function walk({ first, last, before, hash }: ArchivedRun): Range[] | string {
    const notHere: Range[] = []
    let from = first
    let link: string | null = before
    let file: string | null = null
    for (let number = first; number <= last; number += 1) {
      const entry = seen.get(number)
      if (entry === undefined) {
        link = null
        continue
      }
      if (link !== null && entry.before !== link) return doesNotFit(number, entry.file)
      if (from < number) {
        if (file === entry.file)
          return `${capital(range([from, number - 1]))} missing from journal/${file}.`
        notHere.push([from, number - 1])
      }
      from = number + 1
      link = entry.hash
      file = entry.file
    }
    if (from <= last) notHere.push([from, last])
    if (link !== null && link !== hash) return doesNotFit(last, file ?? '')
    return notHere
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

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)
