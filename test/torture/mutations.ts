import { field, integer } from '../../src/demo/ber.ts'
import type { Seeded } from './seeded.ts'
import { fieldAt, fieldsIn } from './strict.ts'

// Everything that an answer may become on its way, or that a broken or hostile agent may make of it.

export interface Sample {
  readonly datagram: Buffer
  /** What its answer must repeat of the request. */
  readonly sender: Buffer
  readonly requestId: number
  /** Where each field begins. */
  readonly heads: readonly number[]
  /** Name and value of each binding, with their heads. */
  readonly bindings: readonly (readonly [name: Buffer, value: Buffer])[]
  /** What stands before the bindings in the PDU. */
  readonly front: Buffer
}

export type MutationName = keyof typeof mutations
export const mutationNames = () => Object.keys(mutations) as MutationName[]

/** A new datagram; the sample stays as it is. */
export function mutate(sample: Sample, other: Sample, random: Seeded) {
  const name = random.pick(mutationNames())
  return { name, datagram: mutations[name](sample, random, other) }
}

type Mutation = (sample: Sample, random: Seeded, other: Sample) => Buffer

const mutations = {
  'bits turned': ({ datagram }, random) => {
    const turned = Buffer.from(datagram)
    for (let count = random.below(4); count >= 0; count -= 1) {
      const at = placeIn(datagram, random)
      turned[at] = (turned[at] ?? 0) ^ (1 << random.below(8))
    }
    return turned
  },
  'octets replaced': ({ datagram }, random) => {
    const replaced = Buffer.from(datagram)
    for (let count = random.below(6); count >= 0; count -= 1)
      replaced[placeIn(datagram, random)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)])
    return replaced
  },
  cut: ({ datagram }, random) => datagram.subarray(0, random.below(datagram.length)),
  lengthened: ({ datagram }, random) => {
    const at = random.isIn(50) ? datagram.length : placeIn(datagram, random)
    return Buffer.concat([datagram.subarray(0, at), noise(random, 40), datagram.subarray(at)])
  },
  'a wrong length': ({ datagram, heads }, random) => {
    const wrong = Buffer.from(datagram)
    const at = random.pick(heads) + 1
    wrong[at] = random.isIn(70) ? (wrong[at] ?? 0) + random.below(9) - 4 : random.below(256)
    return wrong
  },
  'a huge length': ({ datagram, heads }, random) => {
    const at = random.pick(heads) + 1
    const huge = random.pick(['84ffffffff', '8400000001', '88ffffffffffffffff', 'ff', '83010000'])
    const length = Buffer.from(huge, 'hex')
    return Buffer.concat([datagram.subarray(0, at), length, datagram.subarray(at + 1)])
  },
  'an indefinite length': ({ datagram, heads }, random) => {
    const open = Buffer.concat([datagram, Buffer.alloc(2)])
    open[random.pick(heads) + 1] = 0x80
    return open
  },
  'another tag': ({ datagram, heads }, random) => {
    const swapped = Buffer.from(datagram)
    swapped[random.pick(heads)] = random.pick(tags)
    return swapped
  },
  'two spliced': ({ datagram }, random, other) => {
    const rest = other.datagram.subarray(placeIn(other.datagram, random))
    return Buffer.concat([datagram.subarray(0, placeIn(datagram, random)), rest])
  },
  'a number of another length': (sample, random) => {
    const octets = noise(random, random.pick([0, 1, 4, 5, 8, 9, 10, 200]), 'exactly')
    if (random.isIn(60) && octets.length > 0) octets[0] = random.pick([0, 0x80, 0xff])
    return withValue(sample, random, field(random.pick(numberTags), octets))
  },
  'a number out of range': (sample, random) => {
    const number = random.pick([
      -1n,
      -2n,
      -100n,
      -(2n ** 31n),
      2n ** 31n,
      2n ** 32n - 1n,
      2n ** 53n,
    ])
    return withValue(
      sample,
      random,
      integer(number + BigInt(random.below(3)), random.pick(numberTags)),
    )
  },
  'a text that is none': (sample, random) => {
    const text = random.pick<() => Buffer>([
      () => Buffer.alloc(random.below(3000), random.pick(['a', ' ', '\0', ' ,;PN', 'ト'])),
      () => noise(random, 300),
      () =>
        Buffer.from(random.pick(['__proto__', 'constructor', '\u001b[2J', '\u202e', '-3', 'NaN'])),
    ])()
    return withValue(sample, random, field(0x04, text))
  },
  'nested deeply': (sample, random) => {
    let nested: Buffer = Buffer.alloc(0)
    const tag = random.pick([0x30, 0x24, 0xa2])
    for (let depth = random.below(200); depth > 0; depth -= 1) nested = field(tag, nested)
    return withValue(sample, random, nested)
  },
  'a giant OID': (sample, random) => {
    const octets = random.pick<() => Buffer>([
      () => Buffer.concat([Buffer.from('2b06', 'hex'), Buffer.alloc(random.below(10_000), 1)]),
      () => Buffer.concat([Buffer.alloc(random.below(40), 0xff), Buffer.from([0x7f])]),
      () => Buffer.from('2b068fffffff7f', 'hex'),
      () => Buffer.from('2b069080808000', 'hex'),
      () => Buffer.from('2b06ff', 'hex'),
      () => Buffer.alloc(0),
    ])()
    const oid = field(0x06, octets)
    return random.isIn(50)
      ? withValue(sample, random, oid)
      : withBindings(sample, random, ([, value]) => [[oid, value]])
  },
  'another row': (sample, random, other) => {
    const [name, value] = random.pick(other.bindings.length > 0 ? other.bindings : [[none, none]])
    return withBindings(sample, random, (binding) => [
      random.isIn(50) ? [name, binding[1]] : [binding[0], value],
    ])
  },
  'a row less, or too many': (sample, random) =>
    withBindings(sample, random, (binding) =>
      Array.from({ length: random.isIn(2) ? 600 : random.pick([0, 2]) }, () => binding),
    ),
} as const satisfies Record<string, Mutation>

const none = Buffer.from([0x05, 0])
const numberTags = [0x02, 0x41, 0x42, 0x43, 0x46]
const tags = [
  ...numberTags,
  0x00,
  0x04,
  0x05,
  0x06,
  0x1f,
  0x30,
  0x40,
  0x44,
  0x47,
  0x80,
  0x82,
  0xa2,
  0xa8,
]

/** Mostly past the head, which an answer must have right to be looked at. */
function placeIn({ length }: Buffer, random: Seeded): number {
  const head = Math.min(length - 1, random.isIn(85) ? 30 : 0)
  return head + random.below(length - head)
}

function noise(random: Seeded, most: number, way: 'at most' | 'exactly' = 'at most'): Buffer {
  const octets = Buffer.alloc(way === 'exactly' ? most : 1 + random.below(most))
  for (let at = 0; at < octets.length; at += 1) octets[at] = random.below(256)
  return octets
}

type Pair = Sample['bindings'][number]

const withValue = (sample: Sample, random: Seeded, value: Buffer): Buffer =>
  withBindings(sample, random, ([name]) => [[name, value]])

/** One binding made into others, and every length made right again. */
function withBindings(sample: Sample, random: Seeded, change: (one: Pair) => readonly Pair[]) {
  const { bindings, front, sender } = sample
  const chosen = random.below(bindings.length)
  const pairs = bindings.flatMap((one, at) => (at === chosen ? change(one) : [one]))
  const list = field(0x30, ...pairs.map((pair) => field(0x30, ...pair)))
  return field(0x30, sender, field(0xa2, front, list))
}

/** An answer that is whole, taken apart. */
export function sampleOf(datagram: Buffer): Sample {
  const { content } = fieldAt(datagram, 0)
  const [, community, pdu] = fieldsIn(content)
  const [requestId, , index, list] = pdu ? fieldsIn(pdu.content) : []
  if (!community || !pdu || !requestId || !index || !list) throw new Error('no answer')
  const bindings = [...fieldsIn(list.content)].map(({ content }): Pair => {
    const name = fieldAt(content, 0)
    return [content.subarray(0, name.end), content.subarray(name.end)]
  })
  const heads = headsIn(datagram, 0, datagram.length)
  return {
    ...{ datagram, heads, bindings },
    sender: content.subarray(0, community.end),
    requestId: requestId.content.readIntBE(0, requestId.content.length),
    front: pdu.content.subarray(0, index.end),
  }
}

const structured = new Set([0x30, 0xa2])

function headsIn(octets: Buffer, from: number, to: number): number[] {
  const heads: number[] = []
  for (let at = from; at < to; ) {
    const { tag, content, end } = fieldAt(octets, at)
    heads.push(at)
    if (structured.has(tag)) heads.push(...headsIn(octets, end - content.length, end))
    at = end
  }
  return heads
}
