import { z } from 'zod'
import { asCounted } from '../core/as-counted.ts'
import { lookedFor } from '../core/looked-for.ts'
import { visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { hasLowSupplies } from '../core/status/low-supplies.ts'
import { byNeed, placeOf, searchText } from '../core/status/need.ts'
import { verdicts, type Watched } from '../core/status/status.ts'
import type { FleetList } from './fleet-lists.ts'
import { attentions, type Filter, type Sort, sorts } from './pages/printers.ts'
import { anyWords, oneOf } from './query.ts'
import type { BoardParts } from './views.ts'

// The list of printers, as far as it is wished for: the same for the page and for scripts.

/** Behind the question mark: which ones. Empty, as a form sends it: any. */
export const soughtQuery = {
  q: anyWords,
  verdict: oneOf([...verdicts, '']).default(''),
  group: anyWords,
  building: anyWords,
  attention: oneOf([...attentions, '']).default(''),
} as const

export const filterQuery = {
  ...soughtQuery,
  retired: z.enum(['1', ''], 'is 1').default(''),
  sort: oneOf(sorts).default('need'),
} as const

export type Sought = Omit<Filter, 'retired' | 'sort'>

/** Those of the list that the filter lets through, in its order. */
export function wanted(
  parts: Pick<BoardParts, 'store' | 'fleet'>,
  { list, person }: { readonly list: FleetList; readonly person: Person },
  filter: Filter,
): readonly Watched[] {
  const all = filter.retired ? retiredFor(parts, person) : list.watched
  const found = all.filter(isSought(filter))
  return filter.sort === 'need' ? found : inOrderOf[filter.sort](found)
}

/** Which ones the filter lets through: by what a person sees of them, where words are looked for. */
export function isSought(sought: Sought): (each: Watched) => boolean {
  const isNamed = lookedFor(sought.q, searchText)
  return (each) => isAmong(each, sought) && isNamed(each)
}

/** Nobody asks these any more; there are few. */
function retiredFor({ store, fleet }: Pick<BoardParts, 'store' | 'fleet'>, person: Person) {
  const retired = visiblePrinters(store.state, person).filter(({ isActive }) => !isActive)
  return byNeed(retired.map(({ id }) => fleet.watched(id)))
}

function isAmong(each: Watched, { verdict, group, building, attention }: Sought): boolean {
  const { status } = each
  if (verdict && status.verdict !== verdict) return false
  if (group && status.printer.group?.id !== group) return false
  if (building && status.printer.building !== building) return false
  if (attention === 'somebody') return status.attention
  return attention !== 'supplies' || hasLowSupplies(each)
}

const labelOf = ({ status }: Watched) => status.printer.label
const modelOf = ({ status: { printer, device } }: Watched) =>
  [printer.make, printer.model ?? device.model].filter(Boolean).join(' ')

/** By that text, then by label; what is not known comes last. */
const byText = (of: (each: Watched) => string) => (all: readonly Watched[]) =>
  all
    .map((each) => ({ each, key: of(each), label: labelOf(each) }))
    .sort((a, b) => {
      if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1
      return asCounted(a.key, b.key) || asCounted(a.label, b.label)
    })
    .map(({ each }) => each)
const mostFirst = (of: (each: Watched) => number) => (all: readonly Watched[]) =>
  all.toSorted((a, b) => of(b) - of(a) || asCounted(labelOf(a), labelOf(b)))

const inOrderOf: Readonly<
  Record<Exclude<Sort, 'need'>, (all: readonly Watched[]) => readonly Watched[]>
> = {
  label: byText(labelOf),
  place: byText(placeOf),
  model: byText(modelOf),
  pages: mostFirst(({ status }) => status.pageCount ?? -1),
  age: mostFirst(({ status }) => status.ageSeconds ?? Number.MAX_SAFE_INTEGER),
}
