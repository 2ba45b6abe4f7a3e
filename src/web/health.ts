import { type Answer, json, type Route } from './answer.ts'
import { readQuery } from './query.ts'

// For monitors, which do not sign in: so no printer's name, no person's, no path, no secret.

export interface PartHealth {
  readonly ok: boolean
  /** For whoever runs platen: what is wrong and what to do, or that all is well. */
  readonly sentence: string
}

export interface HealthParts {
  readonly version: string
  /** What is still missing before the feed tells anything: sentences, none when ready. */
  readonly waitingFor: () => readonly string[]
  /** By the part's name: 'store', 'sweep', … */
  readonly health: () => Readonly<Record<string, PartHealth>>
}

export function healthRoutes(parts: HealthParts): Route[] {
  return [
    { method: 'GET', path: '/healthz', as: 'json', who: 'anybody', answer: alive },
    { method: 'GET', path: '/readyz', as: 'json', who: 'anybody', answer: () => ready(parts) },
    {
      method: 'GET',
      path: '/api/v1/health',
      as: 'json',
      who: 'anybody',
      answer: ({ query }) => {
        readQuery(query, {})
        return wholeHealth(parts)
      },
    },
  ]
}

/** That this is answered says all: the loop turns. */
const alive = (): Answer => json(200, { alive: true })

function ready({ waitingFor }: HealthParts): Answer {
  const missing = waitingFor()
  const isReady = missing.length === 0
  return json(isReady ? 200 : 503, { ready: isReady, waitingFor: missing })
}

function wholeHealth({ version, health }: HealthParts): Answer {
  const all = health()
  const ok = Object.values(all).every((part) => part.ok)
  return json(ok ? 200 : 503, { ok, version, parts: all })
}
