import { readdir, readFile } from 'node:fs/promises'
import type { NetworkInterfaceInfo } from 'node:os'
import { join } from 'node:path'
import type { BoxFacts } from '../core/box.ts'

// What Linux tells of the machine in /proc and /sys, which lie under `root`. null: it does not tell. None rejects.

/** proc_meminfo(5): MemAvailable is what programs may still have; MemFree leaves out what caches would give back. */
export async function memoryIn(root: string): Promise<BoxFacts['machineMemory']> {
  const told = (await textOf(join(root, 'proc/meminfo'))) ?? ''
  const bytesOf = (name: string): number => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(told)?.[1]
    return Number(kibibytes ?? Number.NaN) * 1024
  }
  const [bytes, freeBytes] = [bytesOf('MemTotal'), bytesOf('MemAvailable')]
  return bytes > 0 && freeBytes >= 0 ? { freeBytes, bytes } : null
}

/** A Raspberry Pi's zone is `cpu-thermal`, a PC's `x86_pkg_temp`; a PC's others may be of its wireless card. */
const ofProcessor = /cpu|soc|pkg/i

/** Degrees Celsius of the processor, else of the first zone that makes sense: one that is broken says 0, or anything. */
export async function heatIn(root: string): Promise<number | null> {
  const zones = await foldersIn(join(root, 'sys/class/thermal'), 'thermal_zone')
  const felt = await Promise.all(
    zones.map(async (zone) => ({
      isProcessor: ofProcessor.test((await textOf(join(zone, 'type'))) ?? ''),
      celsius: Number(await textOf(join(zone, 'temp'))) / 1000,
    })),
  )
  const sane = felt.filter(({ celsius }) => celsius !== 0 && celsius > -40 && celsius < 150)
  return (sane.find(({ isProcessor }) => isProcessor) ?? sane[0])?.celsius ?? null
}

/**
 * Whether a Raspberry Pi's supply gave too little within the last two seconds: its kernel driver
 * (raspberrypi-hwmon) asks the firmware so often and lets it forget what was before. Not `get_throttled`
 * beside it: that is the same answer, and reading it writes a warning over the screen.
 */
export async function isVoltageLow(root: string): Promise<boolean | null> {
  for (const sensor of await foldersIn(join(root, 'sys/class/hwmon'), 'hwmon')) {
    if ((await textOf(join(sensor, 'name'))) !== 'rpi_volt') continue
    const alarm = await textOf(join(sensor, 'in0_lcrit_alarm'))
    if (alarm === '0' || alarm === '1') return alarm === '1'
  }
  return null
}

/** By interface, with what people can type: no address that holds on one cable alone (RFC 3927, RFC 4291 2.5.6). */
export function addressesOf(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): BoxFacts['addresses'] {
  return Object.entries(interfaces).flatMap(([name, all = []]) => {
    const typed = all.filter(
      ({ internal, address }) => !internal && !/^(169\.254\.|fe[89ab])/i.test(address),
    )
    const four = typed.filter(({ family }) => family === 'IPv4')
    return (four.length > 0 ? four : typed.slice(0, 1)).map(({ address }) => ({ name, address }))
  })
}

async function foldersIn(folder: string, name: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((each) => each.startsWith(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((each) => join(folder, each))
}

const textOf = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  )
