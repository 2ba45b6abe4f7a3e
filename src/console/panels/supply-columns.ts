import { byWhom } from '../../core/status/level-words.ts'
import type { LowSupply } from '../../core/status/low-supplies.ts'
import { levelWords } from '../bars.ts'
import { markWidth } from '../list.ts'
import { widest } from '../rows.ts'

// Width decides which columns a list of supplies has: they go as wholes, first the others of the printer,
// then the bar, then the model, then the room.

/** Cells; 0: it is not there. With the two blanks behind them. */
export interface Columns {
  readonly room: number
  readonly label: number
  readonly mark: number
  readonly name: number
  readonly level: number
  readonly bar: number
  readonly model: number
  readonly others: number
  readonly age: number
}

/** By printer id. */
export type Marks = ReadonlyMap<string, string>

export function columnsFor(width: number, supplies: readonly LowSupply[], marks: Marks): Columns {
  const label = widest(supplies, ({ printer }) => printer.label, width < 60 ? 14 : 24) + 2
  const name = widest(supplies, ({ name }) => name ?? '', width < 60 ? 14 : 28) + 2
  const level = widest(supplies, howLow, 20) + 2
  const age = width >= 50 ? 8 : 0
  const marked = widest(supplies, ({ printer }) => marks.get(printer.id) ?? '', 8)
  const mark = marked === 0 || width < 60 ? 0 : marked + 2
  let left = width - markWidth - wordWidth - label - mark - name - level - age
  // What is taken away here is not there for the next column.
  const take = (wanted: number, least: number): number => {
    const taken = wanted <= 2 || left < Math.min(wanted, least) ? 0 : Math.min(wanted, left)
    left -= taken
    return taken
  }
  const room = take(widest(supplies, ({ printer }) => printer.location ?? '', 24) + 2, 10)
  const model = take(widest(supplies, ({ model }) => model ?? '', 40) + 2, 18)
  const bar = take(left >= 60 ? 32 : 18, 10)
  const others = take(58, 46)
  return { room, label, mark, name: name + Math.min(0, left), level, bar, model, others, age }
}

/** 'EMPTY', and the blanks behind it. */
export const wordWidth = 7

/** '8 %', '10 % free', 'empty', 'full'; nothing where the printer does not say of which supply it speaks. */
export function howLow({ supply, name, sentence }: LowSupply): string {
  if (!supply || name === null) return ''
  const rest = sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : ''
  return wholeWords.has(rest) ? rest : levelWords(supply).replace(byWhom(supply), '')
}

const wholeWords: ReadonlySet<string> = new Set(['empty', 'full', 'worn out', 'under 1 %'])
