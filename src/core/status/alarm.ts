import type { Reason } from './status.ts'

/** A reason as one reading gives it, before it is known whether it lasts and what says it better. */
export interface Alarm extends Reason {
  readonly source: 'alert' | 'level' | 'tray' | 'bit' | 'device' | 'nothing'
  /**
   * What it is about, the same from reading to reading: 'level 1.3'. Never its sentence, for 'Black toner
   * at 8 %' becomes 'at 7 %'.
   */
  readonly subject: string
  /** The printer stands still and says so itself: no second reading is waited for. */
  readonly atOnce: boolean
}

/** Two rows about the same thing keep apart: the second of 'level 1.3' is 'level 1.3 #2'. */
export function numbered(alarms: readonly Alarm[]): Alarm[] {
  const seen = new Map<string, number>()
  return alarms.map((alarm) => {
    const count = (seen.get(alarm.subject) ?? 0) + 1
    seen.set(alarm.subject, count)
    return count === 1 ? alarm : { ...alarm, subject: `${alarm.subject} #${count}` }
  })
}
