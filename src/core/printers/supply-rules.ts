import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { Printer, SupplyRule } from './printer.ts'

/** As a person writes it. */
export type Wish = Pick<SupplyRule, 'invert' | 'ignore' | 'warningPercent' | 'errorPercent'>

/** What stands at the index now, as the printer tells it. */
type Standing = Pick<SupplyRule, 'kind' | 'colour'>

// What the office knows better of a supply than the printer tells, by the supply's index.

/** More than any printer has; they are kept with the printer, which is written whole each time. */
const mostRules = 64

/**
 * null, or a rule that changes nothing: as the printer and the site say. Refuses `invalid` an index that is
 * none, and an error above the warning. `supply`: null where the printer tells it no more.
 */
export function setSupplyRule(
  tx: Change,
  printer: Printer,
  asked: {
    readonly index: string
    readonly rule: Wish | null
    readonly supply: Standing | null
  },
  act: Act,
): void {
  const { index, rule } = asked
  if (!/^\d{1,10}(\.\d{1,10}){0,3}$/.test(index))
    throw new Refusal('invalid', 'There is no such supply.', { field: 'index' })
  const { [index]: before, ...others } = printer.supplies
  if (rule) refuseBackwards(rule)
  const { kind, colour } = asked.supply ?? before ?? { kind: null, colour: null }
  const kept = rule && saysAnything(rule) ? { ...rule, kind, colour } : null
  if (kept && Object.keys(others).length >= mostRules)
    throw new Refusal('invalid', `A printer keeps ${mostRules} rules of supplies at most.`, {
      field: 'index',
    })
  tx.put('printers', { ...printer, supplies: kept ? { ...others, [index]: kept } : others })
  const what = kept ? 'supply rule set' : 'supply rule taken back'
  const changes = changesBetween({ ...asTold, ...before }, { ...asTold, ...kept }, wishes)
  note(tx, act, { what, subject: printer.id, details: { index, kind, colour }, changes })
}

function refuseBackwards({ warningPercent, errorPercent }: Wish): void {
  if (warningPercent !== null && errorPercent !== null && errorPercent > warningPercent)
    throw new Refusal(
      'invalid',
      'An error comes after the warning: its percent must not be above the warning’s.',
      { field: 'errorPercent' },
    )
}

/** Without a rule. */
const asTold: Wish = { invert: false, ignore: false, warningPercent: null, errorPercent: null }
const wishes = ['invert', 'ignore', 'warningPercent', 'errorPercent'] as const

const saysAnything = ({ invert, ignore, warningPercent, errorPercent }: Wish): boolean =>
  invert || ignore || warningPercent !== null || errorPercent !== null
