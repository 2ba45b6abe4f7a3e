import { toLetters } from './glyphs.ts'
import type { Row, Tone } from './rows.ts'

// Letters of five rows and more, for who stands three metres away. Five of the kernel's cells are 80
// points, which is 15 to 22 mm on the screens that print rooms have: the height to be read from there.

/** Cells a point of a letter, in both directions. */
export type Scale = 1 | 2 | 3

export const bigHeight = (scale: Scale = 1): number => 5 * scale

/**
 * A text in letters of `bigHeight` rows; all rows are as wide. Capitals, digits and what addresses are
 * written with; other letters by the plain ones that they read like, and a grey box for what has none.
 */
export function bigRows(text: string, tone: Tone = 'plain', scale: Scale = 1): Row[] {
  const letters = lettersOf(text)
  return points.flatMap((at): Row[] => {
    const line = letters.map((letter) => letter[at] ?? '').join(' ')
    const wide = [...line].map((point) => point.repeat(scale)).join('')
    return Array.from({ length: scale }, () => [{ text: wide, tone }])
  })
}

/** How many cells wide `bigRows` will be. */
export function bigWidth(text: string, scale: Scale = 1): number {
  const letters = lettersOf(text)
  const points = letters.reduce((sum, [top = '']) => sum + top.length, 0)
  return (points + Math.max(0, letters.length - 1)) * scale
}

type Letter = readonly string[]

const points = [0, 1, 2, 3, 4]
const blank: Letter = points.map(() => '  ')
const stranger: Letter = ['▒▒▒▒', '▒  ▒', '▒  ▒', '▒  ▒', '▒▒▒▒']

const lettersOf = (text: string): Letter[] =>
  [...toLetters(text).toUpperCase()].map((each) =>
    each === ' ' ? blank : (letters.get(each) ?? stranger),
  )

/** Under its character each; 0 is slashed and narrow, O round and wide, 1 has a foot and half a hat. */
const drawn = `
0     1    2     3     4     5     6     7     8     9
 ██    █    ██   ███   █ █   ████   ███  ████   ██    ██
█ ██  ██   █  █     █  █ █   █     █        █  █  █  █  █
█  █   █     █    ██   ████  ███   ███     █    ██    ███
██ █   █    █       █    █      █  █  █   █    █  █     █
 ██   ███  ████  ███     █   ███    ██    █     ██   ███

A     B     C     D     E     F     G     H     I    J
 ██   ███    ███  ███   ████  ████   ███  █  █  ███     █
█  █  █  █  █     █  █  █     █     █     █  █   █      █
████  ███   █     █  █  ███   ███   █ ██  ████   █      █
█  █  █  █  █     █  █  █     █     █  █  █  █   █   █  █
█  █  ███    ███  ███   ████  █      ███  █  █  ███   ██

K     L     M      N      O      P     Q      R
█  █  █     █   █  █   █   ███   ███    ███   ███
█ █   █     ██ ██  ██  █  █   █  █  █  █   █  █  █
██    █     █ █ █  █ █ █  █   █  ███   █ █ █  ███
█ █   █     █ █ █  █  ██  █   █  █     █  █   █ █
█  █  ████  █   █  █   █   ███   █      ██ █  █  █

S      T      U     V      W      X      Y      Z
 ████  █████  █  █  █   █  █   █  █   █  █   █  █████
█        █    █  █  █   █  █   █   █ █    █ █      █
 ███     █    █  █  █   █  █ █ █    █      █      █
    █    █    █  █   █ █   █ █ █   █ █     █     █
████     █     ██     █     █ █   █   █    █    █████

.   ,   :   ;   /    -    _     +    %      ?     !  (   )   #      &      '
                  █                  ██  █   ██   █   █  █    █ █    ██    █
        ██  ██    █              █   ██ █   █  █  █  █    █  █████  █      █
                 █   ███        ███    █      █   █  █    █   █ █    ██ █
     █  ██   █  █                █    █ ██           █    █  █████  █  █
██  █       █   █         ████       █  ██    █   █   █  █    █ █    ██ █
`

const letters: ReadonlyMap<string, Letter> = new Map(drawn.trim().split('\n\n').flatMap(cutLetters))

/** A letter begins under its character and ends with its last point. */
function cutLetters(block: string): [string, Letter][] {
  const [head = '', ...rows] = block.split('\n')
  const starts = [...head.matchAll(/\S/g)]
  return starts.map(({ 0: character, index }, at) => {
    const end = starts[at + 1]?.index
    const cells = points.map((row) => (rows[row] ?? '').slice(index, end).trimEnd())
    const width = Math.max(...cells.map((each) => each.length))
    return [character, cells.map((each) => each.padEnd(width))]
  })
}
