import type { BoxFacts } from '../core/box.ts'

// What the machine tells of itself beside what platen does: memory, heat, voltage, room on the disk, addresses.

export type Felt = Pick<
  BoxFacts,
  'machineMemory' | 'celsius' | 'underVoltage' | 'addresses' | 'disk'
>

export interface Sensors {
  /** As it was felt last, some seconds ago at most while somebody asks. Never throws. */
  felt(): Felt
}

export function createSensors({ folder: _folder }: { readonly folder: string }): Sensors {
  return {
    felt: () => ({
      ...{ machineMemory: null, celsius: null, underVoltage: null, addresses: [], disk: null },
    }),
  }
}
