import { page, type Route, type SignedAsk } from './answer.ts'
import { figuresFor } from './figures.ts'
import { reportsPage } from './pages/reports.ts'
import { readQuery } from './query.ts'
import { type FleetParts, viewOf } from './views.ts'

// Figures of the fleet and of tickets.

export function reportRoutes(parts: FleetParts): Route[] {
  return [
    {
      ...{ method: 'GET', path: '/reports', as: 'page', who: 'signed in', needs: 'reports look' },
      answer(ask: SignedAsk) {
        readQuery(ask.query, {})
        return page(200, reportsPage(viewOf(parts, ask), figuresFor(parts, ask.person)))
      },
    },
  ]
}
