import { expect, it, onTestFinished } from 'vitest'
import { perform } from '../../src/cli/acts.ts'
import { discoverVerb } from '../../src/cli/discover.ts'
import { WrongUsage } from '../../src/cli/verb.ts'
import { previewPrinters } from '../../src/core/printers/import.ts'
import { createSearch } from '../../src/snmp/discovery/discover.ts'
import { createReader } from '../../src/snmp/status.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'
import { aNetwork, server } from '../snmp/network.ts'
import { walkOf } from '../snmp/printers.ts'

const serial = 'AL44000317'

/** An office with one printer of that serial, before a network of two printers and a server. */
async function anOffice(community = 'public') {
  const { port } = await aNetwork(
    {},
    { walk: walkOf('birch-m220-jam'), community },
    { walk: server },
  )
  const store = createMemoryStore()
  await store.update((tx) =>
    tx.put('printers', aPrinter({ label: 'LIB-1', ipAddress: '10.0.0.7', serial })),
  )
  const reader = createReader({ timeoutMs: 5000, retries: 1 })
  onTestFinished(reader.close)
  const defaults = { community: 'public', version: 'auto' } as const
  const { readPrinter } = reader
  const rewrite = async () => {}
  const makeBackup = () => Promise.reject(new Error('a search needs no backup'))
  const said = { out: '', err: '', lines: [] as string[] }
  const desk: Parameters<typeof discoverVerb.run>[1] = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    search: createSearch({ readPrinter, defaults, timeoutMs: 60 }),
    ask: async (act, args) =>
      (await perform(
        {
          store: { ...store, rewrite },
          seen: null,
          summaryTo: null,
          labels: { publicUrl: null, labelUrls: 'checked' as const },
          makeBackup,
        },
        { act, args },
        createAct(),
      )) as never,
    progress: (line) => said.lines.push(line),
    untilInterrupted: () => new AbortController().signal,
  }
  const discover = async (...args: string[]) => ({
    code: await discoverVerb.run(args, desk),
    ...said,
  })
  return { store, discover, range: `127.0.5.0/29:${port}` }
}

it('tells which printers are new and which have moved, and how the search gets on', async () => {
  const { discover, range } = await anOffice()
  const { code, out, err, lines } = await discover(range)
  expect([code, err]).toEqual([0, ''])
  const rows = out.trimEnd().split('\n')
  expect(rows[0]).toMatch(/^address +name +make and model +serial +MAC$/)
  expect(rows[1]).toMatch(/^127\.0\.5\.1:\d+ .* AL44000317 .* LIB-1, moved from 10\.0\.0\.7$/)
  expect(rows[2]).toMatch(/^127\.0\.5\.2:\d+ .* new$/)
  expect(rows[3]).toBe('2 printers; --json tells of 1 more that answered.')
  expect(lines).toContain('1 of 18 questions asked, 0 answered')
  expect(lines.at(-1)).toBe('')
})

it('gives the CSV that import takes: the moved printer at its new address, the new one added', async () => {
  const { store, discover, range } = await anOffice()
  const { out } = await discover(range, '--csv')
  const { rows } = previewPrinters(store.state, out)
  expect(rows.map(({ outcome }) => outcome)).toEqual(['changed', 'new'])
  expect(rows[0]?.says).toMatch(/^ipAddress 10\.0\.0\.7 -> 127\.0\.5\.1:\d+$/)
})

it('gives all of it as JSON, without communities', async () => {
  const { discover, range } = await anOffice('hush-hush')
  const { out } = await discover(range, '--json', '--community', 'hush-hush')
  const { devices } = JSON.parse(out) as { devices: { printer: boolean; meaning: string }[] }
  expect(devices.map(({ printer, meaning }) => [printer, meaning])).toEqual([
    ...[
      [true, 'moved'],
      [true, 'new'],
      [false, 'new'],
    ],
  ])
  expect(out).not.toContain('hush-hush')
})

it('says so where nobody is', async () => {
  const { discover, range } = await anOffice()
  const { code, out } = await discover(range.replace('5.0/29', '6.1'))
  expect([code, out]).toEqual([1, '0 printers.\n'])
})

it.each([
  [[], 'Name one range'],
  [['10.0.0.0/24', '10.0.1.0/24'], 'Name one range'],
  [['10.0.0.0/24', '--json', '--csv'], 'not both'],
  [['printer.school.edu'], 'is no range'],
  [['10.0.0.0/8'], 'too large'],
])('refuses %j with what to say instead', async (args, words) => {
  const { discover } = await anOffice()
  const refused = discover(...args)
  await expect(refused).rejects.toThrow(WrongUsage)
  await expect(refused).rejects.toThrow(words)
})
