import { isOld, isOverdue } from '../../core/backup/made.ts'
import {
  clockTold,
  diskTold,
  heatTold,
  memoryTold,
  networkTold,
  sizeWords,
  type Told,
  takenPercent,
  voltageTold,
  wearTold,
  wishedADay,
} from '../../core/box-words.ts'
import { lasting } from '../../core/status/verdict.ts'
import { agoWords, momentWords } from '../ages.ts'
import { bar } from '../bars.ts'
import type { Facts } from '../facts.ts'
import { type Cell, cell, type Row, type Tone, widthOf, wrap } from '../rows.ts'
import { lettersTold } from './outbox.ts'

// How the appliance itself is: for each thing a word, its name, and what is known of it.

type BoxPart = Pick<Facts, 'address' | 'box' | 'now' | 'timeZone' | 'outbox'>

/** What is wrong first; the rest always at the same place. */
export function boxRows(facts: BoxPart, width: number): Row[] {
  const { box } = facts
  const entry = (name: string, told: Told | string, share: number | null = null): Row[] =>
    entryRows(name, typeof told === 'string' ? { how: null, words: told } : told, share, width)
  return [
    ...box.trouble.flatMap((words) => entry('', { how: 'wrong', words })),
    ...(box.trouble.length > 0 ? [[]] : []),
    ...entry('Written', wearTold(box), box.written && (100 * box.written.today) / wishedADay),
    ...entry('Disk', diskTold(box), takenPercent(box.disk)),
    ...entry('Backup', backupTold(facts)),
    ...entry('Letters', lettersTold(facts)),
    ...entry('Clock', clockTold(box)),
    [],
    ...entry('Memory', memoryTold(box), takenPercent(box.machineMemory)),
    ...(box.memoryBytes === null ? [] : entry('', `platen takes ${sizeWords(box.memoryBytes)}`)),
    ...entry('Heat', heatTold(box)),
    ...entry('Power', voltageTold(box)),
    [],
    ...entry('Network', networkTold(box)),
    ...entry('Site', facts.address),
    ...entry('platen', `${box.version} on Node ${box.node}, runs ${runWords(facts)}`),
  ]
}

const marks: Readonly<Record<Told['how'], readonly [word: string, tone: Tone]>> = {
  well: ['ok', 'good'],
  look: ['look', 'warn'],
  wrong: ['wrong', 'bad'],
  untold: ['?', 'plain'],
}

const markWidth = 6
const nameWidth = 8

/** `share`: percent of what there is, drawn where there is room; null: there is no such thing. */
function entryRows(
  name: string,
  { how, words }: { readonly how: Told['how'] | null; readonly words: string },
  share: number | null,
  width: number,
): Row[] {
  const [mark, tone] = how ? marks[how] : (['', 'plain'] as const)
  const head: Row = [{ text: ' ' }, cell(mark, markWidth, tone), cell(name, nameWidth, 'strong')]
  const drawn = barCells(share, how, width)
  const left = widthOf(head) + widthOf(drawn)
  const lines = wrap(words, Math.max(1, width - left), mostLines)
  return lines.map(
    (line, at): Row => [
      ...(at === 0 ? [...head, ...drawn] : [{ text: ' '.repeat(left) }]),
      cell(line, width - left, how === 'wrong' ? 'bad' : 'plain'),
    ],
  )
}

/** Of the longest sentence on the smallest screen. */
const mostLines = 12

function barCells(share: number | null, how: Told['how'] | null, width: number): Cell[] {
  const room = width >= 90 ? 24 : width >= 64 ? 10 : 0
  if (share === null || room === 0) return []
  return [bar(share, room, how ? marks[how][1] : 'plain'), { text: '  ' }]
}

function backupTold(facts: BoxPart): Told {
  const { newest, elsewhere, trouble } = facts.box.backup
  const isLate = isOverdue(facts.box.backup, facts.now)
  const copies = elsewhere === null ? 'copied nowhere (PLATEN_BACKUP_DIR)' : 'copied elsewhere'
  if (newest === null)
    return {
      how: isLate ? 'wrong' : 'look',
      words: `none was made yet: platen backup makes one; ${copies}`,
    }
  const seconds = secondsSince(newest.at, facts)
  const words = `${agoWords(seconds)} (${momentOf(newest.at, facts)}), ${sizeWords(newest.bytes)}; ${copies}`
  if (isLate)
    return { how: 'wrong', words: `${words}. There should be one a day: the log says why not.` }
  if (isOld(facts.box.backup, facts.now))
    return {
      how: 'look',
      words: `${words}. ${facts.box.clockTrusted ? 'The next one is made within the day.' : 'None is made before the clock is set: platen backup makes one.'}`,
    }
  return { how: trouble === null ? 'well' : 'look', words }
}

/** 'since 28 Feb (12 days)' */
function runWords(facts: BoxPart): string {
  const { startedAt } = facts.box
  return `since ${momentOf(startedAt, facts)} (${lasting(secondsSince(startedAt, facts))})`
}

const secondsSince = (at: string, { now }: BoxPart): number =>
  Math.max(0, (now.getTime() - Date.parse(at)) / 1000)

const momentOf = (at: string, { now, timeZone }: BoxPart): string =>
  momentWords(new Date(at), now, timeZone)
