import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { NetworkInterfaceInfo } from 'node:os'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { addressesOf } from '../../src/disk/hardware.ts'
import { createSensors } from '../../src/disk/sensors.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

const meminfo = `MemTotal:         948012 kB
MemFree:           51204 kB
MemAvailable:     412340 kB
SwapTotal:        102396 kB
`

/** What the kernel of a Raspberry Pi 4 shows, as real files. */
const ofPi: Readonly<Record<string, string>> = {
  'proc/meminfo': meminfo,
  'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
  'sys/class/thermal/thermal_zone0/temp': '51540\n',
  'sys/class/hwmon/hwmon0/name': 'cpu_thermal\n',
  'sys/class/hwmon/hwmon1/name': 'rpi_volt\n',
  'sys/class/hwmon/hwmon1/in0_lcrit_alarm': '0\n',
}

/** A machine whose kernel shows these files, and a clock to turn. */
function aMachine(files: Readonly<Record<string, string>> = ofPi) {
  const root = mkdtempSync(join(tmpdir(), 'platen-sensors-'))
  made.push(root)
  const says = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(files)) says(path, text)
  let ms = 1000
  const sensors = createSensors({ folder: root, root, time: { monotonicMs: () => ms } })
  return {
    ...{ root, says, sensors },
    later(seconds: number): void {
      ms += seconds * 1000
    },
  }
}

async function heatOf(zones: readonly (readonly [type: string, temp: string])[]) {
  const files = zones.flatMap(([type, temp], at) => [
    [`sys/class/thermal/thermal_zone${at}/type`, type],
    [`sys/class/thermal/thermal_zone${at}/temp`, temp],
  ])
  const { sensors } = aMachine(Object.fromEntries(files))
  await sensors.feel()
  return sensors.felt().celsius
}

test('a Raspberry Pi tells its memory, its heat, that its supply gives enough, and the room on its card', async () => {
  const { sensors } = aMachine()
  await sensors.feel()
  const { disk, ...felt } = sensors.felt()
  expect(felt).toMatchObject({
    machineMemory: { bytes: 948_012 * 1024, freeBytes: 412_340 * 1024 },
    ...{ celsius: 51.54, underVoltage: 'never' },
  })
  expect(disk?.bytes).toBeGreaterThan(disk?.freeBytes ?? Number.NaN)
})

test('a machine that tells nothing is asked in vain, and nothing breaks', async () => {
  const sensors = createSensors({ folder: '/nowhere/data', root: '/nowhere' })
  await sensors.feel()
  expect(sensors.felt()).toMatchObject({
    ...{ machineMemory: null, celsius: null, underVoltage: null, disk: null },
  })
})

test('memory in other words than the kernel has is not told', async () => {
  const { sensors } = aMachine({ 'proc/meminfo': 'MemTotal:  948012 kB\nMemFree:  51204 kB\n' })
  await sensors.feel()
  expect(sensors.felt().machineMemory).toBeNull()
})

test('the heat is the processor’s, whatever else is felt before it', async () => {
  expect(
    await heatOf([
      ['acpitz', '27800'],
      ['iwlwifi_1', '44000'],
      ['x86_pkg_temp', '63000'],
    ]),
  ).toBe(63)
})

test('a zone that is broken is passed over', async () => {
  expect(
    await heatOf([
      ['cpu-thermal', '0'],
      ['cpu-thermal', '-274000'],
      ['cpu-thermal', '200000'],
      ['cpu-thermal', ''],
      ['cpu-thermal', 'hot'],
      ['acpitz', '-12500'],
    ]),
  ).toBe(-12.5)
  expect(await heatOf([['cpu-thermal', '0']])).toBeNull()
})

test('a supply that gave too little does so now for a minute, and did so earlier ever after', async () => {
  const { sensors, says, later } = aMachine()
  const alarm = 'sys/class/hwmon/hwmon1/in0_lcrit_alarm'
  const seen = async () => {
    await sensors.feel()
    return sensors.felt().underVoltage
  }
  expect(await seen()).toBe('never')
  says(alarm, '1\n')
  expect(await seen()).toBe('now')
  says(alarm, '0\n')
  later(59)
  expect(await seen()).toBe('now')
  later(1)
  expect(await seen()).toBe('earlier')
  says(alarm, '1\n')
  expect(await seen()).toBe('now')
})

test('another sensor’s alarm is none of the supply', async () => {
  const { sensors } = aMachine({
    'sys/class/hwmon/hwmon0/name': 'nct6775\n',
    'sys/class/hwmon/hwmon0/in0_lcrit_alarm': '1\n',
  })
  await sensors.feel()
  expect(sensors.felt().underVoltage).toBeNull()
})

test('a sensor that hangs keeps nobody waiting but itself', async () => {
  const { sensors, root } = aMachine()
  await sensors.feel()
  const temp = join(root, 'sys/class/thermal/thermal_zone0/temp')
  rmSync(temp)
  execFileSync('mkfifo', [temp])
  try {
    for (let asked = 0; asked < 8; asked++) {
      void sensors.feel()
      expect(sensors.felt().celsius).toBe(51.54)
      await wait(5)
    }
    // Node has four threads for files: one is taken.
    expect(await readFile(join(root, 'proc/meminfo'), 'utf8')).toBe(meminfo)
  } finally {
    closeSync(openSync(temp, constants.O_WRONLY | constants.O_NONBLOCK))
    await sensors.feel()
  }
})

test('addresses are those that people can type, IPv6 where there is no other', () => {
  const on = (address: string, internal = false): NetworkInterfaceInfo => ({
    ...{ address, internal, netmask: '', mac: '', cidr: null },
    ...(address.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
  })
  expect(
    addressesOf({
      lo: [on('127.0.0.1', true), on('::1', true)],
      eth0: [on('10.20.0.5'), on('2001:db8::5'), on('fe80::1')],
      wlan0: [on('fe80::2'), on('2001:db8::6'), on('2001:db8::7')],
      usb0: [on('169.254.3.4'), on('fe80::3')],
      eth1: undefined,
    }),
  ).toEqual([
    { name: 'eth0', address: '10.20.0.5' },
    { name: 'wlan0', address: '2001:db8::6' },
  ])
})
