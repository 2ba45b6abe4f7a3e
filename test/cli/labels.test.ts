import { describe, expect, it } from 'vitest'
import { type LabelDesk, labelsVerb } from '../../src/cli/labels.ts'
import { WrongUsage } from '../../src/cli/verb.ts'
import { labelWarning } from '../../src/core/printers/label-url.ts'
import { labelsOf, printersNamed } from '../../src/core/printers/labels.ts'
import { labelPdf } from '../../src/paper/labels.ts'
import { tokenOf } from '../parts/labels.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

/** A desk before two printers of the library and one of nobody. */
async function anOffice(publicUrl: string | null = 'https://print.school.edu') {
  const store = createMemoryStore()
  await store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-1', name: 'Library' }))
    for (const [at, label] of ['LIB-1', 'LIB-2', 'GYM-1'].entries()) {
      const group = label.startsWith('LIB') ? 'g-1' : null
      tx.put('printers', aPrinter({ id: label, label, group, token: tokenOf(at) }))
    }
  })
  const settings = { publicUrl, labelUrls: 'checked' } as const
  const said = {
    out: [] as (string | Uint8Array)[],
    err: '',
    files: new Map<string, string | Uint8Array>(),
  }
  const desk = (isTerminal: boolean): LabelDesk => ({
    ...{ labelPdf, isTerminal },
    out: (file) => said.out.push(file),
    err: (text) => {
      said.err += text
    },
    writeFile: (path, file) => said.files.set(path, file),
    ask: async (_, named) => ({
      labels: labelsOf(printersNamed(store.state, named), settings),
      warning: labelWarning(settings),
    }),
  })
  return {
    said,
    labels: (...args: string[]) => labelsVerb.run(args, desk(false)),
    atTerminal: (...args: string[]) => labelsVerb.run(args, desk(true)),
  }
}

const isPdf = (file: string | Uint8Array | undefined) =>
  file instanceof Uint8Array && Buffer.from(file.subarray(0, 5)).toString() === '%PDF-'

describe('platen labels', () => {
  it('writes a PDF to a file or into a pipe, and says how to print it', async () => {
    const { said, labels, atTerminal } = await anOffice()
    expect(await labels()).toBe(0)
    expect(isPdf(said.out[0])).toBe(true)
    expect(await atTerminal('--out', 'labels.pdf', '--sheet', 'L7160')).toBe(0)
    expect(isPdf(said.files.get('labels.pdf'))).toBe(true)
    expect(said.err).toContain('Avery L7160: 21 labels, 63.5 x 38.1 mm, A4. Print at 100 %')
  })

  it('writes no PDF to a terminal', async () => {
    const { said, atTerminal } = await anOffice()
    await expect(atTerminal()).rejects.toThrow(WrongUsage)
    await expect(atTerminal('--calibration')).rejects.toThrow('give --out labels.pdf')
    expect(said.out).toEqual([])
  })

  it('writes ZPL of the groups and printers that are named', async () => {
    const { said, atTerminal } = await anOffice()
    expect(await atTerminal('--zpl', '--group', 'library', '--printer', 'GYM-1')).toBe(0)
    expect(await atTerminal('--zpl', '--printer', 'LIB-2')).toBe(0)
    const urls = said.out.map((zpl) =>
      String(zpl)
        .match(/7Z3K9ABCDEFG\d+(?=\^FS)/g)
        ?.filter((_, at) => at % 2 === 0),
    )
    expect(urls).toEqual([[tokenOf(2), tokenOf(0), tokenOf(1)], [tokenOf(1)]])
  })

  it('prints a calibration page without an address, and no label', async () => {
    const { said, labels } = await anOffice(null)
    await expect(labels()).rejects.toThrow('PLATEN_PUBLIC_URL')
    expect(await labels('--calibration', '--offset=-0.5,1')).toBe(0)
    expect(isPdf(said.out[0])).toBe(true)
  })

  it('warns while the address is without TLS', async () => {
    const { said, labels } = await anOffice('http://print.school.edu')
    expect(await labels('--zpl')).toBe(0)
    expect(said.err).toContain('TLS')
  })

  it.each([
    [['--sheet', 'A5'], 'no sheet "A5"'],
    [['--start', '31'], 'cells 1 to 30'],
    [['--start', 'one'], 'cells 1 to 30'],
    [['--offset', '1'], 'not X,Y in mm'],
    [['--offset', '1,,2'], 'not X,Y in mm'],
    [['--offset', '11,0'], '10 mm at most'],
    [['--calibration', '--zpl'], 'for sheets'],
    [['--group', 'Chapel'], 'no group "Chapel"'],
  ])('refuses %j', async (args, why) => {
    const { labels, said } = await anOffice()
    await expect(labels(...args)).rejects.toThrow(why)
    expect(said.out).toEqual([])
  })
})
