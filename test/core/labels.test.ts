import { describe, expect, it } from 'vitest'
import { calibration } from '../../src/core/printers/label-calibration.ts'
import { toLetters } from '../../src/core/printers/label-letters.ts'
import { areaOf, placeLabel } from '../../src/core/printers/label-placing.ts'
import {
  type Box,
  cellAt,
  cellsOf,
  type Label,
  type LabelJob,
  sheetNames,
  sheets,
  sheetsOf,
} from '../../src/core/printers/label-sheets.ts'
import { labelUrl, labelWarning } from '../../src/core/printers/label-url.ts'
import { labelZpl } from '../../src/core/printers/label-zpl.ts'
import { printersNamed, refuseUnprintable } from '../../src/core/printers/labels.ts'
import { qrModules } from '../../src/core/qr.ts'
import { paperCell, paperSheets, someLabels } from '../parts/labels.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const nowhere = { x: 0, y: 0 }
const job: LabelJob = {
  ...{ sheet: 'avery-5160', startCell: 1, offsetMm: nowhere, isCalibration: false },
  labels: someLabels(3),
}
const isIn = (inner: Box, outer: Box) =>
  inner.x >= outer.x - 1e-6 &&
  inner.y >= outer.y - 1e-6 &&
  inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
  inner.y + inner.height <= outer.y + outer.height + 1e-6
const isApart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 1e-6 ||
  other.x + other.width <= one.x + 1e-6 ||
  one.y + one.height <= other.y + 1e-6 ||
  other.y + other.height <= one.y + 1e-6

describe.each(sheetNames)('a sheet of %s', (name) => {
  const sheet = sheets[name]
  const cells = [...Array(cellsOf(sheet)).keys()].map((at) => cellAt(sheet, at, nowhere))

  it('is cut where the paper is', () => {
    const { page, across, down } = paperSheets[name]
    const rounded = (boxes: Box[]) =>
      boxes.map(({ x, y, width, height }) =>
        [x, y, width, height].map((mm) => (mm + 1e-9).toFixed(2)),
      )
    expect([sheet.page.width, sheet.page.height]).toEqual(page)
    expect([sheet.columns, sheet.rows]).toEqual([across, down])
    expect(rounded(cells)).toEqual(rounded(cells.map((_, at) => paperCell(name, at))))
  })

  it('has all of its cells on the page, the same white on both sides, and none over another', () => {
    const page = { x: 0, y: 0, ...sheet.page }
    expect(cells.filter((cell) => !isIn(cell, page))).toEqual([])
    for (const [at, cell] of cells.entries())
      expect(cells.slice(at + 1).filter((other) => !isApart(cell, other))).toEqual([])
    const right = Math.max(...cells.map(({ x, width }) => x + width))
    expect(sheet.page.width - right).toBeCloseTo(sheet.left, 1)
  })

  it('keeps words and code apart and off the cut, whatever the printer is called', () => {
    const named = (label: string, place: string): Label => ({
      ...{ label, place, url: 'HTTPS://PRINT.SCHOOL.EDU/P/7Z3K9ABCDEFG1000' },
    })
    const labels = [
      named('LIB-1', 'Library, Room 12'),
      named('W'.repeat(200), 'M'.repeat(200)),
      named(
        'a b '.repeat(40),
        'Hutchins Library, North Reading Room 204 behind the stairs '.repeat(3),
      ),
      named('図書館のプリンター', 'Ελληνική Βιβλιοθήκη'),
      named('x', ''),
    ]
    for (const at of labels.keys()) {
      const { cell, code, texts } = placeLabel({ ...job, sheet: name, labels }, at)
      expect(isIn(areaOf(code), cell)).toBe(true)
      expect(texts.length).toBeGreaterThan(1)
      for (const { x, y, width, size } of texts) {
        const line = { x, y: y - 0.8 * size, width, height: size }
        expect(isIn(line, cell)).toBe(true)
        expect(isApart(line, areaOf(code))).toBe(true)
      }
    }
  })

  it('says which printer, where, and the address for who has no camera', () => {
    const { texts } = placeLabel({ ...job, sheet: name, labels: someLabels(2) }, 1)
    const [label, place, scan, ...address] = texts.map(({ words }) => words)
    expect([label, place, scan]).toEqual(['LIB-2', 'Library, Room 12', 'Report a problem: scan'])
    expect(address.join('')).toBe('print.school.edu/P/7Z3K9ABCDEFG1001')
    expect(texts[0]?.weight).toBe('bold')
  })

  it('has a calibration page with a frame around every cell, moved with it', () => {
    const moved = { ...job, sheet: name, offsetMm: { x: 2, y: -1 }, isCalibration: true }
    const tops = calibration(moved).strokes.map(({ from, to }) => `${from} ${to}`)
    for (const { x, y, width } of cells)
      expect(tops).toContain(`${[x + 2, y - 1]} ${[x + 2 + width, y - 1]}`)
  })
})

describe('labels on sheets', () => {
  it('begin at the cell that is still there, and go on to the next sheet', () => {
    const begun = { ...job, labels: someLabels(4), startCell: 29 }
    const placed = [0, 1, 2, 3].map((at) => placeLabel(begun, at))
    expect(placed.map(({ sheet }) => sheet)).toEqual([0, 0, 1, 1])
    expect(placed[2]?.cell).toEqual(cellAt(sheets['avery-5160'], 0, nowhere))
    expect(sheetsOf(begun)).toBe(2)
  })

  it.each([
    ['start', { startCell: 31 }],
    ['start', { startCell: 0 }],
    ['start', { startCell: 1.5 }],
    ['x', { offsetMm: { x: 10.1, y: 0 } }],
    ['y', { offsetMm: { x: 0, y: Number.NaN } }],
    ['printer', { labels: [] }],
    ['printer', { labels: someLabels(2001) }],
  ])('refuse a wrong %s', (field, wrong) => {
    expect(() => refuseUnprintable(job)).not.toThrow()
    expect(() => refuseUnprintable({ ...job, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid', details: { field } }),
    )
  })

  it('spell what the font lacks', () => {
    expect(toLetters('Köln –\t東京')).toBe('Köln – DongJing')
  })
})

describe('what the code says', () => {
  const says = (publicUrl: string | null, labelUrls: 'checked' | 'any' = 'checked') =>
    labelUrl({ publicUrl, labelUrls }, '7Z3K')

  it('is the address in upper case, but for a path that the site has of its own', () => {
    expect(says('https://print.school.edu')).toBe('HTTPS://PRINT.SCHOOL.EDU/P/7Z3K')
    expect(says('https://print.school.edu:8443/')).toBe('HTTPS://PRINT.SCHOOL.EDU:8443/P/7Z3K')
    expect(says('https://school.edu/it/Print/')).toBe('HTTPS://SCHOOL.EDU/it/Print/P/7Z3K')
  })

  it.each([
    [null, 'not set'],
    ['http://192.168.1.20:8080', 'IP address'],
    ['http://127.1', 'IP address'],
    ['http://[fd00::1]:8080', 'IP address'],
    ['http://localhost:8080', 'for itself'],
    ['http://platen.localhost', 'for itself'],
    ['http://raspberrypi.local', 'one network alone'],
    ['http://raspberrypi.local.', 'one network alone'],
    ['http://printroom', 'short for'],
  ])('is refused for %s: %s', (publicUrl, why) => {
    expect(() => says(publicUrl)).toThrow(
      expect.objectContaining({
        ...{ code: 'conflict', details: { setting: 'PLATEN_PUBLIC_URL' } },
        message: expect.stringContaining(why),
      }),
    )
  })

  it('is let through where the settings say so, but not without any address', () => {
    expect(says('http://192.168.1.20:8080', 'any')).toBe('HTTP://192.168.1.20:8080/P/7Z3K')
    expect(() => says(null, 'any')).toThrow('not set')
  })

  it('comes with a warning where it is not behind TLS', () => {
    const warned = (publicUrl: string) => labelWarning({ publicUrl, labelUrls: 'checked' })
    expect(warned('http://print.school.edu')).toContain('TLS')
    expect(warned('https://print.school.edu')).toBeNull()
  })
})

describe('labels by group and printer', () => {
  const store = createMemoryStore()
  const named = (groups: string[], printers: string[]) =>
    printersNamed(store.state, { groups, printers }).map(({ id }) => id)

  it('are those of either, or all in use', async () => {
    await store.update((tx) => {
      tx.put('groups', aGroup({ id: 'g-1', name: 'Library' }))
      for (const id of ['lib-1', 'lib-2', 'gym-1', 'old-1'])
        tx.put(
          'printers',
          aPrinter({ id, group: id.startsWith('lib') ? 'g-1' : null, isActive: id !== 'old-1' }),
        )
    })
    expect(named([], [])).toEqual(['lib-1', 'lib-2', 'gym-1'])
    expect(named(['library'], [])).toEqual(['lib-1', 'lib-2'])
    expect(named(['library'], ['gym-1', 'LIB-1'])).toEqual(['lib-1', 'lib-2', 'gym-1'])
    expect(() => named(['Chapel'], [])).toThrow('no group "Chapel"')
    expect(() => named([], ['OLD-1'])).toThrow('no printer "OLD-1" in use')
  })
})

describe('a label for a label printer', () => {
  const roll = { width: 57, height: 32, dotsPerMm: 8 } as const
  const [label] = someLabels(2).slice(1)
  if (!label) throw new Error('there is no label')

  /** As a printer reads it: commands, and the data of fields with their escapes undone. */
  function fieldsOf(zpl: string) {
    const commands = zpl.split(/(?=[\^~])/)
    const data = zpl.matchAll(/\^FH_\^FD([^^~]*)\^FS/g)
    const read = (text: string) =>
      decodeURIComponent(
        text.replaceAll(/[^\w ]/g, encodeURIComponent).replaceAll(/_([0-9A-F]{2})/g, '%$1'),
      )
    return {
      commands: commands.map((each) => each.slice(1, 3)).join(' '),
      fields: [...data].map(([, text = '']) => read(text)),
    }
  }

  it('says the same as the sheets', () => {
    const zpl = labelZpl(label, roll)
    const { commands, fields } = fieldsOf(zpl)
    expect(commands.startsWith('XA CI LH PW LL FO BQ FH FD FS')).toBe(true)
    expect(zpl).toContain('^PW456^LL256')
    const [code, name, place, scan, ...address] = fields
    expect(code).toBe(`MM,A${label.url}`)
    expect([name, place, scan]).toEqual(['LIB-2', 'Library, Room 12', 'Report a problem: scan'])
    expect(address.join('')).toBe('print.school.edu/P/7Z3K9ABCDEFG1001')
  })

  it('has room for the code and its quiet zone, at 8 and at 12 dots', () => {
    for (const dotsPerMm of [8, 12] as const) {
      const zpl = labelZpl(label, { ...roll, dotsPerMm })
      const [, x, y, module] = (/\^FO(\d+),(\d+)\^BQN,2,(\d+)/.exec(zpl) ?? []).map(Number)
      const side = qrModules(label.url).length * (module ?? 0)
      expect(module).toBeGreaterThan(2)
      expect(y).toBeGreaterThanOrEqual(4 * (module ?? 0))
      expect((y ?? 0) + side + 4 * (module ?? 0)).toBeLessThanOrEqual(32 * dotsPerMm)
      const words = [...zpl.matchAll(/\^FT(\d+)/g)].map(([, left]) => Number(left))
      expect(Math.min(...words)).toBeGreaterThanOrEqual((x ?? 0) + side + 4 * (module ?? 0) - 1)
    }
  })

  it('lets no name of a printer or a room give a command', () => {
    const wicked = { ...label, label: '^XZ~JR_5E', place: 'Room ^FS^XA~DG,\\ “12” 東京' }
    const { commands, fields } = fieldsOf(labelZpl(wicked, roll))
    const line = ' FT A0 FH FD FS'
    expect(commands.replaceAll(line, '')).toBe('XA CI LH PW LL FO BQ FH FD FS XZ')
    expect(fields[1]).toBe('^XZ~JR_5E')
    expect(fields.slice(2).join(' ')).toContain('Room ^FS^XA~DG,\\ “12” DongJing')
  })

  it('is refused where no phone would read it', () => {
    expect(() => labelZpl(label, { ...roll, height: 12 })).toThrow('too small for its code')
  })
})
