import { networkInterfaces } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import multicastDns from 'multicast-dns'
import { createAnnounced, type LinkDevice, type LinkQuestion, services } from './announced.ts'
import { isOnLink } from './range.ts'

// What announces itself on the own link by mDNS (RFC 6762, RFC 6763). It crosses no router: of a campus
// it finds the printers beside this machine.

export type { LinkDevice }

export interface LinkOrder {
  readonly seconds: number
  readonly stop?: AbortSignal
  /** The address of the own link to ask on, where several are there. */
  readonly address?: string
  /** 5353 but where that cannot be had. */
  readonly port?: number
}

export interface LinkFound {
  readonly devices: readonly LinkDevice[]
  readonly trouble: string | null
}

/** What the first answers left out is asked for soon; the same again not sooner than RFC 6762, 5.2 says. */
const [soonMs, againMs] = [250, 1000]
/** A link with more printers than that is no link. */
const mostPackets = 5000

/** Never rejects: where nothing can be asked, `trouble` is the system's word for why. */
export async function findOnLink({ seconds, stop, address, port }: LinkOrder): Promise<LinkFound> {
  const own = ownNetworks()
  const announced = createAnnounced((of) => isOnLink(of, own))
  let trouble: string | null = null
  let packets = 0
  const mdns = multicastDns({
    ...(address !== undefined && { interface: address, bind: '0.0.0.0' }),
    ...(port !== undefined && { port }),
  })
  mdns.on('error', (error: NodeJS.ErrnoException) => {
    trouble ??= error.code ?? error.message
  })
  // What cannot be read; and a network card without multicast.
  mdns.on('warning', () => {})
  mdns.on('response', ({ answers, additionals }, from) => {
    packets += 1
    if (packets <= mostPackets && isOnLink(from.address, own))
      announced.hear([...answers, ...additionals], from.address)
  })
  const ask = (questions: readonly LinkQuestion[]) => {
    if (questions.length > 0) mdns.query([...questions])
  }
  const untilMs = performance.now() + seconds * 1000
  try {
    ask(services.map((name) => ({ name, type: 'PTR' })))
    for (let pauseMs = soonMs; performance.now() < untilMs && trouble === null; pauseMs = againMs) {
      const leftMs = untilMs - performance.now()
      await wait(Math.min(pauseMs, leftMs), undefined, stop && { signal: stop })
      if (pauseMs === againMs) ask(services.map((name) => ({ name, type: 'PTR' })))
      ask(announced.missing())
    }
  } catch (error) {
    if (!stop?.aborted) throw error
  } finally {
    await new Promise<void>((closed) => mdns.destroy(closed))
  }
  return { devices: announced.devices(), trouble }
}

/** `10.0.0.2/24`, one for each IPv4 address of this machine. */
function ownNetworks(): (string | null)[] {
  return Object.values(networkInterfaces()).flatMap((cards = []) =>
    cards.filter(({ family }) => family === 'IPv4').map(({ cidr }) => cidr),
  )
}
