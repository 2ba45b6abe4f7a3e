import { type Binding, readBindings } from '../../src/snmp/bindings.ts'
import { getResponse, readEnvelope } from '../../src/snmp/envelope.ts'
import { type MutationName, mutate, type Sample } from './mutations.ts'
import type { Seeded } from './seeded.ts'
import { readStrictly, type StrictBinding } from './strict.ts'

// One answer, spoilt in some way and read twice: by the product and by the letter of the standards.

export interface Found {
  readonly mutation: MutationName
  readonly datagram: Buffer
  readonly what: string
}

export interface Tally {
  /** Answers of which something was read all the same, and those that were refused. */
  read: number
  refused: number
}

/** null: both read the same, or neither reads anything. */
export function readTwice(samples: readonly Sample[], random: Seeded, tally: Tally): Found | null {
  const sample = random.pick(samples)
  const { name: mutation, datagram } = mutate(sample, random.pick(samples), random)
  const before = Buffer.from(datagram)
  const what = differenceIn(datagram, sample, mutation, tally)
  if (what !== null) return { mutation, datagram, what }
  return before.equals(datagram) ? null : { mutation, datagram: before, what: 'was written to' }
}

function differenceIn(
  datagram: Buffer,
  sample: Sample,
  mutation: MutationName,
  tally: Tally,
): string | null {
  try {
    if (mutation === 'cut' && readEnvelope(datagram)?.whole) return 'a cut answer passes for whole'
    const ours = heardByUs(datagram, sample)
    const strict = readStrictly(datagram)
    const isAnswer =
      strict?.errorStatus === 0 &&
      strict.requestId === sample.requestId &&
      strict.sender.equals(sample.sender)
    const theirs = isAnswer ? strict.bindings : null
    if (ours === null) tally.refused += 1
    else tally.read += 1
    if (ours === null || theirs === null)
      return ours === theirs ? null : `read by ${ours === null ? 'the letter' : 'us'} alone`
    const at = ours.findIndex((one, at) => !isSame(one, theirs[at]))
    if (at === -1 && ours.length === theirs.length) return null
    return `binding ${at}: ${JSON.stringify([ours[at], theirs[at]])}`
  } catch (error) {
    return error instanceof Error ? `threw ${error.stack}` : `threw ${error}`
  }
}

/** As a channel and a session do. */
function heardByUs(datagram: Buffer, { sender, requestId }: Sample): Binding[] | null {
  const envelope = readEnvelope(datagram)
  if (envelope?.pduType !== getResponse || envelope.requestId !== requestId) return null
  if (!envelope.sender.equals(sender) || !envelope.whole) return null
  return envelope.errorStatus === 0 ? readBindings(datagram, envelope) : null
}

function isSame({ oid, cell }: Binding, other: StrictBinding | undefined): boolean {
  if (oid !== other?.oid || cell?.kind !== other.cell?.kind) return false
  if (cell?.kind === 'octets' && other.cell?.kind === 'octets')
    return cell.octets.equals(other.cell.octets)
  if (cell?.kind === 'number' && other.cell?.kind === 'number')
    return cell.number === other.cell.number
  return cell?.kind !== 'oid' || (other.cell?.kind === 'oid' && cell.oid === other.cell.oid)
}
