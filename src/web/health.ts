import { z } from 'zod'
import { getVisiblePrinter } from '../core/people/access.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { type Answer, json, type Route } from './answer.ts'
import { openOperation, operation, Written } from './api/operation.ts'
import type { WatchedFleet } from './fleet-view.ts'
import { fails, type MonitorWord, monitorWordOf, monitorWords } from './monitor-words.ts'

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

interface HealthRoom extends HealthParts {
  readonly store: Pick<Store, 'state'>
  readonly fleet: Pick<WatchedFleet, 'judgement'>
}

export function healthRoutes(parts: HealthRoom): Route[] {
  return [
    { method: 'GET', path: '/healthz', as: 'json', who: 'anybody', answer: alive },
    { method: 'GET', path: '/readyz', as: 'json', who: 'anybody', answer: () => ready(parts) },
    wholeHealth(parts),
    printersHealth(parts),
    printerHealth(parts),
  ]
}

/** That this is answered says all: the loop turns. */
const alive = (): Answer => json(200, { alive: true })

function ready({ waitingFor }: HealthParts): Answer {
  const missing = waitingFor()
  const isReady = missing.length === 0
  return json(isReady ? 200 : 503, { ready: isReady, waitingFor: missing })
}

/** The same facts either way; a plain monitor looks at the status alone. */
const judged = <T extends { readonly ok: boolean }>(facts: T): T | Written =>
  facts.ok ? facts : new Written(json(503, facts))

const part = z.object({ ok: z.boolean(), sentence: z.string() })

const wholeHealth = ({ version, health }: HealthParts) =>
  openOperation({
    ...{ method: 'GET', path: '/api/v1/health', name: 'getHealth' },
    elseStatus: 503,
    says: 'How the parts of platen are: 200 where all are well, else 503 with the same facts.',
    answers: z.object({ ok: z.boolean(), version: z.string(), parts: z.record(z.string(), part) }),
    run() {
      const all = health()
      const ok = Object.values(all).every((each) => each.ok)
      return judged({ ok, version, parts: all })
    },
  })

const word = z.enum(monitorWords)
const allow = z
  .string()
  .transform((list) => list.split(',').map((each) => each.trim().toUpperCase()))
  .pipe(z.array(z.enum(monitorWords, `is one or several of ${monitorWords.join(',')}`)))
  .default([])
const most = z.coerce.number('is a number').int('is a number').min(0, 'is 0 at least').default(0)

const printersHealth = ({ store, fleet }: HealthRoom) =>
  openOperation({
    ...{ method: 'GET', path: '/api/v1/health/printers', name: 'getPrintersHealth' },
    elseStatus: 503,
    says:
      'How many printers are how: 200 while none that is watched is in error or silent, else 503 with the same ' +
      'facts. `allow` lets some words pass (PAPER_OUT,OFFLINE), `most` so many printers.',
    query: { allow, most },
    answers: z.object({
      ok: z.boolean(),
      asked: z.int().describe('Printers that are watched'),
      failing: z.int().describe('Those in error or silent whose word is not allowed'),
      counts: z.partialRecord(word, z.int()),
    }),
    run(_ask, { query }) {
      const all = Object.values(store.state.printers).filter(({ isActive }) => isActive)
      const counts: Partial<Record<MonitorWord, number>> = {}
      let failing = 0
      for (const { id } of all) {
        const judgement = fleet.judgement(id)
        const its = monitorWordOf(judgement)
        counts[its] = (counts[its] ?? 0) + 1
        if (fails(judgement) && !query.allow.includes(its)) failing += 1
      }
      return judged({ ok: failing <= query.most, asked: all.length, failing, counts })
    },
  })

const printerHealth = ({ store, fleet }: HealthRoom) =>
  operation({
    ...{ method: 'GET', path: '/api/v1/health/printers/:printer', name: 'getPrinterHealth' },
    elseStatus: 503,
    says: 'How one printer is, in a word: 200 unless it is in error or silent, else 503 with the same facts.',
    needs: 'printers look',
    query: { allow },
    answers: z.object({ ok: z.boolean(), status: word }),
    refuses: ['conflict'],
    run({ person, params }, { query }) {
      const printer = getVisiblePrinter(store.state, person, params.printer ?? '')
      if (!printer.isActive)
        throw new Refusal('conflict', `${printer.label} is retired, and is not asked any more.`)
      const judgement = fleet.judgement(printer.id)
      const status = monitorWordOf(judgement)
      return judged({ ok: !fails(judgement) || query.allow.includes(status), status })
    },
  })
