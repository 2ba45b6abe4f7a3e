import { backupsOf, witnessOf } from './backups.ts'
import { type Config, summaryTo } from './config.ts'
import { actOf } from './core/act.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { dropEnded } from './core/outbox/by-hand.ts'
import { createCalendar } from './core/schedule/calendar.ts'
import { type Fleet, savedFleet } from './core/status/fleet.ts'
import { summaryLine } from './core/tickets/digest.ts'
import { forgetOld } from './core/tickets/retention.ts'
import { createArchive } from './disk/archive.ts'
import type { Backups } from './disk/backup/backups.ts'
import { createCanary } from './disk/canary.ts'
import { forgetfulPlace } from './disk/place.ts'
import { createReadings, type Readings } from './disk/readings.ts'
import { createStatusFile } from './disk/status-file.ts'
import type { OpenStore } from './disk/store.ts'
import { openWear, type Wear } from './disk/wear.ts'
import type { Line } from './timetable.ts'

// What keeps things beside the store: what the printers said, what left the journal, backups; and what watches
// over the card that all of it is on.

export interface Keeping {
  readonly keepReading: Readings['keepReading']
  /** Of itself once a minute. */
  readonly flushReadings: Readings['flush']
  readonly backups: Backups
  readonly wear: Wear
  /** Why something cannot be kept at the moment, in a sentence; null where all is well. */
  trouble(): string | null
  /** What the card forgot, or will forget; sentences. */
  cardTrouble(): readonly string[]
  readonly lines: readonly Line[]
  /** The last one first, before the store is closed. */
  readonly stops: readonly (() => unknown)[]
}

export interface KeepingParts {
  readonly config: Config
  readonly folder: string
  readonly version: string
  readonly clock: Clock
  readonly log: Log
  readonly store: OpenStore
  /** Shows at once what the printers last said. */
  readonly fleet: Fleet
  /** A demo's folder is made to be gone, and no second one takes it for a print room's. */
  readonly isDemo: boolean
}

export async function openKeeping(parts: KeepingParts): Promise<Keeping> {
  const { folder, clock, store, fleet, isDemo } = parts
  const config = isDemo ? { ...parts.config, PLATEN_BACKUP_DIR: null } : parts.config
  const { PLATEN_TIME_ZONE: timeZone } = config
  const log = parts.log.room('disk')
  const own = { folder, log, clock, store }

  const statusFile = createStatusFile(own)
  const saved = await statusFile.load(savedFleet)
  if (saved) fleet.restore(saved)
  const saveStatus = () => statusFile.save(fleet.save())
  const readings = createReadings(own)
  const archive = createArchive(own)
  const backups = await backupsOf(config, { ...own, version: parts.version })
  const wear = await openWear({ ...own, timeZone })
  const canary = createCanary({
    ...{ ...own, found: store.found, durable: store.durable, witness: witnessOf(config) },
    newestBackup: () => backups.facts().newest?.path ?? null,
  })
  void canary.begin()
  const forgets = isDemo ? null : forgetfulPlace(folder)
  if (forgets) log.warn({ folder }, forgets)

  async function dropLetters(): Promise<boolean> {
    while ((await store.update((tx) => dropEnded(tx, clock.now()))) > 0);
    return true
  }

  /** Of a run that the disk broke off: what was forgotten still stands in its files. */
  let isAnyGone = false

  async function forgetTickets(): Promise<boolean> {
    const { PLATEN_REPORTER_DAYS: reporterDays, PLATEN_TICKET_DAYS: ticketDays } = config
    const act = () => actOf(clock, { by: 'platen', from: 'platen' })
    const forget = () => store.update((tx) => forgetOld(tx, { reporterDays, ticketDays }, act()))
    for (let run = await forget(); ; run = await forget()) {
      isAnyGone ||= run.forgotten + run.dropped > 0
      if (!run.more) break
    }
    if (isAnyGone) await store.rewrite()
    isAnyGone = false
    return true
  }

  const calendar = createCalendar({
    ...{ store, clock, timeZone, log },
    lines: [
      { name: 'backup', when: { daily: config.PLATEN_BACKUP_TIME }, call: backups.makeDue },
      summaryLine({
        ...{ store, clock, daily: config.PLATEN_SUMMARY_TIME, recipients: summaryTo(config) },
      }),
      { name: 'letters', when: { daily: '04:10' }, call: dropLetters },
      { name: 'tickets', when: { daily: '04:30' }, call: forgetTickets },
      { name: 'archive', when: { daily: '04:00' }, call: () => archive.archive(clock.now()) },
    ],
  })

  return {
    ...{ keepReading: readings.keepReading, flushReadings: readings.flush, backups, wear },
    trouble: () =>
      store.trouble() ?? statusFile.trouble() ?? readings.trouble() ?? archive.trouble(),
    cardTrouble: () => [canary.trouble(), forgets].filter((each) => each !== null),
    lines: [
      { name: 'store', when: { everySeconds: 60 }, call: store.mend },
      { name: 'readings', when: { everySeconds: 60 }, call: readings.flush },
      // All of it each time: once a quarter of an hour is half of what a card has to bear in a day.
      { name: 'status', when: { everySeconds: 3600 }, call: saveStatus },
      { name: 'wear', when: { everySeconds: 60 }, call: wear.note },
      { name: 'wear, kept', when: { everySeconds: 900 }, call: wear.save },
      { name: 'canary', when: { everySeconds: 60 }, call: canary.mend },
      { name: 'calendar', when: '* * * * *', call: calendar.ask },
      { name: 'letters about backups', when: { everySeconds: 60 }, call: backups.tell },
    ],
    stops: [wear.save, canary.lay, saveStatus, readings.flush, backups.stop],
  }
}
