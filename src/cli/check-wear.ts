import { type Verdict, well, wrong } from './check-line.ts'

/** Bytes that platen wrote to the card. */
export interface Written {
  readonly today: number
  /** Mean of the last whole days that were counted, and how many those are; null: none was. */
  readonly aDay: number | null
  readonly days: number
}

/**
 * Ten times what 200 printers may cost. A program that rewrites 2 MB at each poll comes to 576 MB a day; a
 * card erases blocks of megabytes and so wears ten to a hundred times as fast as small writes are long. One
 * of 32 GB whose blocks bear 300 erasures is used up by that in half a year to five years.
 */
const mostADay = 500e6

/** `written`: null where nothing was counted. */
export function checkWear(written: Written | null): Verdict {
  if (written === null)
    return well('Nothing was counted yet; a running platen counts what it writes.')
  const { today, aDay, days } = written
  const before =
    aDay === null
      ? ''
      : `, ${megabytes(aDay)} a day over the last ${days === 1 ? 'day' : `${days} days`}`
  const sentence = `${megabytes(today)} written today${before}`
  if (Math.max(today, aDay ?? 0) <= mostADay) return well(`${sentence}.`)
  return wrong(
    `${sentence}: that wears out an SD card. Put PLATEN_DATA_DIR on a disk that bears it, and look in the log for what is tried again and again.`,
  )
}

/** 12_400_000 -> '12.4 MB', 140_000_000 -> '140 MB'. */
function megabytes(bytes: number): string {
  const count = bytes / 1e6
  return `${count < 99.95 ? count.toFixed(1) : count.toFixed(0)} MB`
}
