import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answersOf } from './answers.ts'
import { readSpoilt } from './path.ts'
import { seeded } from './seeded.ts'
import { readTwice } from './twice.ts'

// What test/snmp/fuzz.test.ts searches, for as long as it is told to, with the recordings of $RECORDINGS
// beside our own.

/** For each of so many answers one whole printer. */
const answersToPrinter = 1000
const stretch = 100_000

/** null: nothing found; else what, and with what it can be had again. */
export async function search(count: number, seed: number): Promise<string | null> {
  const folders = ['test/walks', ...(process.env.RECORDINGS ? [process.env.RECORDINGS] : [])]
  const walks = folders.flatMap(walksIn)
  console.log(`seed ${seed}: ${count} answers of ${walks.length} printers`)
  const random = seeded(seed)
  const tally = { read: 0, refused: 0 }
  let samples = answersOf(walks, 2000, random)
  for (let done = 1; done <= count; done += 1) {
    const found = readTwice(samples, random, tally)
    if (found !== null)
      return `answer ${done} (${found.mutation}): ${found.what}\n${found.datagram.toString('hex')}`
    const wrong = done % answersToPrinter === 0 ? await readSpoilt(walks, random) : null
    if (wrong !== null) return `the printer after answer ${done}: ${wrong}`
    if (done % stretch > 0) continue
    console.log(`${done}: ${tally.read} read, ${tally.refused} refused`)
    samples = answersOf(walks, 2000, random)
  }
  return null
}

const walksIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.snmprec'))
    .map((file) => readFileSync(join(folder, file), 'latin1'))
