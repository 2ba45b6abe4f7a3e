import { answer } from '../../src/demo/answer.ts'
import { readRequest, writeAnswer } from '../../src/demo/ber.ts'
import { readWalk } from '../../src/demo/walk.ts'
import { columns, scalars } from '../../src/snmp/mibs/oids.ts'
import { writeRequest } from '../../src/snmp/request.ts'
import { type Sample, sampleOf } from './mutations.ts'
import type { Seeded } from './seeded.ts'

const names = Object.values({ ...scalars, ...columns })

/** Answers of printers that keep the rules, to requests as a poll sends them; most are small. */
export function answersOf(walks: readonly string[], count: number, random: Seeded): Sample[] {
  const known = walks.map(readWalk)
  const rows = walks.map((text) => text.match(/^[\d.]+(?=\|)/gm) ?? [])
  return Array.from({ length: count }, (_, at) => {
    const which = random.below(known.length)
    const walk = known[which] ?? readWalk('')
    const version = random.pick(['1', '2c'] as const)
    const isBulk = version === '2c' && random.isIn(30)
    const wanted = random.isIn(5) && !isBulk ? 40 : 1 + random.below(4)
    const oids = Array.from({ length: wanted }, () =>
      random.isIn(50) ? random.pick(names) : random.pick(rows[which] ?? names),
    )
    const pdu = isBulk ? 'getBulk' : 'getNext'
    const asked = { version, community: 'public', pdu, oids, repetitions: 3 } as const
    const { datagram, numberAt } = writeRequest(asked)
    datagram.writeInt32BE(0x0100_0000 + at, numberAt)
    const request = readRequest(datagram)
    const answered = answer(request, walk, 1472)
    if (answered === null) throw new Error('an agent that keeps the rules answers this')
    return sampleOf(writeAnswer(request, answered))
  })
}
