import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { judge, lasting, silent } from '../../src/core/status/verdict.ts'
import { anAlert, aReading, aSupply, aTray } from '../parts/readings.ts'

const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10 }
const device = (name: string) => ({ index: 1, model: null, status: { code: 0, name } })

function judged(facts: Partial<Reading>) {
  return judge(aReading(facts), rules)
}

function sentences(facts: Partial<Reading>): string[] {
  const { verdict, reasons } = judged(facts)
  return [verdict, ...reasons.map(({ sentence }) => sentence)]
}

describe('a printer that is well', () => {
  it('is ok, and needs nobody', () => {
    expect(judged({ supplies: [aSupply()] })).toEqual({
      verdict: 'ok',
      attention: false,
      reasons: [],
    })
  })

  it.each([
    [
      'sleeps',
      { codeName: 'subunitPowerSaver', severity: 'warning', description: 'Sleep mode on' },
    ],
    ['warms up', { codeName: 'subunitWarmingUp', severity: 'critical' }],
    [
      'says Ready in its alert table',
      { codeName: 'other', severity: 'warning', description: 'Ready' },
    ],
    ['says "Energiesparmodus."', { severity: 'warning', description: 'Energiesparmodus.' }],
    [
      'sleeps in Chinese',
      { severity: 'other', codeName: 'subunitPowerSaver', description: '启用睡眠模式' },
    ],
    ['has an alert that says nothing', { severity: 'warning' }],
    [
      'tells of a closed cover',
      { codeName: 'coverClosed', severity: 'critical', description: 'Cover closed' },
    ],
  ])('is ok when it %s', (_, alert) => {
    expect(judged({ alerts: [anAlert(alert)] }).verdict).toBe('ok')
  })

  it('is ok with empty slots for hand feeding, and with trays that it does not mind', () => {
    const idle = aTray({ name: 'Tray 3', level: 0, percent: 0 })
    expect(judged({ trays: [idle] }).verdict).toBe('ok')
    const manual = aTray({ name: 'Manual Feed', level: 0, percent: 0 })
    expect(
      sentences({
        device: device('warning'),
        trays: [manual],
        supplies: [aSupply({ percent: 15 })],
      }),
    ).toEqual(['warning', 'Black toner at 15 %'])
  })
})

describe('levels', () => {
  it.each([
    [20, 'ok', undefined],
    [19, 'warning', 'Black toner at 19 %'],
    [10, 'warning', 'Black toner at 10 %'],
    [9, 'error', 'Black toner at 9 %'],
    [0, 'error', 'Black toner empty'],
  ])('at %d percent are %s', (percent, verdict, sentence) => {
    const judgement = judged({ supplies: [aSupply({ percent })] })
    expect([judgement.verdict, judgement.reasons[0]?.sentence]).toEqual([verdict, sentence])
  })

  it.each(['someRemaining', 'unknown', 'noRestriction', 'absent', 'invalid'] as const)(
    'that are %s are no number and no alarm',
    (levelState) => {
      expect(
        judged({ supplies: [aSupply({ percent: null, level: -3, levelState })] }).verdict,
      ).toBe('ok')
    },
  )

  it('of a waste box are the space that is left', () => {
    const box = { kind: 'waste', class: 'receptacleThatIsFilled', colour: null } as const
    expect(sentences({ supplies: [aSupply({ ...box, percent: 95 })] })).toEqual(['ok'])
    expect(sentences({ supplies: [aSupply({ ...box, percent: 0 })] })).toEqual([
      'error',
      'Waste box full',
    ])
  })

  it('name the supply in the words of the printer where kind and colour tell nothing', () => {
    const kit = aSupply({ kind: 'other', colour: null, description: 'Service \n kit', percent: 4 })
    expect(sentences({ supplies: [kit] })).toEqual(['error', 'Service kit at 4 %'])
  })
})

describe('alerts and error bits come before levels', () => {
  it('says low when the alert does, although the level reads 100', () => {
    const alerts = [anAlert({ severity: 'warning', codeName: 'markerTonerAlmostEmpty' })]
    expect(sentences({ alerts, supplies: [aSupply({ percent: 100 })] })).toEqual([
      'warning',
      'Toner low',
    ])
  })

  it('tells a jam once, in the words of the alert', () => {
    const alerts = [anAlert({ codeName: 'jam', description: 'Open door B' })]
    const errors = { raw: '04', flags: ['jammed'] }
    expect(sentences({ alerts, errors })).toEqual(['error', 'Paper jam: Open door B'])
  })

  it('tells a jam by its bit alone', () => {
    expect(sentences({ errors: { raw: '04', flags: ['jammed'] } })).toEqual(['error', 'Paper jam'])
  })

  it('puts the worst first', () => {
    const errors = { raw: '', flags: ['jammed', 'lowPaper'] }
    expect(sentences({ errors, supplies: [aSupply({ percent: 5 })] })).toEqual([
      'error',
      'Paper jam',
      'Black toner at 5 %',
      'Paper low',
    ])
  })

  it('names the cover that is open', () => {
    const covers = [
      { index: '1.1', description: 'Rear Cover', status: 'coverOpen' },
      { index: '1.2', description: 'Front Cover', status: 'coverClosed' },
    ]
    expect(sentences({ covers, errors: { raw: '08', flags: ['doorOpen'] } })).toEqual([
      'error',
      'Rear Cover open',
    ])
  })

  it('is a warning when the paper is out in one tray and the printer prints on', () => {
    const errors = { raw: '40', flags: ['noPaper'] }
    expect(judged({ errors, device: device('running') }).verdict).toBe('warning')
    expect(judged({ errors, device: device('down') }).verdict).toBe('error')
  })

  it('finds the empty tray of a printer that only says "warning"', () => {
    const trays = [aTray({ level: 0, percent: 0 }), aTray({ name: 'Tray 2' })]
    expect(sentences({ trays, device: device('warning') })).toEqual(['warning', 'Tray 1 is empty'])
  })

  it('says that it is down although its toner is low too', () => {
    const supplies = [aSupply({ percent: 15 })]
    expect(sentences({ supplies, console: ['Fuser error 50.1'], device: device('down') })).toEqual([
      'error',
      'Says that it is down: Fuser error 50.1',
      'Black toner at 15 %',
    ])
  })

  it('lets no level hide that it asks for service', () => {
    const errors = { raw: '01', flags: ['serviceRequested'] }
    const supplies = [aSupply({ percent: 15 })]
    expect(sentences({ errors, supplies, console: ['Call tech SC542'] })).toEqual([
      'warning',
      'Asks for service: Call tech SC542',
      'Black toner at 15 %',
    ])
  })

  it('tells the same only once, and a part that was taken out', () => {
    const jam = anAlert({ codeName: 'jam', severity: 'other' })
    const removed = anAlert({
      codeName: 'subunitRemoved',
      description: 'Cyan toner cartridge removed',
    })
    expect(sentences({ alerts: [jam, jam, removed] })).toEqual([
      'error',
      'Paper jam',
      'A part was removed: Cyan toner cartridge removed',
    ])
  })

  it('calls a drum worn out and not empty, and no supply empty that still holds something', () => {
    const drum = aSupply({ kind: 'drum', percent: 0 })
    expect(sentences({ supplies: [drum, aSupply({ percent: 0, level: 40 })] })).toEqual([
      'error',
      'Black drum worn out',
      'Black toner under 1 %',
    ])
  })

  it('knows nothing of what tells nothing', () => {
    const nothing = {
      status: null,
      errors: null,
      device: { index: null, model: null, status: null },
    }
    expect(judged(nothing)).toMatchObject({ verdict: 'unknown', attention: false })
    expect(judged(nothing).reasons[0]?.sentence).toBe('Answers, but does not say how it is')
  })

  it('shows the panel where nothing else tells why', () => {
    const console = ['Cyan patron', 'mycket låg']
    expect(sentences({ console, device: device('warning') })).toEqual([
      'warning',
      'Shows a warning: Cyan patron mycket låg',
    ])
    expect(sentences({ device: device('down') })).toEqual([
      'error',
      'Says that it is down; look at its panel',
    ])
  })
})

describe('what is no fault', () => {
  it.each([
    ...['Sleep mode on', 'Ready', 'Bereitschafts-\nmodus ein', 'Energiesparen', 'Druckbereit'],
    ...[
      'Prêt à imprimer',
      'PRET',
      'Mode veille',
      "Économie d'énergie",
      'Listo',
      'Ahorro de energía',
    ],
    ...[
      'Modalità riposo',
      'Pronto',
      'Slaapmodus',
      'Viloläge',
      'Klar',
      'Uśpienie',
      'Tryb gotowości',
    ],
    ...['Režim spánku', 'Готов к печати', 'Спящий режим', 'Hazır', '准备就绪', '启用睡眠模式'],
    ...['スリープ中', '省エネモード', '印刷できます', '절전 모드', '준비 완료', 'Ready  10:05'],
  ])('is a panel that says %j while the device says that it is down', (text) => {
    expect(sentences({ console: [text], device: device('down') })).toEqual(['ok'])
    const alerts = [anAlert({ severity: 'warning', codeName: 'other', description: text })]
    expect(sentences({ alerts })).toEqual(['ok'])
  })

  it.each([
    ...[
      'Not ready',
      'Nicht bereit',
      'Ready. Tray 2 empty',
      'Non prêt',
      'Не готов',
      '卡纸',
      '紙詰まり',
    ],
    ...['Sleep error 12', 'Printer', ''],
  ])('is not a panel that says %j', (text) => {
    expect(judged({ console: [text], device: device('down') }).verdict).toBe('error')
  })

  it('is a printer that moves on-line: down, and warming up', () => {
    const status = { code: 5, name: 'warmup' }
    expect(sentences({ status, device: device('down') })).toEqual(['ok'])
  })

  it.each([
    ...['Manual Feed', 'MP Tray', 'Bypass Tray', 'Bac MF', 'Multi-Purpose Tray', 'Mehrzweckfach'],
    ...['Manuelle Zufuhr', 'Alim. manuelle', 'Alimentador multiuso', 'Alimentazione manuale'],
    ...[
      'Podajnik ręczny',
      'Обходной лоток',
      'Лоток ручной подачи',
      '手差しトレイ',
      '手动进纸',
      '다용도 용지함',
    ],
    ...['Auto Select', 'Manual Envelope', 'Briefumschlag'],
  ])('is an empty slot called %j', (name) => {
    const slot = aTray({ name, level: 0, percent: 0 })
    const full = aTray({ index: '1.2', name: 'Tray 2' })
    const rows = { trays: [slot, full], device: device('warning') }
    const errors = { raw: '0004', flags: ['inputTrayEmpty'] }
    const row = { severity: 'warning', codeName: 'inputMediaSupplyEmpty' }
    const alerts = [anAlert({ ...row, group: 'input', groupIndex: 1 })]
    expect(sentences({ ...rows, errors, alerts, device: device('running') })).toEqual(['ok'])
    expect(sentences({ ...rows, supplies: [aSupply({ percent: 15 })] })).toEqual([
      'warning',
      'Black toner at 15 %',
    ])
  })

  it('is HP’s small first tray beside large ones, but no empty cassette', () => {
    const small = aTray({ level: 0, percent: 0, maxCapacity: 100 })
    const cassette = aTray({ index: '1.2', name: 'Tray 2', level: 0, percent: 0 })
    expect(sentences({ trays: [small, cassette], device: device('warning') })).toEqual([
      'warning',
      'Tray 2 is empty',
    ])
    const errors = { raw: '0004', flags: ['inputTrayEmpty'] }
    expect(sentences({ trays: [small, cassette], errors })[0]).toBe('warning')
  })
})

describe('what stands in the alert table', () => {
  it('tells of an empty tray that is large, or does not say how much it holds', () => {
    const nameless = { name: null, description: null }
    const alert = anAlert({
      ...{ severity: 'warning', codeName: 'inputMediaSupplyEmpty', description: null },
      ...{ group: 'input', groupIndex: 1 },
    })
    for (const tray of [
      { name: 'Roll 1', description: 'Roll', maxCapacity: -2 },
      { ...nameless, maxCapacity: 600 },
    ]) {
      const trays = [
        aTray({ ...tray, index: '1.1', level: 0, percent: null }),
        aTray({ ...nameless, index: '1.2', maxCapacity: 1420 }),
      ]
      expect(judged({ alerts: [alert], trays }).reasons.map(({ word }) => word)).toEqual(['paper'])
    }
  })

  it('is told where a printer stands still and waits for a sheet by hand', () => {
    const alerts = [anAlert({ codeName: 'inputManualInputRequest', description: 'Manual feed A4' })]
    expect(sentences({ alerts, device: device('down') })).toEqual([
      'error',
      'Waits for paper in the manual feed: Manual feed A4',
    ])
  })

  it('is named by tray and supply where it has no words', () => {
    const alerts = [
      anAlert({ codeName: 'inputMediaSupplyEmpty', group: 'input', groupIndex: 2 }),
      anAlert({ codeName: 'markerTonerEmpty', group: 'markerSupplies', groupIndex: 1 }),
    ]
    const trays = [aTray(), aTray({ index: '1.2', name: 'Tray 2' })]
    expect(sentences({ alerts, trays, supplies: [aSupply()] })).toEqual([
      'error',
      'Toner empty: Black toner',
      'Out of paper: Tray 2',
    ])
    const drum = { kind: 'drum', colour: null, description: 'Drum' } as const
    const supplies = [aSupply({ ...drum, index: '1.5' }), aSupply({ ...drum, index: '1.6' })]
    const worn = anAlert({ codeName: 'markerOpcLifeOver', group: 'markerSupplies', groupIndex: 6 })
    expect(sentences({ alerts: [worn], supplies })[1]).toMatch(/: Drum 6$/)
  })

  it.each([
    ['Multiple trays empty', null],
    ['Tray 2 empty. See manual.', null],
    ['Bac 2 vide, voir le manuel', null],
    ['Manual: page 12', 2],
    ['Multi-tray: tray 2 empty', 2],
  ])('is no slot for hand feeding because it says %j', (description, groupIndex) => {
    const row = { codeName: 'inputMediaSupplyEmpty', group: 'input', groupIndex, description }
    const trays = [aTray(), aTray({ index: '1.2', name: 'Tray 2', level: 0, percent: 0 })]
    expect(judged({ alerts: [anAlert(row)], trays }).verdict).toBe('error')
  })

  it.each([
    ...[
      'Manual feed is empty',
      'Alimentation manuelle vide',
      'Alimentador manual vacío',
      'MP tray empty',
    ],
  ])('is an idle slot that says %j', (description) => {
    const row = { codeName: 'inputMediaSupplyEmpty', group: 'input', description }
    expect(judged({ alerts: [anAlert(row)] }).verdict).toBe('ok')
  })

  it.each([
    ['mediaPathFailure', 'A part has failed'],
    ['markerFuserOverTemperature', 'A part is too hot'],
    ['markerFuserMissing', 'A part is missing'],
    ['markerSupplyEmpty', 'Empty'],
    ['mediaPathInputJam', 'Paper jam'],
  ])('is told of %s, though nobody wrote a sentence for it', (codeName, sentence) => {
    expect(sentences({ alerts: [anAlert({ codeName })] })).toEqual(['error', sentence])
  })

  it('is a warning where the printer calls its severity other', () => {
    const alerts = [anAlert({ codeName: 'coverOpen', severity: 'other' })]
    expect(sentences({ alerts })).toEqual(['warning', 'Cover open'])
  })
})

describe('the names of supplies', () => {
  it('tell two black toners and two drums without a colour apart', () => {
    const toner = (index: string, description: string) =>
      aSupply({ index, description, percent: 5 })
    const drum = (index: string) =>
      aSupply({ index, kind: 'drum', colour: null, description: 'Drum Unit', percent: 5 })
    const supplies = [toner('1.30', 'Black Toner 1'), toner('1.31', 'Black Toner 2')]
    expect(sentences({ supplies: [...supplies, drum('1.5'), drum('1.6')] }).slice(1)).toEqual([
      'Black Toner 1 at 5 %',
      'Black Toner 2 at 5 %',
      'Drum 5 at 5 %',
      'Drum 6 at 5 %',
    ])
  })

  it('hold no serial number, and say what a part number is of', () => {
    const kit = { kind: 'other', colour: null, percent: 5 } as const
    const filter = aSupply({ ...kit, description: 'Suction Filter, PN 008R13175;SNunknown' })
    const toner = aSupply({ index: '1.2', colour: null, description: 'TK-3130', percent: 5 })
    expect(sentences({ supplies: [filter, toner] }).slice(1)).toEqual([
      'Suction Filter at 5 %',
      'Toner TK-3130 at 5 %',
    ])
  })
})

describe('a printer that is silent', () => {
  it('is offline since its last answer, whatever it said then', () => {
    const reading = aReading({ errors: { raw: '04', flags: ['jammed'] } })
    const judgement = silent(reading, 740)
    expect(judgement).toMatchObject({ verdict: 'offline', attention: true })
    expect(judgement.reasons.map(({ sentence }) => sentence)).toEqual(['No answer for 12 minutes'])
  })

  it('that never answered says what to check', () => {
    const judgement = silent(null, 5)
    expect(judgement.reasons[0]?.sentence).toBe('Never answered; check its address and its SNMP')
  })

  it.each([
    [59, 'less than a minute'],
    [60, '1 minute'],
    [7199, '119 minutes'],
    [7200, '2 hours'],
    [200_000, '2 days'],
  ])('for %d seconds has been so for %s', (seconds, words) => {
    expect(lasting(seconds)).toBe(words)
  })
})
