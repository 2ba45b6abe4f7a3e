import { expect, test } from 'vitest'
import { addPrinter, changePrinter } from '../../src/core/printers/changes.ts'
import { exportPrinters, previewPrinters } from '../../src/core/printers/import.ts'
import type { Typed } from '../../src/core/printers/typed.ts'
import { createAct } from '../parts/act.ts'
import { createMemoryStore } from '../parts/store.ts'

test('one device is added under one label only, so that what is exported goes into another platen', async () => {
  const store = createMemoryStore()
  const [within, act] = [() => true, createAct()]
  const add = (typed: Typed) => store.update((tx) => addPrinter(tx, { typed, within }, act))
  await add({ label: 'A', ipAddress: '10.0.0.1', serial: 'CNB123456' })
  await add({ label: 'B', ipAddress: '10.0.0.2', macAddress: '00:1B:A9:00:00:02', serial: 'N/A' })
  const b = await add({ label: 'C', ipAddress: '10.0.0.3', serial: 'N/A' })
  for (const [typed, field, sentence] of [
    [{ serial: 'cnb123456' }, 'serial', 'Another printer has the serial number cnb123456 already.'],
    [{ macAddress: '001ba9000002' }, 'macAddress', /the MAC address 00:1B:A9:00:00:02 already/],
  ] as const) {
    const refused = {
      code: 'conflict',
      details: { field },
      message: expect.stringMatching(sentence),
    }
    const again = { label: 'D', ipAddress: '10.0.0.4', ...typed }
    await expect(add(again)).rejects.toMatchObject(refused)
    const changing = store.update((tx) => changePrinter(tx, b, { typed, within }, act))
    await expect(changing).rejects.toMatchObject(refused)
  }
  const { rows } = previewPrinters(createMemoryStore().state, exportPrinters(store.state))
  expect(rows.map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new'])
})
