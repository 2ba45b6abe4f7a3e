import { mostADay, sizeWords } from '../core/box-words.ts'
import { type Verdict, well, wrong } from './check-line.ts'

/** Bytes that platen wrote to the card. */
export interface Written {
  readonly today: number
  /** Mean of the last whole days that were counted, and how many those are; null: none was. */
  readonly aDay: number | null
  readonly days: number
}

/** `written`: null where nothing was counted. */
export function checkWear(written: Written | null): Verdict {
  if (written === null)
    return well('Nothing was counted yet; a running platen counts what it writes.')
  const { today, aDay, days } = written
  const before =
    aDay === null
      ? ''
      : `, ${sizeWords(aDay)} a day over the last ${days === 1 ? 'day' : `${days} days`}`
  const sentence = `${sizeWords(today)} written today${before}`
  if (Math.max(today, aDay ?? 0) <= mostADay) return well(`${sentence}.`)
  return wrong(
    `${sentence}: that wears out an SD card. Put PLATEN_DATA_DIR on a disk that bears it, and look in the log for what is tried again and again.`,
  )
}
