import { readSealed } from '../sealed-lines.ts'

/** A file that is looked at on its way into a backup. */
export interface Inspection {
  take(bytes: Buffer): void
  /** What is damaged in it, a sentence; null where all is well. */
  end(): string | null
}

/** For files of sealed lines: damage in them would else be found when somebody needs them. */
export function inspectLines(): Inspection {
  let half: Buffer = Buffer.alloc(0)
  let lines = 0
  const damaged: number[] = []

  return {
    take(bytes) {
      const all = Buffer.concat([half, bytes])
      const end = all.lastIndexOf(10) + 1
      half = all.subarray(end)
      const read = readSealed(all.subarray(0, end))
      damaged.push(...read.damaged.map((number) => lines + number))
      lines += read.lines.length + read.damaged.length
    },
    end() {
      const [first, second] = damaged
      if (first === undefined) return null
      if (second === undefined) return `line ${first} is not as it was written.`
      return `${damaged.length} lines are not as they were written, the first is line ${first}.`
    },
  }
}
