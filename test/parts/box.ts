import type { BoxFacts } from '../../src/core/box.ts'

/** A machine that is well. */
export function aBox(words: Partial<BoxFacts> = {}): BoxFacts {
  return {
    ...{ version: '1.2.3', node: 'v22.1.0', startedAt: '2026-02-28T08:00:00.000Z' },
    ...{ clockTrusted: true, memoryBytes: 91_200_000 },
    machineMemory: { freeBytes: 412_000_000, bytes: 948_000_000 },
    ...{ celsius: 51.5, underVoltage: 'never' },
    addresses: [{ name: 'eth0', address: '10.20.0.5' }],
    written: { today: 12_400_000, aDay: 20_000_000 },
    disk: { freeBytes: 21_000_000_000, bytes: 31_000_000_000 },
    backup: {
      newest: {
        ...{ path: '/data/backup/platen-1.tar.gz', bytes: 1_500_000 },
        at: '2026-03-02T03:00:00.000Z',
      },
      ...{ elsewhere: null, trouble: null, ranMs: 1 },
    },
    sweep: { intervalSeconds: 300, running: 1, waiting: 2, lastHeardSecondsAgo: 130 },
    trouble: [],
    ...words,
  }
}
