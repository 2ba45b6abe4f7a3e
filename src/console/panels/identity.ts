import { grouped } from '../../core/grouped.ts'
import { counterWords, coverWords } from '../../core/status/said-words.ts'
import type { Status, Watched } from '../../core/status/status.ts'
import { clockWords } from '../ages.ts'
import type { PastLook } from '../facts.ts'
import { apart } from '../need.ts'
import { cell, type Row } from '../rows.ts'
import type { Times } from './days.ts'
import { ageCell } from './levels.ts'

// What a printer says of itself, and what the office has written down of it.

/** Its state, covers and counters, each with its age; pages of late where they are known. */
export function saidRows(
  printer: Watched,
  { past, times }: { readonly past: PastLook | null; readonly times: Times },
  width: number,
): Row[] {
  const { status, counters, covers } = printer
  const told = [status.status?.name, ...(status.errors?.flags ?? [])]
  const state = told
    .map((name) => apart(name ?? ''))
    .filter(Boolean)
    .join(', ')
  const pages = status.pageCount === null ? '' : grouped(status.pageCount)
  const was = status.snmp.ok === false ? 'was ' : ''
  return [
    ...factRow('Status', state && was + state, { status, width }),
    ...coverWords(covers).flatMap((words) => factRow('Cover', was + words, { status, width })),
    ...factRow('Pages', pages && was + pages, { status, width }),
    ...counterWords({ counters, pageCount: status.pageCount }).flatMap(([name, words]) =>
      factRow(name, was + words, { status, width }),
    ),
    ...pagesOfLate(past, times).flatMap(([name, told]) =>
      factRow(name, told, { status: null, width }),
    ),
    ...(status.printer.model === null
      ? factRow('Model', status.device.model, { status, width })
      : []),
  ]
}

export function writtenRows({ printer }: Status, width: number): Row[] {
  const { make, model, ipAddress, macAddress, assetTag, serial, group, organisation } = printer
  const told: readonly (readonly [string, string | null])[] = [
    ['Model', [make, model].filter(Boolean).join(' ')],
    ['Address', ipAddress],
    ['MAC', macAddress],
    ['Asset', assetTag],
    ['Serial', serial],
    ['Group', group?.name ?? null],
    ['Org.', organisation],
  ]
  return told.flatMap(([name, value]) => factRow(name, value, { status: null, width }))
}

/** Of today, up to when that was looked up, and of the week with it; and on how many of its days nobody knows. */
function pagesOfLate(past: PastLook | null, { timeZone }: Times): (readonly [string, string])[] {
  if (past?.is !== 'known') return []
  const week = past.past.days.slice(-daysOfWeek).map(({ pages }) => pages)
  const known = week.filter((pages) => pages !== null)
  if (known.length === 0) return []
  const [today, unknown] = [week.at(-1), week.length - known.length]
  const sum = grouped(known.reduce((all, pages) => all + pages, 0))
  return [
    ['Today', today == null ? '?' : `${grouped(today)} pages by ${clockWords(past.at, timeZone)}`],
    [`${week.length} days`, `${sum} pages${unknown > 0 ? `, ${unknown} not known` : ''}`],
  ]
}

const daysOfWeek = 7

/** `status`: of which the age is told; null: it has none. */
function factRow(
  name: string,
  value: string | null,
  { status, width }: { readonly status: Status | null; readonly width: number },
): Row[] {
  if (!value) return []
  const age = status === null || width < 40 ? [] : [ageCell(status, 9)]
  const room = width - 10 - (age.length > 0 ? 9 : 0)
  return [[{ text: ' ' }, cell(name, 9), cell(value, room), ...age]]
}
