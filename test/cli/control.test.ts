import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { askControl, controlPath, serveControl } from '../../src/cli/control.ts'
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
