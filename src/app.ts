import { type Boards, createBoards, type Terminal } from './boards.ts'
import { boxOf } from './box.ts'
import { type Place, perform } from './cli/acts.ts'
import { attachConsole } from './cli/attached.ts'
import { checkControlPath, controlPath, serveControl } from './cli/control.ts'
import type { Seen } from './cli/kept.ts'
import { type Config, labelsBy, summaryTo } from './config.ts'
import type { Facts } from './console/facts.ts'
import { watchKept } from './console/kept.ts'
import { actOf } from './core/act.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { createFirstCode } from './core/people/first-code.ts'
import { noticed } from './core/questions/noticed.ts'
import { lastKnownTime } from './core/schedule/known-time.ts'
import { createFleet } from './core/status/fleet.ts'
import { historyLine } from './core/status/history.ts'
import { createSweep } from './core/status/poll.ts'
import { clearedBy } from './core/tickets/cleared.ts'
import type { Demo } from './demo/demo.ts'
import { createHistory } from './disk/history.ts'
import { createSensors } from './disk/sensors.ts'
import { type OpenStore, openStore } from './disk/store.ts'
import { factsOf, ownSite, seenBy } from './facts.ts'
import { openKeeping } from './keeping.ts'
import { createOutbox } from './mail/outbox.ts'
import { mailSiteOf, postOf } from './post.ts'
import { pulseLines } from './pulse.ts'
import { openTraps } from './reader.ts'
import { createSite } from './site.ts'
import type { Reader } from './snmp/status.ts'
import { startTimetable } from './timetable.ts'

// Wires the core and its edges. Knows everybody; only main.ts and the tests know it.

export interface PlatenParts {
  readonly config: Config
  /** The data folder. */
  readonly folder: string
  readonly version: string
  readonly clock: Clock
  readonly log: Log
  /** Closed when platen stops: nobody waits for a printer that is silent. */
  readonly reader: Reader
  /** null: headless. */
  readonly terminal: Terminal | null
  /** Called when somebody left at the console. */
  readonly leave: () => void
  /** What is there in place of a real print room. */
  readonly demo?: Demo
  /** Called as long as the sweep gets on and the site answers; for a watchdog. */
  readonly alive?: () => void
}

export interface Platen {
  /** The port of the site. */
  readonly port: number
  /** What the console shows at this moment. */
  facts(): Facts
  /** Gives the terminal back at once; for a crash, before anything is said. */
  restoreTerminal(): void
  /** In reverse order, in five seconds at most. */
  stop(): Promise<void>
}

const stopMs = 5000
/** Of these, kept for the store: its snapshot, and to let go of the folder. */
const storeMs = 1000

/** Rejects with what prevents the start; what had started by then is stopped again. */
export async function startPlaten(parts: PlatenParts): Promise<Platen> {
  const started: (() => unknown)[] = []
  try {
    return await start(parts, started)
  } catch (error) {
    await stopAll(started, parts.log)
    throw error
  }
}

async function start(parts: PlatenParts, started: (() => unknown)[]): Promise<Platen> {
  const { config, folder, clock, log, terminal } = parts
  const rules = {
    intervalSeconds: config.SNMP_POLL_INTERVAL_SECONDS,
    warningPercent: config.SUPPLY_WARNING_PERCENT,
    errorPercent: config.SUPPLY_ERROR_PERCENT,
    alarmReadings: config.ALARM_READINGS,
  }
  checkControlPath(controlPath(folder))

  const store = await openStore({ folder, log: log.room('disk'), clock })
  started.push(() => store.close())
  clock.wasAt?.(lastKnownTime(store.state))
  await parts.demo?.fill(store)

  const fleet = createFleet({ store, clock, rules })
  const keeping = await openKeeping({ ...parts, store, fleet, isDemo: parts.demo !== undefined })
  started.push(...keeping.stops)

  if (parts.demo) {
    for (const line of parts.demo.past(store)) keeping.keepReading(line, new Date(line.at))
    // Whoever looks before the first minute is over finds it too.
    await keeping.flushReadings()
  }

  let redraw = () => {}
  let tellPages = (_printerId: string) => {}
  let sweepHasBegun = false
  const sweep = createSweep({
    ...{ store, fleet, clock, log: log.room('status'), readPrinter: parts.reader.readPrinter },
    intervalSeconds: config.SNMP_POLL_INTERVAL_SECONDS,
    errorIntervalSeconds: config.SNMP_ERROR_INTERVAL_SECONDS,
    concurrency: config.SNMP_CONCURRENCY,
    defaults: { community: config.SNMP_COMMUNITY, version: config.SNMP_VERSION },
    onHeard(printer, reading, { isNews, toKeep, replaced, before }) {
      const at = clock.now()
      const sure = clock.trusted() ? 'trusted' : 'untrusted'
      if (toKeep) keeping.keepReading(historyLine(printer.id, reading, at, replaced, sure), at)
      const keep = reading.ok
        ? noticed(store.state, printer, { reading, readAt: at, before })
        : null
      // Asked again at the next reading, should the disk not take it now.
      if (keep)
        store
          .update((tx) => keep(tx, actOf(clock, { by: 'platen', from: 'platen' })))
          .catch((error) => log.error({ error, printer: printer.id }, 'not kept: who stands there'))
      const { status, judgement } = fleet
      const cleared = isNews
        ? clearedBy(store.state, printer, judgement(printer.id), status(printer.id), at)
        : null
      if (cleared)
        store
          .update((tx) => cleared(tx, actOf(clock, { by: 'platen', from: 'platen' })))
          .catch((error) => log.error({ error, printer: printer.id }, 'not kept: a fault cleared'))
      if (!isNews) return
      tellPages(printer.id)
      redraw()
    },
  })
  started.push(async () => {
    const idle = sweep.stop()
    parts.reader.close()
    await idle
  })

  const traps = await openTraps(config, { state: store.state, sweep, log: log.room('snmp') })
  started.push(() => traps?.stop())

  const outbox = createOutbox({
    ...{ store, clock, log: log.room('mail'), post: postOf(config), fallback: config.EMAIL_TO },
    site: mailSiteOf(config),
  })
  started.push(outbox.stop, store.onChange(outbox.noticeChange))

  const firstCode = createFirstCode()
  const history = createHistory({ folder, now: clock.now })
  const web = createSite({
    ...{ parts, store, fleet, sweep, keeping, outbox, firstCode, history },
    box: () => boxOf(watch),
    hasSwept: () => sweepHasBegun,
  })
  const { port } = await web.listen(config.PLATEN_HTTP_HOST, config.PLATEN_HTTP_PORT)
  started.push(() => web.close())
  tellPages = web.heard
  const kept = watchKept(store, config.PLATEN_CONSOLE_NAMES)
  const sensors = createSensors({ folder })
  const watch = {
    ...{ parts, store, fleet, sweep, outbox, keeping, kept, port, traps, firstCode },
    ...{ sensors, startedAt: clock.now().toISOString() },
  }
  const facts = factsOf(watch)

  const seen = () => seenBy(watch)
  const place = {
    store,
    seen,
    makeBackup: keeping.backups.make,
    summaryTo: summaryTo(config),
    labels: labelsBy(config),
  }

  const boards = createBoards(watch, { facts, history, log: log.room('console') })
  started.push(await openControl(parts, place, boards))
  const board = terminal && (await boards.open(terminal, parts.leave))
  redraw = boards.redraw
  started.push(store.onChange(boards.redraw), boards.close)

  started.push(
    startTimetable(
      [
        { name: 'sweep', when: { everySeconds: 1 }, call: sweep.tick },
        { name: 'letters', when: { everySeconds: 10 }, call: outbox.tick },
        { name: 'sessions', when: { everySeconds: 3600 }, call: web.tidySessions },
        ...keeping.lines,
        { name: 'sensors', when: { everySeconds: 10 }, call: sensors.feel },
        ...(parts.demo ? [{ name: 'demo', when: { everySeconds: 1 }, call: parts.demo.tick }] : []),
        ...(parts.alive
          ? pulseLines({
              progress: sweep.progress,
              site: ownSite(config, port),
              alive: parts.alive,
            })
          : []),
      ],
      log,
      config.PLATEN_TIME_ZONE,
    ),
  )
  // No printer is asked any more and no letter begun; what is under way ends beside the rest.
  started.push(() => {
    void sweep.stop()
    void outbox.stop()
  })
  sweep.tick()
  void outbox.tick()
  sweepHasBegun = true
  log.info({ folder, port, printers: Object.keys(store.state.printers).length }, 'platen is up')

  let stopping: Promise<void> | null = null
  return {
    port,
    facts,
    restoreTerminal: () => board?.close(),
    stop() {
      stopping ??= stopAll(started, log).then(() => log.info({}, 'platen has stopped'))
      return stopping
    },
  }
}

/** On a disk that takes nothing there is no socket either: the printers are watched all the same. */
async function openControl(
  { folder, clock, log }: PlatenParts,
  place: Pick<Place, 'makeBackup' | 'summaryTo' | 'labels'> & {
    readonly store: OpenStore
    seen(): Seen
  },
  { open }: Boards,
) {
  const ownLog = log.room('cli')
  try {
    return await serveControl(controlPath(folder), ownLog, {
      perform: (asked) =>
        perform(
          { ...place, seen: place.seen() },
          asked,
          actOf(clock, { by: asked.by, from: 'command line' }),
        ),
      attach: (asked, socket) => attachConsole(asked, socket, { open, log: ownLog }),
    })
  } catch (error) {
    log.error({ error }, 'the command line cannot speak to this platen')
    return () => {}
  }
}

/** The last started first, the store at the end. A part that fails or is late is logged; the rest goes on. */
async function stopAll(started: (() => unknown)[], log: Log): Promise<void> {
  const [late, lateStore] = [lateIn(stopMs - storeMs), lateIn(stopMs)]
  const [stopStore, ...stops] = started.splice(0)
  for (const stop of stops.reverse()) await stopOne(stop, late, log)
  if (stopStore) await stopOne(stopStore, lateStore, log)
}

async function stopOne(stop: () => unknown, late: Promise<'late'>, log: Log): Promise<void> {
  try {
    const ended = await Promise.race([stop(), late])
    if (ended === 'late') log.warn({}, 'a part takes too long to stop, and is not waited for')
  } catch (error) {
    log.error({ error }, 'a part did not stop well')
  }
}

const lateIn = (ms: number) =>
  new Promise<'late'>((resolve) => setTimeout(resolve, ms, 'late').unref())
