import { statfs } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { BoxFacts } from '../core/box.ts'
import type { Clock } from '../core/clock.ts'
import { addressesOf, heatIn, isVoltageLow, memoryIn } from './hardware.ts'

// What the machine tells of itself beside what platen does, and when it is asked: in the background, by whoever
// wants to know it.

export type Felt = Pick<
  BoxFacts,
  'machineMemory' | 'celsius' | 'underVoltage' | 'addresses' | 'disk'
>

export interface Sensors {
  /** As it was felt last: about ten seconds ago, while somebody asks. */
  felt(): Felt
  /** Resolves when all of it was felt anew. Never rejects. */
  feel(): Promise<void>
}

const againMs = 10_000
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
  let feltAtMs = Number.NEGATIVE_INFINITY
  let lowAtMs: number | null = null
  let feeling: Promise<void> | null = null
  void feel()

  return {
    felt() {
      if (time.monotonicMs() - feltAtMs >= againMs) void feel()
      return known
    },
    feel,
  }

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
    feltAtMs = time.monotonicMs()
    if (isLow) lowAtMs = feltAtMs
    known = {
      ...{ machineMemory, celsius, disk },
      underVoltage: isLow === null ? null : ever(),
      addresses: addressesHere(known.addresses),
    }
  }

  function ever(): Felt['underVoltage'] {
    if (lowAtMs === null) return 'never'
    return feltAtMs - lowAtMs < nowMs ? 'now' : 'earlier'
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
