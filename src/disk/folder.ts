import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import { accountName, ourNumber } from './accounts.ts'
import { codeOf, type Files } from './files.ts'
import { whatDisk } from './unkeepable.ts'
import { unread } from './unreadable.ts'

/**
 * The data folder, there and closed to others. Refuses `conflict` where it belongs to another account,
 * whatever this one may do: one file that root leaves in it locks the service out for good.
 */
export async function prepareFolder(files: Files, folder: string, log: Log): Promise<void> {
  const owner = await make(files, folder)
  if (owner !== null) throw belongsTo(accountName(owner), folder)
  try {
    await files.closeToOthers(folder)
  } catch (error) {
    if (codeOf(error) === '') throw error
    // A read-only disk, or a file system without modes. Its owner should know, and need not wait.
    log.warn({ error, folder }, 'the data folder could not be closed to other accounts')
  }
}

async function make(files: Files, folder: string): Promise<number | null> {
  try {
    await files.makeFolder(folder)
    return await files.foreignOwner(folder)
  } catch (error) {
    const isOfTheDisk = ['EROFS', 'ENOSPC', 'EDQUOT', 'EIO'].includes(codeOf(error))
    // Node says ENOENT too where it cannot make a folder on a disk that is read-only.
    const isRefused = codeOf(error) === 'ENOENT' && (await files.readMark(folder)) === null
    const why = isOfTheDisk
      ? `the disk ${whatDisk(error)}`
      : isRefused
        ? 'the disk does not take it; it may be read-only'
        : inTheWay(folder, error)
    throw new Refusal(
      isOfTheDisk || isRefused ? 'unkeepable' : 'invalid',
      `The data folder ${folder} cannot be made: ${why}. Make it, and let it belong to the account that platen runs as; or choose another with PLATEN_DATA_DIR.`,
      { file: folder },
    )
  }
}

function inTheWay(folder: string, error: unknown): string {
  if (codeOf(error) === 'EACCES') return 'this account may not write there (EACCES)'
  return unread(folder, error).why
}

function belongsTo(owner: string, folder: string): Refusal {
  const us = accountName(ourNumber())
  const orGive =
    us === 'root' ? '' : ` If it should belong to ${us}: sudo chown -R ${us} '${folder}'`
  return new Refusal(
    'conflict',
    `${folder} belongs to ${owner}, and this is ${us}. Ask as that account: sudo -u ${sudoName(owner)} platen …${orGive}`,
    { owner, file: folder },
  )
}

/** A shell takes a bare # for a comment. */
function sudoName(account: string): string {
  return account.startsWith('#') ? `'${account}'` : account
}
