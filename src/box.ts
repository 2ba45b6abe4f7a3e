import type { BoxFacts } from './core/box.ts'
import { voltageTrouble } from './core/box-words.ts'
import type { Watch } from './facts.ts'
import type { Keeping } from './keeping.ts'

// What the appliance says of itself: to its own screen, and to the page of the system.

export function boxOf(
  watch: Pick<Watch, 'parts' | 'sweep' | 'keeping' | 'outbox' | 'sensors' | 'startedAt'>,
): BoxFacts {
  const { parts, sweep, keeping, sensors, startedAt } = watch
  return {
    ...{ version: parts.version, node: process.version, startedAt },
    clockTrusted: parts.clock.trusted(),
    memoryBytes: ownBytes(),
    ...sensors.felt(),
    written: keeping.wear.written(),
    backup: keeping.backups.facts(),
    sweep: sweep.progress(),
    trouble: troubleOf(watch),
  }
}

/** Node reads it from /proc, which is not there in every chroot, and throws. */
function ownBytes(): number | null {
  try {
    return process.memoryUsage.rss()
  } catch {
    return null
  }
}

/** Sentences about the box itself, worst first. */
export const troubleOf = ({ keeping, sensors, outbox }: Complaining): string[] =>
  [
    keeping.trouble(),
    ...keeping.cardTrouble(),
    voltageTrouble(sensors.felt()),
    keeping.backups.trouble(),
    outbox.trouble(),
  ].filter((sentence) => sentence !== null)

interface Complaining {
  readonly keeping: Pick<Keeping, 'trouble' | 'cardTrouble'> & {
    readonly backups: Pick<Keeping['backups'], 'trouble'>
  }
  readonly sensors: Pick<Watch['sensors'], 'felt'>
  readonly outbox: Pick<Watch['outbox'], 'trouble'>
}
