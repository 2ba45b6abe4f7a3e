import type { Facts, Filed } from '../../src/console/facts.ts'
import type { Supply, Tray } from '../../src/core/status/reading.ts'
import type { Reason, ReasonWord, Status, Verdict, Watched } from '../../src/core/status/status.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aBox } from '../parts/box.ts'
import { aPrinterThen } from '../parts/records.ts'

export const noon = new Date('2026-03-12T14:02:00Z')

export interface Made {
  id?: string
  verdict?: Verdict
  reasons?: readonly (readonly [ReasonWord, string])[]
  building?: string | null
  location?: string | null
  model?: string
  supplies?: readonly Supply[]
  trays?: readonly Tray[]
  alerts?: Status['alerts']
  panel?: readonly string[]
  ageSeconds?: number | null
  stale?: boolean
  covers?: Watched['covers']
  counters?: Watched['counters']
  asking?: boolean
  state?: string
  failed?: string
  pageCount?: number | null
  address?: string
}

export function aPrinter(label: string, made: Made = {}): Watched {
  const verdict = made.verdict ?? 'ok'
  const age = made.ageSeconds === undefined ? 12 : made.ageSeconds
  const weight = verdict === 'warning' ? 'warning' : 'error'
  const reasons: Reason[] = (made.reasons ?? []).map(([word, sentence]) => ({
    word,
    weight,
    sentence,
  }))
  return {
    reasons,
    covers: made.covers ?? [],
    counters: made.counters ?? null,
    asking: made.asking ?? false,
    status: {
      printer: {
        id: made.id ?? `p-${label}`,
        label,
        assetTag: null,
        make: null,
        model: made.model ?? 'HP LaserJet 600 M602',
        building: made.building ?? null,
        location: made.location ?? null,
        ipAddress: made.address ?? '10.20.3.4',
        macAddress: null,
        serial: 'CNDX000123',
        group: null,
        organisation: null,
        isActive: true,
      },
      verdict,
      attention: verdict === 'error' || verdict === 'offline',
      reasons: reasons.map(({ sentence }) => sentence),
      status: { code: 3, name: made.state ?? 'idle' },
      device: { index: 1, model: 'HP LaserJet 600 M602', status: null },
      errors: null,
      alerts: made.alerts ?? [],
      supplies: (made.supplies ?? []).map((each) => ({ coarse: false, inverted: false, ...each })),
      trays: made.trays ?? [],
      console: made.panel ?? [],
      pageCount: made.pageCount === undefined ? 1_234_567 : made.pageCount,
      snmp: {
        ok: made.failed !== undefined ? false : age === null ? null : true,
        version: age === null ? null : '2c',
        message: made.failed ?? null,
      },
      fetchedAt: age === null ? null : new Date(noon.getTime() - age * 1000).toISOString(),
      ageSeconds: age,
      stale: made.stale ?? false,
    },
  }
}

export function aSupply(
  description: string,
  percent: number | null,
  more: Partial<Supply> = {},
): Supply {
  return {
    index: '1.1',
    description,
    class: 'supplyThatIsConsumed',
    type: 'toner',
    kind: 'toner',
    colour: 'black',
    unit: 'percent',
    maxCapacity: 100,
    level: percent ?? -2,
    levelState: percent === null ? 'unknown' : 'value',
    percent,
    source: 'printer-mib',
    ...more,
  }
}

export function aTray(name: string, percent: number | null, more: Partial<Tray> = {}): Tray {
  return {
    index: '1.1',
    name,
    description: null,
    media: 'Letter',
    unit: 'sheets',
    maxCapacity: 500,
    level: percent === null ? -3 : percent * 5,
    levelState: percent === null ? 'someRemaining' : 'value',
    percent,
    ...more,
  }
}

const inks = (k: number, c: number, m: number, y: number): Supply[] => [
  aSupply('Black Cartridge W9004MC', k, { colour: 'black' }),
  aSupply('Cyan Cartridge', c, { colour: 'cyan', index: '1.2' }),
  aSupply('Magenta Cartridge', m, { colour: 'magenta', index: '1.3' }),
  aSupply('Yellow Cartridge', y, { colour: 'yellow', index: '1.4' }),
]

/** A fleet as it stands on a Thursday at two: a jam, an empty one, silent, low, new, and the rest well. */
export function someFleet(well = 9): Watched[] {
  const jam = aPrinter('LIB-2F-1', {
    verdict: 'error',
    reasons: [
      ['jam', 'Paper jam, tray 2'],
      ['low', 'Black toner 8 % left'],
    ],
    building: 'Library',
    location: '2F',
    ageSeconds: 240,
    supplies: [
      ...inks(8, 71, 55, 90),
      aSupply('Waste toner box', null, {
        kind: 'waste',
        index: '1.5',
        colour: null,
        class: 'receptacleThatIsFilled',
        levelState: 'someRemaining',
      }),
      aSupply('Fuser kit', 43, { kind: 'fuser', colour: null, index: '1.6' }),
      aSupply('Staples', null, { kind: 'staples', colour: null, index: '1.7' }),
      aSupply('Drum', null, { kind: 'drum', levelState: 'noRestriction', index: '1.8' }),
    ],
    trays: [aTray('Tray 1', 100), aTray('Tray 2', 0), aTray('Tray 3', null, { media: 'A4' })],
    alerts: [
      {
        index: '1.1',
        severity: 'critical',
        code: 8,
        codeName: 'jam',
        group: 'input',
        groupIndex: 2,
        location: 2,
        description: 'Jam in tray 2',
      },
    ],
    panel: ['Paper jam', 'Open tray 2'],
  })
  const others = [
    aPrinter('DRP-204', {
      verdict: 'error',
      reasons: [['empty', 'Black toner empty']],
      building: 'Draper',
      location: '204',
      ageSeconds: 720,
      stale: true,
    }),
    aPrinter('GYM-1', {
      verdict: 'offline',
      reasons: [['silent', 'No answer for 26 min']],
      building: 'Gym',
      location: 'Lobby',
      ageSeconds: 1560,
      stale: true,
      failed: 'No answer within 3 s, asked twice',
      supplies: inks(40, 40, 40, 40),
    }),
    aPrinter('ADM-2', {
      verdict: 'warning',
      reasons: [['low', 'Cyan toner 14 % left']],
      building: 'Admin',
      location: '2',
    }),
    aPrinter('SCI-3', {
      verdict: 'warning',
      reasons: [['paper', 'Tray 3 is empty, the others are not']],
      building: 'Science',
      location: 'Hall 3',
    }),
    aPrinter('NEW-1', { verdict: 'unknown', ageSeconds: null, building: 'Stores', supplies: [] }),
  ]
  const rest = Array.from({ length: well }, (_, at) =>
    aPrinter(`ADM-${at + 10}`, {
      building: 'Admin',
      location: `${at + 1}`,
      state: at % 4 === 1 ? 'printing' : 'idle',
      supplies:
        at % 3 === 0 ? inks(82, 31, 64, 100) : [aSupply('Black', Math.max(12, 100 - at * 7))],
      asking: at === 2,
    }),
  )
  return [...rest, ...others, jam]
}

const minutesAgo = (minutes: number): string =>
  new Date(noon.getTime() - minutes * 60_000).toISOString()

/** Reported so many minutes before noon, by Jane Doe, at a printer of `someFleet`. */
export function aTicket(id: string, minutes: number, words: Partial<Ticket> = {}): Ticket {
  return {
    id,
    receipt: `R-${id}`,
    form: null,
    printer: 'p-LIB-2F-1',
    kind: 'issue',
    fault: 'jam',
    wants: null,
    words: '',
    requester: { name: 'Jane Doe', email: 'jane.doe@school.example' },
    state: 'open',
    openedAt: minutesAgo(minutes),
    clockTrusted: true,
    printerThen: null,
    clearedAt: null,
    takenBy: null,
    takenAt: null,
    resolvedBy: null,
    resolvedAt: null,
    mergedInto: null,
    meToo: [],
    notes: [],
    ...words,
  }
}

/** A student who reports the same. */
export const aMeToo = (name: string, words = ''): Ticket['meToo'][number] => ({
  ...{ at: minutesAgo(30), words, form: null },
  requester: { name, email: null },
})

/** Four that wait, the oldest first, and one that was resolved a while ago. */
export function someTickets(): Ticket[] {
  return [
    aTicket('t-1', 150, {
      words: 'It eats every second page. Write to jane.doe@school.example when it works.',
      printerThen: aPrinterThen('error', 'Paper jam, tray 2', 'Black toner 8 % left'),
      meToo: [aMeToo('Wei Chen', 'also on two-sided'), aMeToo('Bo')],
    }),
    aTicket('t-2', 95, {
      printer: 'p-DRP-204',
      fault: 'poor-print',
      words: 'grey stripes',
      state: 'taken',
      takenBy: 'Ada',
      takenAt: minutesAgo(60),
      notes: [{ at: minutesAgo(50), by: 'Ada', words: 'New drum is on order, Thursday.' }],
    }),
    aTicket('t-3', 40, { kind: 'supply', fault: null, wants: 'toner', printer: 'p-ADM-10' }),
    aTicket('t-4', 4, { fault: 'empty', requester: { name: null, email: null } }),
    aTicket('t-5', 200, {
      printer: 'p-SCI-3',
      fault: 'panel',
      state: 'resolved',
      resolvedBy: 'Grace',
      resolvedAt: minutesAgo(20),
    }),
  ]
}

/** Tickets with their printers, as the facts have them. */
export function filed(tickets: readonly Ticket[], printers = someFleet()): Filed[] {
  return tickets.map((ticket) => {
    const printer = printers.find(({ status }) => status.printer.id === ticket.printer)?.status
      .printer
    const place = [printer?.building, printer?.location].filter(Boolean).join(' ')
    return { ticket, label: printer?.label ?? 'gone', place }
  })
}

export function someFacts(facts: Partial<Facts> = {}): Facts {
  return {
    site: 'Print room North',
    address: 'http://10.20.0.5:8080',
    now: noon,
    timeZone: 'UTC',
    clockTrusted: true,
    printers: someFleet(),
    sweep: { intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo: 12 },
    hints: [],
    activity: [
      ['LIB-2F-1', 'error', 'Paper jam, tray 2', 4],
      ['DRP-204', 'error', 'Black toner empty', 12],
      ['GYM-1', 'offline', 'No answer', 26],
      ['ADM-10', 'ok', 'Well again', 31],
      ['SCI-3', 'warning', 'Tray 3 is empty, the others are not', 55],
      ['ADM-11', 'ok', 'Paper is back', 1500],
    ].map(([label, verdict, sentence, minutes]) => ({
      at: new Date(noon.getTime() - Number(minutes) * 60_000),
      printer: `p-${label}`,
      label: String(label),
      verdict: verdict as Watched['status']['verdict'],
      sentence: String(sentence),
    })),
    tickets: [],
    questions: [],
    outbox: { waiting: 0, givenUp: 0, oldest: null, lastTrouble: null },
    names: 'initials',
    box: aBox({ backup: backedUpAt('2026-03-12T05:02:00.000Z') }),
    trouble: [],
    ...facts,
  }
}

/** A newest backup of that time; null: none was made. */
export const backedUpAt = (at: string | null): Facts['box']['backup'] => ({
  newest: at === null ? null : { path: '/data/backup/platen-1.tar.gz', bytes: 1_500_000, at },
  ...{ elsewhere: null, trouble: null, ranMs: 1 },
})
