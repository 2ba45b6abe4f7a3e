import type { Supply, Tray } from '../../core/status/reading.ts'
import type { SecondFacts } from '../../core/status/second-source.ts'
import { levelState, percentOf } from '../mibs/level.ts'
import { colourOf, kindOf } from '../mibs/supply-words.ts'
import { type IppAttributes, numberOf, textOf } from './octets.ts'
import { readReasons } from './reasons.ts'

// What a printer's attributes mean: printer-supply and printer-input-tray (PWG 5100.13, the columns of the
// Printer-MIB as text), the marker attributes (CUPS), printer-state-reasons (RFC 8011, 5.4.12).

export const wantedAttributes = [
  'printer-state',
  'printer-state-reasons',
  'printer-supply',
  'printer-supply-description',
  'printer-input-tray',
  'marker-names',
  'marker-types',
  'marker-colors',
  'marker-levels',
] as const
type Wanted = (typeof wantedAttributes)[number]

export function readFacts(attributes: IppAttributes): SecondFacts {
  const texts = (name: Wanted) => attributes.get(name)?.map(textOf) ?? []
  const numbers = (name: Wanted) => attributes.get(name)?.map(numberOf) ?? []
  const told = readPrinterSupply(texts('printer-supply'), texts('printer-supply-description'))
  const markers = readMarkers(
    numbers('marker-levels'),
    ...([texts('marker-names'), texts('marker-types'), texts('marker-colors')] as const),
  )
  const [state = null] = numbers('printer-state')
  return {
    supplies: known(markers) > known(told) ? markers : told.length > 0 ? told : markers,
    trays: readInputTrays(texts('printer-input-tray')),
    errors: readReasons(texts('printer-state-reasons'), state),
  }
}

const known = (supplies: readonly Supply[]) =>
  supplies.filter(({ percent }) => percent !== null).length

type Texts = readonly (string | null)[]

/** `type=inkCartridge;maxcapacity=100;level=-2;class=supplyThatIsConsumed;unit=percent;colorantname=cyan;` */
function readPrinterSupply(supplies: Texts, descriptions: Texts): Supply[] {
  const named = descriptions.length === supplies.length ? descriptions : []
  return supplies.flatMap((text, at) => {
    const fields = fieldsOf(text)
    if (fields.size === 0) return []
    return [
      supplyOf(at, {
        description: named[at] || null,
        class: fields.get('class') ?? null,
        type: fields.get('type') ?? null,
        colorant: fields.get('colorantname') ?? null,
        ...levelOf(fields),
      }),
    ]
  })
}

/** Lists side by side; one that is not as long as the levels cannot be laid beside them. */
function readMarkers(
  levels: readonly (number | null)[],
  names: Texts,
  types: Texts,
  colours: Texts,
): Supply[] {
  const beside = (list: Texts) => (list.length === levels.length ? list : [])
  const [named, typed, coloured] = [beside(names), beside(types), beside(colours)]
  return levels.map((level, at) => {
    const description = named[at] || null
    // toner-cartridge is the MIB's tonerCartridge (PWG 5100.13 writes both).
    const type = typed[at]?.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    return supplyOf(at, {
      description,
      class: null,
      type: type ?? null,
      colorant: colourOf(null, description) ?? colourNames.get(coloured[at]?.toUpperCase() ?? ''),
      ...measured('percent', null, level),
    })
  })
}

/** marker-colors; a cartridge of three is `#00FFFF#FF00FF#FFFF00`. */
const colourNames: ReadonlyMap<string, string> = new Map([
  ['#000000', 'black'],
  ['#00FFFF', 'cyan'],
  ['#FF00FF', 'magenta'],
  ['#FFFF00', 'yellow'],
])

type Level = ReturnType<typeof measured>

interface SupplyWords extends Level {
  readonly description: string | null
  readonly class: string | null
  readonly type: string | null
  readonly colorant: string | null | undefined
}

function supplyOf(at: number, { colorant, ...words }: SupplyWords): Supply {
  const { description, type, percent } = words
  const byType = kindOf(type, words.class, description)
  const kind = byType === 'other' ? kindOf(null, words.class, description) : byType
  return {
    ...words,
    index: `ipp.${at + 1}`,
    kind,
    colour: colourOf(colorant ?? null, description),
    // Whether a waste box tells what is in it or what still fits is the maker's choice (cups#4016).
    percent: kind === 'waste' ? null : percent,
    source: 'ipp',
  }
}

/** `type=sheetFeedAutoNonRemovable;mediafeed=297000;maxcapacity=250;level=-3;status=0;name=Tray 1` */
function readInputTrays(trays: Texts): Tray[] {
  return trays.flatMap((text, at) => {
    const fields = fieldsOf(text)
    const name = fields.get('name') ?? null
    // `auto` is the choice among the others (HP).
    if (fields.size === 0 || name === 'auto') return []
    return [{ index: `ipp.${at + 1}`, name, description: null, media: null, ...levelOf(fields) }]
  })
}

function levelOf(fields: Fields) {
  const [max, level] = [integer(fields.get('maxcapacity')), integer(fields.get('level'))]
  return measured(fields.get('unit') ?? null, max, level)
}

/** PrtMarkerSuppliesSupplyUnitTC and PrtCapacityUnitTC, percent(19). */
const percentUnit = 19

function measured(unit: string | null, maxCapacity: number | null, level: number | null) {
  const percent = percentOf(level, maxCapacity, unit === 'percent' ? percentUnit : null)
  return { unit, maxCapacity, level, levelState: levelState(level), percent }
}

type Fields = ReadonlyMap<string, string>

function fieldsOf(text: string | null): Fields {
  const pairs = (text ?? '').split(';').map((pair) => pair.split('='))
  return new Map(
    pairs.flatMap(([key = '', value]) =>
      value === undefined ? [] : [[key.trim().toLowerCase(), value.trim()] as const],
    ),
  )
}

function integer(text: string | undefined): number | null {
  return /^-?\d{1,9}$/.test(text ?? '') ? Number(text) : null
}
