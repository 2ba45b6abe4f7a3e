import { expect, test } from 'vitest'
import { readSealed, seal } from '../../src/disk/sealed-lines.ts'

const heard = [
  { printer: 'p-1', pages: 10, words: 'Größe „A4“' },
  { printer: 'p-2', ok: false, error: null },
  { printer: 'p-1', nested: { crc: 'not ours' }, list: [1, 2] },
]
const file = Buffer.from(heard.map(seal).join(''))

test('a line is JSON for everybody, and is read back as it was', () => {
  const lines = file.toString().trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(heard)
  expect(readSealed(file)).toEqual({ lines: heard, damaged: [], unsealed: 0, torn: false })
  expect(readSealed(Buffer.from(seal({}))).lines).toEqual([{}])
})

test('every single bit that is turned shows, wherever it is', () => {
  const silent: string[] = []
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const turned = Buffer.from(file)
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const { damaged, torn, unsealed } = readSealed(turned)
    if (damaged.length === 0 && !torn) silent.push(`bit ${bit & 7} of byte ${bit >> 3}`)
    // A line of before is something else.
    expect(unsealed).toBe(0)
  }
  expect(silent).toEqual([])
})

test('it says which line, and the others are read', () => {
  const turned = Buffer.from(file)
  const at = turned.indexOf('p-2')
  turned[at] = 113
  expect(readSealed(turned)).toMatchObject({ lines: [heard[0], heard[2]], damaged: [2] })
})

test('a file that was cut off within a line is torn there, and whole before', () => {
  const starts = heard.map((_, n) => heard.slice(0, n).map(seal).join(''))
  for (let length = 1; length < file.length; length += 1) {
    const { lines, damaged, torn } = readSealed(file.subarray(0, length))
    const whole = starts.findLastIndex((start) => Buffer.byteLength(start) <= length)
    // Only its line feed is missing.
    const isWhole = lines.length === whole + 1
    expect([damaged, torn || isWhole || file[length - 1] === 10]).toEqual([[], true])
    expect(lines).toEqual(heard.slice(0, lines.length))
  }
})

test('lines from before there were seals are read, counted, and not called damaged', () => {
  const before = `${JSON.stringify(heard[0])}\n${JSON.stringify(heard[1])}\n`
  const read = readSealed(Buffer.from(before + seal(heard[2] ?? {})))
  expect(read).toEqual({ lines: heard, damaged: [], unsealed: 2, torn: false })
})

test('blocks of zeros, as a power cut leaves them, are damage and nothing worse', () => {
  const holed = Buffer.from(file)
  holed.fill(0, 10, 30)
  expect(readSealed(holed)).toMatchObject({ lines: heard.slice(1), damaged: [1] })
  expect(readSealed(Buffer.alloc(64))).toMatchObject({ lines: [], damaged: [], torn: true })
})
