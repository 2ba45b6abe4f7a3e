import { type LowSupply, lowSupplies } from '../../core/status/low-supplies.ts'
import type { Watched } from '../../core/status/status.ts'
import { type Frame, framed } from '../frame.ts'
import { listPanel } from '../list.ts'
import { cell, type Row } from '../rows.ts'
import type { Chosen } from './printers.ts'

// What is low over the whole fleet, in the order that one walks with it.

export const supplyId = ({ printer, sentence }: LowSupply): string => `${printer.id} ${sentence}`

const collator = new Intl.Collator('en', { numeric: true })

/** By building, room and label. */
export function inWalkingOrder(printers: readonly Watched[]): LowSupply[] {
  const keyOf = ({ printer }: LowSupply): string =>
    [printer.building ?? '~', printer.location ?? '~', printer.label].join('\n')
  return lowSupplies(printers).sort((a, b) => collator.compare(keyOf(a), keyOf(b)))
}

export function suppliesPanel(
  supplies: readonly LowSupply[],
  chosen: Chosen,
  {
    of,
    ...frame
  }: Omit<Frame, 'title' | 'corner'> & { /** Printers in all. */ readonly of: number },
): Row[] {
  if (supplies.length === 0)
    return framed({ ...frame, title: [{ text: 'Supplies', tone: 'strong' }] }, [
      [],
      [cell(` Nothing is low in ${of} printers.`, frame.width - 2)],
    ])
  return listPanel(
    {
      all: supplies,
      headingOf: ({ printer }) => printer.building ?? 'No building',
      isChosen: (each) => supplyId(each) === chosen.id,
      rowOf: (each) => [
        { text: supplyId(each) === chosen.id ? '▶ ' : '  ' },
        cell(each.printer.label, 20),
        cell(each.sentence, frame.width - 24),
      ],
    },
    frame,
  )
}
