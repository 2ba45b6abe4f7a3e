import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { askControl, connectControl, controlPath, serveControl } from '../../src/cli/control.ts'
import { quiet } from '../parts/log.ts'

test('what the running platen did is told, however many rows it is', async () => {
  const path = controlPath(mkdtempSync(`${tmpdir()}/control-`))
  const rows = Array.from({ length: 10_000 }, (_, row) => ({ row, says: 'x'.repeat(2000) }))
  const close = await serveControl(path, quiet, {
    perform: async () => rows,
    attach: () => Promise.reject(new Error('nobody draws here')),
  })
  try {
    const told = await askControl(path, { by: 'ada', act: 'printers import', args: {} })
    expect(told?.result).toHaveLength(10_000)
  } finally {
    await close()
  }
})

test('who says nothing is hung up on; who waits long for an answer is not', async () => {
  const path = controlPath(mkdtempSync(`${tmpdir()}/control-`))
  const answering = {
    perform: () => wait(300, 'done'),
    attach: () => Promise.reject(new Error('nobody draws here')),
  }
  onTestFinished(await serveControl(path, quiet, answering, 60))
  const silent = await connectControl(path)
  if (!silent) throw new Error('nobody listens')
  silent.write('{"by":"ada"')
  const asking = askControl(path, { by: 'ada', act: 'check', args: {} })
  await once(silent.resume(), 'close')
  expect(await asking).toEqual({ result: 'done' })
})
