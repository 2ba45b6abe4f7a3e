import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import xterm from '@xterm/headless'
import { consoleVerb } from '../../src/cli/console.ts'
import type { Desk } from '../../src/cli/verb.ts'
import { until } from '../boot.ts'
import { aDesk } from './desk.ts'

export interface SeatWanted {
  readonly columns?: number
  readonly rows?: number
  readonly term?: string
  readonly noColor?: boolean
}

export type ASeat = ReturnType<typeof aSeat>

/** A terminal with somebody before it who types `platen console`. */
export function aSeat(folder: string, wanted: SeatWanted = {}) {
  const { columns = 80, rows = 24, term = 'xterm-256color', noColor = false } = wanted
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const raw = { is: false }
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(is: boolean) {
      raw.is = is
    },
  })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns, rows })
  const seen = { sent: '' }
  // What the verb says beside the picture goes to the same terminal.
  const write = (bytes: string | Buffer) => {
    seen.sent += bytes.toString('latin1')
    emulator.write(bytes)
  }
  output.on('data', write)
  const interrupted = new AbortController()
  const { desk } = aDesk({
    folder,
    seat: { input, output, term, noColor },
    untilInterrupted: () => interrupted.signal,
    err: (words: string) => write(words.replaceAll('\n', '\r\n')),
  } satisfies Partial<Desk>)

  async function text(): Promise<string> {
    await new Promise<void>((done) => emulator.write('', done))
    const { active } = emulator.buffer
    return Array.from(
      { length: emulator.rows },
      (_, at) => active.getLine(active.viewportY + at)?.translateToString(true) ?? '',
    ).join('\n')
  }

  return {
    ...{ input, output, emulator, seen, text },
    /** The exit code, once it has ended. */
    type: () => consoleVerb.run([], desk),
    press: (keys: string | Buffer) => void input.write(keys),
    signal: (signal: NodeJS.Signals) => interrupted.abort(signal),
    resize(columns: number, rows: number) {
      emulator.resize(columns, rows)
      Object.assign(output, { columns, rows })
      output.emit('resize')
    },
    async shows(words: string): Promise<string> {
      await until(async () => (await text()).includes(words))
      return text()
    },
    /** As a shell needs it: typed letters show, the cursor too, and the main screen is back. */
    async isWhole(): Promise<boolean> {
      await wait(5)
      await text()
      const cursorIsOn = seen.sent.lastIndexOf('\x1b[?25h') > seen.sent.lastIndexOf('\x1b[?25l')
      return !raw.is && cursorIsOn && emulator.buffer.active.type === 'normal'
    },
  }
}
