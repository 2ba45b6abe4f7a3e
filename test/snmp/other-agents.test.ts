import snmp from 'net-snmp'
import { expect, onTestFinished, test } from 'vitest'
import { freeUdpPort } from '../parts/udp.ts'
import { read } from './printers.ts'

// An agent that somebody else wrote: it takes a GETBULK's max-repetitions for the number of all bindings.

test('reads a printer whose agent counts repetitions in a way of its own', async () => {
  const port = await freeUdpPort()
  const agent = snmp.createAgent(
    { port, address: '127.0.0.1', disableAuthorization: true },
    () => {},
  )
  onTestFinished(() => agent.close())
  const mib = agent.getMib()
  mib.registerProvider({
    name: 'sysDescr',
    type: snmp.MibProviderType.Scalar,
    oid: '1.3.6.1.2.1.1.1',
    scalarType: snmp.ObjectType.OctetString,
    maxAccess: snmp.MaxAccess['read-only'],
  })
  mib.setScalarValue('sysDescr', 'Grove 12')
  const column = (number: number, name: string, type: number) => ({
    number,
    name,
    type,
    maxAccess: snmp.MaxAccess['read-only'],
  })
  mib.registerProvider({
    name: 'prtMarkerSuppliesEntry',
    type: snmp.MibProviderType.Table,
    oid: '1.3.6.1.2.1.43.11.1.1',
    maxAccess: snmp.MaxAccess['not-accessible'],
    tableColumns: [
      column(1, 'prtMarkerSuppliesIndex', snmp.ObjectType.Integer),
      column(6, 'prtMarkerSuppliesDescription', snmp.ObjectType.OctetString),
      column(8, 'prtMarkerSuppliesMaxCapacity', snmp.ObjectType.Integer),
      column(9, 'prtMarkerSuppliesLevel', snmp.ObjectType.Integer),
    ],
    tableIndex: [{ columnName: 'prtMarkerSuppliesIndex' }],
  })
  const supplies = Array.from({ length: 9 }, (_, at) => [at + 1, `Toner ${at + 1}`, 100, at * 10])
  for (const supply of supplies) mib.addTableRow('prtMarkerSuppliesEntry', supply)

  const reading = await read({ address: `127.0.0.1:${port}` })
  expect(reading).toMatchObject({ ok: true, system: { description: 'Grove 12' } })
  expect(reading.supplies.map(({ index, percent }) => [index, percent])).toEqual(
    supplies.map(([index, , , percent]) => [String(index), percent]),
  )
})
