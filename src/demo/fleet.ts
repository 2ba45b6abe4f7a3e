import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAgent } from './agent.ts'
import { type DemoPrinter, demoNames } from './printers.ts'
import { sceneAt } from './scene.ts'
import { readWalk, type Walk } from './walk.ts'

// The agents of the demo's printers, and the scene that is played on them.

export interface DemoFleet {
  /** `127.0.0.1:PORT` of each. */
  readonly addresses: Readonly<Record<DemoPrinter, string>>
  /** Brings every printer to how it is so many seconds after the start. */
  play(second: number): void
  stop(): Promise<void>
}

/** Walks lie in the package as they are; the built program finds them at the same place. */
const walks = join(import.meta.dirname, '../../src/demo/walks')

const slowest = 60

export async function startFleet(): Promise<DemoFleet> {
  const known = demoNames.map((name) => [name, walkOf(name)] as const)
  const agents = await Promise.all(
    known.map(([name, walk], at) =>
      startAgent({ walk, versions: versionsOf(name), delayMs: slowest / (at + 1) }),
    ),
  )
  const addresses = demoNames.map((name, at) => [name, agents[at]?.address ?? ''])
  const fleet: DemoFleet = {
    addresses: Object.fromEntries(addresses) as Record<DemoPrinter, string>,
    play(second) {
      const scene = sceneAt(second)
      for (const [name, walk] of known)
        for (const { oid, type, value } of scene[name] ?? [])
          if (value === null) walk.remove(oid)
          else walk.set(oid, type, value)
    },
    stop: async () => {
      await Promise.all(agents.map((agent) => agent.stop()))
    },
  }
  fleet.play(0)
  return fleet
}

function walkOf(name: DemoPrinter): Walk {
  return readWalk(name === 'dead' ? '' : readFileSync(join(walks, `${name}.snmprec`)))
}

function versionsOf(name: DemoPrinter): readonly ('1' | '2c')[] {
  if (name === 'dead') return []
  return name === 'old-v1' ? ['1'] : ['1', '2c']
}
