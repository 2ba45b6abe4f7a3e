import { capital } from '../capital.ts'
import { trayName } from './by-hand.ts'
import type { Supply, Tray } from './reading.ts'
import type { WatchedSupply } from './status.ts'
import { isReceptacle, oneLine } from './supplies.ts'

// What pages and console ask of a level before each puts it into its own words.

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
  const words = part.source.split('-')
  // HP, OKI and IPP are names of letters.
  const named = words.map((word) => (word.length > 3 ? capital(word) : word.toUpperCase()))
  return ` by ${named.join(' ')}`
}

/** 'Tray 2, A4' */
export function trayWords(tray: Tray): string {
  const [name, media] = [trayName(tray), oneLine(tray.media)]
  return media && !name.includes(media) ? `${name}, ${media}` : name
}
