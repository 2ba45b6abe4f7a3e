import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sheetNames } from '../../src/core/printers/label-sheets.ts'
import { labelPdf } from '../../src/paper/labels.ts'
import { codeSide, cornerIn, paperCell, paperSheets, tokenOf } from '../parts/labels.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { paperOfSvg, scanAt } from '../parts/scan.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb

beforeEach(() => open('https://print.school.edu'))
afterEach(() => web.stop())

async function open(publicUrl: string | null, labelUrls: 'checked' | 'any' = 'checked') {
  web = await startWeb({ publicUrl, labelUrls })
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' }))
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
  })
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager', ['Gym'])
}

async function reopen(publicUrl: string | null, labelUrls?: 'any') {
  await web.stop()
  await open(publicUrl, labelUrls)
}

/** LIB-1, LIB-2, …: so many printers in the library. */
const furnish = (count: number) =>
  web.store.update((tx) => {
    for (let at = 0; at < count; at++)
      tx.put(
        'printers',
        aPrinter({
          ...{ id: `lib-${at + 1}`, label: `LIB-${at + 1}`, token: tokenOf(at), group: 'g-lib' },
          ...{ ipAddress: `10.0.${at >> 8}.${at & 255}`, location: `Room ${at + 1}` },
        }),
      )
  })

const gym = () =>
  web.store.update((tx) => {
    const [building, location] = ['Sports hall', 'Café']
    const token = 'GYMGYMGYMGYM0001'
    tx.put(
      'printers',
      aPrinter({ id: 'gym-1', label: 'GYM-1', group: 'g-gym', building, location, token }),
    )
    tx.put('printers', aPrinter({ id: 'gym-2', label: 'GYM-2', group: 'g-gym', isActive: false }))
  })

const get = (path: string, who = 'ada') => web.get(path, who, { headers: { accept: 'text/html' } })
const text = async (path: string, who?: string) => (await get(path, who)).text()
const drawingsOf = (page: string) => page.match(/<svg class="sheet"[\s\S]*?<\/svg>/g) ?? []
/** Words of each label, in their order. */
const captionsOf = (drawing: string) =>
  drawing
    .split('<g>')
    .slice(1)
    .map((label) =>
      [...label.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, words]) => words ?? ''),
    )

describe.each(sheetNames)('the page to print, on %s', (name) => {
  const { across, down, page } = paperSheets[name]
  const cells = across * down

  /** Scans each cell of the paper, and compares with what stands beside. */
  function scanned(drawing: string, from: number, count: number, offset = { x: 0, y: 0 }) {
    const paper = paperOfSvg(drawing)
    const captions = captionsOf(drawing)
    expect(captions).toHaveLength(count)
    return captions.map((caption, at) => {
      const cell = paperCell(name, from + at)
      const moved = { ...cell, x: cell.x + offset.x, y: cell.y + offset.y }
      const { says, x, y } = scanAt(paper, codeSide(moved))
      const corner = cornerIn(moved)
      expect(Math.abs(x - corner.x)).toBeLessThan(0.2)
      expect(Math.abs(y - corner.y)).toBeLessThan(0.2)
      const [label = '', , , ...address] = caption
      expect(says).toBe(`HTTPS://${address.join('').toUpperCase()}`)
      return `${label} ${says?.split('/').at(-1)}`
    })
  }
  const expected = (from: number, count: number) =>
    [...Array(count).keys()].map((at) => `LIB-${from + at + 1} ${tokenOf(from + at)}`)

  it('has the code of each printer beside its name, on a full sheet', async () => {
    await furnish(cells)
    const answer = await get(`/labels/print?sheet=${name}`)
    expect(answer.status).toBe(200)
    const [drawing = '', ...more] = drawingsOf(await answer.text())
    expect(more).toEqual([])
    expect(drawing).toContain(`width="${page[0]}mm" height="${page[1]}mm"`)
    expect(scanned(drawing, 0, cells)).toEqual(expected(0, cells))
  })

  it('leaves out the cells that are gone, moves what is moved, and goes on to the next sheet', async () => {
    await furnish(cells)
    const [first = '', second = '', ...more] = drawingsOf(
      await text(`/labels/print?sheet=${name}&start=6&x=1.5&y=-2`),
    )
    expect(more).toEqual([])
    const offset = { x: 1.5, y: -2 }
    expect(scanned(first, 5, cells - 5, offset)).toEqual(expected(0, cells - 5))
    expect(scanned(second, 0, 5, offset)).toEqual(expected(cells - 5, 5))
  })
})

describe('labels', () => {
  it('are of the printers that were chosen: group, building, words or one alone', async () => {
    await furnish(2)
    await gym()
    const labels = async (query: string) =>
      drawingsOf(await text(`/labels/print?${query}`))
        .flatMap(captionsOf)
        .map(([label]) => label)
    expect(await labels('')).toEqual(['GYM-1', 'LIB-1', 'LIB-2'])
    expect(await labels('group=g-lib&building=&q=')).toEqual(['LIB-1', 'LIB-2'])
    expect(await labels('building=Sports+hall')).toEqual(['GYM-1'])
    expect(await labels('q=CAFE+gym')).toEqual(['GYM-1'])
    expect(await labels('printer=lib-2')).toEqual(['LIB-2'])
  })

  it('are of no printer that somebody may not see, nor of one that is retired', async () => {
    await furnish(2)
    await gym()
    const page = await text('/labels', 'ben')
    expect(page).toContain('1 label on 1 sheet')
    expect(page).not.toContain('LIB-1')
    expect(page).not.toContain('Library')
    for (const path of ['/labels', '/labels/print', '/labels.pdf', '/labels.zpl', '/api/v1/labels'])
      for (const query of ['printer=lib-1', 'group=g-lib', 'printer=nobody'])
        expect((await get(`${path}?${query}`, 'ben')).status, `${path}?${query}`).toBe(404)
    expect((await get('/labels/print?printer=gym-2')).status).toBe(409)
  })

  it('of the old code lead to the printer still, in upper and in lower case', async () => {
    await web.store.update((tx) =>
      tx.put(
        'printers',
        aPrinter({ label: 'LIB-1', token: tokenOf(1), formerTokens: [tokenOf(7)] }),
      ),
    )
    expect(await text('/labels/print')).toContain(`/P/${tokenOf(1)}`)
    for (const path of [`/P/${tokenOf(1)}`, `/P/${tokenOf(7)}`, `/p/${tokenOf(7).toLowerCase()}`])
      expect(await text(path), path).toContain('LIB-1')
  })

  it('come as a PDF too, and in ZPL', async () => {
    await furnish(2)
    const pdf = await get('/labels.pdf?sheet=avery-l7160')
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect((await pdf.text()).startsWith('%PDF-')).toBe(true)
    const zpl = await get('/labels.zpl?width=60&height=30&dpmm=12')
    expect(zpl.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(zpl.headers.get('content-disposition')).toContain('labels.zpl')
    const written = await zpl.text()
    expect(written.match(/\^XA/g)).toHaveLength(2)
    expect(written).toContain(`^FDMM,AHTTPS://PRINT.SCHOOL.EDU/P/${tokenOf(1)}^FS`)
  })

  it('are refused, with the reason, while no address is set that lasts; a calibration page is not', async () => {
    await reopen(null)
    await furnish(1)
    const page = await text('/labels')
    expect(page).toContain('PLATEN_PUBLIC_URL')
    expect(page).not.toContain('formaction="/labels.pdf"')
    for (const path of ['/labels/print', '/labels.pdf', '/labels.zpl', '/api/v1/labels'])
      expect((await get(path)).status, path).toBe(409)
    const calibration = await get('/labels/print?calibration=1&sheet=avery-l7160')
    expect(calibration.status).toBe(200)
    expect(await calibration.text()).toContain('This line is 100 mm long')
  })

  it('are printed for any address where the settings let it through, with a warning without TLS', async () => {
    await reopen('http://10.0.0.5:8080')
    await furnish(1)
    expect((await get('/labels/print')).status).toBe(409)
    await reopen('http://10.0.0.5:8080', 'any')
    await furnish(1)
    const page = await text('/labels')
    expect(page).toContain('TLS')
    expect(page).toContain('formaction="/labels.pdf"')
    expect((await get('/labels/print')).status).toBe(200)
  })

  it('say above what was typed what is wrong with it', async () => {
    await furnish(1)
    for (const [query, why] of [
      ['sheet=avery-5160&start=31&x=0', 'cells 1 to 30'],
      ['x=11', '10 mm at most'],
      ['sheet=a5', 'is one of'],
      ['start=x', 'is a number'],
    ] as const)
      for (const path of ['/labels', '/labels/print', '/labels.pdf']) {
        const answer = await get(`${path}?${query}&q=%22LIB`)
        const page = await answer.text()
        expect([answer.status, page.includes(why)], `${path}?${query}`).toEqual([422, true])
        expect(page).toContain('value="&quot;LIB"')
      }
  })

  it('tell what to do where there is nothing to print', async () => {
    expect(await text('/labels', 'ben')).toContain('No printer is shown to you yet')
    await furnish(1)
    expect(await text('/labels?q=nowhere')).toContain('No printer matches')
    expect((await get('/labels/print?q=nowhere')).status).toBe(422)
  })

  it('keep what somebody wrote from becoming markup', async () => {
    const wicked = `<script>"'</text>`
    await web.store.update((tx) =>
      tx.put(
        'printers',
        aPrinter({ label: wicked, building: wicked, location: wicked, token: tokenOf(1) }),
      ),
    )
    for (const path of ['/labels', '/labels/print', `/labels?q=${encodeURIComponent(wicked)}`])
      expect(await text(path), path).not.toContain('<script>"')
  })

  it('are listed page by page for scripts, and printed for them', async () => {
    await furnish(3)
    const { total, labels } = (await (await get('/api/v1/labels?page=2&limit=2')).json()) as {
      total: number
      labels: unknown[]
    }
    expect(total).toBe(3)
    const url = `HTTPS://PRINT.SCHOOL.EDU/P/${tokenOf(2)}`
    expect(labels).toEqual([{ printer: 'lib-3', label: 'LIB-3', place: 'Library, Room 3', url }])
    expect((await (await get('/api/v1/labels/pdf')).text()).startsWith('%PDF-')).toBe(true)
    expect((await get('/api/v1/labels/zpl?dpmm=9')).status).toBe(422)
    expect(await text('/api/v1/labels/zpl?group=g-lib')).toContain(tokenOf(2))
  })
})

it('twenty who want a PDF at once are served one after the other, or told to come again', async () => {
  await web.stop()
  let [running, most, sentAway] = [0, 0, 0]
  let begin = () => {}
  const allCame = new Promise<void>((resolve) => (begin = resolve))
  web = await startWeb({
    publicUrl: 'https://print.school.edu',
    async labelPdf(job) {
      most = Math.max(most, ++running)
      await allCame
      const pdf = await labelPdf(job)
      running--
      return pdf
    },
  })
  await web.person('ada', 'administrator')
  await furnish(60)
  await (await web.get('/', 'ada')).text()
  const paths = Array.from({ length: 20 }, (_, at) =>
    at % 2 ? '/labels.pdf' : '/api/v1/labels/pdf',
  )
  // One is drawn and eight wait.
  const ask = async (path: string) => {
    const answer = await web.get(path, 'ada')
    if (answer.status === 429 && ++sentAway === 11) begin()
    return answer
  }
  const answers = await Promise.all(paths.map(ask))
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  expect(most).toBe(1)
  const turnedAway = answers.filter(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(9)
  expect(turnedAway).toHaveLength(11)
  for (const { headers } of turnedAway) expect(headers.get('retry-after')).toBe('60')
})
