import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startFleet } from '../parts/simulator.ts'
import { aWatch, liveOctets } from './live.ts'

/** Of 1,000 printers, live heap and buffers together. */
const mostMegabytes = 40
const rounds = 20

/** What reader and fleet hold of so many simulated printers; null: no more than they may. */
export async function fleetMemory(count: number): Promise<string | null> {
  const simulated = await startFleet({ count, deadPercent: 0, delayMs: 20 })
  try {
    const watch = await aWatch(simulated.printers.map(({ address }) => address))
    const delay = monitorEventLoopDelay({ resolution: 1 })
    for (let round = 1; round <= rounds; round += 1) {
      delay.enable()
      const read = await watch.round()
      delay.disable()
      if (round > 1 && round < rounds) continue
      const octets = (await liveOctets()) - watch.emptyOctets
      console.log(`round ${round}: ${read} read, ${megabytes(octets)} MB, ${per(octets, count)}`)
    }
    const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1)
    console.log(`loop: 99 % under ${ms(delay.percentile(99))} ms, longest ${ms(delay.max)} ms`)
    const octets = (await liveOctets()) - watch.emptyOctets
    watch.close()
    const most = (mostMegabytes * 1e6 * count) / 1000
    return octets <= most ? null : `${megabytes(octets)} MB are too many`
  } finally {
    simulated.stop()
  }
}

const megabytes = (octets: number): string => (octets / 1e6).toFixed(1)
const per = (octets: number, count: number): string => `${Math.round(octets / count)} a printer`
