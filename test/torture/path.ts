import type { Reading } from '../../src/core/status/reading.ts'
import { answer } from '../../src/demo/answer.ts'
import { readRequest, writeAnswer } from '../../src/demo/ber.ts'
import { readWalk, type Walk } from '../../src/demo/walk.ts'
import { readBindings } from '../../src/snmp/bindings.ts'
import { type Cells, pack, toldBy, unpack } from '../../src/snmp/cells.ts'
import { decode } from '../../src/snmp/decode.ts'
import { getResponse, readEnvelope } from '../../src/snmp/envelope.ts'
import { columns, scalars } from '../../src/snmp/mibs/oids.ts'
import { overlay } from '../../src/snmp/overlay.ts'
import { type Asked, writeRequest } from '../../src/snmp/request.ts'
import { keepSame } from '../../src/snmp/same.ts'
import { type Answer, columnsOf, type Session } from '../../src/snmp/session.ts'
import { vendors } from '../../src/snmp/vendors/choose.ts'
import type { Vendor } from '../../src/snmp/vendors/vendor.ts'
import { walk } from '../../src/snmp/walk.ts'
import { mutate, sampleOf } from './mutations.ts'
import type { Seeded } from './seeded.ts'
import { createSaid } from './truth.ts'

// The whole way of a reading without a network: walked, decoded, overlaid by a maker, from a printer that
// spoils its answers.

/** null: nothing untrue, nothing thrown. */
export async function readSpoilt(texts: readonly string[], random: Seeded): Promise<string | null> {
  const vendor = random.pick(vendors)
  const printer = withMaker(readWalk(random.pick(texts)), vendor, random)
  const said = createSaid()
  const percent = random.pick([2, 10, 40])
  let sent = 0
  const session = sessionWith(printer, random.pick(['1', '2c']), (reply) => {
    sent += 1
    const isSpoilt = sent > 1 && random.isIn(percent)
    const sample = isSpoilt ? sampleOf(reply) : null
    const datagram = sample ? mutate(sample, sample, random).datagram : reply
    said.note(datagram)
    return datagram
  })
  try {
    const walked = await walk({
      ...{
        session,
        quickSession: session,
        columns: wantedOf(vendor),
        deadlineMs: Number.POSITIVE_INFINITY,
      },
      manners: {
        names: random.pick([Number.POSITIVE_INFINITY, 12]),
        bulk: session.version !== '1',
      },
      isAlive: async () => true,
    })
    if (walked.ended !== 'whole') return null
    const reading = meantBy(walked.cells, vendor)
    const kept = meantBy(unpack(pack(walked.cells)), vendor)
    if (JSON.stringify(kept) !== JSON.stringify(reading)) return 'is another when it was kept'
    if (keepSame(kept, reading).supplies !== kept.supplies) return 'is not the same as itself'
    return said.untruthIn(reading)
  } catch (error) {
    return error instanceof Error ? `threw ${error.stack}` : `threw ${error}`
  }
}

const target = { address: '10.0.0.1', community: 'public', version: '2c', known: null } as const

function meantBy(cells: Cells, vendor: Vendor): Reading {
  const told = toldBy(cells)
  const snmp = { version: '2c', context: null, requests: 1, ms: 1 }
  return overlay(decode(target, told, snmp), vendor, told)
}

const everything = Object.entries({ ...scalars, ...columns }).map(([name, oid]) => ({
  oid,
  single: name in scalars,
}))

const wantedOf = ({ constant, changing }: Vendor) => [
  ...everything,
  ...[...constant, ...changing].map((oid) => ({ oid, single: false })),
]

/** No recording holds every maker's own objects: something stands in each. */
function withMaker(printer: Walk, { constant, changing }: Vendor, random: Seeded): Walk {
  for (const oid of [...constant, ...changing])
    for (const row of random.pick([['0'], ['1', '2'], ['1.1', '1.2']])) {
      const octets = Array.from({ length: random.below(60) }, () => random.below(256))
      const [type, value] = random.isIn(50)
        ? ['2', String(random.below(200) - 5)]
        : ['4x', Buffer.from(octets).toString('hex')]
      printer.set(`${oid}.${row}`, type ?? '', value ?? '')
    }
  return printer
}

const silent = { kind: 'silent' } as const

type Spoil = (reply: Buffer) => Buffer

function sessionWith(printer: Walk, version: '1' | '2c', spoil: Spoil): Session {
  async function ask(
    asked: Pick<Asked, 'pdu' | 'oids' | 'single' | 'repetitions'>,
  ): Promise<Answer> {
    const { datagram: request, sender } = writeRequest({ version, community: 'public', ...asked })
    const read = readRequest(request)
    const answered = answer(read, printer)
    if (answered === null) return silent
    const reply = spoil(writeAnswer(read, answered))
    const envelope = readEnvelope(reply)
    if (envelope?.pduType !== getResponse || envelope.requestId !== read.requestId) return silent
    if (!envelope.sender.equals(sender)) return silent
    const { errorStatus: status, errorIndex: index, octets } = envelope
    if (envelope.whole && status !== 0) return { kind: 'declined', status, index }
    const bindings = envelope.whole ? readBindings(reply, envelope) : null
    if (bindings === null) return { kind: 'garbled' }
    return { kind: 'bindings', columns: columnsOf(bindings, asked), octets }
  }
  return {
    version,
    getNext: (oids) => ask({ pdu: 'getNext', oids }),
    getBulk: (oids, single, repetitions) => ask({ pdu: 'getBulk', oids, single, repetitions }),
  }
}
