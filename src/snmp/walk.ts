import { begin, type Column, skipRow, take, type Walking } from './columns.ts'
import { byIndex, type Cell } from './mibs/told.ts'
import { type Answer, errorStatus, type Session } from './session.ts'
import type { Refused } from './v3/refused.ts'

// Many columns read side by side in few requests, from agents that keep the rules and from those that do
// not. RFC 3416, 4.2.3: a GETBULK answers what fits and leaves the rest to be asked again.

/** How much at a time a printer takes; learned by what it does not answer. */
export interface Manners {
  /** Names in one request. */
  readonly names: number
  readonly bulk: boolean
}

export type Ended =
  | 'whole'
  | 'refused'
  | 'silent'
  | 'unreachable'
  | 'garbled'
  | 'slow'
  | 'endless'
  | 'closed'

export interface Walked {
  readonly ended: Ended
  /** The network's word, where it was unreachable. */
  readonly code: string | null
  /** Why the user of SNMP 3 was refused. */
  readonly refused: Refused['why'] | null
  /** Cells by column OID, then by row index. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>
  /** Whether anything at all came. */
  readonly answered: boolean
  /** Columns to which an agent that answers others was silent, asked alone and asked again. */
  readonly silent: readonly string[]
  /** Columns that it answered to their end. */
  readonly told: readonly string[]
  /** How often a request had to be put in another way, and the way that worked. */
  readonly troubles: number
  readonly manners: Manners
}

export interface WalkSettings {
  readonly session: Session
  /** With less patience: once it has said after a silence that it is there. */
  readonly quickSession: Session
  readonly columns: readonly Column[]
  readonly manners: Manners
  /** Monotonic time, as of performance.now(). */
  readonly deadlineMs: number
  /** Asked after a silence: whether the printer answers something small. `before`: it has answered here. */
  readonly isAlive: (before: boolean) => Promise<boolean>
}

/** Bindings that a GETBULK asks for: agents cut what does not fit, mostly at 1,472 octets (some 60). */
const bindingsAtOnce = 80
const mostRepetitions = 24
/**
 * Past these an agent is making things up: the fullest recording has 204 of the cells that are asked here
 * and 1,300 octets of text. All that is kept is decoded and judged in one go, with everybody waiting.
 */
const most = { cells: 3072, textOctets: 16_384, octets: 524_288, requests: 1500 }
/** Answers that cannot be read, before a first good one and in all: each is half as long as the last. */
const mostGarbled = { atFirst: 6, inAll: 24 }
/** RFC 3417, 3: every agent can send 484 octets; a reply that was cut to fit is not much shorter. */
const cutReplyOctets = 384

interface Batch {
  readonly columns: readonly Walking[]
  /** The agent said of a name just below that nothing follows it. */
  readonly suspect?: boolean
  /** It was asked before, and there was silence. */
  readonly again?: boolean
}

export async function walk(settings: WalkSettings): Promise<Walked> {
  let { session } = settings
  const columns = settings.columns.map(begin)
  let { names, bulk } = settings.manners
  let answered = false
  let troubles = 0
  const came = { cells: 0, textOctets: 0, octets: 0, requests: 0 }
  let garbled = 0
  let batches: Batch[] = []
  /** Columns that failed by themselves: they get past the bad row once their neighbours' rows are known. */
  let stuck: Walking[] = []

  const end = (ended: Ended, code: string | null = null): Walked => ({
    ended,
    code,
    refused: null,
    cells: new Map(columns.flatMap(({ oid, cells }) => (cells ? [[oid, cells]] : []))),
    answered,
    silent: columns.filter(({ silences }) => silences > 0).map(({ oid }) => oid),
    told: columns.filter(({ open, silences }) => !open && silences === 0).map(({ oid }) => oid),
    troubles,
    manners: { names, bulk },
  })

  /** Smaller requests from here on, down to a single name. */
  const split = ({ columns }: Batch): void => {
    const [only] = columns
    if (columns.length === 1 && only) {
      only.open = false
      stuck.push(only)
      // It was this one, not the size.
      ;({ names, bulk } = settings.manners)
    } else {
      const half = Math.ceil(columns.length / 2)
      names = Math.min(names, half)
      batches.unshift({ columns: columns.slice(0, half) }, { columns: columns.slice(half) })
    }
  }

  const trouble = (batch: Batch): void => {
    troubles += 1
    // Once may be a size; twice, and the agent may not know GETBULK at all.
    if (troubles > 1) bulk = false
    split(batch)
  }

  const silence = (batch: Batch): void => {
    const only = batch.columns.length === 1 ? batch.columns[0] : undefined
    // A network loses a single name as easily as many: silence is believed the second time.
    if (only?.silences === 0 && !batch.again) batches.unshift({ ...batch, again: true })
    else {
      if (only) only.silences += 1
      trouble(batch)
    }
  }

  for (;;) {
    const batch = batches.shift()
    if (batch === undefined) {
      let open = columns.filter(({ open }) => open)
      if (open.length === 0) {
        // Silence to a second row is silence to all of it.
        open = stuck.filter((column) => column.silences < 2 && skipRow(column, columns))
        stuck = []
      }
      batches = inBatches(open, names)
      if (batches.length === 0) return end('whole')
      continue
    }
    if (batch.columns.length > names) {
      batches.unshift(...inBatches(batch.columns, names))
      continue
    }
    if (performance.now() > settings.deadlineMs) return end('slow')
    if (came.requests >= most.requests) return end('endless')
    came.requests += 1
    const answer = await ask(session, batch.columns, bulk)
    if (answer.kind === 'closed') return end('closed')
    if (answer.kind === 'refused') return { ...end('refused'), refused: answer.why }
    if (answer.kind === 'unreachable') return end('unreachable', answer.code)
    if (answer.kind === 'silent') {
      if (!(await settings.isAlive(answered))) return end('silent')
      answered = true
      // To find one name that it never answers takes eight requests, and there is not time for all their timeouts.
      session = settings.quickSession
      silence(batch)
      continue
    }
    answered = true
    if (answer.kind === 'garbled') {
      garbled += 1
      if (garbled >= (came.cells === 0 ? mostGarbled.atFirst : mostGarbled.inAll))
        return end('garbled')
      trouble(batch)
    } else if (answer.kind === 'declined') {
      if (answer.status === errorStatus.tooBig) split(batch)
      else if (answer.status === errorStatus.noSuchName)
        batches.unshift(...withoutLast(batch, answer))
      else trouble(batch)
    } else {
      const heard = take(batch.columns, answer.columns)
      came.cells += heard.cells
      came.textOctets += heard.textOctets
      came.octets += answer.octets
      if (heard.isEndless || isTooMuch(came)) return end('endless')
      // net-snmp's own agent counts all bindings as repetitions; it would crawl, or stand still.
      if (heard.columns < batch.columns.length && answer.octets < cutReplyOctets) {
        if (bulk) bulk = false
        else if (heard.columns === 0) for (const column of batch.columns) column.open = false
      }
    }
  }
}

const isTooMuch = (came: Omit<typeof most, 'requests'>): boolean =>
  came.cells > most.cells || came.textOctets > most.textOctets || came.octets > most.octets

function ask(session: Session, columns: readonly Walking[], bulk: boolean): Promise<Answer> {
  // Scalars first, and those in the order asked; the columns then repeat.
  const oids = columns.map(({ at }) => at)
  if (!bulk) return session.getNext(oids)
  const single = columns.filter((column) => column.single).length
  const repeated = Math.max(1, columns.length - single)
  const repetitions = Math.floor((bindingsAtOnce - single) / repeated)
  return session.getBulk(oids, single, Math.min(Math.max(repetitions, 1), mostRepetitions))
}

function inBatches(columns: readonly Walking[], names: number): Batch[] {
  const batches: Batch[] = []
  for (let from = 0; from < columns.length; from += names) {
    batches.push({ columns: columns.slice(from, from + names) })
  }
  return batches
}

/**
 * RFC 1157, 4.1.3: noSuchName to a GETNEXT names the one that nothing follows. Whatever is asked above it
 * has no follower either; one more request makes sure, for not every agent keeps to that.
 */
function withoutLast({ columns, suspect }: Batch, { index }: { index: number }): Batch[] {
  const last = columns[index - 1]
  if (last === undefined) {
    const [only] = columns
    if (columns.length === 1 && only) only.open = false
    const half = Math.ceil(columns.length / 2)
    return [columns.slice(0, half), columns.slice(half)]
      .map((columns) => ({ columns: columns.filter(({ open }) => open) }))
      .filter(({ columns }) => columns.length > 0)
  }
  last.open = false
  if (suspect && columns.every(({ at }) => byIndex(at, last.at) >= 0)) {
    for (const column of columns) column.open = false
    return []
  }
  const isAbove = ({ at }: Walking) => byIndex(at, last.at) > 0
  return [
    { columns: columns.filter((column) => column.open && !isAbove(column)) },
    { columns: columns.filter(isAbove), suspect: true },
  ].filter(({ columns }) => columns.length > 0)
}
