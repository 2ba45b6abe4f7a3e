import type { Printer } from './printer.ts'
import { inOrder } from './printers.ts'

/**
 * Where else to print: in the same building, else of the same group. `rank` is of one that works, the
 * least is sent to first; null: it does not work.
 */
export function nearestWorking(
  printers: Iterable<Printer>,
  from: Printer,
  rank: (printer: Printer) => number | null,
): Printer | null {
  const others = [...printers].filter(({ id, isActive }) => isActive && id !== from.id)
  const near = [
    others.filter(({ building }) => building !== null && building === from.building),
    others.filter(({ group }) => group !== null && group === from.group),
  ]
  for (const some of near) {
    const ranked = inOrder(some).flatMap((printer) => {
      const at = rank(printer)
      return at === null ? [] : [{ printer, at }]
    })
    const [first] = ranked.sort((a, b) => a.at - b.at)
    if (first) return first.printer
  }
  return null
}
