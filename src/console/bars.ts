import { byWhom, isBox, isCoarse, type Leveled } from '../core/status/level-words.ts'
import type { Supply } from '../core/status/reading.ts'
import type { Cell, Tone } from './rows.ts'

// How full something is. Only a percentage that the printer gave becomes a bar.

/** One cell at least while anything is left, and never full before it is. */
export function bar(percent: number, width: number, tone: Tone = 'plain'): Cell {
  const share = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width)
  const most = percent >= 100 ? width : Math.max(0, width - 1)
  const filled = Math.min(most, Math.max(percent > 0 ? 1 : 0, share))
  return { text: '█'.repeat(filled) + '░'.repeat(width - filled), tone }
}

/** "62 % by IPP", "~100 %" in stages, "some left" (-3), "?" (-2), "n/a" (-1), or the level as it was told: "120 sheets". */
export function levelWords(part: Leveled): string {
  if (part.percent !== null)
    return `${isCoarse(part) ? '~' : ''}${Math.round(part.percent)} %${isBox(part) ? ' free' : ''}${byWhom(part)}`
  if (part.levelState === 'someRemaining') return 'some left'
  if (part.levelState === 'noRestriction') return 'n/a'
  if (part.levelState === 'value' && part.level !== null) {
    return part.unit === null ? `level ${part.level}` : `${part.level} ${part.unit}`
  }
  return '?'
}

const letters: Readonly<Record<string, string>> = {
  black: 'K',
  cyan: 'C',
  magenta: 'M',
  yellow: 'Y',
}
const tones: Readonly<Record<string, Tone>> = { cyan: 'cyan', magenta: 'magenta', yellow: 'yellow' }

export const toneOfSupply = (supply: Supply): Tone => tones[supply.colour ?? ''] ?? 'plain'

/** "K ████░ C ██░░░ …" where there is room for bars, "K 82 C 31 M 64" in percent where there is not; all or none. */
export function shortBars(supplies: readonly Supply[], room: number): Cell[] {
  // In one order on every row, so that from afar a column is a colour.
  const inks = Object.keys(letters).flatMap((colour) =>
    supplies.filter((each) => each.colour === colour && each.kind !== 'drum'),
  )
  // The last one needs no blank behind it. One without the others would hide the one that is low.
  if (inks.length * 5 - 1 > room) return []
  const width = Math.min(10, Math.floor((room + 1) / Math.max(4, inks.length)) - 3)
  return inks.flatMap((ink): Cell[] => [
    ...(width < 4 ? [briefCell(ink)] : barCells(ink, width)),
    { text: ' ' },
  ])
}

function briefCell(ink: Supply): Cell {
  const level = briefLevel(ink)
  return {
    text: letterOf(ink) + (level === 'some' ? ' ..' : level.padStart(3)),
    tone: toneOfSupply(ink),
  }
}

function barCells(ink: Supply, width: number): Cell[] {
  const tone = toneOfSupply(ink)
  const letter: Cell = { text: `${letterOf(ink)} `, tone }
  if (ink.percent !== null) return [letter, bar(ink.percent, width, tone)]
  return [{ text: letter.text + briefLevel(ink).padEnd(width), tone }]
}

const letterOf = ({ colour }: Supply): string => letters[colour ?? ''] ?? ''

function briefLevel(ink: Supply): string {
  if (ink.percent !== null) return String(Math.round(ink.percent))
  if (ink.levelState === 'noRestriction') return 'n/a'
  return ink.levelState === 'someRemaining' ? 'some' : '?'
}
