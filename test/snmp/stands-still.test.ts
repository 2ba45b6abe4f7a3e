import { expect, test } from 'vitest'
import { standsStill } from '../parts/stands-still.ts'
import { aPrinter, read } from './printers.ts'

// What came while platen stood still for longer than it waits is heard, and not taken for silence.

test.each(['1', '2c'] as const)('no request in SNMP %s is sent twice for it', async (version) => {
  const printer = await aPrinter()
  const asked = async () => {
    const before = printer.requests.length
    const way = { version, known: version, timeoutMs: 300, retries: 0 }
    expect(await read(printer, way)).toMatchObject({ ok: true })
    return printer.requests.length - before
  }
  const calm = await asked()
  let answers = 0
  printer.faults = {
    sends(answer) {
      answers += 1
      if (answers <= 3) standsStill(700)
      return [answer]
    },
  }
  expect(await asked()).toBe(calm)
})

test('2c is preferred, although the answer in 1 was heard long before', async () => {
  const printer = await aPrinter({
    faults: {
      // In 2c it is asked once more.
      hears: ({ version }, count) => version === 0 || count > 2,
      sends(answer, { version }) {
        if (version !== 0) standsStill(400)
        return [answer]
      },
    },
  })
  expect((await read(printer, { retries: 0 })).snmp.version).toBe('2c')
})
