import { expect, it } from 'vitest'
import type { Ask } from '../../src/cli/acts.ts'
import { perform } from '../../src/cli/acts.ts'
import { exportVerb } from '../../src/cli/export.ts'
import { importVerb } from '../../src/cli/import.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { createAct } from '../parts/act.ts'
import { aDesk } from '../parts/desk.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

/** A platen with one printer, and somebody at its shell with these files. */
async function aShell(files: Record<string, string | Uint8Array> = {}) {
  const store = createMemoryStore()
  await store.update((tx) =>
    tx.put('printers', aPrinter({ id: 'old', label: 'OLD', ipAddress: '10.0.0.9' })),
  )
  const place = {
    store: { ...store, rewrite: async () => {} },
    seen: null,
    summaryTo: null,
    labels: { publicUrl: null, labelUrls: 'checked' as const },
    makeBackup: () => Promise.reject(new Error('no backup is made here')),
  }
  const ask: Ask = async (act, args) => (await perform(place, { act, args }, createAct())) as never
  const written: Record<string, string> = {}
  const { desk, said } = aDesk({
    ask,
    readFile: (path: string) => Buffer.from(files[path] ?? ''),
    writeFile: (path: string, text: string) => {
      written[path] = text
    },
  })
  const kept = () => Object.values(store.state.printers)
  return { desk, said, kept, written }
}

const rows = 'label,ip\nA,http://10.0.0.1/\nB,nowhere!\n'

it('tells in a dry run what would change, what was mended and what is retired', async () => {
  const { desk, said, kept } = await aShell({ 'a.csv': rows })
  const code = await importVerb.run(
    ['a.csv', '--as', 'printers', '--dry-run', '--retire-missing'],
    desk,
  )
  expect(code).toBe(1)
  const { out } = said()
  expect(out).toMatch(/2 +new +A +\(ipAddress "http:\/\/10\.0\.0\.1\/" read as 10\.0\.0\.1\)/)
  expect(out).toMatch(/3 +refused +B +ipAddress "nowhere!" is no address/)
  expect(out).toContain('column ip read as ipAddress\n')
  expect(out).toContain('not in the file, retired: OLD\n')
  expect(out).toContain('1 new, 0 changed, 0 same, 1 refused, 1 retired\n')
  expect(kept()).toHaveLength(1)
})

it('takes the good rows where told to, and retires the others where told to', async () => {
  const { desk, said, kept } = await aShell({ 'a.csv': rows, 'b.csv': 'label,ip\nA,10.0.0.1\n' })
  await expect(importVerb.run(['a.csv', '--as', 'printers'], desk)).rejects.toThrow(Refusal)
  expect(said().out).toContain('refused')
  expect(await importVerb.run(['a.csv', '--as', 'printers', '--leave-refused'], desk)).toBe(0)
  expect(kept().map(({ label }) => label)).toEqual(['OLD', 'A'])
  expect(await importVerb.run(['b.csv', '--as', 'printers', '--retire-missing'], desk)).toBe(0)
  expect(kept().map(({ isActive }) => isActive)).toEqual([false, true])
})

it('says what a file that is no Unicode was taken for, and reads it as told', async () => {
  const bytes = Buffer.from('label;ip;location\nA;10.0.0.1;\xe8\n', 'latin1')
  const { desk, said, kept } = await aShell({ 'a.csv': bytes })
  await importVerb.run(['a.csv', '--as', 'printers'], desk)
  expect(said().err).toContain('it was taken for windows-1252')
  expect(kept()[1]?.location).toBe('è')
  await importVerb.run(['a.csv', '--as', 'printers', '--encoding', 'windows-1250'], desk)
  expect(said().err).toBe('')
  expect(kept()[1]?.location).toBe('č')
})

it('takes the printers.json of a TonerTrack', async () => {
  const { desk, kept } = await aShell({ 'printers.json': '{"10.0.0.1":{"name":"Office"}}' })
  await importVerb.run(['printers.json', '--as', 'tonertrack'], desk)
  expect(kept()[1]).toMatchObject({ label: 'Office', ipAddress: '10.0.0.1' })
})

it.each([
  [['--as', 'printers']],
  [['a.csv']],
  [['a.csv', '--as', 'monthly']],
  [['a.csv', '--as', 'printers', '--encoding', 'ebcdic']],
])('refuses what it was not asked rightly: %j', async (args) => {
  const { desk } = await aShell({ 'a.csv': rows })
  await expect(importVerb.run(args, desk)).rejects.toThrow(/Name one file|Say what it is|one of/)
})

it('exports printers with their communities, and tickets, to a file or the screen', async () => {
  const { desk, said, written } = await aShell()
  await exportVerb.run(['printers', '--out', 'p.csv'], desk)
  expect(written['p.csv']).toContain('hush-hush')
  await exportVerb.run(['tickets'], desk)
  expect(said().out).toMatch(/^\uFEFFid,opened,printer,/)
  await expect(exportVerb.run(['contracts'], desk)).rejects.toThrow('Say what to export')
})
