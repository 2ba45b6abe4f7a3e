import { labelsBy, openIdOf, shownSettings } from './config.ts'
import type { BoxFacts } from './core/box.ts'
import type { Log } from './core/log.ts'
import type { History } from './disk/history.ts'
import { partHealth, siteOf, type Watch, watchedIn } from './facts.ts'
import { searchOf } from './reader.ts'
import { createWeb, type Web } from './web/server.ts'

// The site over the running parts: what each page, feed and monitor is told from.

const cardForgets = 'What is kept here may be forgotten; platen check tells more.'

export function createSite(
  running: Pick<Watch, 'store' | 'fleet' | 'sweep' | 'keeping' | 'outbox' | 'firstCode'> & {
    readonly parts: Watch['parts'] & {
      readonly log: Log
    }
    readonly box: () => BoxFacts
    readonly history: History
    /** Whether the first sweep has begun. */
    readonly hasSwept: () => boolean
  },
): Web {
  const { parts, store, fleet, sweep, keeping, outbox, firstCode, hasSwept } = running
  const { config, clock } = parts
  return createWeb({
    ...{ store, clock, log: parts.log, version: parts.version },
    portal: {
      name: config.PLATEN_PORTAL_NAME,
      email: config.PLATEN_PORTAL_EMAIL,
      status: config.PLATEN_PORTAL_STATUS,
    },
    fleet: {
      status: fleet.status,
      newsCount: fleet.newsCount,
      judgement: fleet.judgement,
      watched: (id) => watchedIn(fleet, sweep, id),
      pollNow: sweep.pollNow,
      hint: sweep.hint,
    },
    reportsPerHour: config.PLATEN_PORTAL_REPORTS_PER_HOUR,
    ...{ site: siteOf(config), proxy: config.PLATEN_PROXY },
    ...{ firstCode, openId: openIdOf(config), settings: shownSettings(config) },
    search: searchOf(config),
    history: running.history,
    ...labelsBy(config),
    labelPdf: async (job) => (await import('./paper/labels.ts')).labelPdf(job),
    box: running.box,
    ...{ makeBackup: keeping.backups.make, rewrite: store.rewrite },
    timeZone: config.PLATEN_TIME_ZONE,
    waitingFor: () => (hasSwept() ? [] : ['The first sweep has not begun yet.']),
    health: () => ({
      store: partHealth(keeping.trouble(), 'Everything is kept.'),
      // Anybody may ask: paths are for `platen check`.
      card: partHealth(keeping.cardTrouble().length > 0 ? cardForgets : null, 'It remembers.'),
      sweep: partHealth(sweep.trouble(), 'The printers are asked.'),
      mail: outbox.health(),
    }),
  })
}
