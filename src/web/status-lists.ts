import type { Clock } from '../core/clock.ts'
import type { Printer } from '../core/printers/printer.ts'
import { inOrder } from '../core/printers/printers.ts'
import type { Store } from '../core/store.ts'
import type { FleetView } from './fleet-view.ts'
import { createStatusTexts, type StatusText } from './status-texts.ts'
import { tagOf } from './tagged.ts'

// The feed as octets: of 1,000 printers it is 3 MB, which twenty screens ask for each second. It is written
// in slices, and once for all who ask within a second while nothing is new.

/** A list as it is now. */
export interface Written {
  readonly tag: string
  body(): Buffer
}

interface Lately {
  readonly second: number
  readonly news: number
  readonly written: Promise<Written>
}

const sliceMs = 4

const comma = Buffer.from(',')
const close = Buffer.from(']}\n')

export function createStatusLists(parts: {
  store: Pick<Store, 'state'>
  clock: Clock
  fleet: Pick<FleetView, 'status' | 'newsCount'>
}) {
  const { store, clock, fleet } = parts
  const writeText = createStatusTexts()
  const ordered = createOrder()
  /** By the list of printers, which stays the same while they do. */
  const held = new WeakMap<readonly Printer[], Lately>()

  const textOf = (printer: Printer): StatusText => writeText(printer, fleet.status(printer.id))

  /** In slices, for a list of a thousand takes its time, and others want theirs. */
  async function textsOf(printers: readonly Printer[]): Promise<StatusText[]> {
    const texts: StatusText[] = []
    let sliceEndsMs = performance.now() + sliceMs
    for (const { id } of printers) {
      if (performance.now() > sliceEndsMs) {
        await new Promise((turn) => setImmediate(turn))
        sliceEndsMs = performance.now() + sliceMs
      }
      const present = store.state.printers[id]
      if (present) texts.push(textOf(present))
    }
    return texts
  }

  async function write(printers: readonly Printer[]): Promise<Written> {
    const texts = await textsOf(ordered(printers))
    const clockTrusted = clock.trusted()
    let body: Buffer | null = null
    return {
      tag: tagOf([String(clockTrusted), ...texts.map((text) => text.tag)].join()),
      body() {
        if (body !== null) return body
        const head = JSON.stringify({ schema: 1, generatedAt: clock.now(), clockTrusted })
        const printers = texts.flatMap(({ json }, at) => (at > 0 ? [comma, ...json] : json))
        body = Buffer.concat([Buffer.from(`${head.slice(0, -1)},"printers":[`), ...printers, close])
        return body
      },
    }
  }

  /** Ten screens that ask within a second get the same octets, unless there is news. */
  function lately(wanted: readonly Printer[]): Promise<Written> {
    const printers = ordered(wanted)
    const second = Math.floor(clock.monotonicMs() / 1000)
    const news = fleet.newsCount()
    const before = held.get(printers)
    if (before && before.second === second && before.news === news) return before.written
    const written = write(printers)
    held.set(printers, { second, news, written })
    written.catch(() => held.delete(printers))
    return written
  }

  return { textOf, write, lately }
}

/** Lists of people of different reach. */
const mostOrders = 8

/** Sorting 1,000 labels costs more than all the rest, so the last orders are kept, by their records. */
function createOrder(): (printers: readonly Printer[]) => readonly Printer[] {
  /** The last used first. */
  let kept: { readonly of: readonly Printer[]; readonly ordered: readonly Printer[] }[] = []
  return (printers) => {
    const found = kept.find(({ of }) => isSame(of, printers))
    const one = found ?? { of: printers, ordered: inOrder(printers) }
    if (kept[0] !== one) kept = [one, ...kept.filter((each) => each !== one)].slice(0, mostOrders)
    return one.ordered
  }
}

const isSame = (a: readonly Printer[], b: readonly Printer[]): boolean =>
  a === b || (a.length === b.length && a.every((each, at) => each === b[at]))
