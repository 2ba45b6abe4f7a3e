import { type Cell, cells, gone, rowOfAlert } from './cells.ts'
import type { DemoPrinter } from './printers.ts'

// What happens to the demo's printers: the second since the start -> what each of them says then. A
// pure function, so any second may be asked for; a minute at the screen shows something of each.

type Scene = Readonly<Partial<Record<DemoPrinter, readonly Cell[]>>>

export function sceneAt(second: number): Scene {
  return {
    'mono-laser': monoLaser(second),
    'colour-laser': colourLaser(second),
    'multi-function': multiFunction(second),
    sleeper: sleeper(second),
    'old-v1': [cells.uptime(second), cells.pages(923_456 + ever(20, second))],
    'vague-levels': [cells.uptime(second), cells.pages(12_044 + ever(9, second))],
    jams: jams(second),
    chinese: [cells.uptime(second), cells.pages(60_118 + ever(7, second))],
  }
}

/** How many times the whole of it fits. */
const ever = (whole: number, amount: number): number => Math.floor(amount / whole)

/** Prints all day: toner from 24 % down, empty after four minutes, then a new cartridge. */
function monoLaser(second: number): Cell[] {
  const capacity = 6000
  const usedBefore = 4560
  const cycle = capacity + 180
  const used = usedBefore + second * 6
  const level = Math.max(0, capacity - (used % cycle))
  const empty = level === 0
  const printed = ever(cycle, used) * capacity + (capacity - level) - usedBefore
  return [
    cells.uptime(second),
    cells.pages(48_213 + ever(12, printed)),
    cells.supply(1, level),
    cells.panel(empty ? 'Replace black toner' : 'Printing'),
    ...cells.stands(empty ? 'down' : 'prints', empty ? 'noToner' : null),
    ...(empty ? rowOfAlert(1, { ...tonerEmpty, text: 'Replace black toner' }) : gone(1)),
  ]
}

/** A class prints in colour: each toner sinks in its own measure. */
function colourLaser(second: number): Cell[] {
  const speeds = [4, 9, 6, 12]
  const full = [10_000, 8000, 8000, 8000]
  const first = [6700, 5100, 7400, 3300]
  const level = (at: number): number => {
    const capacity = full[at] ?? 0
    return capacity - ((capacity - (first[at] ?? 0) + second * (speeds[at] ?? 0)) % capacity)
  }
  return [
    cells.uptime(second),
    cells.pages(84_213 + ever(3, second)),
    ...speeds.map((_, at) => cells.supply(at + 1, level(at))),
    cells.panel('Printing'),
    ...cells.stands('prints', null),
  ]
}

/** Tray 2 is printed empty, stands so for a while, and somebody fills it. */
function multiFunction(second: number): Cell[] {
  const cycle = 240
  const lasts = 180
  const inCycle = (second + 130) % cycle
  const sheets = Math.max(0, 400 - Math.floor((inCycle * 400) / lasts))
  const empty = sheets === 0
  return [
    cells.uptime(second),
    cells.pages(251_007 + ever(cycle, second + 130) * 400 + (400 - sheets)),
    cells.tray(2, sheets),
    cells.supply(5, 34 - (ever(60, second) % 34)),
    cells.panel(empty ? 'Load paper in Tray 2' : 'Printing'),
    ...cells.stands(empty ? 'warns' : 'prints', empty ? 'inputTrayEmpty' : null),
    ...(empty ? rowOfAlert(1, { ...paperOut, text: 'Load paper in Tray 2' }) : gone(1)),
  ]
}

/** Sleeps, is woken by a job, prints it, and sleeps again. */
function sleeper(second: number): Cell[] {
  const inCycle = second % 200
  const asleep = inCycle < 100
  const warm = inCycle >= 112
  const printed = Math.max(0, inCycle - 112)
  return [
    cells.uptime(second),
    cells.pages(33_120 + ever(200, second) * 88 + printed),
    cells.panel(asleep ? 'Sleeping' : warm ? 'Printing' : 'Warming up'),
    ...cells.stands(asleep ? 'sleeps' : warm ? 'prints' : 'warms', null),
    ...(asleep ? rowOfAlert(1, { ...powerSaver, text: 'Sleep mode on' }) : gone(1)),
  ]
}

/** Jams a quarter of a minute after the start, and every four minutes; somebody opens door B. */
function jams(second: number): Cell[] {
  const inCycle = second % 240
  const jammed = inCycle >= 15 && inCycle < 105
  return [
    cells.uptime(second),
    cells.pages(120_455 + ever(240, second) * 45 + ever(3, Math.max(0, inCycle - 105))),
    cells.panel(jammed ? 'Paper jam: open door B' : 'Ready'),
    ...cells.stands(jammed ? 'down' : 'idle', jammed ? 'jammed' : null),
    ...(jammed ? rowOfAlert(1, { ...jam, text: 'Paper jam: open door B' }) : gone(1)),
  ]
}

// Severity, group and code as RFC 3805 and the IANA-PRINTER-MIB number them.
const tonerEmpty = { severity: 3, group: 11, groupIndex: 1, code: 1101 }
const paperOut = { severity: 4, group: 8, groupIndex: 2, code: 808 }
const powerSaver = { severity: 1, group: 5, groupIndex: 1, code: 23 }
const jam = { severity: 3, group: 13, groupIndex: 1, code: 8 }
