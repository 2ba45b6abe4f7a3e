import type { KnownVersion, Reading } from '../core/status/reading.ts'
import type { Acquaintance } from './acquaintance.ts'
import { askAgain } from './again.ts'
import { askAgainByUser } from './again-by-user.ts'
import { type Asking, reach, readMore, versionsOf } from './asking.ts'
import { type Cells, toldBy } from './cells.ts'
import { nobody } from './contact.ts'
import { suppliesElsewhere } from './contexts.ts'
import { decode } from './decode.ts'
import { type LearnSettings, learn } from './learned.ts'
import { myTurn } from './loop.ts'
import { deviceIndex, readDevice, readSystem } from './mibs/identity.ts'
import { scalars } from './mibs/oids.ts'
import { readText } from './mibs/text.ts'
import { octetsAt } from './mibs/told.ts'
import { overlay } from './overlay.ts'
import { keepSame } from './same.ts'
import type { Refused } from './v3/refused.ts'
import { chooseVendor } from './vendors/choose.ts'
import type { Vendor } from './vendors/vendor.ts'
import { readWhole } from './whole.ts'
import { brokenIn, brokenOff, whyNobody } from './why.ts'

// One reading of one printer. The first time, and when something says that more has changed, it is read
// whole; in between only what may have changed is asked, in requests learned from the whole reading.

export type Outcome = Failed | Read

interface Read {
  readonly version: KnownVersion
  readonly error: null
  readonly refused?: null
  readonly isUnreachable?: false
  readonly reading: Reading
}

interface Failed {
  readonly version: KnownVersion | null
  readonly error: string
  /** Why the user of SNMP 3 was turned away. */
  readonly refused?: Refused['why'] | null
  /** The kept session of SNMP 3 leads nowhere any more; a new one may. */
  readonly isUnreachable?: boolean
  readonly reading: null
}

/** From this many silent polls in a row on, one small question finds out whether it is back. */
export const silentPollsToProbe = 2

export async function read(asking: Asking): Promise<Outcome> {
  const { target, known } = asking
  const { silentPolls = 0 } = target
  const versions = versionsOf(target)
  // While it is silent the office decides when both versions are tried again.
  const last = silentPolls > 0 ? target.known : (known.version ?? target.known)
  let version = last !== null && versions.includes(last) ? last : null
  if (silentPolls >= silentPollsToProbe) {
    // Where it never answered, both versions take turns.
    const one = version ?? versions[silentPolls % versions.length]
    const made = await reach(asking, one ? [one] : versions, 0)
    if (made.version === null) return failed(whyNobody(made, target))
    // It may speak 2c as well: that was not asked.
    version = made.version === '1' && versions.length > 1 ? null : made.version
  } else if (known.learned && version && !target.isWanted && isFresh(known)) {
    const again = await askLearned(asking, version)
    if (again !== null) return again
  }
  // It may have learned 2c, or both of its answers were lost when it was met.
  if (version === '1' && !isFresh(known)) version = null
  return readAll(asking, version)
}

const isFresh = ({ wholeAgainMs }: Acquaintance): boolean => performance.now() < wholeAgainMs

const failed = (error: string, version: KnownVersion | null = null): Failed => ({
  ...{ version, error, reading: null },
})

/** null: it is to be read whole. */
async function askLearned(asking: Asking, version: KnownVersion): Promise<Outcome | null> {
  const { known, channel, userSession, timeoutMs, retries } = asking
  const { learned, reading } = known
  if (learned === null || reading === null) return null
  const again = userSession
    ? await askAgainByUser(learned, userSession)
    : await askAgain(learned, channel, {
        tries: known.tries(timeoutMs, retries),
        onTrip: (ms) => known.noteTrip(ms),
      })
  switch (again.kind) {
    case 'same': {
      known.misfits = 0
      const uptimeSeconds = again.upTime === null ? null : Math.floor(again.upTime / 100)
      if (known.wasReset(uptimeSeconds)) return null
      const { system } = reading
      const now = uptimeSeconds === system.uptimeSeconds ? system : { ...system, uptimeSeconds }
      return { version, error: null, reading: { ...reading, system: now } }
    }
    case 'new': {
      known.misfits = 0
      const now = meant(asking, again.cells, reading.snmp)
      if (known.wasReset(now.system.uptimeSeconds)) return null
      return { version, error: null, reading: keepSame(reading, now) }
    }
    case 'misfit':
      known.misfits += 1
      return null
    case 'otherwise':
    case 'garbled':
      return null
    case 'closed':
      return failed(brokenOff, version)
    default:
      return lookAround(asking, again.kind === 'unreachable' ? again.code : null)
  }
}

/**
 * It does not answer any more: it may have been put in another's place and speak the other version, or the
 * address of this machine is another now, to which the old way does not lead back.
 */
async function lookAround(asking: Asking, code: string | null): Promise<Outcome> {
  const { known, place, target, userSession } = asking
  if (code !== null && userSession !== null)
    return { ...failed(whyNobody({ ...nobody, code }, target)), isUnreachable: true }
  const anew = code === null ? asking : { ...asking, channel: known.channelAnew(place) }
  const made = await reach(anew, versionsOf(target), 0)
  if (made.version !== null) return readAll(anew, made.version)
  return failed(whyNobody({ ...made, code: made.code ?? code }, target))
}

async function readAll(asking: Asking, knownVersion: KnownVersion | null): Promise<Outcome> {
  const { known } = asking
  known.learned = null
  const whole = await readWhole(asking, knownVersion)
  if (whole.error !== null) return { ...whole, reading: null }
  await myTurn()
  const { version } = whole
  const { vendor, own, isLost } = await ofItsMaker(asking, version, whole.cells)
  const cells = new Map([...whole.cells, ...own])
  const elsewhere = await suppliesElsewhere(asking, { version, vendor, cells })
  if (elsewhere === 'lost') return failed(brokenIn, version)
  for (const [oid, rows] of elsewhere?.cells ?? []) cells.set(oid, rows)
  // What was lost on the way is asked for at the next poll.
  if (isLost) known.wholeAgainMs = 0
  else {
    // A little apart, or a thousand that were met together would all be due together.
    known.wholeAgainMs = performance.now() + asking.wholeEveryMs * (0.75 + Math.random() / 4)
    const isSilent = (oid: string) =>
      !elsewhere?.cells.has(oid) && (whole.silent.includes(oid) || known.doubtful.has(oid))
    teach(asking, { version, cells, isSilent, suppliesIn: elsewhere?.community ?? null })
  }
  await myTurn()
  const context = asking.context ?? elsewhere?.context ?? null
  const reading = meant(asking, cells, { version, context, requests: 0, ms: 0 }, vendor)
  return {
    version,
    error: null,
    reading: known.reading ? keepSame(known.reading, reading) : reading,
  }
}

/** So many at once would be a burst; the fullest recording needs three. */
const mostRequests = 24
/** Where learned requests did not fit so often, ever smaller ones, they are let be for an hour. */
const mostMisfits = 3
const unlearnedMs = 3_600_000

function teach(
  { known, community }: Asking,
  taught: Pick<LearnSettings, 'version' | 'cells' | 'isSilent' | 'suppliesIn'>,
): void {
  const now = performance.now()
  if (known.misfits >= mostMisfits) {
    known.misfits = 0
    known.unlearnedUntilMs = now + unlearnedMs
  }
  if (now < known.unlearnedUntilMs) return
  const told = toldBy(taught.cells)
  const learned = learn({
    ...{ ...taught, community, device: deviceIndex(told) },
    vendor: known.vendor?.changing ?? [],
    serials: known.vendor?.serials ?? [],
    vendorRows: known.vendor?.rows?.(told) ?? {},
    mostNames: known.taken?.manners.names ?? Number.POSITIVE_INFINITY,
    mostOctets: mostReplyOctets / 2 ** known.misfits,
  })
  if (learned.requests.length <= mostRequests) known.learned = learned
}

/** How often in a row what a maker tells may be lost before the printer is taken to say no more of it. */
const mostLost = 3

/** What a maker tells of its own is asked once it is known who made it. */
async function ofItsMaker(
  asking: Asking,
  version: KnownVersion,
  cells: Cells,
): Promise<{ vendor: Vendor | null; own: Cells; isLost: boolean }> {
  const { known } = asking
  const told = toldBy(cells)
  const [privateIndex] = cells.get(scalars.enterprises)?.keys() ?? []
  const vendor = chooseVendor({
    ...{ ...readSystem(told, null), model: readDevice(told, deviceIndex(told), null).model },
    // Pantum puts the text of its device ID where others have an OID.
    deviceId: readText(octetsAt(told, 'hrDeviceID', deviceIndex(told) ?? ''), null),
    privateOid: privateIndex === undefined ? null : `${scalars.enterprises}.${privateIndex}`,
  })
  if (vendor === known.vendor) return { vendor, own: noCells, isLost: false }
  const { constant = [], changing = [] } = vendor ?? {}
  const oids = [...constant, ...changing]
  const own = await readMore(asking, version, oids)
  known.lost = own.isLost ? known.lost + 1 : 0
  // It is who it is all the same; only, it will be asked again. A part may say something else than the
  // whole: the serial of a print server, a level without its colour.
  if (own.isLost && known.lost < mostLost) return { vendor, own: noCells, isLost: true }
  known.vendor = vendor
  known.lost = 0
  known.doubtful.add(oids.filter((oid) => !own.told.includes(oid)))
  return { vendor, own: own.cells, isLost: false }
}

const noCells: Cells = new Map()

function meant(
  { target, known }: Asking,
  cells: Cells,
  snmp: Reading['snmp'],
  vendor = known.vendor,
): Reading {
  const told = toldBy(cells)
  return overlay(decode(target, told, snmp), vendor, told)
}

/** What every network carries in one piece (Ethernet's 1500, less the heads of IP and UDP). */
const mostReplyOctets = 1400
