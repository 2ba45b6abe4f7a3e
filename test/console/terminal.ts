import { PassThrough } from 'node:stream'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import xterm from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { createConsole } from '../../src/console/console.ts'
import type { Facts } from '../../src/console/facts.ts'
import type { ConsoleParts } from '../../src/console/parts.ts'
import type { Leaves } from '../../src/console/view.ts'
import { someFacts } from './fleet.ts'

export interface Wanted {
  columns?: number
  rows?: number
  leaves?: Leaves
  terminal?: string
  noColor?: boolean
  facts?: () => Facts
  pollNow?: (id: string) => Promise<void>
  /** What is done with tickets; without it nothing is there to do. */
  acts?: Partial<ConsoleParts['acts']>
  looks?: Partial<ConsoleParts['looks']>
  wishes?: Partial<ConsoleParts['wishes']>
}

const keys: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  pgdn: '\x1b[6~',
  pgup: '\x1b[5~',
  home: '\x1b[1~',
  end: '\x1b[4~',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  enter: '\r',
  esc: '\x1b',
  backspace: '\x7f',
  'ctrl-c': '\x03',
  'ctrl-l': '\x0c',
}

const nothingToDo = (): Promise<void> => Promise.resolve()

/**
 * The console over streams, with a terminal at the other end that interprets what was really sent; closed
 * when the test that opened it is over.
 */
export function openConsole(wanted: Wanted = {}) {
  const size = { columns: wanted.columns ?? 80, rows: wanted.rows ?? 24 }
  const emulator = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
  })
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), size)
  const seen = { sent: '', left: 0, polled: [] as string[], logged: [] as string[] }
  let facts = wanted.facts ?? (() => someFacts())
  output.on('data', (bytes: Buffer) => {
    seen.sent += bytes.toString()
    emulator.write(bytes)
  })
  const board = createConsole({
    input,
    output,
    terminal: wanted.terminal ?? 'linux',
    noColor: wanted.noColor ?? false,
    leaves: wanted.leaves ?? 'asks',
    facts: () => facts(),
    acts: {
      pollNow: async (id) => {
        seen.polled.push(id)
        await wanted.pollNow?.(id)
      },
      leave: () => {
        seen.left += 1
      },
      take: nothingToDo,
      giveBack: nothingToDo,
      note: nothingToDo,
      resolve: nothingToDo,
      reopen: nothingToDo,
      answer: nothingToDo,
      names: () => [],
      checkPin: null,
      ...wanted.acts,
    },
    wishes: { layout: 'auto', wallSeconds: null, night: 'off', bell: 'off', ...wanted.wishes },
    looks: {
      past: () => Promise.resolve({ days: [], silences: [], replaced: [] }),
      pageOf: () => null,
      ...wanted.looks,
    },
    log: (error, where) => {
      seen.logged.push(`${where}: ${error}`)
    },
  })

  onTestFinished(board.close)

  /** All that was written has come through, however busy the machine is. */
  async function settled(): Promise<void> {
    for (let turns = 0; turns < 8; turns++) await turn()
    while (output.writableLength > 0 || output.readableLength > 0) await wait(2)
    await new Promise<void>((done) => emulator.write('', done))
  }

  return {
    ...board,
    input,
    output,
    emulator,
    seen,
    settled,
    /** Other facts from now on, drawn. */
    async tell(next: () => Facts): Promise<void> {
      facts = next
      board.drawNow()
      await settled()
    },
    async press(...names: string[]): Promise<void> {
      for (const name of names) {
        // Letter by letter: keys that come at once are heard one a turn.
        const parts = keys[name] ? [keys[name]] : name.includes('\x1b') ? [name] : [...name]
        for (const part of parts) {
          input.write(part)
          await turn()
        }
        while (output.writableLength > 0) await wait(2)
      }
      await settled()
    },
    async resize(columns: number, rows: number): Promise<void> {
      emulator.resize(Math.max(2, columns), Math.max(1, rows))
      Object.assign(output, { columns, rows })
      output.emit('resize')
      await settled()
    },
    /** What is on the screen, a line a row. */
    async lines(): Promise<string[]> {
      await settled()
      const { active } = emulator.buffer
      return Array.from({ length: emulator.rows }, (_, at) =>
        (active.getLine(active.viewportY + at)?.translateToString(false) ?? '').padEnd(
          emulator.cols,
        ),
      )
    },
    async text(): Promise<string> {
      return (await this.lines()).map((line) => line.trimEnd()).join('\n')
    },
    async row(words: string): Promise<string> {
      return (await this.lines()).find((line) => line.includes(words)) ?? ''
    },
  }
}
