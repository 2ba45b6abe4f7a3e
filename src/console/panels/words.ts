import type { Facts } from '../facts.ts'
import { cell, type Row, wrap } from '../rows.ts'
import type { Leaves } from '../view.ts'

// Screens that are only words: nothing to show, help, and the question before leaving.

/** What to do where there is no printer yet. */
export function nobodyRows(facts: Facts, width: number): Row[] {
  const browser = facts.address === '' ? [] : ['', `In a browser:      ${facts.address}`]
  return plain(
    [
      '',
      'No printers yet.',
      '',
      'From a table:      platen import printers.csv --as printers',
      '                   with the columns label, ipAddress (others may follow)',
      'Try one address:   platen probe HOST',
      ...browser,
    ],
    width,
  )
}

export function noMatchRows(filter: string, width: number): Row[] {
  return [
    [],
    ...wrap(`No printer matches "${filter}".`, width - 2, 3).map((line) => [
      { text: ' ' },
      cell(line, width - 1),
    ]),
    [],
    [{ text: ' ' }, cell('Esc clears the filter.', width - 1)],
  ]
}

export function helpRows(leaves: Leaves, width: number): Row[] {
  return plain(
    [
      '1 2 3 t          fleet, printer, tickets (t or 3)',
      '↑ ↓ j k          up and down         PgUp PgDn Home End g G',
      'Enter →          details             Esc ←   back',
      'Tab Shift-Tab    next, last panel    Ctrl-L  draw anew',
      '/                filter by label, place, model or reason',
      'r                ask the chosen printer now',
      'a n d            take a ticket, note on it, done with it',
      'u z              reopen it, undo the last "done"',
      'a                answer what platen asks about the printer',
      'w                who is at the keys; forgotten 10 min later',
      `q                ${leaveWords[leaves]}`,
      '',
      'At the right: how old the values are; ! is too old.',
      'T2: two tickets. ASK: platen asks; its details say what.',
      'JAM DOOR EMPTY PAPER FULL WASTE PARTS',
      'SERVICE ALERT LOW: what is wrong. SILENT: no answer.',
      '----: never read.',
      'K 62: percent, as the printer says. some, ?, n/a: it does',
      'not say how much. 14:02?: the clock is not set yet.',
    ],
    width,
  )
}

const leaveWords: Readonly<Record<Leaves, string>> = {
  asks: 'stop platen and leave; asks first',
  'at-once': 'leave; the appliance goes on',
  never: 'nothing: this screen belongs to the appliance',
}

export function leaveRows(width: number): Row[] {
  return plain(['Stop platen and leave?   y  yes   n  no'], width)
}

/** Words of ours that are set in columns: their blanks stay as they are. */
function plain(lines: readonly string[], width: number): Row[] {
  return lines.map((line) => [{ text: ` ${line}`.slice(0, width).padEnd(width) }])
}
