import type { Again } from './again.ts'
import type { Binding } from './bindings.ts'
import { cellsOf, compareCells, heardCell, tellsOfMore } from './differences.ts'
import type { Learned } from './learned.ts'
import { scalars } from './mibs/oids.ts'
import type { Expected } from './repeated.ts'
import type { Session } from './session.ts'

/** The learned requests asked again by a user of SNMP 3: one after the other, as a session takes them. */
export async function askAgainByUser(learned: Learned, session: Session): Promise<Again> {
  const heard: (readonly Binding[])[] = []
  for (const { oids } of learned.requests) {
    const answer = await session.getNext(oids)
    if (answer.kind === 'declined') return { kind: 'misfit' }
    if (answer.kind === 'refused') return { kind: 'otherwise' }
    if (answer.kind !== 'bindings')
      return heard.length > 0 && answer.kind !== 'closed' ? { kind: 'misfit' } : answer
    heard.push(answer.columns.flat())
  }
  let isSame = true
  let isMore = false
  for (const [at, request] of learned.requests.entries()) {
    const bindings = heard[at] ?? []
    const expected = request.expected ?? []
    const difference = compareCells(bindings, expected)
    if (difference === 'names') return { kind: 'otherwise' }
    if (difference === 'none') continue
    isSame = false
    isMore ||= tellsOfMore(expected.map(heardCell), bindings, learned)
    request.expected = expected.map((one, position) => asHeard(one, bindings[position]))
  }
  if (isMore) return { kind: 'otherwise' }
  if (isSame) return { kind: 'same', upTime: upTimeOf(heard[0]) }
  return { kind: 'new', cells: cellsOf(learned, heard) }
}

function asHeard(expected: Expected, binding: Binding | undefined): Expected {
  if (expected.kind === 'end' || !binding?.cell) return expected
  return { ...expected, cell: binding.cell }
}

function upTimeOf(bindings: readonly Binding[] | undefined): number | null {
  const [first] = bindings ?? []
  const isTime = first?.oid === `${scalars.sysUpTime}.0`
  return isTime && first.cell?.kind === 'number' ? first.cell.number : null
}
