import { type KeyLine, keyLines } from '../keys.ts'
import { cell, type Row, verbatim } from '../rows.ts'
import { type Leaves, type View, viewNames } from '../view.ts'

// The help page: the table of the keys as it is, those of this view first, then the words of the board.

export function helpRows({ open }: View, leaves: Leaves, width: number): Row[] {
  const here = keyLines.filter(({ says, views }) => says !== '' && views?.includes(open))
  const others = keyLines.filter(({ says, views }) => says !== '' && !views)
  return [
    heading(`In view ${viewNames.indexOf(open) + 1}, ${open}`, width),
    ...here.map((line) => keyRow(line, leaves, width)),
    heading('Everywhere', width),
    ...others.map((line) => keyRow(line, leaves, width)),
    heading('Words', width),
    ...words.map((line) => verbatim(line, width)),
  ]
}

function keyRow(
  { keys, shown = keys[0] ?? '', says }: KeyLine,
  leaves: Leaves,
  width: number,
): Row {
  const means = keys.includes('q') ? leaveWords[leaves] : says
  return [
    { text: ' ' },
    cell(shown, 10, 'strong'),
    { text: ' ' },
    cell(means, Math.max(0, width - 12)),
  ]
}

const heading = (title: string, width: number): Row => [
  { text: ' ' },
  cell(title, Math.max(0, width - 1), 'strong'),
]

const leaveWords: Readonly<Record<Leaves, string>> = {
  asks: 'stop platen and leave; asks first',
  'at-once': 'leave; the appliance goes on',
  never: 'nothing: this screen belongs to the appliance',
}

const words: readonly string[] = [
  'At the right: how old the values are; ! is too old.',
  'T2: two tickets. ASK: platen asks; its details say what.',
  'JAM DOOR EMPTY PAPER FULL WASTE PARTS SERVICE ALERT LOW:',
  'what is wrong. SILENT: no answer. ----: nothing is known.',
  'Small screens: ■ error, ▲ warning, ? silent, - not known.',
  'soon: bring it when you walk; capitals: today.',
  'K 62: percent, as the printer says. some, ?, n/a: it does',
  'not say how much. 14:02?: the clock is not set yet.',
]
