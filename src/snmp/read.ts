import type { KnownVersion, Reading } from '../core/status/reading.ts'
import { askAgain } from './again.ts'
import { type Cells, toldBy } from './cells.ts'
import { suppliesElsewhere } from './contexts.ts'
import { decode } from './decode.ts'
import { learn } from './learned.ts'
import { deviceIndex } from './mibs/identity.ts'
import { scalars } from './mibs/oids.ts'
import { overlay } from './overlay.ts'
import { keepSame } from './same.ts'
import type { Refused } from './v3/refused.ts'
import { chooseVendor } from './vendors/choose.ts'
import { type Asking, reach, readMore, readWhole, versionsOf } from './whole.ts'
import { brokenOff, whyNobody } from './why.ts'

// One reading of one printer. The first time, and when something says that more has changed, it is read
// whole; in between only what may have changed is asked, in questions learned from the whole reading.

export type Outcome =
  | {
      readonly version: KnownVersion
      readonly error: null
      readonly refused?: null
      readonly reading: Reading
    }
  | {
      readonly version: KnownVersion | null
      readonly error: string
      /** Why the user of SNMP 3 was turned away. */
      readonly refused?: Refused['why'] | null
      readonly reading: null
    }

/** From this many silent polls in a row on, one small question finds out whether it is back. */
const silentPollsToProbe = 2

export async function read(asking: Asking): Promise<Outcome> {
  const { target, known } = asking
  const versions = versionsOf(target)
  const last = known.version ?? target.known
  let version = last !== null && versions.includes(last) ? last : null
  const { silentPolls = 0 } = target
  if (silentPolls >= silentPollsToProbe) {
    // Where it never answered, both versions take turns.
    const one = version ?? versions[silentPolls % versions.length]
    const made = await reach(asking, one ? [one] : versions, 0)
    if (made.version === null)
      return { version: null, error: whyNobody(made, target), reading: null }
    version = made.version
  } else if (known.learned && version && performance.now() < known.wholeAgainMs) {
    const again = await askLearned(asking, version)
    if (again !== null) return again
  }
  return readAll(asking, version)
}

/** null: it is to be read whole. */
async function askLearned(asking: Asking, version: KnownVersion): Promise<Outcome | null> {
  const { known, channel, target, timeoutMs, retries } = asking
  if (known.learned === null || known.reading === null) return null
  const again = await askAgain(known.learned, channel, {
    tries: known.tries(timeoutMs, retries),
    onTrip: (ms) => known.noteTrip(ms),
  })
  const { reading } = known
  switch (again.kind) {
    case 'same': {
      known.misfits = 0
      const { uptimeSeconds } = reading.system
      const up = again.upTime === null ? null : Math.floor(again.upTime / 100)
      if (up !== null && uptimeSeconds !== null && up < uptimeSeconds) return null
      const system =
        up === uptimeSeconds ? reading.system : { ...reading.system, uptimeSeconds: up }
      return { version, error: null, reading: { ...reading, system } }
    }
    case 'new': {
      known.misfits = 0
      const now = meant(asking, again.cells, reading.snmp)
      const { uptimeSeconds } = reading.system
      if ((now.system.uptimeSeconds ?? 0) < (uptimeSeconds ?? 0)) return null
      return { version, error: null, reading: keepSame(reading, now) }
    }
    case 'misfit':
      known.misfits += 1
      return null
    case 'otherwise':
    case 'garbled':
      return null
    case 'closed':
      return { version, error: brokenOff, reading: null }
    default: {
      // It may have been put in another's place, and speak the other version.
      const made = await reach(asking, versionsOf(target), 0)
      if (made.version !== null) return readAll(asking, made.version)
      const code = again.kind === 'unreachable' ? again.code : made.code
      return { version: null, error: whyNobody({ ...made, code }, target), reading: null }
    }
  }
}

/** Where learned questions did not fit twice in a row, they are let be until the next hour. */
const mostMisfits = 2

async function readAll(asking: Asking, knownVersion: KnownVersion | null): Promise<Outcome> {
  const { known } = asking
  known.learned = null
  const whole = await readWhole(asking, knownVersion)
  if (whole.error !== null) return { ...whole, reading: null }
  const { version } = whole
  const cells = new Map([...whole.cells, ...(await ofItsMaker(asking, version, whole.cells))])
  const elsewhere = await suppliesElsewhere(asking, version, cells)
  for (const [oid, rows] of elsewhere?.cells ?? []) cells.set(oid, rows)
  const now = performance.now()
  if (now >= known.wholeAgainMs) known.misfits = 0
  // A little apart, or a thousand that were met together would all be due together.
  known.wholeAgainMs = now + asking.wholeEveryMs * (0.75 + Math.random() / 4)
  // The user's session writes each request anew: nothing is gained by learning.
  if (known.misfits < mostMisfits && version !== '3')
    known.learned = learn({
      ...{ cells, version, community: asking.community, device: deviceIndex(toldBy(cells)) },
      vendor: known.vendor?.changing ?? [],
      vendorRows: known.vendor?.rows?.(toldBy(cells)) ?? {},
      suppliesIn: elsewhere?.community ?? null,
      mostNames: known.taken?.manners.names ?? Number.POSITIVE_INFINITY,
      mostOctets: mostReplyOctets / 2 ** known.misfits,
    })
  const context = asking.context ?? elsewhere?.context ?? null
  const reading = meant(asking, cells, { version, context, requests: 0, ms: 0 })
  return {
    version,
    error: null,
    reading: known.reading ? keepSame(known.reading, reading) : reading,
  }
}

/** What a maker tells of its own is asked once it is known who made it. */
async function ofItsMaker(asking: Asking, version: KnownVersion, cells: Cells): Promise<Cells> {
  const { known } = asking
  const { system, device } = meant(asking, cells, { version, context: null, requests: 0, ms: 0 })
  const [privateIndex] = cells.get(scalars.enterprises)?.keys() ?? []
  const vendor = chooseVendor({
    ...{ ...system, model: device.model },
    privateOid: privateIndex === undefined ? null : `${scalars.enterprises}.${privateIndex}`,
  })
  if (vendor === known.vendor) return noCells
  known.vendor = vendor
  if (vendor === null) return noCells
  const oids = [...vendor.constant, ...vendor.changing]
  return (await readMore(asking, version, oids)) ?? noCells
}

const noCells: Cells = new Map()

function meant({ target, known }: Asking, cells: Cells, snmp: Reading['snmp']): Reading {
  const told = toldBy(cells)
  return overlay(decode(target, told, snmp), known.vendor, told)
}

/** What every network carries in one piece (Ethernet's 1500, less the heads of IP and UDP). */
const mostReplyOctets = 1400
