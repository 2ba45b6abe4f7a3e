import type { Html } from '../core/html.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import { setSupplyRule } from '../core/printers/supply-rules.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { type RuleFacts, supplyRulesPage, type TypedRule } from './pages/supply-rules.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// What the office knows better of a printer's supplies, for who is signed in: read and changed.

export function supplyRuleRoutes(parts: BoardParts): Route[] {
  const look = { as: 'page', who: 'signed in', needs: 'printers look' } as const
  const path = '/printers/:printer/supplies'
  const show = (ask: SignedAsk) => page(200, whole(parts, ask, null))
  const keep = (ask: SignedAsk) => keepRule(parts, ask)
  return [
    { ...look, method: 'GET', path, answer: show },
    { ...look, needs: 'printers change', method: 'POST', path: `${path}/:supply`, answer: keep },
  ]
}

function keepRule(parts: BoardParts, ask: SignedAsk): Promise<Answer> {
  const { store } = parts
  const typed = typedIn(ask)
  return showAgain(
    async () => {
      const { id } = await store.update((tx) => {
        const printer = getVisiblePrinter(tx.state, ask.person, ask.params.printer ?? '')
        const rule = {
          ...typed,
          warningPercent: percentIn(typed.warningPercent, 'warningPercent'),
          errorPercent: percentIn(typed.errorPercent, 'errorPercent'),
        }
        const { index, ...kept } = rule
        const { supplies } = parts.fleet.status(printer.id)
        const supply = supplies.find((each) => each.index === index) ?? null
        setSupplyRule(tx, printer, { index, rule: kept, supply }, ask.act())
        return printer
      })
      return seeOther(`/printers/${id}/supplies#supply-${typed.index}`)
    },
    ({ message }) => whole(parts, ask, { sentence: message, typed }),
  )
}

function whole(parts: BoardParts, ask: SignedAsk, refused: RuleFacts['refused']): Html {
  const printer = getVisiblePrinter(parts.store.state, ask.person, ask.params.printer ?? '')
  const { supplies } = parts.fleet.status(printer.id)
  return supplyRulesPage(viewOf(parts, ask), { printer, supplies, refused })
}

function typedIn({ form, params }: SignedAsk): TypedRule {
  const percent = (name: string) => (form.get(name) ?? '').trim().slice(0, 20)
  return {
    index: params.supply ?? '',
    invert: form.get('invert') === '1',
    ignore: form.get('ignore') === '1',
    warningPercent: percent('warningPercent'),
    errorPercent: percent('errorPercent'),
  }
}

/** Empty: the site's. */
function percentIn(typed: string, field: string): number | null {
  if (typed === '') return null
  const percent = /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN
  if (percent <= 100) return percent
  throw new Refusal('invalid', 'A percent is a whole number from 0 to 100, or left empty.', {
    field,
  })
}
