import { enterprises } from './columns.ts'
import type { Walked } from './walk.ts'

// What a printer was silent to when it was last asked for, though it answered for the rest. To be silent to
// one name costs seconds, and to a table of them more than a reading has: these are asked last, one by one,
// for as long as there is time, and nothing waits for them.

/**
 * Silent to more of the standards' columns than two tables have, and it is no fault of some of its objects:
 * a network card answers for a printer that sleeps. That is not a printer without supplies.
 */
const most = 16

export class Doubtful {
  readonly #oids = new Set<string>()

  has(oid: string): boolean {
    return this.#oids.has(oid)
  }

  /** In turns: who comes first now is the last the next time. */
  inTurn(): string[] {
    const all = [...this.#oids]
    const [first] = all
    if (first !== undefined) this.#doubt(first)
    return all
  }

  /** What became of columns that were asked. One of which some rows came is asked with the rest. */
  note({ told, silent, cells }: Pick<Walked, 'told' | 'silent' | 'cells'>): void {
    for (const oid of told) this.#oids.delete(oid)
    this.add(silent.filter((oid) => !cells.has(oid)))
  }

  add(oids: readonly string[]): void {
    for (const oid of oids) this.#doubt(oid)
    const ofStandards = [...this.#oids].filter((oid) => !oid.startsWith(enterprises))
    if (ofStandards.length > most) for (const oid of ofStandards) this.#oids.delete(oid)
  }

  #doubt(oid: string): void {
    this.#oids.delete(oid)
    this.#oids.add(oid)
  }
}
