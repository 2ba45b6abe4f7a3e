import { statfs } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { BoxFacts } from '../core/box.ts'
import type { Clock } from '../core/clock.ts'
import { addressesOf, heatIn, isVoltageLow, memoryIn } from './hardware.ts'

// What the machine tells of itself beside what platen does. Short dips of its voltage are seen by who looks often.

export type Felt = Pick<
  BoxFacts,
  'machineMemory' | 'celsius' | 'underVoltage' | 'addresses' | 'disk'
>

export interface Sensors {
  /** As it was felt last. */
  felt(): Felt
  /** Resolves when all of it was felt anew; the timetable orders it. Never rejects. */
  feel(): Promise<void>
}

/** A supply is too weak by fits and starts, and each lasts a moment. */
const nowMs = 60_000

/** `root`: where /proc and /sys are. */
export function createSensors({
  folder,
  root = '/',
  time = { monotonicMs: () => performance.now() },
}: {
  readonly folder: string
  readonly root?: string
  readonly time?: Pick<Clock, 'monotonicMs'>
}): Sensors {
  let known: Felt = {
    ...{ machineMemory: null, celsius: null, underVoltage: null, disk: null },
    addresses: addressesHere([]),
  }
  let lowAtMs: number | null = null
  let feeling: Promise<void> | null = null
  void feel()

  return { felt: () => known, feel }

  /** One at a time: where a disk hangs, one thread waits for it and not ever more. */
  function feel(): Promise<void> {
    feeling ??= feelAll().finally(() => {
      feeling = null
    })
    return feeling
  }

  async function feelAll(): Promise<void> {
    const [machineMemory, celsius, isLow, disk] = await Promise.all([
      memoryIn(root),
      heatIn(root),
      isVoltageLow(root),
      roomAt(folder),
    ])
    const now = time.monotonicMs()
    if (isLow) lowAtMs = now
    known = {
      ...{ machineMemory, celsius, disk },
      underVoltage: isLow === null ? null : ever(now),
      addresses: addressesHere(known.addresses),
    }
  }

  function ever(now: number): Felt['underVoltage'] {
    if (lowAtMs === null) return 'never'
    return now - lowAtMs < nowMs ? 'now' : 'earlier'
  }
}

async function roomAt(folder: string): Promise<Felt['disk']> {
  const told = await statfs(folder).catch(() => null)
  return told && { freeBytes: told.bavail * told.bsize, bytes: told.blocks * told.bsize }
}

/** The system asks its kernel through a socket, and refuses where no file can be opened any more. */
function addressesHere(known: Felt['addresses']): Felt['addresses'] {
  try {
    return addressesOf(networkInterfaces())
  } catch {
    return known
  }
}
