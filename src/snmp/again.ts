import { type Binding, readBindings, readCell } from './bindings.ts'
import type { Cells } from './cells.ts'
import type { Channel, Heard } from './channel.ts'
import { cellsOf, compareCells, type Difference, heardCell, tellsOfMore } from './differences.ts'
import { readField } from './envelope.ts'
import type { Learned } from './learned.ts'
import { myTurn } from './loop.ts'
import type { Answered, Repeated } from './repeated.ts'
import { errorStatus } from './session.ts'

// The learned requests asked again, and their answers held against the last ones, octet by octet: a
// printer at rest costs no decoding at all.

export type Again =
  /** Nothing changed but the time. */
  | { readonly kind: 'same'; readonly upTime: number | null }
  /** These cells are told now, among them new values. */
  | { readonly kind: 'new'; readonly cells: Cells }
  /** Rows came or went, or something says that more has changed: to be read whole. */
  | { readonly kind: 'otherwise' }
  /** It answered, but not these requests: they do not suit it. */
  | { readonly kind: 'misfit' }
  | Exclude<Heard, { kind: 'answer' }>

export async function askAgain(
  learned: Learned,
  channel: Channel,
  { tries, onTrip }: { tries: readonly number[]; onTrip: (ms: number) => void },
): Promise<Again> {
  const { requests } = learned
  const heard = await Promise.all(
    requests.map(({ request }) =>
      request ? channel.ask(request, tries) : ({ kind: 'closed' } as const),
    ),
  )
  const answers = heard.flatMap((one) => (one.kind === 'answer' ? [one] : []))
  const [failed] = heard.flatMap((one) => (one.kind === 'answer' ? [] : [one]))
  if (failed) return answers.length > 0 && failed.kind !== 'closed' ? { kind: 'misfit' } : failed
  await myTurn()
  let isSame = true
  let isMore = false
  for (const [at, request] of requests.entries()) {
    const answer = answers[at]
    if (answer === undefined || !isAnswered(request, answer)) return { kind: 'misfit' }
    onTrip(answer.tripMs)
    const differs = compare(request, answer)
    if (differs === 'names') return { kind: request.expected ? 'misfit' : 'otherwise' }
    if (differs === 'values') {
      isSame = false
      isMore ||= tellsOfMore(cellsBefore(request), bindingsOf(answer), learned)
    }
    if (request.last === null || !sameOctets(request.last, answer)) request.last = kept(answer)
    request.expected = null
  }
  if (isMore) return { kind: 'otherwise' }
  if (isSame) return { kind: 'same', upTime: upTimeOf(answers[0]) }
  return { kind: 'new', cells: cellsOf(learned, answers.map(bindingsOf)) }
}

function cellsBefore({ last, expected }: Repeated) {
  if (last !== null) return bindingsOf(last)
  return (expected ?? []).map(heardCell)
}

const bindingsOf = ({ datagram, envelope }: Answered): readonly Binding[] =>
  readBindings(datagram, envelope) ?? []

/** A copy, for what the socket hands over may be a part of something larger. */
function kept({ datagram, envelope: { from, to, errorStatus } }: Answered): Answered {
  return { datagram: Buffer.from(datagram), envelope: { from, to, errorStatus } }
}

/** Nothing follows the last row of the last table: of SNMP 1 that is an error, and what is hoped for. */
const isNothing = ({ ends, names }: Repeated, { envelope }: Answered): boolean =>
  names === 1 && ends.has(0) && envelope.errorStatus === errorStatus.noSuchName

function isAnswered(request: Repeated, answer: Answered): boolean {
  if (answer.datagram.length > longestAnswer) return false
  return answer.envelope.errorStatus === 0 || isNothing(request, answer)
}

/** Each is remembered, and was to fit into one Ethernet frame; past this it had better be read whole. */
const longestAnswer = 8192

function compare(request: Repeated, answer: Answered): Difference {
  const { last, expected, ends } = request
  if (isNothing(request, answer))
    return last === null || isNothing(request, last) ? 'none' : 'names'
  if (expected !== null || last === null) {
    const bindings = readBindings(answer.datagram, answer.envelope)
    return bindings && expected ? compareCells(bindings, expected) : 'names'
  }
  if (sameOctets(last, answer)) return 'none'
  let difference: Difference = 'none'
  let then = last.envelope.from
  let now = answer.envelope.from
  for (let position = 0; now < answer.envelope.to; position += 1) {
    const before = pairAt(last.datagram, then)
    const after = pairAt(answer.datagram, now)
    if (before === null || after === null || then >= last.envelope.to) return 'names'
    const isSameName = equal(last.datagram, before.name, answer.datagram, after.name)
    const columns = ends.get(position)
    if (columns !== undefined) {
      if (!isSameName && isRowOf(answer, position, columns)) return 'names'
    } else if (!isSameName) return 'names'
    else if (!equal(last.datagram, before.value, answer.datagram, after.value))
      if (position > 0 || !isUpTime(answer.datagram, after.name)) difference = 'values'
    then = before.to
    now = after.to
  }
  return then === last.envelope.to ? difference : 'names'
}

function isRowOf(answer: Answered, position: number, columns: readonly string[]): boolean {
  const { oid = '', cell = null } = bindingsOf(answer)[position] ?? {}
  return cell !== null && columns.some((column) => oid.startsWith(`${column}.`))
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
