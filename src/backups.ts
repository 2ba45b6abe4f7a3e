import { join, resolve } from 'node:path'
import { type Config, changedSettings } from './config.ts'
import { canaryName } from './core/backup/name.ts'
import { type Backups, type BackupsParts, createBackups } from './disk/backup/backups.ts'
import { siteOf } from './facts.ts'

/** Backups by the settings. */
export function backupsOf(
  config: Config,
  parts: Pick<BackupsParts, 'store' | 'folder' | 'clock' | 'log' | 'version'>,
): Promise<Backups> {
  return createBackups({
    ...parts,
    site: siteOf(config),
    settings: changedSettings(config),
    elsewhere: backupFolder(config),
    letters: config.PLATEN_BACKUP_LETTERS,
  })
}

/** Of the canary, beside the copies. */
export const witnessOf = (config: Config): string | null => {
  const folder = backupFolder(config)
  return folder && join(folder, canaryName(siteOf(config)))
}

/** Where each is copied to, as an absolute path; null: nowhere. */
export const backupFolder = ({ PLATEN_BACKUP_DIR: folder }: Config): string | null =>
  folder && resolve(folder)
