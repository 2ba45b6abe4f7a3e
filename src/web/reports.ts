import { page, type Route, type SignedAsk } from './answer.ts'
import { createFigures } from './figures.ts'
import { reportsPage } from './pages/reports.ts'
import { readQuery } from './query.ts'
import { type BoardParts, viewOf } from './views.ts'

// Figures of the fleet and of tickets.

export interface ReportParts extends BoardParts {}

export function reportRoutes(parts: ReportParts): Route[] {
  const figures = createFigures(parts)
  return [
    {
      ...{ method: 'GET', path: '/reports', as: 'page', who: 'signed in', needs: 'reports look' },
      answer(ask: SignedAsk) {
        readQuery(ask.query, {})
        return page(200, reportsPage(viewOf(parts, ask), figures(ask.person)))
      },
    },
  ]
}
