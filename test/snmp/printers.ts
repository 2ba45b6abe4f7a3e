import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Reading, Target } from '../../src/core/status/reading.ts'
import { createReader } from '../../src/snmp/status.ts'
import { type Agent, type AgentSettings, startAgent } from '../parts/agent.ts'

const folder = join(import.meta.dirname, '../walks')

export const walkNames = [
  'alder-c440',
  'birch-m220-jam',
  'cedar-c510-levels',
  'elm-100',
  'fir-mfp-third',
] as const
export type WalkName = (typeof walkNames)[number]

export const walkOf = (name: WalkName): Buffer => readFileSync(join(folder, `${name}.snmprec`))

export const meantBy = (name: WalkName): Partial<Reading> =>
  JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'))

/** A printer that is there for one test. */
export async function aPrinter(settings: Partial<AgentSettings> = {}): Promise<Agent> {
  const agent = await startAgent({ walk: walkOf('alder-c440'), ...settings })
  onTestFinished(() => agent.stop())
  return agent
}

interface Way extends Partial<Target> {
  readonly timeoutMs?: number
  readonly retries?: number
}

/** On loopback an answer takes a millisecond; on a busy machine it may be a thousand. */
export function read({ address }: { address: string }, way: Way = {}): Promise<Reading> {
  const { timeoutMs = 1000, retries = 1, ...target } = way
  const reader = createReader({ timeoutMs, retries })
  onTestFinished(() => reader.close())
  return reader.readPrinter({
    address,
    community: 'public',
    version: 'auto',
    known: null,
    ...target,
  })
}
