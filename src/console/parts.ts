import type { Past } from '../core/counters/past.ts'
import type { DeskActs } from './carried-out.ts'
import type { Facts } from './facts.ts'
import type { LayoutWish } from './layout.ts'
import type { CheckPin } from './pin.ts'
import type { Terminal } from './terminal.ts'
import type { Leaves } from './view.ts'

// What a console is made of, and what it is to those who opened it.

/** What the settings say of it. */
export interface ConsoleWishes {
  readonly layout: LayoutWish | 'wall'
  /** Without a key until the wall; null: never. */
  readonly wallSeconds: number | null
  /** `22:00-06:00`, or `off`. */
  readonly night: string
  readonly bell: 'on' | 'off'
}

export interface ConsoleParts extends Terminal {
  readonly leaves: Leaves
  readonly wishes: ConsoleWishes
  facts(): Facts
  /** What is not among the facts, and looked up when it is on the screen. */
  readonly looks: {
    past(printerId: string): Promise<Past>
    /** Its QR page; null: there is no address for it. */
    pageOf(printerId: string): string | null
  }
  /** Throw a Refusal for what is declined. */
  readonly acts: DeskActs & {
    /** A silent printer is no error. */
    pollNow(printerId: string): Promise<void>
    /** The person left, or his terminal is gone; the console has closed itself. Not for `never`. */
    leave(): void
    /** Of people who work here, the likeliest first. */
    names(): readonly string[]
    /** null: no PIN is asked for. */
    readonly checkPin: CheckPin | null
  }
  log(error: unknown, where: string): void
}

export interface Console {
  /** Something changed; drawn within a quarter of a second. */
  redraw(): void
  /** Draws what is true now, at once. */
  drawNow(): void
  /** Gives the terminal back as it was: cursor, main screen, cooked mode. May be called twice. */
  close(): void
}
