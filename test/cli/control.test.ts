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
  const patienceMs = 1000
  let hungUp: Promise<unknown> = new Promise(() => {})
  const answering = {
    // Longer than who says nothing is borne with, both counted from the beginning of each.
    perform: async () => {
      await hungUp
      return wait(patienceMs, 'done')
    },
    attach: () => Promise.reject(new Error('nobody draws here')),
  }
  onTestFinished(await serveControl(path, quiet, answering, patienceMs))
  const silent = await connectControl(path)
  if (!silent) throw new Error('nobody listens')
  hungUp = once(silent.resume(), 'close')
  silent.write('{"by":"ada"')
  const asking = askControl(path, { by: 'ada', act: 'check', args: {} })
  await hungUp
  expect(await asking).toEqual({ result: 'done' })
})
