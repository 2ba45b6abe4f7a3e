import { noReading, type Reading, type Supply, type Tray } from '../../src/core/status/reading.ts'

// Readings as a well printer gives them, to be varied by what a test is about.

const target = { address: '10.0.0.1', community: 'public', version: 'auto', known: null } as const

export function aReading(facts: Partial<Reading> = {}): Reading {
  return {
    ...noReading(target, ''),
    ok: true,
    error: null,
    snmp: { version: '2c', context: null, requests: 2, ms: 20 },
    device: { index: 1, model: 'Laser 5', status: { code: 2, name: 'running' } },
    status: { code: 3, name: 'idle' },
    errors: { raw: '00', flags: [] },
    ...facts,
  }
}

export function silence(): Reading {
  return noReading(target, 'No answer', { requests: 2, ms: 6000 })
}

export function aSupply(facts: Partial<Supply> = {}): Supply {
  const percent = facts.percent === undefined ? 50 : facts.percent
  return {
    index: '1.1',
    description: 'Black Cartridge',
    class: 'supplyThatIsConsumed',
    type: 'tonerCartridge',
    kind: 'toner',
    colour: 'black',
    unit: 'percent',
    maxCapacity: 100,
    level: percent,
    levelState: 'value',
    source: 'printer-mib',
    ...facts,
    percent,
  }
}

export function aTray(facts: Partial<Tray> = {}): Tray {
  return {
    index: '1.1',
    name: 'Tray 1',
    description: null,
    media: 'A4',
    unit: 'sheets',
    maxCapacity: 500,
    level: 250,
    levelState: 'value',
    percent: 50,
    ...facts,
  }
}

export function anAlert(facts: Partial<Reading['alerts'][number]>): Reading['alerts'][number] {
  return {
    index: '1.1',
    severity: 'critical',
    code: null,
    codeName: null,
    group: null,
    groupIndex: null,
    location: null,
    description: null,
    ...facts,
  }
}
