import type { BoxFacts } from './core/box.ts'
import { addressOf, type Watch } from './facts.ts'

// What the appliance says of itself: to its own screen, and to the page of the system.

export function boxOf(
  watch: Pick<Watch, 'parts' | 'sweep' | 'keeping' | 'outbox' | 'sensors' | 'startedAt' | 'port'>,
): BoxFacts {
  const { parts, sweep, keeping, sensors, startedAt } = watch
  return {
    ...{ version: parts.version, node: process.version, startedAt },
    clockTrusted: parts.clock.trusted(),
    memoryBytes: process.memoryUsage.rss(),
    ...sensors.felt(),
    site: addressOf(watch),
    written: keeping.wear.written(),
    backup: keeping.backups.facts(),
    sweep: sweep.progress(),
    trouble: troubleOf(watch),
  }
}

/** Sentences about the box itself, worst first. */
export const troubleOf = ({ keeping, outbox }: Pick<Watch, 'keeping' | 'outbox'>): string[] =>
  [keeping.trouble(), ...keeping.cardTrouble(), keeping.backups.trouble(), outbox.trouble()].filter(
    (sentence) => sentence !== null,
  )
