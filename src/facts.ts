import { hostname } from 'node:os'
import { boxOf } from './box.ts'
import type { Seen } from './cli/kept.ts'
import type { Config } from './config.ts'
import type { Facts } from './console/facts.ts'
import { withoutAddresses } from './console/filed.ts'
import type { Kept } from './console/kept.ts'
import type { Clock } from './core/clock.ts'
import type { FirstCode } from './core/people/first-code.ts'
import { isNobodyHere } from './core/people/first-person.ts'
import { inOrder } from './core/printers/printers.ts'
import type { Fleet } from './core/status/fleet.ts'
import type { Sweep } from './core/status/poll.ts'
import type { Watched } from './core/status/status.ts'
import type { Demo } from './demo/demo.ts'
import type { Sensors } from './disk/sensors.ts'
import type { OpenStore } from './disk/store.ts'
import type { Keeping } from './keeping.ts'
import type { Outbox } from './mail/outbox.ts'
import type { Traps } from './snmp/traps/traps.ts'

// What the running parts say of themselves: to the console, to `platen check`, to monitors.

export interface Watch {
  readonly parts: {
    readonly config: Config
    readonly clock: Clock
    readonly demo?: Demo
    readonly version: string
    readonly folder: string
  }
  readonly store: OpenStore
  readonly fleet: Fleet
  readonly sweep: Sweep
  readonly outbox: Outbox
  readonly kept: Kept
  readonly port: number
  readonly keeping: Keeping
  readonly firstCode: FirstCode
  readonly sensors: Sensors
  readonly startedAt: string
  /** null: none are wanted. */
  readonly traps: Traps | null
}

export function factsOf(watch: Watch): () => Facts {
  const { parts, fleet, sweep, kept, store } = watch
  const { config, clock } = parts
  return () => {
    const box = boxOf(watch)
    // A mail server quotes whom it refused, and students read along.
    const trouble = box.trouble.map(withoutAddresses)
    const address = addressOf(watch)
    return {
      ...{ site: siteOf(config), address, now: clock.now() },
      ...{ timeZone: config.PLATEN_TIME_ZONE, clockTrusted: clock.trusted() },
      names: config.PLATEN_CONSOLE_NAMES,
      printers: watchedOf(watch),
      sweep: sweep.progress(),
      activity: [...(parts.demo?.happenings() ?? []), ...fleet.activity()].toSorted(
        (a, b) => b.at.getTime() - a.at.getTime(),
      ),
      hints: [...(parts.demo?.hints(store) ?? []), ...firstHints(watch, address)],
      ...kept.facts(clock.now()),
      ...{ box: { ...box, trouble }, trouble },
    }
  }
}

/** Whoever stands before the screen makes the first account: the code is shown nowhere else. */
function firstHints({ store, firstCode }: Watch, address: string): string[] {
  if (!isNobodyHere(store.state)) return []
  return [
    `Nobody has an account yet: open ${address}/first`,
    `and type the code ${firstCode.code} there.`,
  ]
}

const watchedOf = ({ store, fleet, sweep }: Pick<Watch, 'store' | 'fleet' | 'sweep'>): Watched[] =>
  inOrder(Object.values(store.state.printers))
    .filter(({ isActive }) => isActive)
    .map(({ id }) => watchedIn(fleet, sweep, id))

const nothingSaid = { covers: [], counters: null } as const

export function watchedIn(fleet: Fleet, sweep: Sweep, id: string): Watched {
  const { reasons } = fleet.judgement(id)
  const { covers, counters } = fleet.reading(id) ?? nothingSaid
  return { status: fleet.status(id), reasons, covers, counters, asking: sweep.isAsking(id) }
}

/** What `platen check` is told of the running platen. */
export function seenBy(watch: Omit<Watch, 'parts' | 'kept' | 'startedAt'>): Seen {
  const { keeping, sweep, outbox, port, traps, store, firstCode, sensors } = watch
  const { celsius, underVoltage } = sensors.felt()
  const heard = watchedOf(watch).map(({ status }) => status.snmp.ok)
  return {
    ...{ pid: process.pid, port },
    backup: keeping.backups.facts(),
    felt: { celsius, underVoltage },
    firstCode: isNobodyHere(store.state) ? firstCode.code : null,
    trouble: {
      store: keeping.trouble(),
      card: keeping.cardTrouble()[0] ?? null,
      sweep: sweep.trouble(),
      mail: outbox.trouble(),
    },
    traps: traps && {
      trouble: traps.trouble(),
      heard: traps.heard().traps + traps.heard().informs + traps.heard().tooMany,
    },
    answered: heard.filter((ok) => ok === true).length,
    asked: heard.filter((ok) => ok !== null).length,
  }
}

export const siteOf = ({ PLATEN_SITE: name }: Config): string => name ?? hostname()

/** Where the site is, as a person in the house types it: a cable that is plugged in later counts too. */
export function addressOf({
  parts: { config },
  port,
  sensors,
}: Pick<Watch, 'port' | 'sensors'> & { readonly parts: Pick<Watch['parts'], 'config'> }): string {
  const { PLATEN_PUBLIC_URL: publicUrl, PLATEN_HTTP_HOST: host } = config
  if (publicUrl !== null) return publicUrl
  if (host !== '0.0.0.0' && host !== '::')
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const own = sensors.felt().addresses.find(({ address }) => !address.includes(':'))
  return `http://${own?.address ?? 'localhost'}:${port}`
}

/** Where the site answers this very machine. */
export function ownSite({ PLATEN_HTTP_HOST: host }: Config, port: number): string {
  const own = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `http://${own.includes(':') ? `[${own}]` : own}:${port}`
}

export function partHealth(trouble: string | null, well: string) {
  return { ok: trouble === null, sentence: trouble ?? well }
}
