import type { Supply } from '../../core/status/reading.ts'

// What kind of supply it is and of what colour: from the MIB where it says so, else from the words of the
// description, in the languages that panels are set to.

type Kind = Supply['kind']

const kinds: Readonly<Record<string, Kind>> = {
  toner: 'toner',
  tonerCartridge: 'toner',
  matteToner: 'toner',
  ink: 'ink',
  inkCartridge: 'ink',
  matteInk: 'ink',
  inkRibbon: 'ink',
  solidWax: 'ink',
  ribbonWax: 'ink',
  opc: 'drum',
  wasteToner: 'waste',
  wasteInk: 'waste',
  wasteWax: 'waste',
  wasteWater: 'waste',
  wastePaper: 'waste',
  fuser: 'fuser',
  fuserOil: 'fuser',
  fuserOilWick: 'fuser',
  fuserOiler: 'fuser',
  fuserCleaningPad: 'fuser',
  transferUnit: 'belt',
  developer: 'developer',
  staples: 'staples',
  stitchingWire: 'staples',
}

/** First hit wins: `Waste Toner Box` is waste before it is toner, `Drum Cartridge` no toner. */
const kindWords: readonly (readonly [Kind, RegExp])[] = [
  [
    'waste',
    /waste|used (toner|ink)|collect(or|ion)|resttoner|toneroffang|altton|r[ée]cup[ée]r|residu|scarto|recupero|usad[oa]|spillt|spild|brugt toner|odpad|zużyt|отработ|廃|回収|废|廢/i,
  ],
  [
    'staples',
    /stapl|heftklammer|agrafe|grap(a|ette)|grampo|graffe|puntos|nietje|häft|скреп|ステープル|针|針/i,
  ],
  [
    'belt',
    /transfer|belt|\bitu\b|\bibt\b|riemen|courroie|correa|cinghia|cinta|correia|pas transmis|перенос|転写|转印|轉印/i,
  ],
  [
    'fuser',
    /fus(er|ing|ion|or)|fix(ier|age|eer)|fusore|fusor|fuser|utrwal|печ[ьк]|термо|термобл|фьюзер|定着|定影/i,
  ],
  [
    'drum',
    /drum|\bopc\b|photo ?conductor|photoconduct|imaging (unit|kit)|trommel|bild(einheit|utrust)|belichtungs|tambour|tamb[ou]r|tamburo|cilindro|fotocond|fotoleiter|b[ęe]b[ne]|барабан|фотобар|ドラム|感光|硒鼓|成像/i,
  ],
  [
    'developer',
    /develop|entwickler|d[ée]velopp|revelador|sviluppo|ontwikk|девелопер|проявит|現像|显影|顯影/i,
  ],
  ['toner', /toner|t[oó]ner|тонер|トナー|碳粉|墨粉|粉盒|print cartridge|druckkassette/i],
  [
    'ink',
    /\bink|\btinte|encre|\btinta|inchiostro|\binkt\b|bläck|blæk|blekk|muste|atrament|чернил|インク|墨水|墨盒/i,
  ],
]

/** The MIB's other(1), unknown(2) and numbers it does not know say nothing; then the words speak. */
export function kindOf(
  type: string | null,
  supplyClass: string | null,
  description: string | null,
): Kind {
  const known = kinds[type ?? '']
  if (known !== undefined) return known
  if (type !== null && type !== 'other' && type !== 'unknown') return 'other'
  const said = kindWords.find(([, words]) => words.test(description ?? ''))?.[0]
  if (said !== undefined) return said
  if (supplyClass === 'receptacleThatIsFilled') return 'waste'
  // `Black Cartridge HP CF410X`: a cartridge of some colour, of toner or ink nobody says.
  return /cartridge|kassette|cartouche|cartucho|cartuccia|patron|картридж/i.test(description ?? '')
    ? 'toner'
    : 'other'
}

const colourWords: readonly (readonly [string, RegExp])[] = [
  [
    'black',
    /black|schwarz|\bnoir|\bnegro|\bnegra|\bpreto|\bnero\b|zwart|svart|\bsort\b|musta|czarn|чёрн|черн|黑|ブラック|黒|\bbk\b/i,
  ],
  ['cyan', /cyan|\bcian|ciano|cyjan|syaani|голуб|циан|青|シアン/i],
  ['magenta', /magenta|пурпур|маджент|品红|洋红|マゼンタ/i],
  [
    'yellow',
    /yellow|gelb|jaune|amarill|amarel|giallo|geel|\bgul\b|keltainen|żółt|ж[её]лт|黄|黃|イエロー/i,
  ],
  ['gray', /\bgr[ae]y|grau\b|\bgris\b|grigio|cinza|сер(ый|ая)|灰/i],
  ['red', /\bred\b|\brot\b|rouge|\brojo|rosso|красн/i],
  ['green', /green|grün|\bvert\b|verde|зел[её]н/i],
  ['blue', /\bblue|blau|\bbleu|\bazul\b|\bblu\b|син(ий|яя)/i],
  ['orange', /orange|naranja|arancio|оранж/i],
  ['white', /white|weiß|blanc\b|blanco|bianco|бел(ый|ая)|白/i],
  ['clear', /\bclear\b|transparent|gloss (enhancer|optimizer)/i],
]

const shades: readonly (readonly [string, RegExp])[] = [
  ['light', /light|\bhell|\bclair|\bclaro|chiaro|светло/i],
  ['photo', /photo (black|cyan|magenta|gr[ae]y)|(black|cyan|magenta|gr[ae]y) photo|fotoschwarz/i],
  ['matte', /matte?\b|matt?schwarz|\bmat\b/i],
]

/**
 * `Light Cyan` -> light cyan; `Toner noir` -> black; three colours in one -> null (`Tri-color`).
 * A colorant that no list here knows is given as the printer names it.
 */
export function colourOf(colorant: string | null, description: string | null): string | null {
  const named = colorant?.toLowerCase().trim() ?? ''
  if (named !== '' && !/^(none|other|unknown|n\/a|-)$/.test(named)) return wordsOf(named) ?? named
  return description === null ? null : wordsOf(description)
}

function wordsOf(text: string): string | null {
  const found = colourWords.filter(([, words]) => words.test(text))
  const [first] = found
  if (first === undefined || found.length > 1) return null
  const shade = shades.find(([, words]) => words.test(text))?.[0]
  return shade === undefined ? first[0] : `${shade} ${first[0]}`
}
