import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCsv } from '../../src/core/csv.ts'
import { newId } from '../../src/core/ids.ts'
import { previewPrinters } from '../../src/core/printers/import.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { noteTicket, resolveTicket } from '../../src/core/tickets/settle.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { createAct } from '../parts/act.ts'
import { aReading } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import type { Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeAll(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
  await web.store.update((tx) => {
    const report = (id: string, words: string, at: string) => {
      const act = createAct('QR page', new Date(at))
      return openTicket(
        tx,
        tx.state.printers[id] as Printer,
        {
          ...{ kind: 'issue', fault: 'jam', wants: null, words, form: null, printerThen: null },
          requester: { name: '@Rob', email: 'rob@school.test' },
        },
        { ...act, newId },
      ).ticket
    }
    report('gym', '=HYPERLINK("http://evil")', '2026-03-01T23:30:00Z')
    const { id } = report('lib', 'Two\nlines', '2026-03-02T06:00:00Z')
    const at = (iso: string) => ({ ...web.act, now: new Date(iso) })
    noteTicket(tx, id, '-looked at it', at('2026-03-02T06:30:00Z'))
    resolveTicket(tx, id, at('2026-03-02T07:31:00Z'))
  })
})
afterAll(() => web.stop())

/** Rows by the names of their columns. */
async function rowsOf(who: Visitor, path: string): Promise<Record<string, string>[]> {
  const [head, ...rows] = readCsv(await who.text(path))
  return rows.map(({ cells }) =>
    Object.fromEntries((head?.cells ?? []).map((name, at) => [name, cells[at] ?? ''])),
  )
}
const labels = async (who: Visitor, query = '') =>
  (await rowsOf(who, `/export/printers.csv${query}`)).map(({ label }) => label)

it('gives the printers as a file of the day, without communities', async () => {
  const answer = await ada.get('/export/printers.csv')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="platen-printers-2026-03-02.csv"',
  )
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const text = bytes.toString()
  expect(text).not.toContain('hush-hush')
  expect(text).not.toContain('community')
  const again = previewPrinters(web.store.state, text)
  expect(again.rows.map(({ outcome }) => outcome)).toEqual(['same', 'same'])
})

it('gives each person what they may see', async () => {
  expect(await labels(ada)).toEqual(['GYM-1', 'LIB-1'])
  expect(await labels(ben)).toEqual(['GYM-1'])
  expect(await labels(ben, '?group=g-lib')).toEqual([])
  expect((await rowsOf(ben, '/export/tickets.csv')).map(({ printer }) => printer)).toEqual([
    'GYM-1',
  ])
})

it('gives the printers that were looked for', async () => {
  expect(await labels(ada, '?q=folio%20lib-1')).toEqual(['LIB-1'])
  expect(await labels(ada, '?group=g-gym')).toEqual(['GYM-1'])
  expect(await labels(ada, '?verdict=ok')).toEqual([])
  expect(await labels(ada, '?verdict=unknown')).toEqual(['GYM-1', 'LIB-1'])
  expect((await ada.get('/export/printers.csv?vredict=ok')).status).toBe(422)
})

const wishes = ['q=jam', 'q=GÝM', 'attention=somebody', 'building=Annex', 'verdict=error&q=paper']
it.each(wishes)('gives those of the list for ?%s', async (query) => {
  web.says.set('10.0.0.2', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  await web.sweep.pollNow('gym')
  const gym = web.store.state.printers.gym as Printer
  await web.store.update((tx) => tx.put('printers', { ...gym, building: 'Annex' }))
  const answer = await web.get(`/api/v1/printers?${query}`, 'ada')
  const list = (await answer.json()) as { readonly printers: readonly Printer[] }
  expect(list.printers.map(({ label }) => label)).toEqual(['GYM-1'])
  expect(await labels(ada, `?${query}`)).toEqual(['GYM-1'])
})

it('gives the retired ones too, which the list has on a page of their own', async () => {
  const old = aPrinter({ id: 'old', label: 'OLD-1', building: 'Attic', isActive: false })
  await web.store.update((tx) => tx.put('printers', { ...old, group: 'g-lib' }))
  expect(await labels(ada)).toEqual(['GYM-1', 'LIB-1', 'OLD-1'])
  expect(await labels(ada, '?q=attic')).toEqual(['OLD-1'])
  expect(await labels(ben, '?q=attic')).toEqual([])
})

it('gives the tickets with what became of them, and runs no formula of a student', async () => {
  const [gym, lib] = await rowsOf(ada, '/export/tickets.csv')
  expect(gym).toMatchObject({
    ...{ opened: '2026-03-01T23:30:00.000Z', printer: 'GYM-1', group: 'Gym', kind: 'issue' },
    ...{ matter: 'jam', words: '=HYPERLINK("http://evil")', requesterName: '@Rob' },
    ...{ state: 'open', takenBy: '', minutesOpen: '510', meToo: '0', notes: '' },
  })
  expect(lib).toMatchObject({
    ...{ words: 'Two\nlines', state: 'resolved', resolvedBy: 'desk', minutesOpen: '91' },
    notes: '2026-03-02T06:30:00.000Z desk: -looked at it',
  })
  const text = await ada.text('/export/tickets.csv')
  expect(text).toContain('"\'=HYPERLINK(')
  expect(text).toContain(",'@Rob,")
  const receipts = Object.values(web.store.state.tickets).map(({ receipt }: Ticket) => receipt)
  for (const receipt of receipts) expect(text).not.toContain(receipt)
})

it('gives the tickets of some days, and in one state', async () => {
  const printers = async (query: string) =>
    (await rowsOf(ada, `/export/tickets.csv${query}`)).map(({ printer }) => printer)
  expect(await printers('?state=resolved')).toEqual(['LIB-1'])
  expect(await printers('?from=2026-03-02')).toEqual(['LIB-1'])
  expect(await printers('?to=2026-03-01')).toEqual(['GYM-1'])
  expect(await printers('?from=2026-03-01&to=2026-03-02')).toEqual(['GYM-1', 'LIB-1'])
  expect((await ada.get('/export/tickets.csv?from=yesterday')).status).toBe(422)
})

it('gives a script the same files', async () => {
  for (const what of ['printers', 'tickets']) {
    const answer = await web.get(`/api/v1/${what}.csv`, 'ben')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const text = await answer.text()
    expect(text).toContain('GYM-1')
    expect(text).not.toContain('LIB-1')
  }
})
