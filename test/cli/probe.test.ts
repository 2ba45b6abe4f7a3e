import { expect, it, onTestFinished } from 'vitest'
import { aSite } from '../boot.ts'
import { startAgent } from '../parts/agent.ts'

const printerMib = '1.3.6.1.2.1.43'
const brother = '1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5'

it('prints what the maker tells, and says whose a percentage is', async () => {
  const printer = await startAgent({
    walk: [
      '1.3.6.1.2.1.1.1.0|4|Brother NC-8900h, Firmware Ver.1.21',
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2435.2.3.9.1',
      '1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.5',
      `${printerMib}.11.1.1.6.1.1|4|Black Toner Cartridge`,
      `${printerMib}.11.1.1.8.1.1|2|-2`,
      `${printerMib}.11.1.1.9.1.1|2|-3`,
      `${brother}.1.0|4|E73000A1`,
      // Kind, two octets, value: toner in hundredths of a percent; pages in all.
      `${brother}.8.0|4x|6f010400001a40ff`,
      `${brother}.10.0|4x|0001040000032cff`,
    ].join('\n'),
  })
  const at = await aSite({ SNMP_TIMEOUT: '5' })
  onTestFinished(async () => {
    await at.end()
    await printer.stop()
  })
  const { code, out } = await at.platen('probe', [printer.address])
  expect(code).toBe(0)
  expect(out).toMatch(/^serial +E73000A1$/m)
  expect(out).toMatch(/^maker's counters +total 812$/m)
  expect(out).toMatch(/Black Toner Cartridge .* 67 %, by brother$/m)
})
