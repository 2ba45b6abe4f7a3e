import { setImmediate as turn } from 'node:timers/promises'
import type { ArchivedMonth } from '../core/journal/entry.ts'
import { type Proof, verifySteps } from '../core/journal/verify.ts'
import { ranges, verifyArchive } from '../core/journal/verify-archive.ts'
import type { State } from '../core/state.ts'
import { type Verdict, well, wrong } from './check-line.ts'

/** Where the state is, so that nothing of it has to be carried over; between other work. */
export async function proveJournal(state: State): Promise<Proof> {
  const steps = verifySteps(state)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await turn()
  }
}

/** `proof`: null where nothing was ever kept. `archive`: what is in the files of the data folder. */
export async function checkJournal(
  proof: Proof | null,
  archive: () => AsyncIterable<ArchivedMonth>,
): Promise<Verdict> {
  if (proof === null) return well('Nothing was ever written in it.')
  if (!proof.ok) return wrong(`${proof.sentence} ${remedy}`)
  const files = verifyArchive(proof)
  for await (const month of archive()) files.add(month)
  const archived = files.end()
  if (!archived.ok) return wrong(`${archived.sentence} ${remedy}`)
  const { end, entries, erased, runs } = proof
  if (end.number === 0) return well('Nothing was written in it yet.')
  const inFiles = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const counts = [
    ...(inFiles > 0 ? [`${entries} kept here`, `${inFiles} archived`] : []),
    ...(erased > 0 ? [`of ${erased} the person was erased`] : []),
  ]
  const gone = archived.notHere.length > 0 ? `; of these ${ranges(archived.notHere)} not here` : ''
  const sums = counts.length > 0 ? ` (${counts.join(', ')}${gone})` : ''
  return well(
    `${end.number} ${end.number === 1 ? 'entry' : 'entries'}, each bound to the one before${sums}. The newest is ${end.number} ${end.hash.slice(0, 12)}: written down elsewhere, it proves all before it.`,
  )
}

const remedy =
  'It was changed outside of platen, by a hand or by a dying card: look for what it was in a backup.'
