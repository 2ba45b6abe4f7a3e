import type { Log } from '../core/log.ts'
import type { State } from '../core/state.ts'
import { type Files, realFiles } from './files.ts'
import { fill } from './fill.ts'
import { migrations } from './migrations.ts'
import { createRecords } from './records.ts'
import { readFolder } from './start.ts'

/**
 * What a folder keeps, without the lock and without a byte written, so that whoever may read it can
 * look; null where nothing was ever kept. Refuses `invalid` what a start would refuse.
 */
export async function lookAt(
  folder: string,
  log: Log,
  files: Files = realFiles,
): Promise<State | null> {
  const found = await readFolder(files, folder, log)
  if (found === null) return null
  const records = createRecords()
  fill(records, found, { folder, log, migrations })
  return records.state
}
