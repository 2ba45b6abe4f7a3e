import { grouped } from '../core/grouped.ts'
import type { ReadingsMonth } from '../core/status/history.ts'
import { type Verdict, well, wrong } from './check-line.ts'

/** Whether the months' files are as they were written. */
export async function checkReadings(months: AsyncIterable<ReadingsMonth>): Promise<Verdict> {
  let [files, lines] = [0, 0]
  for await (const { file, lines: whole, damaged } of months) {
    if (damaged.length > 0) return wrong(damagedWords(file, damaged))
    files += 1
    lines += whole
  }
  if (files === 0) return well('None were kept yet.')
  return well(
    `${grouped(lines)} in ${files === 1 ? 'one month' : `${files} months`}, all as written.`,
  )
}

function damagedWords(file: string, damaged: readonly number[]): string {
  const [first] = damaged
  const which =
    damaged.length === 1 ? `line ${first} is` : `${damaged.length} lines are, the first ${first},`
  return `In journal/${file} ${which} not as written: a dying card, or a hand. Put the file back from a backup (tar -xzf BACKUP journal/${file}), or take the line out.`
}
