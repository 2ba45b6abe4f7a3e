import {
  type Answered,
  binding,
  endOfMibView,
  noSuchObject,
  nothing,
  pdu,
  type Request,
} from './ber.ts'
import type { Row, Walk } from './walk.ts'

// What an agent that keeps the rules answers (RFC 1157, RFC 3416), from what it knows.

const noSuchName = 2
const tooBig = 1
/** Octets around the bindings, at most. */
const around = 60
/** What fits into one Ethernet frame. */
const frame = 1472

/** null: it does not answer (GETBULK in SNMP 1). */
export function answer(
  request: Request,
  walk: Pick<Walk, 'get' | 'next'>,
  mostOctets = frame,
): Answered | null {
  const { requestId, oids, version } = request
  if (request.pduType === pdu.getBulk)
    return version === 0
      ? null
      : { requestId, bindings: fitting(bulk(request, walk.next), mostOctets) }
  const isNext = request.pduType === pdu.getNext
  const found = oids.map((oid) => (isNext ? walk.next(oid) : walk.get(oid)))
  const asked = oids.map((oid) => binding(oid, nothing))
  const missing = found.indexOf(undefined)
  if (version === 0 && missing !== -1)
    return { requestId, errorStatus: noSuchName, errorIndex: missing + 1, bindings: asked }
  const instead = isNext ? endOfMibView : noSuchObject
  const bindings = found.map((row, at) =>
    binding(row?.oid ?? oids[at] ?? '', row?.value ?? instead),
  )
  return fitting(bindings, mostOctets).length < bindings.length
    ? { requestId, errorStatus: tooBig, bindings: asked }
    : { requestId, bindings }
}

/** The first of them that one answer holds. */
export function fitting(bindings: readonly Buffer[], mostOctets: number): readonly Buffer[] {
  let octets = around
  const end = bindings.findIndex((one) => {
    octets += one.length
    return octets > mostOctets
  })
  return end === -1 ? bindings : bindings.slice(0, end)
}

/** RFC 3416, 4.2.3. */
function bulk(request: Request, next: (oid: string) => Row | undefined): Buffer[] {
  const { oids, first: single, second: repetitions } = request
  const bindings: Buffer[] = []
  const step = (oid: string): string => {
    const row = next(oid)
    bindings.push(binding(row?.oid ?? oid, row?.value ?? endOfMibView))
    return row?.oid ?? oid
  }
  for (const oid of oids.slice(0, single)) step(oid)
  let repeated = oids.slice(single)
  for (let at = 0; at < repetitions && repeated.length > 0; at += 1) repeated = repeated.map(step)
  return bindings
}
