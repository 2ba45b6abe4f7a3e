import { asCounted } from '../../core/as-counted.ts'
import type { Found, FoundDevice, Search, SearchOrder } from '../../core/printers/found.ts'
import type { ReadPrinter, Target } from '../../core/status/reading.ts'
import { type Answering, askMany } from './answering.ts'
import { deviceOf, together } from './found-device.ts'
import { findOnLink } from './mdns.ts'
import type { Question } from './question.ts'
import { readRange } from './range.ts'

// A search for printers, when a person asks for one and never by itself: who answers, then what it is.

export interface SearchSettings {
  readonly readPrinter: ReadPrinter
  /** The site's. */
  readonly defaults: Pick<Target, 'community' | 'version'>
  readonly timeoutMs: number
  /** Asks mDNS. */
  readonly findOnLink?: typeof findOnLink
}

/** Devices that are read at the same time. */
const window = 8
const linkSeconds = 3
const snmpPort = 161

export function createSearch(settings: SearchSettings): Search {
  return async (order) => {
    const range = order.range === null ? null : readRange(order.range)
    const seconds = linkSeconds
    const onLink = order.link
      ? await (settings.findOnLink ?? findOnLink)({ seconds, stop: order.stop })
      : { devices: [], trouble: null }
    const linked = onLink.devices.map(({ address }) => address)
    const places = [
      ...(range ? [range] : []),
      ...(linked.length > 0 ? [{ addresses: linked, port: snmpPort }] : []),
    ]
    const devices = new Map<string, FoundDevice>()
    let trouble = onLink.trouble
    for (const { addresses, port } of places) {
      const left = addresses.filter((address) => !devices.has(addressOf(address, port)))
      const found = await searchThrough({ addresses: left, port }, order, settings)
      for (const device of found.devices) devices.set(device.address, device)
      trouble ??= found.trouble
    }
    for (const device of onLink.devices)
      devices.set(device.address, together(devices.get(device.address), device))
    return { devices: [...devices.values()].sort(byAddress), trouble }
  }
}

async function searchThrough(
  { addresses, port }: { readonly addresses: readonly string[]; readonly port: number },
  { community, stop, onProgress }: SearchOrder,
  { defaults, readPrinter, timeoutMs }: SearchSettings,
): Promise<Found> {
  const devices: FoundDevice[] = []
  const questions = questionsOf(defaults, community)
  const of = addresses.length * questions.length
  let [asked, answered, running] = [0, 0, 0]
  const waiting: Answering[] = []
  let idle = () => {}

  async function read({ address: host, ...answers }: Answering): Promise<void> {
    const address = addressOf(host, port)
    const { version } = defaults
    const target = { address, community: answers.community, version, known: answers.version }
    const reading = await readPrinter(target)
    if (stop.aborted && !reading.ok) return
    const own = answers.community === defaults.community ? null : answers.community
    devices.push(deviceOf(reading, own))
  }

  function readNext(): void {
    const next = running < window && !stop.aborted ? waiting.shift() : undefined
    if (next) {
      running += 1
      void read(next).finally(() => {
        running -= 1
        readNext()
      })
      readNext()
    } else if (running === 0) idle()
  }

  const trouble = await askMany({
    ...{ addresses, port, questions, timeoutMs, stop },
    onAsked() {
      asked += 1
      onProgress({ asked, of, answered })
    },
    onAnswer(answering) {
      answered += 1
      waiting.push(answering)
      readNext()
    },
  })
  await new Promise<void>((resolve) => {
    idle = resolve
    // What is being read then is left; a printer may take seconds.
    if (stop.aborted) resolve()
    stop.addEventListener('abort', () => resolve(), { once: true })
    readNext()
  })
  return { devices: [...devices], trouble }
}

/** Each version once, and the better one once more: a datagram may be lost. */
function questionsOf(
  { community, version }: SearchSettings['defaults'],
  beside: string | null,
): Question[] {
  const versions = version === 'auto' ? (['2c', '1', '2c'] as const) : ([version, version] as const)
  const communities = [community, ...(beside === null || beside === community ? [] : [beside])]
  return communities.flatMap((community) => versions.map((version) => ({ community, version })))
}

const addressOf = (host: string, port: number) => (port === snmpPort ? host : `${host}:${port}`)

const byAddress = (a: FoundDevice, b: FoundDevice) => asCounted(a.address, b.address)
