import type { Reading } from '../../src/core/status/reading.ts'
import { decode } from '../../src/snmp/decode.ts'
import { columns, scalars } from '../../src/snmp/mibs/oids.ts'
import type { Cell, Rows, Told } from '../../src/snmp/mibs/told.ts'
import { overlay } from '../../src/snmp/overlay.ts'
import { chooseVendor, vendors } from '../../src/snmp/vendors/choose.ts'

// A recording read without a network in between: what it tells, and what that means.

export function hear(walk: string): Reading {
  const told = toldBy(walk)
  return withMaker(plainly(told), told, walk)
}

/** What the MIBs say, without the maker's own. */
export function plainly(told: Told): Reading {
  const target = { address: '10.0.0.1', community: 'public', version: '2c', known: null } as const
  return decode(target, told, { version: '2c', context: null, requests: 1, ms: 1 })
}

export function withMaker(reading: Reading, told: Told, walk: string): Reading {
  const { objectId, description } = reading.system
  const privateOid = /^1\.3\.6\.1\.4\.1\.\d+/m.exec(walk)?.[0] ?? null
  const deviceId = /^1\.3\.6\.1\.2\.1\.25\.3\.2\.1\.4\.\d+\|4\|(.*)$/m.exec(walk)?.[1] ?? null
  const clues = { objectId, description, model: reading.device.model, deviceId, privateOid }
  return overlay(reading, chooseVendor(clues), told)
}

/** A walk (`OID|type|value` a line) as it is told to all who might have asked. */
export function toldBy(walk: string): Told {
  const lines = walk.split('\n').map((line): [string, Cell] => {
    const [oid = '', type = '', ...value] = line.split('|')
    return [oid, cellOf(type, value.join('|'))]
  })
  const asked = [
    ...Object.entries({ ...scalars, ...columns }),
    ...vendors
      .flatMap(({ constant, changing }) => [...constant, ...changing])
      .map((oid) => [oid, oid]),
  ]
  return new Map(
    asked.map(([name = '', oid = '']) => {
      const rows: Rows = new Map(
        lines
          .filter(([at]) => at.startsWith(`${oid}.`))
          .map(([at, cell]) => [at.slice(oid.length + 1), cell]),
      )
      return [name as keyof typeof columns, rows]
    }),
  )
}

function cellOf(type: string, value: string): Cell {
  const octets = Buffer.from(value, type.endsWith('x') ? 'hex' : 'latin1')
  if (type === '4' || type === '4x') return { kind: 'octets', octets }
  if (type === '6') return { kind: 'oid', oid: value }
  return ['2', '65', '66', '67', '70'].includes(type)
    ? { kind: 'number', number: Number(value) }
    : { kind: 'other' }
}
