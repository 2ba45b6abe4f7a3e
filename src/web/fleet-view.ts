import type { Judgement, Status, Watched } from '../core/status/status.ts'

/** What the web needs of the fleet. */
export interface FleetView {
  /** Of a printer that is known, with its age as of now. Parts that stay the same stay the same object. */
  status(printerId: string): Status
  /** Counts what was new to show: while it stays, only ages and times went on. */
  newsCount(): number
  /**
   * Asks the printer now, ahead of the round; joins an asking under way. Resolves when it answered or
   * was found silent. Rejects with Refusal `missing` when the printer went meanwhile.
   */
  pollNow(printerId: string): Promise<void>
}

/** What the pages need beside it. */
export interface WatchedFleet extends FleetView {
  /** Of a printer that is known: its verdict alone, and why. */
  judgement(printerId: string): Judgement
  /** Of a printer that is known. */
  watched(printerId: string): Watched
  /** It is read next, and nobody waits for it. */
  hint(printerId: string): void
}
