import type { BoxFacts } from './box.ts'

// What the machine tells of itself, in the one wording of every screen, and whether somebody has to look.

export interface Told {
  /** 'untold': the system does not say. */
  readonly how: 'well' | 'look' | 'wrong' | 'untold'
  readonly words: string
}

export function clockTold({ clockTrusted }: Pick<BoxFacts, 'clockTrusted'>): Told {
  if (clockTrusted) return well('It is right, as far as can be told.')
  return look(
    'Nothing has set it since this machine started. Let time servers through (NTP, UDP port 123), or set it by hand: timedatectl.',
  )
}

/** Bytes a day that a card bears for years. */
export const wishedADay = 50e6
/**
 * Ten times what 200 printers may cost. A program that rewrites 2 MB at each poll comes to 576 MB a day; a
 * card erases blocks of megabytes and so wears ten to a hundred times as fast as small writes are long. One
 * of 32 GB whose blocks bear 300 erasures is used up by that in half a year to five years.
 */
export const mostADay = 500e6

export function wearTold({ written }: Pick<BoxFacts, 'written'>): Told {
  if (written === null) return untold
  const { today, aDay } = written
  const before = aDay === null ? '' : `, ${sizeWords(aDay)} on other days`
  const words = `${sizeWords(today)} today${before}; wished: ${sizeWords(wishedADay)}`
  const most = Math.max(today, aDay ?? 0)
  if (most <= wishedADay) return well(words)
  const told = `${words}. Much wears a card out: the log says what is tried again and again.`
  return most <= mostADay ? look(told) : wrong(told)
}

/** A month of readings of 500 printers, their snapshot twice, and room for models. */
export const leastFree = 200e6

export function diskTold({ disk }: Pick<BoxFacts, 'disk'>): Told {
  if (disk === null) return untold
  const words = shareWords(disk)
  if (disk.freeBytes >= leastFree) return well(words)
  return wrong(`${words}. Make room: old files in journal/ and backup/ may go.`)
}

export const ownMemoryWords = ({ memoryBytes }: Pick<BoxFacts, 'memoryBytes'>): string =>
  memoryBytes === null ? untold.words : sizeWords(memoryBytes)

export function memoryTold({ machineMemory }: Pick<BoxFacts, 'machineMemory'>): Told {
  if (machineMemory === null) return untold
  const words = shareWords(machineMemory)
  if (machineMemory.freeBytes >= machineMemory.bytes / 10) return well(words)
  return look(`${words}. That is little: end what else runs on this machine.`)
}

/** The bands that Raspberry Pis are judged by everywhere: 60 warm, 70 hot, and from 80 on they slow down. */
export function heatTold({ celsius }: Pick<BoxFacts, 'celsius'>): Told {
  if (celsius === null) return untold
  const words = `${Math.round(celsius)} °C`
  if (celsius < 60) return well(words)
  if (celsius < 70) return well(`${words}, warm`)
  if (celsius < 80) return look(`${words}, hot: give it air.`)
  return wrong(`${words}, too hot: a Raspberry Pi slows down from 80 °C on. Give it air, or a fan.`)
}

export function voltageTold({ underVoltage }: Pick<BoxFacts, 'underVoltage'>): Told {
  if (underVoltage === null) return untold
  if (underVoltage === 'never') return well('enough whenever it was measured since platen started')
  if (underVoltage === 'now') return wrong('too low now: it needs another power supply.')
  return look('was too low since platen started: another power supply, or a shorter cable.')
}

/** For the line of troubles; null where the supply gives enough, or nobody measures it. */
export function voltageTrouble({ underVoltage }: Pick<BoxFacts, 'underVoltage'>): string | null {
  if (underVoltage !== 'now') return null
  return 'The power supply gives too little: put in another one, or a shorter cable. Until then the machine is slow, and its card may lose what is written.'
}

export function networkTold({ addresses }: Pick<BoxFacts, 'addresses'>): Told {
  if (addresses.length === 0) return look('no address: is its cable in?')
  return well(addresses.map(({ name, address }) => `${name} ${address}`).join(', '))
}

/** 1_500_000 -> '1.5 MB', 12_400_000 -> '12 MB', 1_400_000_000 -> '1.4 GB': two digits say it. */
export function sizeWords(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(bytes < 9.95e9 ? 1 : 0)} GB`
  return `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`
}

/** Percent that is taken; null where the machine does not tell. */
export const takenPercent = (of: BoxFacts['disk']): number | null =>
  of && of.bytes > 0 ? 100 * (1 - of.freeBytes / of.bytes) : null

const shareWords = (of: NonNullable<BoxFacts['disk']>): string =>
  `${Math.floor(takenPercent(of) ?? 100)} % taken, ${sizeWords(of.freeBytes)} of ${sizeWords(of.bytes)} free`

const well = (words: string): Told => ({ how: 'well', words })
const look = (words: string): Told => ({ how: 'look', words })
const wrong = (words: string): Told => ({ how: 'wrong', words })
const untold: Told = { how: 'untold', words: 'the machine does not tell' }
