import { type BackupFacts, isOverdue } from '../core/backup/made.ts'
import { grouped } from '../core/grouped.ts'
import { type Verdict, well, wrong } from './check-line.ts'

const hourMs = 3_600_000

/** `facts` of the running platen, else of what lies in the folder; null where nothing was ever kept. */
export function checkBackup(facts: BackupFacts | null, now: Date): Verdict {
  if (facts === null) return well('There is nothing to back up yet.')
  const { newest, elsewhere, trouble } = facts
  const place = elsewhere
    ? `each is copied to ${elsewhere}`
    : 'none is kept on another disk (PLATEN_BACKUP_DIR)'
  const byHand = 'Make one: platen backup'
  if (trouble !== null) return wrong(newest ? `${trouble} The newest is of ${newest.at}.` : trouble)
  const isLate = isOverdue(facts, now)
  if (newest === null)
    return isLate ? wrong(`There is none. ${byHand}`) : well(`There is none yet; ${place}.`)
  const ageMs = now.getTime() - Date.parse(newest.at)
  const said = `The newest is ${ageWords(ageMs)} old, ${grouped(newest.bytes)} bytes; ${place}.`
  if (isLate)
    return wrong(`${said} There should be one a day: the log of platen says why not. ${byHand}`)
  return well(said)
}

function ageWords(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / hourMs))
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}
