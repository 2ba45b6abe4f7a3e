import type { Reading, Tray } from './reading.ts'
import { oneLine } from './supplies.ts'

// Slots for a sheet by hand are empty by nature, and an "auto select" tray is none: they raise no alarm.

/**
 * In a sentence the bare word is the handbook: 'See manual', 'voir le manuel'. 'Manuelle' is never it, in
 * French or German.
 */
const manual = [
  ...['manual[- ]?(?:feed|paper|env|slot|tray|load|sheet)', 'manuell'],
  ...['(?:alim\\S{0,12}|inserimento|bandeja|vassoio) manual'],
]

/**
 * Words for them in the languages that panels are set to, as makers' manuals name them: bypass, multi-purpose
 * tray, manual feed, envelope feeder.
 */
const words = [
  ...['bypass', 'by-pass', 'multi(?!pl[eio])', 'mptray', 'envelope', 'enveloppe'],
  ...['auto select', 'autoselect', 'auto-select', 'automatic select', 'auto tray', 'any tray'],
  ...['einzelblatt', 'einzeleinzug', 'handein', 'handzufuhr', 'mehrzweck', 'universalzuf'],
  ...['stapelanlage', 'stapelblatt', 'umschlag', 'polyvalent', 'passe-copie', 'feuille à feuille'],
  ...['sobres', 'alimentador especial', 'busta', 'buste', 'handmatig', 'handinvoer', 'envelop'],
  ...['kuvert', 'konvolut', 'konvolutt', 'enkelark', 'kirjekuori', 'käsinsyöttö', 'monitoimi'],
  ...['ohisyöttö', 'universalfack', 'ręczn', 'kopert', 'uniwersaln', 'wielofunkc', 'boczn'],
  ...['ruční', 'obálk', 'víceúčel', 'ručn', 'kézi', 'boríték', 'többfunk', 'el ile', 'çok amaçlı'],
  ...['ручн', 'обходн', 'многоцелев', 'многофункц', 'универсальн', 'конверт'],
  ...[
    '手动',
    '手動',
    '手送',
    '手差',
    '多功能',
    '多用途',
    '多目的',
    '信封',
    '封筒',
    '旁路',
    '自动选择',
  ],
  ...['マルチ', 'バイパス', '自動選択', '수동', '다목적', '다용도', '봉투', '우회', '자동 선택'],
]

const fedByHand = new RegExp(
  `${[...manual, ...words].map((word) => word.normalize('NFC')).join('|')}|\\bmpf?\\b|\\bmf\\b|\\bmpt\\b`,
  'i',
)

/** Of the text of an alert. */
export const isFedByHand = (text: string): boolean => fedByHand.test(text.normalize('NFC'))

/** By its name or description, else by its size beside the others. */
export function isHandTray(tray: Tray, all: readonly Tray[]): boolean {
  const name = `${oneLine(tray.name)} ${oneLine(tray.description)}`
  if (
    isFedByHand(name) ||
    /manu[aeá]l/i.test(name.normalize('NFC')) ||
    (tray.maxCapacity ?? 0) === 1
  )
    return true
  const largest = Math.max(0, ...all.map(({ maxCapacity }) => maxCapacity ?? 0))
  const sheets = tray.maxCapacity ?? 0
  // Of one that does not tell how much it holds nobody knows that it is small.
  const isSmall = sheets > 0 && sheets * 2 <= largest
  // HP calls its fold-out slot of a hundred sheets plainly 'Tray 1'; Fujifilm's has no name at all, and its
  // trays of 600 beside one of 1420 have none either.
  return isSmall && sheets <= (name.trim() === '' ? mostOfSlot : slotSheets)
}

const slotSheets = 100
/** What the bypass of a large copier holds. */
const mostOfSlot = 250

/** All that stands empty is fed by hand: then a bit that tells of an empty tray tells of nothing. */
export function isOnlyHandFedEmpty({ trays }: Reading): boolean {
  const empty = trays.filter(({ level }) => level === 0)
  const isRestKnown = trays.every(
    ({ level, levelState }) => level === 0 || levelState === 'someRemaining' || (level ?? 0) > 0,
  )
  return empty.length > 0 && isRestKnown && empty.every((tray) => isHandTray(tray, trays))
}

export function trayName(tray: Tray): string {
  return oneLine(tray.name) || oneLine(tray.description) || `Tray ${tray.index.split('.').at(-1)}`
}
