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
    expect(judged(nothing).reasons[0]?.sentence).toBe('Answers, but tells nothing of itself')
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
