import { readConfig, shownSettings } from '../../src/config.ts'
import { noRights } from '../../src/core/people/rights.ts'
import type { FoundDevice } from '../../src/core/printers/found.ts'
import { postSummary } from '../../src/core/tickets/digest.ts'
import { mergeTicket } from '../../src/core/tickets/merge.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { noteTicket, resolveTicket, takeTicket } from '../../src/core/tickets/settle.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aBox } from './box.ts'
import { aLetter } from './letters.ts'
import { anAlert, aReading, aSupply, aTray, silence } from './readings.ts'
import { aGroup, aPerson, aPrinter, aPrinterThen } from './records.ts'
import { startWeb } from './web.ts'

// A site as it is on a bad day: sixty printers in four groups, names that are too long, tickets in each
// state, letters that went nowhere, people with odd rights.

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const groups = ['Library', 'Gym', 'Draper', long.slice(0, 60)] as const
const kinds = ['toner', 'drum', 'waste', 'fuser', 'belt', 'staples'] as const
const colours = ['black', 'cyan', 'magenta', 'yellow'] as const

const supplies = (from: number) => [
  ...colours.map((colour, at) =>
    aSupply({ index: `1.${at + 1}`, colour, percent: (from + at * 31) % 101 }),
  ),
  ...kinds.map((kind, at) =>
    aSupply({
      ...{ index: `1.${at + 5}`, kind, colour: null },
      ...{ description: at === 2 ? long : `The ${kind} of it`, percent: at === 3 ? null : 60 },
    }),
  ),
]

function said(at: number, address: string) {
  const well = {
    ...{ address, pageCount: 128_451 + at * 1000 },
    supplies: supplies(at % 7 === 0 ? 4 : 30),
    trays: [
      aTray({ name: 'Tray 1', percent: 80 }),
      aTray({ index: '1.2', name: long, media: 'A3', percent: 5 }),
    ],
  }
  if (at % 9 === 4) return silence()
  if (at % 8 !== 1) return aReading(well)
  return aReading({
    ...well,
    errors: { raw: '04', flags: ['jammed'] },
    alerts: [anAlert({ description: `Paper jam in ${long}` }), anAlert({ index: '1.2', code: 13 })],
    console: ['Paper jam', `Open door B behind ${long}`, '<b>not bold</b>'],
  })
}

const printers = [...Array(60).keys()].map((at) =>
  aPrinter({
    ...{ id: `p-${at}`, label: at === 1 ? `LIB-${long}`.slice(0, 60) : `LIB-${at}` },
    ...{ ipAddress: `10.0.0.${at}`, group: `g-${at % 4}`, token: `TOKEN${at}` },
    ...{ building: `Building ${at % 6}`, location: at === 2 ? long : `Room ${at}` },
    ...{ serial: `S${at}`, macAddress: '00:11:22:33:44:55', assetTag: `A-${at}` },
    ...(at > 57 && { isActive: false }),
  }),
)

const issue: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, form: null },
  words: 'It crunches and then the paper hangs out of the back.',
  requester: { name: 'Sam Reed', email: 'sam@school.example' },
  printerThen: {
    ...aPrinterThen('error', 'Paper jam'),
    alerts: ['Jam in tray 2'],
    supplies: [{ name: 'Black toner', level: '42 %' }],
  },
}

const found: FoundDevice = {
  ...{ address: '10.0.1.9', isPrinter: true, name: 'NPI-1', make: 'Inkworks', model: 'Folio 400' },
  ...{ description: long, location: 'Hall', serial: 'S99', macAddresses: [] },
  ...{ community: null, answers: true },
}

export async function startBusySite() {
  const env = { PLATEN_SITE: 'Print room North', EMAIL_HOST: 'mail.school.example' }
  const web = await startWeb({
    publicUrl: 'http://print.school.example',
    openId: {
      ...{ issuer: 'http://127.0.0.1:9', clientId: 'platen', clientSecret: null },
      ...{ name: 'school account', email: 'verified' },
    },
    settings: shownSettings(readConfig(env, () => '')),
    box: () => aBox({ trouble: [`No backup since Friday: ${long}`] }),
    health: () => ({ mail: { ok: false, sentence: 'Two letters wait.' } }),
    portal: { name: 'optional', email: 'required', status: 'coarse' },
    search: async ({ onProgress }) => {
      onProgress({ asked: 762, of: 762, answered: 2 })
      return {
        devices: [found, { ...found, address: '10.0.1.10', isPrinter: false }],
        trouble: null,
      }
    },
    history: async (printer) =>
      [...Array(40).keys()].map((day) => ({
        at: new Date(web.clock.now().getTime() - (40 - day) * 86_400_000).toISOString(),
        ...{ printer, ok: day % 9 !== 0, pageCount: 120_000 + day * 210, alerts: [] },
        supplies: [['1.1', 100 - day, 100, 100 - day] as const],
        ...(day === 20 && { replaced: ['1.1'] }),
      })),
  })
  const { act } = web
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager')
  await web.store.update((tx) => {
    for (const [at, name] of groups.entries())
      tx.put('groups', aGroup({ id: `g-${at}`, name, building: at === 3 ? long : null }))
    for (const printer of printers) tx.put('printers', printer)
    tx.put('people', aPerson({ id: 'u-long', name: long.slice(0, 64), email: `${long}@a.example` }))
    tx.put('people', aPerson({ id: 'u-gone', role: 'reader', disabledAt: '2026-03-01T08:00:00Z' }))
    const odd = { ...noRights, system: 'change', people: 'look' } as const
    tx.put('people', aPerson({ id: 'u-odd', rights: odd }))
    tx.put('outbox', aLetter({ id: 'l-1', tries: 3, trouble: `421 ${long}` }))
    const endedAt = '2026-03-02T08:00:00.000Z'
    tx.put('outbox', aLetter({ id: 'l-2', state: 'given-up', endedAt, trouble: '550 No such box' }))
    const known = { serial: 'S0', macAddresses: [], model: 'Folio', pageCount: 5, at: endedAt }
    tx.put('questions', {
      ...{ id: 'q-1', printer: 'p-0', askedAt: endedAt, answer: null, kind: 'other-device' },
      ...{ answeredBy: null, answeredAt: null },
      facts: { known, heard: { ...known, serial: long, pageCount: 9 } },
    })
  })
  for (const [at, { id, ipAddress, isActive }] of printers.entries()) {
    web.says.set(ipAddress, said(at, ipAddress))
    if (isActive && at !== 57) await web.sweep.pollNow(id)
  }

  async function report(at: number, words: Partial<TicketWords> = {}): Promise<Ticket> {
    const printer = printers[at]
    if (!printer) throw new Error(`no printer ${at}`)
    const by = { ...act, by: 'QR page' }
    const opened = await web.store.update((tx) =>
      openTicket(tx, printer, { ...issue, ...words }, by),
    )
    return opened.ticket
  }
  const taken = await report(1)
  await report(1, { words: `Me too: ${long}` })
  const other = await report(1, { fault: 'poor-print', words: '' })
  const merged = await report(1, { fault: 'panel' })
  const done = await report(2, { words: long, requester: { name: null, email: null } })
  await report(3, { kind: 'supply', fault: null, wants: 'toner' })
  await web.store.update((tx) => {
    takeTicket(tx, taken.id, act)
    noteTicket(tx, taken.id, `The roller is worn. ${long}`, act)
    mergeTicket(tx, { id: merged.id, into: other.id }, act)
    resolveTicket(tx, takeTicket(tx, done.id, act).id, act)
    postSummary(tx, { recipients: 'desk@a.example', lookbackHours: 24, includeClosed: true }, act)
  })
  return { web, taken, other, done }
}
