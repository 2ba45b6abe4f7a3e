import { expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import type { Felt } from '../src/disk/sensors.ts'
import { addressOf } from '../src/facts.ts'

// Where people in the house are told to go.

function told(env: Record<string, string>, addresses: Felt['addresses']): string {
  const nothing = { machineMemory: null, celsius: null, underVoltage: null, disk: null }
  return addressOf({
    parts: { config: readConfig(env, () => '') },
    port: 8080,
    sensors: { felt: () => ({ ...nothing, addresses }), feel: async () => {} },
  })
}

it('is the address of this machine, also of a cable that was plugged in after the start', () => {
  expect(told({}, [])).toBe('http://localhost:8080')
  const wlan = { name: 'wlan0', address: '2001:db8::6' }
  expect(told({}, [wlan, { name: 'eth0', address: '10.20.0.5' }])).toBe('http://10.20.0.5:8080')
})

it('is what the settings say, where they say it', () => {
  expect(told({ PLATEN_HTTP_HOST: '10.0.0.9' }, [])).toBe('http://10.0.0.9:8080')
  expect(told({ PLATEN_HTTP_HOST: '::1' }, [])).toBe('http://[::1]:8080')
  expect(told({ PLATEN_PUBLIC_URL: 'https://print.school.edu' }, [])).toBe(
    'https://print.school.edu',
  )
})
