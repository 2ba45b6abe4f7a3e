import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
} from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Inside } from '../core/backup/made.ts'
import { grouped } from '../core/grouped.ts'
import { Refusal } from '../core/refusal.ts'
import { printable, type Verb } from './verb.ts'

export const backupVerb: Verb = {
  help: `platen backup [--out FILE]

  Puts everything into one file in backup/ of the data folder, beside the daily ones: the state, the
  journal, readings, models, settings without secrets. Changes go on meanwhile. The file holds communities and
  password hashes: keep it to yourself.

  --out FILE   a copy of it, to a file that is not there yet
`,
  async run(args, desk) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } })
    const out = values.out && resolve(values.out)
    if (out && existsSync(out)) throw isThere(out)
    desk.progress?.('Making the backup …')
    const made = await desk.makeBackup().finally(() => desk.progress?.(''))
    if (out) copyNew(made.path, out)
    const { bytes, seconds, inside } = made
    desk.out(`${printable(out || made.path)}\n`)
    desk.out(`${grouped(bytes)} bytes in ${seconds.toFixed(1)} s: ${insideWords(inside)}.\n`)
    if (made.copy) desk.out(`A copy of it is ${printable(made.copy)}\n`)
    for (const sentence of [...made.damage, ...(made.trouble ? [made.trouble] : [])])
      desk.err(`${printable(sentence)}\n`)
    return made.trouble === null && made.damage.length === 0 ? 0 : 1
  },
}

/** '12 printers in 3 groups, 4 accounts, …' */
export function insideWords(inside: Inside): string {
  return [
    `${count(inside.printers, 'printer')} in ${count(inside.groups, 'group')}`,
    count(inside.people, 'account'),
    count(inside.tickets, 'ticket'),
    count(inside.letters, 'letter'),
    count(inside.entries, 'entry of the journal', 'entries of the journal'),
    count(
      inside.journalFiles,
      'file of readings and old entries',
      'files of readings and old entries',
    ),
    count(inside.modelFiles, 'model'),
  ].join(', ')
}

export function count(number: number, one: string, more = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : more}`
}

function copyNew(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    // A stick is pulled out as soon as the name is on the screen.
    const file = openSync(to, 'r+')
    fsyncSync(file)
    closeSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere(to)
    rmSync(to, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(
      'unkeepable',
      `A good backup was made, ${from}, but it could not be copied to ${to}: ${why}.`,
    )
  }
}

const isThere = (path: string) =>
  new Refusal('conflict', `${path} is there already. Choose another name, or move it away.`)
