import type { Facts } from './facts.ts'
import { padTo, type Row } from './rows.ts'
import type { WallLook } from './scene.ts'

/** The screen as it is seen from three metres: who needs somebody, nothing else. Exactly `rows` rows. */
export function wallRows(facts: Facts, _wall: WallLook, columns: number, rows: number): Row[] {
  const words = `${facts.printers.length} printers`
  return Array.from({ length: rows }, (_, at) => padTo(at === 0 ? [{ text: words }] : [], columns))
}
