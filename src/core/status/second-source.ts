import { isRestful } from './at-rest.ts'
import type { Reading, Supply, Tray } from './reading.ts'
import { isReceptacle, oneLine } from './supplies.ts'

// What a second source (IPP) may add to a reading: only what SNMP left open, and marked as its own.

export interface SecondFacts {
  /** With `source` and `index` of their own. */
  readonly supplies: readonly Supply[]
  readonly trays: readonly Tray[]
  /** `raw` has no octets, for none were sent; null where nothing was told. */
  readonly errors: Reading['errors']
}

/** Whether there is anything to ask a second source for. */
export function leavesGap(reading: Reading): boolean {
  const { supplies, trays } = reading
  return (
    supplies.length === 0 || supplies.some(isOpen) || trays.length === 0 || tellsNoTrouble(reading)
  )
}

/** What its reading before said, and how long ago that was. */
export interface ReadBefore {
  readonly pageCount: number | null
  readonly secondsAgo: number
}

/**
 * Whether a connection would find it awake. RFC 2790 has standby under hrPrinterStatus other(1). Many say
 * idle in their sleep: that counts only with a panel that says more, or where it has just been at work. An
 * alert proves nothing, for a low toner stays one all night; but any word of sleep in it counts.
 */
export function isAwake(reading: Reading, before: ReadBefore | null): boolean {
  const { ok, status, alerts, console } = reading
  if (!ok || !['idle', 'printing', 'warmup'].includes(status?.name ?? '')) return false
  if (alerts.some(({ codeName }) => codeName === 'subunitPowerSaver')) return false
  const panel = oneLine(console.join(' '))
  const texts = [panel, ...alerts.map(({ description }) => oneLine(description))]
  if (texts.some((text) => sleepWords.test(text))) return false
  if (status?.name !== 'idle' || wasJustAtWork(reading, before)) return true
  return panel !== '' && (!isRestful(panel) || readyWords.test(panel))
}

/** No printer falls asleep sooner after it was switched on; a page printed longer ago proves nothing. */
const justSeconds = 600

function wasJustAtWork({ system, pageCount }: Reading, before: ReadBefore | null): boolean {
  if (system.uptimeSeconds !== null && system.uptimeSeconds < justSeconds) return true
  if (before === null || before.pageCount === null || pageCount === null) return false
  return before.secondsAgo < justSeconds && pageCount > before.pageCount
}

/** The reading's own supplies, by reference, where nothing was added. */
export function fillSupplies(own: readonly Supply[], told: readonly Supply[]): Reading['supplies'] {
  if (own.length === 0) return told.length > 0 ? told : own
  const filled = own.map((supply) => {
    const partner = isOpen(supply) ? partnerOf(supply, own, told) : null
    if (partner === null || contradicts(supply, partner)) return supply
    return { ...supply, percent: partner.percent, source: partner.source }
  })
  return filled.some((supply, at) => supply !== own[at]) ? filled : own
}

export function fillTrays(own: Reading['trays'], told: readonly Tray[]): Reading['trays'] {
  return own.length === 0 && told.length > 0 ? told : own
}

/** Alerts and error bits are the printer's nearest word; another source speaks where both are missing. */
export function fillErrors(reading: Reading, told: Reading['errors']): Reading['errors'] {
  return told !== null && tellsNoTrouble(reading) ? told : reading.errors
}

/** Epson answers hrPrinterDetectedErrorState with no octets, which says nothing. */
function tellsNoTrouble({ alerts, errors }: Reading): boolean {
  return alerts.length === 0 && (errors === null || errors.raw === '')
}

const measured: readonly Supply['kind'][] = ['toner', 'ink', 'drum', 'fuser', 'belt', 'developer']

/** Makers contradict each other on whether a waste box tells what is in it or what fits (cups#4016, #4499). */
function isOpen(supply: Supply): boolean {
  const { kind, percent, levelState } = supply
  return (
    percent === null &&
    levelState !== 'noRestriction' &&
    measured.includes(kind) &&
    !isReceptacle(supply)
  )
}

/** Another colour is another supply; and one that has some left is not empty. */
function contradicts(supply: Supply, { colour, percent }: Supply): boolean {
  if (percent === null) return true
  if (supply.colour !== null && colour !== null && supply.colour !== colour) return true
  return percent === 0 && supply.levelState === 'someRemaining'
}

/**
 * The only one of its kind and colour in both lists; of several the one of the same name; where one list
 * tells no colour, the only one of its kind in both. Never by position: lists differ in what they leave out.
 */
function partnerOf(supply: Supply, own: readonly Supply[], told: readonly Supply[]): Supply | null {
  const ofKind = (list: readonly Supply[]) => list.filter((one) => kindOf(one) === kindOf(supply))
  const ofColour = (list: readonly Supply[]) =>
    ofKind(list).filter(({ colour }) => colour === supply.colour)
  const ofName = (list: readonly Supply[]) =>
    ofColour(list).filter((one) => nameOf(one) !== '' && nameOf(one) === nameOf(supply))
  return (
    onlyPair(ofColour(own), ofColour(told)) ??
    onlyPair(ofName(own), ofName(told)) ??
    onlyPair(ofKind(own), ofKind(told))
  )
}

function onlyPair(own: readonly Supply[], told: readonly Supply[]): Supply | null {
  return own.length === 1 && told.length === 1 ? (told[0] ?? null) : null
}

/** No printer has both; `Black Cartridge` does not say which it is. */
function kindOf({ kind }: Supply): Supply['kind'] {
  return kind === 'ink' ? 'toner' : kind
}

function nameOf({ description }: Supply): string {
  return oneLine(description).toLowerCase()
}

/** What panels show while the printer sleeps, in the languages met. A word too many only means no question. */
const sleepWords =
  /sle+p|stand-?by|hibernat|power.?sav|energy.?sav|\beco\b|energiespar|ruhe(zustand|modus)|schlaf|veille|[ée]conomie|reposo|repouso|ahorro|economia|sospensione|risparmio|slaapstand|energiebespar|vilol|energispar|dvale|strømspar|lepotila|virransäästö|uśpien|oszczęd|спящ|режим сна|энергосбер|スリープ|節電|休眠|睡眠|节能|節能|절전/i

/** Of the words of rest those that no sleeping printer shows. One too few only means no question. */
const readyWords =
  /(?:ready|bereit|pr[eê]te?|list[oa]|preparad[oa]|pront[oa]|gereed|klaar|klar|redo|valmis|gotow[aey]|p[rř]ipraven[aáoé]?|kész|hazır|готов[ао]?)(?!\p{L})|就[绪緒]|準備完了|印刷可|준비/iu
