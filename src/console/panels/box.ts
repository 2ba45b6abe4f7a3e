import type { Facts } from '../facts.ts'
import { cell, type Row } from '../rows.ts'

/** How the appliance itself is. */
export function boxRows({ box }: Pick<Facts, 'box' | 'now' | 'timeZone'>, width: number): Row[] {
  return [[cell(`platen ${box.version}`, width)]]
}
