import { capital } from '../capital.ts'
import { trayName } from './by-hand.ts'
import type { Supply, Tray } from './reading.ts'
import { sourceName } from './said-words.ts'
import type { WatchedSupply } from './status.ts'
import { isReceptacle, oneLine } from './supplies.ts'

// A level in words, for pages and letters; and what the console asks of one before it puts it into its own.

export type Leveled = Supply | WatchedSupply | Tray

/** RFC 3805: the level of what is filled in use, a waste box, is the room that is left. */
export const isBox = (part: Leveled): boolean => 'kind' in part && isReceptacle(part)

/** It knows stages only: 100, 10, 0. */
export const isCoarse = (part: Leveled): boolean => 'coarse' in part && part.coarse === true

/** The office says that it counts the other way round. */
export const isTurned = (part: Leveled): boolean => 'inverted' in part && part.inverted === true

/** ' by IPP', ' by Konica Minolta': whose percent it is where it is not Printer-MIB's; else nothing. */
export function byWhom(part: Leveled): string {
  if (!('source' in part) || part.percent === null || part.source === 'printer-mib') return ''
  return ` by ${sourceName(part.source)}`
}

/** 'Tray 2, A4' */
export function trayWords(tray: Tray): string {
  const [name, media] = [trayName(tray), mediaWords(oneLine(tray.media))]
  return media && !name.includes(media) ? `${name}, ${media}` : name
}

/** As standards write a size (PWG 5101.1, 5): `na_letter_8.5x11in`, and before that `iso-a4-white`. */
const standardName = /^(iso|jis|jpn|na|oe|om|prc|roc)[-_]([\da-z-]+)(?:_[\d.]+x[\d.]+(?:mm|in))?$/
/** These have sizes of their own under names that others have too. */
const named: readonly string[] = ['jis', 'prc', 'roc']

/** 'Letter', 'A4 white', 'SRA3', 'JIS B4'; what is no standard's name stays what somebody called it. */
function mediaWords(media: string): string {
  const [, standard = '', size] = standardName.exec(media) ?? []
  if (size === undefined) return media
  const words = capital(size.replaceAll('-', ' '))
  // ISO's sizes are letters: DL, RA4. Longer ones are words: designated.
  if (standard === 'iso') return words.replace(/^\w{2,4}\b/, (letters) => letters.toUpperCase())
  return named.includes(standard) ? `${standard.toUpperCase()} ${words}` : words
}

/** '62 %', 'some left' (RFC 3805: -3), 'not told' (-2), 'no limit' (-1), or the level as it is; and by whom. */
export function levelWords(part: Leveled): string {
  if (part.percent !== null) {
    const turned = isTurned(part) ? ', turned round by the office' : ''
    return `${percentWords(part, part.percent)}${byWhom(part)}${turned}`
  }
  if (part.levelState === 'someRemaining') return 'some left'
  if (part.levelState === 'noRestriction') return 'no limit'
  if (part.levelState === 'value' && part.level !== null)
    return [part.level, part.unit].filter((each) => each !== null).join(' ')
  return 'not told'
}

/** 'about 100 %' where it is a stage. */
export const percentWords = (part: Leveled, percent: number): string =>
  `${isCoarse(part) ? 'about ' : ''}${Math.round(percent)} %${isBox(part) ? ' of its space left' : ''}`
