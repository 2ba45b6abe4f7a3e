import { expect, test } from 'vitest'
import { encodeChanges, encodeHead, headOf, readLog } from '../../src/disk/lines.ts'

const put = (name: string) => JSON.stringify({ put: { groups: [{ id: 'g', name }] } })
const head = encodeHead({ epoch: 10, after: 4 })
const changes = ['Gym', 'Größe', 'Library'].flatMap((name, at) =>
  encodeChanges(4 + at, [put(name)]),
)
const log = Buffer.from([head, ...changes].join(''))

test('a log is read back change by change', () => {
  const seqs: number[] = []
  expect(headOf(log)).toEqual({ epoch: 10, after: 4 })
  expect(readLog(log, ({ seq }) => seqs.push(seq))).toMatchObject({ ok: true, last: 7 })
  expect(seqs).toEqual([5, 6, 7])
})

test('every single bit that is turned before the last write shows, in a checksum too', () => {
  const acknowledged = log.length - Buffer.byteLength(changes.at(-1) ?? '')
  const silent: string[] = []
  for (let bit = 0; bit < acknowledged * 8; bit += 1) {
    const turned = Buffer.from(log)
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const isRead = headOf(turned) !== null && readLog(turned, () => {}).ok
    if (isRead) silent.push(`bit ${bit & 7} of byte ${bit >> 3}`)
  }
  expect(silent).toEqual([])
})
