import { backupFolder } from './backups.ts'
import { askControl, controlPath } from './cli/control.ts'
import { lookAtKept } from './cli/kept.ts'
import type { Surroundings } from './cli/verb.ts'
import { changedSettings } from './config.ts'
import type { Log } from './core/log.ts'
import type { Streams } from './desk.ts'
import { readArchive } from './disk/archive.ts'
import { newestBackup } from './disk/backup/newest.ts'
import { lookAt } from './disk/look.ts'
import { forgetfulPlace } from './disk/place.ts'
import { lookAtReadings } from './disk/readings.ts'
import { createSensors } from './disk/sensors.ts'
import { createSystemClock, lastWritten } from './disk/system-clock.ts'
import { readWear } from './disk/wear.ts'
import { type Found, whereFound } from './environment.ts'
import { postOf } from './post.ts'

/** What `platen check` looks at. */
export async function lookAround(
  { config, folder, log }: Found & { readonly log: Log },
  { stdout, env }: Pick<Streams, 'stdout' | 'env'>,
): Promise<Surroundings> {
  const clock = createSystemClock({ notBefore: lastWritten(folder) })
  await clock.asked()
  return {
    foundIn: whereFound(env),
    settings: changedSettings(config),
    ...{ folder, clock, forgets: forgetfulPlace(folder) },
    written: () => readWear({ folder, log, clock, timeZone: config.PLATEN_TIME_ZONE }),
    async felt() {
      const sensors = createSensors({ folder })
      await sensors.feel()
      return sensors.felt()
    },
    terminal: {
      isTerminal: stdout.isTTY === true,
      term: env.TERM ?? '',
      lang: env.LC_ALL || env.LC_CTYPE || env.LANG || '',
    },
    http: { host: config.PLATEN_HTTP_HOST, port: config.PLATEN_HTTP_PORT },
    mailServer: postOf(config),
    archivedJournal: () => readArchive(folder),
    readings: () => lookAtReadings(folder),
    async backups() {
      const newest = await newestBackup(folder)
      return { ...{ newest, trouble: null, ranMs: null }, elsewhere: backupFolder(config) }
    },
    async kept() {
      const asked = { by: 'check', act: 'check', args: {} }
      const told = await askControl(controlPath(folder), asked)
      if (told) return told.result as Awaited<ReturnType<Surroundings['kept']>>
      const state = await lookAt(folder, log)
      return state && { kept: await lookAtKept(state, new Date()), seen: null }
    },
  }
}
