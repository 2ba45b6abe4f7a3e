import type { Readable, Writable } from 'node:stream'
import blessed, { type Widgets } from 'blessed'
import contribLog from 'blessed-contrib/lib/widget/log.js'
import contribTable from 'blessed-contrib/lib/widget/table.js'
import type { Drawn } from './fence.ts'
import type { Box } from './layout.ts'
import { type Palette, paint } from './paint.ts'
import type { Heard, Output, Screen, Terminal } from './terminal.ts'

// The machine of the console: one terminal over a pair of streams. The only home of blessed and
// blessed-contrib; it decides nothing.

export function openScreen(terminal: Terminal, heard: Heard): Screen {
  const { output } = terminal
  const palette: Palette = terminal.noColor ? 'monochrome' : 'colours'
  const { program, screen } = enter(terminal, heard)
  // All of them now, the question over the board last: what is made later lies above.
  const names = Object.keys(makers) as Drawn['name'][]
  const elements = new Map(names.map((name) => [name, makers[name](screen)]))
  /** by name: what is on the screen, and where */
  const held = new Map<Drawn['name'], string>()
  program.on('keypress', (text: string | undefined, key: { full?: string; name?: string }) => {
    // blessed tells of Enter twice, as `enter` and as `return`.
    if (key.name !== 'return') heard.key({ name: key.full ?? '', text: text ?? '' })
  })
  return {
    size: () => ({ columns: program.cols, rows: program.rows }),
    lay(panels) {
      const shown = new Set(panels.map((panel) => panel.name))
      for (const [name, element] of elements) {
        if (shown.has(name)) continue
        element.hide()
        held.delete(name)
      }
      for (const { name, box, rows } of panels) {
        const lines = rows.map((row) => paint(row, palette))
        const { left, top, width, height } = box
        const whole = [left, top, width, height, ...lines].join('\n')
        // blessed clears and parses what it is given, be it what it has.
        if (held.get(name) === whole) continue
        held.set(name, whole)
        elements.get(name)?.show(box, lines)
      }
    },
    send: () => screen.render(),
    forget() {
      // Who wrote over the screen may have left a colour behind, and the cursor.
      output.write('\x1b[m\x1b[?25l')
      screen.realloc()
    },
    ring: () => void output.write('\x07'),
    close: () => screen.destroy(),
  }
}

type Entered = ReturnType<typeof enter>

function enter({ input, output, terminal }: Terminal, heard: Heard) {
  const before = processListeners()
  const program = blessed.program({
    // Its types have the two streams the wrong way round.
    input: input as Readable & Writable,
    output: output as Output & Readable,
    // Other entries of the terminfo database are more than blessed can read; these two do for all.
    terminal: terminal.startsWith('linux') ? 'linux' : 'xterm',
    forceUnicode: true,
  })
  keepSize(program)
  // Before blessed's own listener, which draws: what it draws is laid out for the new size already.
  program.on('resize', () => {
    keepSize(program)
    heard.resized()
  })
  for (const event of ['error', 'close', 'finish']) output.on(event, heard.gone)
  for (const event of ['error', 'close', 'end']) input.on(event, heard.deaf)
  const screen = blessed.screen({ program })
  // One drawing is one write, and one that fails fails here.
  program.flush()
  program.useBuffer = false
  const render = screen.render.bind(screen)
  // blessed renders by itself too, when the size is another: in the middle of a signal.
  screen.render = () => {
    try {
      render()
    } catch (error) {
      heard.broke(error)
    }
  }
  // Lines as the letters they are, not as the alternate character set: no terminal of today needs it.
  Object.assign(screen.tput, { brokenACS: true })
  dropListenersSince(before)
  return { program, screen }
}

/** blessed ends the process at a signal with code 0. How a process ends is main.ts's to say. */
const ending = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'uncaughtException'] as const

type Listener = (...heard: unknown[]) => void

const processListeners = (): Map<string, Listener[]> =>
  new Map(ending.map((event) => [event, process.rawListeners(event) as Listener[]]))

function dropListenersSince(before: ReadonlyMap<string, readonly Listener[]>): void {
  for (const event of ending)
    for (const listener of process.rawListeners(event) as Listener[])
      if (!before.get(event)?.includes(listener)) process.off(event, listener)
}

/** A serial line and a socket do not know their size. */
function keepSize(program: Entered['program']): void {
  program.cols = program.cols || 80
  program.rows = program.rows || 24
}

interface Painted {
  show(place: Box, lines: readonly string[]): void
  hide(): void
}

function boxOf(screen: Widgets.Screen): Painted {
  const box = blessed.box({ tags: false, wrap: false })
  screen.append(box)
  return {
    show: (place, lines) => {
      put(box, place)
      box.setContent(lines.join('\n'))
    },
    hide: () => box.hide(),
  }
}

const makers: Readonly<Record<Drawn['name'], (screen: Widgets.Screen) => Painted>> = {
  status: boxOf,
  trouble: boxOf,
  printers: tableOf,
  tickets: tableOf,
  printer: boxOf,
  history: boxOf,
  ticket: boxOf,
  supplies: tableOf,
  activity: logOf,
  box: boxOf,
  outbox: boxOf,
  notice: boxOf,
  keys: boxOf,
  over: boxOf,
  wall: boxOf,
}

function logOf(screen: Widgets.Screen): Painted {
  const log = contribLog({ tags: false, style: {} })
  screen.append(log)
  return {
    show: (place, lines) => {
      put(log, place)
      log.setItems([...lines] as never)
    },
    hide: () => log.hide(),
  }
}

/** contrib's table keeps room for a border and a blank line of its own; the frame is in our rows. */
function tableOf(screen: Widgets.Screen): Painted {
  const table = contribTable({
    columnWidth: [0],
    columnSpacing: 0,
    interactive: false,
    fg: 'default',
    style: {},
    wrap: false,
  })
  table.rows.parseTags = false
  table.rows.top = 1
  table.rows.left = 0
  table.render = () => blessed.box.prototype.render.call(table)
  screen.append(table)
  return {
    show: (place, [head = '', ...lines]) => {
      put(table, place)
      // Not while it renders, as contrib does: a new size wipes what others have drawn by then.
      table.rows.width = place.width
      table.rows.height = Math.max(0, place.height - 1)
      table.options.columnWidth = [place.width]
      table.setData({ headers: [head], data: lines.map((line) => [line]) })
    },
    hide: () => table.hide(),
  }
}

function put(element: Widgets.BoxElement, box: Box): void {
  element.left = box.left
  element.top = box.top
  element.width = box.width
  element.height = box.height
  element.show()
}
