import type { Readable } from 'node:stream'
import type { Config } from './config.ts'
import { deskActs } from './console/deeds.ts'
import type { Facts } from './console/facts.ts'
import type { Console, ConsoleWishes } from './console/parts.ts'
import { createPin } from './console/pin.ts'
import type { Output } from './console/terminal.ts'
import type { Leaves } from './console/view.ts'
import { epochsOf } from './core/counters/epochs.ts'
import { pastOf } from './core/counters/past.ts'
import type { Log } from './core/log.ts'
import { labelUrl } from './core/printers/label-url.ts'
import { Refusal } from './core/refusal.ts'
import { lastDays } from './core/schedule/days.ts'
import type { History } from './disk/history.ts'
import { addressOf, type Watch } from './facts.ts'

// The dashboards: the one on the appliance's own screen, and those attached from elsewhere.

export interface Terminal {
  readonly input: Readable
  readonly output: Output
  /** TERM. */
  readonly name: string
  readonly noColor: boolean
  readonly leaves: Leaves
}

export interface Boards {
  /** `left`: somebody left there, or the terminal is gone. Refuses `too-many` one more than nine. */
  open(terminal: Terminal, left: () => void): Promise<Console>
  redraw(): void
  /** Gives all terminals back; none is opened any more. */
  close(): void
}

const mostBoards = 9

export function createBoards(
  watch: Pick<Watch, 'parts' | 'store' | 'sweep' | 'kept' | 'port' | 'sensors'>,
  { facts, history, log }: { facts: () => Facts; history: History; log: Log },
): Boards {
  const { parts, store, sweep, kept } = watch
  const { config, clock } = parts
  const boards = new Set<Console>()
  let isClosed = false
  const checkPin = createPin(config.PLATEN_CONSOLE_PIN)
  const acts = {
    ...deskActs(store, clock, sweep, config.PLATEN_CONSOLE_NAMES),
    ...{ pollNow: sweep.pollNow, names: kept.names },
  }

  async function past(printerId: string) {
    const lines = await history(printerId)
    const days = lastDays(clock.now(), config.PLATEN_TIME_ZONE)
    return pastOf(
      lines,
      epochsOf(store.state, printerId),
      days,
      store.state.printers[printerId]?.supplies,
    )
  }

  /** What is on a screen need not last for years: any address that there is will do. */
  function pageOf(printerId: string): string | null {
    const printer = store.state.printers[printerId]
    if (!printer) return null
    const publicUrl = addressOf(watch)
    // A phone takes that for itself.
    if (config.PLATEN_PUBLIC_URL === null && /\/\/(localhost|127\.|\[::1)/.test(publicUrl))
      return null
    return labelUrl({ publicUrl, labelUrls: 'any' }, printer.token)
  }

  return {
    async open({ input, output, name, noColor, leaves }, left) {
      // Loaded only where it is drawn: a headless Pi has better use for the memory.
      const { createConsole } = await import('./console/console.ts')
      if (isClosed) throw new Refusal('unreachable', 'platen is stopping.')
      if (boards.size >= mostBoards)
        throw new Refusal(
          'too-many',
          `${mostBoards} screens show this platen already; leave one of them first.`,
        )
      const board = createConsole({
        ...{ input, output, terminal: name, noColor, leaves, facts, wishes: wishesOf(config) },
        looks: { past, pageOf },
        acts: {
          ...acts,
          checkPin,
          leave() {
            boards.delete(board)
            left()
          },
        },
        log: (error, where) => log.error({ error, where }, 'a part of the console broke'),
      })
      const own: Console = {
        ...board,
        close() {
          boards.delete(board)
          board.close()
        },
      }
      boards.add(board)
      return own
    },
    redraw() {
      for (const board of boards) board.redraw()
    },
    close() {
      isClosed = true
      for (const board of boards) board.close()
      boards.clear()
    },
  }
}

const wishesOf = (config: Config): ConsoleWishes => ({
  layout: config.PLATEN_CONSOLE_LAYOUT,
  wallSeconds:
    config.PLATEN_CONSOLE_WALL_MINUTES === 0 ? null : config.PLATEN_CONSOLE_WALL_MINUTES * 60,
  night: config.PLATEN_CONSOLE_NIGHT,
  bell: config.PLATEN_CONSOLE_BELL,
})
