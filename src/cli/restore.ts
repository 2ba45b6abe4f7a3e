import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { WouldRestore } from '../core/backup/made.ts'
import { count, insideWords } from './backup.ts'
import { printable, type Verb, WrongUsage } from './verb.ts'

export const restoreVerb: Verb = {
  help: `platen restore FILE [--dry-run]

  Puts a backup back in the place of what is kept, all or nothing, after it was read whole. What was there
  goes to backup/before-restore-… and stays. Stop platen first. Settings stay as they are; those of
  that time: tar -xOzf FILE settings.env

  --dry-run   say whether the backup is good and what would come back; change nothing
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } },
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new WrongUsage('Say which backup: platen restore FILE.')
    const path = resolve(file)
    const say = (lines: readonly string[]) =>
      desk.out(lines.map((line) => `${printable(line)}\n`).join(''))
    if (values['dry-run']) {
      desk.progress?.('Reading the backup …')
      const would = await desk.restoring.look(path).finally(() => desk.progress?.(''))
      say([...told(would), 'Would be set aside: everything kept here.', ...newer(would)])
      say(['Nothing was changed.'])
      return 0
    }
    const restored = await desk.restoring
      .restore(path, (words) => desk.progress?.(words))
      .finally(() => desk.progress?.(''))
    const before = restored.aside === null ? [] : [`What was here before is in ${restored.aside}.`]
    say([...told(restored), ...before, ...newer(restored)])
    say(['Start platen again. Everybody has to sign in anew.'])
    return 0
  },
}

function told({ file, site, madeAt, clockTrusted, version, inside, ...one }: WouldRestore) {
  const when = `${madeAt.slice(0, 16).replace('T', ' ')} UTC`
  const doubt = clockTrusted ? '' : ' (by a clock that may have been wrong)'
  return [
    `${file} is good: made by platen ${version} at ${site}, ${when}${doubt}.`,
    `It holds ${insideWords(inside)}.`,
    ...(one.journalTrouble === null ? [] : [`Its journal is not whole: ${one.journalTrouble}`]),
  ]
}

function newer({ newerHere: here }: WouldRestore): string[] {
  if (here === null || here.tickets + here.entries === 0) return []
  return [
    `Kept here since, and not in the backup: ${count(here.tickets, 'ticket')}, ${count(here.entries, 'entry', 'entries')} of the journal.`,
  ]
}
