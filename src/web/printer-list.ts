import { z } from 'zod'
import { visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { hasLowSupplies } from '../core/status/low-supplies.ts'
import { byNeed, placeOf, searchText } from '../core/status/need.ts'
import { verdicts, type Watched } from '../core/status/status.ts'
import type { FleetList } from './fleet-lists.ts'
import { attentions, type Filter, type Sort, sorts } from './pages/printers.ts'
import type { BoardParts } from './views.ts'

// The list of printers, as far as it is wished for: the same for the page and for scripts.

const text = z.string().max(200, 'is too long').default('')
const oneOf = <T extends string>(values: readonly T[]) =>
  z.enum([...values, ''], `is one of ${values.join(', ')}`).default('' as never)

/** Behind the question mark. Empty, as a form sends it: any. */
export const filterQuery = {
  q: text,
  verdict: oneOf(verdicts),
  group: text,
  building: text,
  attention: oneOf(attentions),
  retired: z.enum(['1', ''], 'is 1').default(''),
  sort: z.enum(sorts, `is one of ${sorts.join(', ')}`).default('need'),
} as const

/** Those of the list that the filter lets through, in its order. */
export function wanted(
  parts: Pick<BoardParts, 'store' | 'fleet'>,
  { list, person }: { readonly list: FleetList; readonly person: Person },
  filter: Filter,
): readonly Watched[] {
  const all = filter.retired ? retiredFor(parts, person) : list.watched
  const found = all.filter((each) => isWanted(each, filter))
  const words = plain(filter.q).split(/\s+/).filter(Boolean)
  const matching = words.length === 0 ? found : found.filter((each) => isNamed(each, words))
  return filter.sort === 'need' ? matching : inOrderOf[filter.sort](matching)
}

/** Nobody asks these any more; there are few. */
function retiredFor({ store, fleet }: Pick<BoardParts, 'store' | 'fleet'>, person: Person) {
  const retired = visiblePrinters(store.state, person).filter(({ isActive }) => !isActive)
  return byNeed(retired.map(({ id }) => fleet.watched(id)))
}

function isWanted(each: Watched, { verdict, group, building, attention }: Filter): boolean {
  const { status } = each
  if (verdict && status.verdict !== verdict) return false
  if (group && status.printer.group?.id !== group) return false
  if (building && status.printer.building !== building) return false
  if (attention === 'somebody') return status.attention
  return attention !== 'supplies' || hasLowSupplies(each)
}

/** Every word stands in what a person sees of it; accents and case are the same. */
function isNamed(each: Watched, words: readonly string[]): boolean {
  const all = plain(searchText(each))
  return words.every((word) => all.includes(word))
}

const plain = (words: string) => words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

const collator = new Intl.Collator('en', { numeric: true })
const labelOf = ({ status }: Watched) => status.printer.label
const modelOf = ({ status: { printer, device } }: Watched) =>
  [printer.make, printer.model ?? device.model].filter(Boolean).join(' ')

/** By that text, then by label; what is not known comes last. */
const byText = (of: (each: Watched) => string) => (all: readonly Watched[]) =>
  all
    .map((each) => ({ each, key: of(each), label: labelOf(each) }))
    .sort((a, b) => {
      if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1
      return collator.compare(a.key, b.key) || collator.compare(a.label, b.label)
    })
    .map(({ each }) => each)
const mostFirst = (of: (each: Watched) => number) => (all: readonly Watched[]) =>
  all.toSorted((a, b) => of(b) - of(a) || collator.compare(labelOf(a), labelOf(b)))

const inOrderOf: Readonly<
  Record<Exclude<Sort, 'need'>, (all: readonly Watched[]) => readonly Watched[]>
> = {
  label: byText(labelOf),
  place: byText(placeOf),
  model: byText(modelOf),
  pages: mostFirst(({ status }) => status.pageCount ?? -1),
  age: mostFirst(({ status }) => status.ageSeconds ?? Number.MAX_SAFE_INTEGER),
}
