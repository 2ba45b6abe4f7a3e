import { type Binding, readBindings, readCell } from './bindings.ts'
import { type Cells, unpack } from './cells.ts'
import type { Channel, Heard } from './channel.ts'
import { readField } from './envelope.ts'
import type { Answered, Expected, Learned, Question } from './learned.ts'
import { changing, columns, scalars } from './mibs/oids.ts'
import type { Cell } from './mibs/told.ts'
import { errorStatus } from './session.ts'

// The learned questions asked again, and their answers held against the last ones, octet by octet: a
// printer at rest costs no decoding at all.

export type Again =
  /** Nothing changed but the time. */
  | { readonly kind: 'same'; readonly upTime: number | null }
  /** These cells are told now, among them new values. */
  | { readonly kind: 'new'; readonly cells: Cells }
  /** Rows came or went, or something says that more has changed: to be read whole. */
  | { readonly kind: 'otherwise' }
  /** It answered, but not these questions: they do not suit it. */
  | { readonly kind: 'misfit' }
  | Exclude<Heard, { kind: 'answer' }>

export async function askAgain(
  learned: Learned,
  channel: Channel,
  { tries, onTrip }: { tries: readonly number[]; onTrip: (ms: number) => void },
): Promise<Again> {
  const { questions } = learned
  const heard = await Promise.all(questions.map(({ request }) => channel.ask(request, tries)))
  const answers = heard.flatMap((one) => (one.kind === 'answer' ? [one] : []))
  const [failed] = heard.flatMap((one) => (one.kind === 'answer' ? [] : [one]))
  if (failed) return answers.length > 0 && failed.kind !== 'closed' ? { kind: 'misfit' } : failed
  let isSame = true
  let isMore = false
  for (const [at, question] of questions.entries()) {
    const answer = answers[at]
    if (answer === undefined || !isAnswered(question, answer)) return { kind: 'misfit' }
    if (answer.tripMs !== null) onTrip(answer.tripMs)
    const differs = compare(question, answer)
    if (differs === 'names') return { kind: question.expected ? 'misfit' : 'otherwise' }
    if (differs === 'values') {
      isSame = false
      isMore ||= question.last !== null && tellsOfMore(question.last, answer)
    }
    if (question.last === null || !sameOctets(question.last, answer)) question.last = kept(answer)
    question.expected = null
  }
  if (isMore) return { kind: 'otherwise' }
  if (isSame) return { kind: 'same', upTime: upTimeOf(answers[0]) }
  return { kind: 'new', cells: cellsOf(learned) }
}

/** A copy, for what the socket hands over may be a part of something larger. */
function kept({ datagram, envelope: { from, to, errorStatus } }: Answered): Answered {
  return { datagram: Buffer.from(datagram), envelope: { from, to, errorStatus } }
}

type Difference = 'none' | 'values' | 'names'

const upTimeOid = `${scalars.sysUpTime}.0`

/** Nothing follows the last row of the last table: of SNMP 1 that is an error, and what is hoped for. */
const isNothing = ({ ends }: Question, { envelope }: Answered): boolean =>
  ends.size === 1 && ends.has(0) && envelope.errorStatus === errorStatus.noSuchName

function isAnswered(question: Question, answer: Answered): boolean {
  if (answer.datagram.length > longestAnswer) return false
  return answer.envelope.errorStatus === 0 || isNothing(question, answer)
}

/** Each is remembered, and was to fit into one Ethernet frame; past this it had better be read whole. */
const longestAnswer = 8192

function compare(question: Question, answer: Answered): Difference {
  const { last, expected, ends } = question
  if (isNothing(question, answer))
    return last === null || isNothing(question, last) ? 'none' : 'names'
  if (expected !== null || last === null) {
    const bindings = readBindings(answer.datagram, answer.envelope)
    return bindings && expected ? compareFirst(bindings, expected) : 'names'
  }
  if (sameOctets(last, answer)) return 'none'
  let difference: Difference = 'none'
  let then = last.envelope.from
  let now = answer.envelope.from
  for (let position = 0; now < answer.envelope.to; position += 1) {
    const before = pairAt(last.datagram, then)
    const after = pairAt(answer.datagram, now)
    if (before === null || after === null || then >= last.envelope.to) return 'names'
    if (!equal(last.datagram, before.name, answer.datagram, after.name)) return 'names'
    const isTime = position === 0 && isUpTime(answer.datagram, after.name)
    if (!isTime && !ends.has(position))
      if (!equal(last.datagram, before.value, answer.datagram, after.value)) difference = 'values'
    then = before.to
    now = after.to
  }
  return then === last.envelope.to ? difference : 'names'
}

/** The first time: held against what the walk has heard. */
function compareFirst(bindings: readonly Binding[], expected: readonly Expected[]): Difference {
  if (bindings.length !== expected.length) return 'names'
  let difference: Difference = 'none'
  for (const [at, one] of expected.entries()) {
    const { oid = '', cell = null } = bindings[at] ?? {}
    if (one.kind === 'end') {
      const isRow = one.columns.some((name) => oid.startsWith(`${name}.`))
      if (cell !== null && isRow) return 'names'
    } else if (oid !== one.oid || cell === null) return 'names'
    else if (!alike(one.cell, cell) && oid !== upTimeOid) difference = 'values'
  }
  return difference
}

function sameOctets(last: Answered, answer: Answered): boolean {
  const { from, to } = answer.envelope
  const same = to - from === last.envelope.to - last.envelope.from
  return (
    same &&
    answer.datagram.compare(last.datagram, last.envelope.from, last.envelope.to, from, to) === 0
  )
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/** Name and value with their heads, and where the next binding begins. */
function pairAt(datagram: Buffer, at: number) {
  const binding = readField(datagram, at)
  const name = binding && readField(datagram, binding.from)
  if (!name) return null
  return {
    name: { from: binding.from, to: name.to },
    value: { from: name.to, to: binding.to },
    to: binding.to,
  }
}

function equal(a: Buffer, { from, to }: Stretch, b: Buffer, other: Stretch): boolean {
  return to - from === other.to - other.from && a.compare(b, other.from, other.to, from, to) === 0
}

const upTimeName = Buffer.from('06082b06010201010300', 'hex')

function isUpTime(datagram: Buffer, { from, to }: Stretch): boolean {
  return upTimeName.equals(datagram.subarray(from, to))
}

function upTimeOf(answer: Answered | undefined): number | null {
  const first = answer && pairAt(answer.datagram, answer.envelope.from)
  if (!first || !isUpTime(answer.datagram, first.name)) return null
  const value = readField(answer.datagram, first.value.from)
  const cell = value && readCell(answer.datagram, value)
  return cell?.kind === 'number' ? cell.number : null
}

/** Another value of these, and what was not asked may be another too. */
const signs: ReadonlySet<string> = new Set([
  columns.prtGeneralConfigChanges,
  columns.prtGeneralSerialNumber,
  columns.prtAlertCriticalEvents,
  columns.prtAlertAllEvents,
  columns.prtMarkerSuppliesDescription,
  columns.prtMarkerSuppliesMaxCapacity,
])

function tellsOfMore(last: Answered, answer: Answered): boolean {
  const before = readBindings(last.datagram, last.envelope) ?? []
  const after = readBindings(answer.datagram, answer.envelope) ?? []
  return after.some(({ oid, cell }, at) => {
    const then = before[at]?.cell ?? null
    const column = oid.slice(0, oid.lastIndexOf('.'))
    if (signs.has(column) || signs.has(column.slice(0, column.lastIndexOf('.'))))
      return !alike(then, cell)
    // A cartridge was changed; its colour or kind may be another.
    return oid.startsWith(`${columns.prtMarkerSuppliesLevel}.`) && rose(then, cell)
  })
}

function alike(a: Cell | null, b: Cell | null): boolean {
  if (a?.kind === 'octets' && b?.kind === 'octets') return a.octets.equals(b.octets)
  if (a?.kind === 'number' && b?.kind === 'number') return a.number === b.number
  if (a?.kind === 'oid' && b?.kind === 'oid') return a.oid === b.oid
  return a?.kind === b?.kind
}

function rose(then: Cell | null, now: Cell | null): boolean {
  return then?.kind === 'number' && now?.kind === 'number' && now.number > then.number
}

const changingColumns: readonly string[] = [
  scalars.sysUpTime,
  ...[...changing.ofDevice, ...Object.values(changing.ofTables).flat()].map(
    (name) => columns[name],
  ),
]

/** All cells: those that were asked again, and the constant ones. */
function cellsOf({ questions, constant, vendor }: Learned): Cells {
  const cells = unpack(constant)
  const asked = [...changingColumns, ...vendor]
  for (const { last, ends } of questions) {
    const bindings = last && readBindings(last.datagram, last.envelope)
    for (const [at, { oid, cell }] of (bindings ?? []).entries()) {
      const column = asked.find((name) => oid.startsWith(`${name}.`))
      if (ends.has(at) || column === undefined || cell === null) continue
      const rows = cells.get(column) ?? new Map<string, Cell>()
      cells.set(column, rows.set(oid.slice(column.length + 1), cell))
    }
  }
  return cells
}
