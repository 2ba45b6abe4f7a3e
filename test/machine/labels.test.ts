import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LabelJob, type SheetName, sheetNames } from '../../src/core/printers/label-sheets.ts'
import { labelPdf } from '../../src/paper/labels.ts'
import { axeFinds, type Browser, type Look, openBrowser, tooWideBy } from '../parts/browser.ts'
import { codeSide, cornerIn, paperCell, paperSheets, someLabels, tokenOf } from '../parts/labels.ts'
import { aPrinter } from '../parts/records.ts'
import { paperOfPgm, scanAt } from '../parts/scan.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// Labels as they come out of a printer at 300 dpi: poppler fills the dots, jsqr is the phone.

const dpi = 300
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-labels-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A sheet of paper each. */
function printed(pdf: Uint8Array) {
  writeFileSync(join(folder, 'labels.pdf'), pdf)
  execFileSync('pdftoppm', ['-r', `${dpi}`, '-gray', 'labels.pdf', 'page'], { cwd: folder })
  const pages = readdirSync(folder).filter((name) => name.endsWith('.pgm'))
  return pages.toSorted().map((name) => paperOfPgm(readFileSync(join(folder, name)), dpi))
}

/** Where the words of the first page begin, as poppler reads them, in mm. */
function wordsOf(): { words: string; x: number; y: number }[] {
  const page = execFileSync('pdftotext', ['-bbox', '-l', '1', 'labels.pdf', '-'], { cwd: folder })
  const found = String(page).matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</g)
  const mm = (points: string | undefined) => (Number(points) * 25.4) / 72
  return [...found].map(([, x, y, words = '']) => ({ words, x: mm(x), y: mm(y) }))
}

const scanned = (
  paper: ReturnType<typeof printed>[number] | undefined,
  name: SheetName,
  from: number,
  offset = { x: 0, y: 0 },
) => {
  const { across, down } = paperSheets[name]
  return [...Array(across * down - from).keys()].map((at) => {
    const cell = paperCell(name, from + at)
    const moved = { ...cell, x: cell.x + offset.x, y: cell.y + offset.y }
    if (!paper) throw new Error('there is no such sheet')
    const { says, x, y } = scanAt(paper, codeSide(moved))
    const corner = cornerIn(moved)
    expect(Math.abs(x - corner.x), `code ${at}, from the left`).toBeLessThan(0.2)
    expect(Math.abs(y - corner.y), `code ${at}, from above`).toBeLessThan(0.2)
    return says
  })
}

describe.each(sheetNames)('%s as a PDF', (name) => {
  const { across, down, page } = paperSheets[name]
  const cells = across * down
  const job: LabelJob = {
    ...{ sheet: name, startCell: 1, offsetMm: { x: 0, y: 0 }, isCalibration: false },
    labels: someLabels(cells),
  }

  test('has every code where the paper is cut, beside the name of its printer', async () => {
    const [paper, ...more] = printed(await labelPdf(job))
    expect(more).toEqual([])
    const dots = page.map((mm) => Math.round((mm / 25.4) * dpi))
    expect(Math.abs((paper?.width ?? 0) - (dots[0] ?? 0))).toBeLessThanOrEqual(1)
    expect(Math.abs((paper?.height ?? 0) - (dots[1] ?? 0))).toBeLessThanOrEqual(1)
    expect(scanned(paper, name, 0)).toEqual(job.labels.map(({ url }) => url))
    const words = wordsOf()
    const inCell = job.labels.map((_, at) => {
      const { x, y, width, height } = paperCell(name, at)
      const found = words.filter(
        (each) => each.x > x && each.x < x + width && each.y > y && each.y < y + height,
      )
      const read = found.toSorted((one, next) => Math.round(one.y - next.y) || one.x - next.x)
      return read.map((each) => each.words).join(' ')
    })
    for (const [at, { label }] of job.labels.entries()) {
      expect(inCell[at]?.startsWith(`${label} `)).toBe(true)
      expect(inCell[at]?.replaceAll(' ', '')).toContain(`print.school.edu/P/${tokenOf(at)}`)
    }
  })

  test('leaves out what is gone, and moves what is moved', async () => {
    const offset = { x: -1.2, y: 2.4 }
    const [first, second, ...more] = printed(
      await labelPdf({ ...job, startCell: 4, offsetMm: offset }),
    )
    expect(more).toEqual([])
    const urls = job.labels.map(({ url }) => url)
    expect(scanned(first, name, 3, offset)).toEqual(urls.slice(0, cells - 3))
    if (!second) throw new Error('the second sheet is missing')
    const last = paperCell(name, 2)
    const moved = { ...last, x: last.x + offset.x, y: last.y + offset.y }
    expect(scanAt(second, codeSide(moved)).says).toBe(urls.at(-1))
  })
})

describe('in Chromium', () => {
  let web: RunningWeb
  let browser: Browser | null = null

  beforeEach(async () => {
    web = await startWeb({ publicUrl: 'http://print.school.edu' })
    await web.person('ada', 'administrator')
    await web.store.update((tx) => {
      for (let at = 0; at < 50; at++)
        tx.put(
          'printers',
          aPrinter({
            id: `lib-${at}`,
            label: `LIB-${at + 1}`,
            token: tokenOf(at),
            ipAddress: `10.0.0.${at}`,
          }),
        )
    })
  })
  afterEach(async () => {
    const troubles = browser?.troubles ?? []
    await browser?.close()
    browser = null
    await web.stop()
    expect(troubles).toEqual([])
  })

  async function open(path: string, look: Look = {}) {
    browser = await openBrowser(look)
    const { page } = browser
    await page.goto(`http://127.0.0.1:${web.port}/login`)
    await page.fill('[name=name]', 'ada')
    await page.fill('[name=password]', 'ada rides a horse')
    await page.click('main button')
    await page.waitForURL('**/')
    await page.goto(`http://127.0.0.1:${web.port}${path}`)
    return browser
  }

  test.each(['avery-l4778', 'avery-5160'] as const)(
    'prints %s by itself, a sheet a page',
    async (name) => {
      const { page } = await open(`/labels/print?sheet=${name}`, { script: false })
      const papers = printed(await page.pdf({ preferCSSPageSize: true }))
      expect(papers).toHaveLength(2)
      const { page: size, across, down } = paperSheets[name]
      expect((papers[0]?.width ?? 0) / (dpi / 25.4)).toBeCloseTo(size[0], 0)
      const urls = [...Array(across * down).keys()].map(
        (at) => `HTTP://PRINT.SCHOOL.EDU/P/${tokenOf(at)}`,
      )
      expect(scanned(papers[0], name, 0)).toEqual(urls)
    },
  )

  test.each([320, 1200])('can be chosen and looked at %i pixels wide', async (width) => {
    for (const [name, path] of [
      ['labels', '/labels?sheet=avery-l7160&start=5'],
      ['labels-wrong', '/labels?start=99'],
      ['labels-print', '/labels/print?sheet=avery-l7160'],
      ['labels-calibration', '/labels/print?calibration=1'],
    ] as const) {
      const { page, shoot, close } = await open(path, { width, dark: width === 1200 })
      expect(await tooWideBy(page), path).toBe(0)
      expect(await axeFinds(page), path).toEqual([])
      await shoot(name)
      if (path !== '/labels/print?calibration=1') await close()
    }
  })

  test('go from the choice to the sheet by the keyboard alone', async () => {
    const { page } = await open('/labels', { script: false })
    await page.focus('[name=start]')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.waitForURL(/start=3/)
    expect(await page.textContent('main')).toContain('50 labels on 2 sheets')
    await page.focus('[formaction="/labels/print"]:not([name])')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/labels/print?*')
    expect(await page.locator('svg.sheet').count()).toBe(2)
  })
})
