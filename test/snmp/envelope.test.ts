import { expect, test } from 'vitest'
import { binding, field, integer, pdu, writeAnswer, writeValue } from '../../src/demo/ber.ts'
import { readEnvelope } from '../../src/snmp/envelope.ts'

const request = {
  version: 1,
  community: 'public',
  pduType: pdu.getNext,
  requestId: 77_001,
  first: 0,
  second: 0,
  oids: [],
} as const
const text = (value: string) => writeValue('4', value) ?? Buffer.alloc(0)
const bindings = [
  binding('1.3.6.1.2.1.1.1.0', text('Alder')),
  binding('1.3.6.1.2.1.43.16.5.1.2.1.1', text('x'.repeat(200))),
  binding('1.3.6.1.2.1.43.10.2.1.4.1.1', integer(84_213)),
]
const answer = writeAnswer(request, { requestId: 77_001, errorStatus: 2, errorIndex: 3, bindings })

test('reads whose answer it is and what it says of the request', () => {
  expect(readEnvelope(answer)).toMatchObject({
    pduType: pdu.response,
    requestId: 77_001,
    errorStatus: 2,
    errorIndex: 3,
    octets: answer.length,
    whole: true,
  })
})

test('takes no cut answer for a whole one, wherever it is cut', () => {
  for (let length = 0; length < answer.length; length += 1) {
    expect(readEnvelope(answer.subarray(0, length))?.whole ?? false, `${length} octets`).toBe(false)
  }
})

test('lets octets after the end be', () => {
  expect(readEnvelope(Buffer.concat([answer, Buffer.alloc(9)]))?.whole).toBe(true)
})

test.for([
  ['a NULL with something in it', binding('1.3.6.1', field(0x05, Buffer.from([1])))],
  ['a binding without a value', field(0x30, field(0x06, Buffer.from([0x2b, 6])))],
  ['a binding whose name is a number', field(0x30, integer(1), integer(2))],
  ['a value longer than its binding', Buffer.from('30060602 2b06 04ff'.replaceAll(' ', ''), 'hex')],
  ['something that is no binding', integer(4)],
] as const)('takes no answer for whole with %s', ([, odd]) => {
  const whole = writeAnswer(request, { requestId: 1, bindings: [...bindings, odd, ...bindings] })
  expect(readEnvelope(whole)?.whole).toBe(false)
})

test.for([
  ['nothing', ''],
  ['three octets', '300102'],
  ['an indefinite length', '308002010004067075626c6963'],
  ['a length of gigantic size', '3084ffffffff020100'],
  ['a length of 127 octets', '30ff020100'],
  ['text', Buffer.from('HTTP/1.1 400 Bad Request').toString('hex')],
] as const)('finds no message in %s', ([, hex]) => {
  expect(readEnvelope(Buffer.from(hex, 'hex'))).toBe(null)
})
