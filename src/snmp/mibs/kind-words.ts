import type { Supply } from '../../core/status/reading.ts'

// What printers call a supply of each kind, in the languages that their panels are set to, and what
// IANA-PRINTER-MIB calls it. A word is as long as it must be to mean nothing else.

type Kind = Supply['kind']

/** By PrtMarkerSuppliesTypeTC's label. Those that are not here are none of our kinds. */
export const kinds: Readonly<Record<string, Kind>> = {
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

/** Alternatives, for one reading of the text. Without `u`, which takes fifteen times as long. */
const any = (...words: readonly string[]) => new RegExp(words.join('|'), 'i')

export const tonerWords = any(
  'toner|t[oó]ner|тонер|トナー|토너|τόνερ|碳粉|墨粉|粉盒|色粉|色调剂|色調劑|festékkaz|väriain|värikas|fargekas',
  'print cartridge|druckkassette|cartouche d.impr|cartucho de impr|cartuccia di stampa|硒鼓|\\b(?:TK|CK|TN)-?\\d{3}',
)

/** First hit wins: `Waste Toner Box` is waste before it is toner, `Drum Cartridge` no toner. */
export const kindWords: readonly (readonly [Kind, RegExp])[] = [
  [
    'waste',
    any(
      'waste|used (?:toner|ink)|collect(?:or|ion)|collecteur|maintenance (?:box|cartridge|tank)',
      'resttoner|auffang|altton|tonerabfall|wartungsbox|r[ée]cup[ée]r|usagé|d[ée]chet|résidu',
      'residu|resíduo|desech|desperdicio|usad[oa]|recogida|scarto|recupero|esaust|afval|opvang',
      'zużyt|odpad|použit|hullad|használt|atık|spillt|avfall|uppsaml|överskott|spild|brugt toner',
      'affald|opsaml|oppsaml|brukt toner|hukka|jäte|отработ|отход|сбора|廃|回収|废|廢|폐',
    ),
  ],
  [
    'staples',
    any(
      'stapl|heftklammer|heftung|klammern|agraf|grap(?:a|ette)|grampo|graffe|graffett|punti metall',
      'puntos|nietje|nietcass|häft|hæft|stifte|zszyw|sešív|svork|tűző|скреп|сшив|zımba|niit|nidonta',
      'ステープル|ステイプル|스테이플|철침|订书|釘書|针|針',
    ),
  ],
  [
    'belt',
    any(
      'transfer|belt|\\bitu\\b|\\bibt\\b|übertrag|riemen|courroie|correa|cinghia|correia|trasfer',
      'transfér|overdracht|transmis|przenos|přenos|átvitel|továbbít|aktarım|överför|overfør|siirto',
      'перенос|転写|转印|轉印|传输|전사',
    ),
  ],
  [
    'fuser',
    any(
      'fus(?:er|ing|ion|or|ão)|fix(?:ier|age|eer|er|ač)|fikser|utrwal|zapék|beéget|rögzít|värmeenh',
      'varmeenh|kiinnit|fuuser|kaynaşt|ısıtıc|sabitle|печ[ьк]|термо|фьюзер|закреп',
      '定着|定影|加热|加熱|정착|퓨저',
    ),
  ],
  // One part of both is thrown away when the toner is used up.
  ['toner', any('toner ?[/&+] ?drum|drum ?[/&+] ?toner')],
  [
    'drum',
    any(
      'drum|\\bopc\\b|photo ?conduct|imaging (?:unit|kit)|image unit|trommel|tromle|trumma|rumpu',
      'bild(?:einheit|enhet|utrust)|bildeenh|billedenh|belichtungs|tambour|tambor|tamburo|\\btambur',
      'cilindro|fot[oó]?cond|photorécep|fotoleit|fotoled|fotogele|beeldeenh|afbeeldings|beeldverw',
      'unité d.imag|unidad de im[aá]g|unidade de im|unità (?:di )?imm?ag|b[ęe]b[ne]|światłocz|obrazuj',
      'válec|zobraz|fényheng|képalk|\\bdob(?:egys|\\b)|görüntül|kuva(?:yks|nn)|valojoh',
      'барабан|фотобар|фотовал|формирован|ドラム|感光|드럼|감광|이미징|硒鼓|成像|鼓',
    ),
  ],
  [
    'developer',
    any(
      'develop|entwickler|d[ée]velopp|révélat|revelador|svilupp|ontwikk|wywoł|vývoj|előhív|geliştir',
      'framkall|fremkald|fremkall|kehit|девелопер|проявит|現像|显影|顯影|현상',
    ),
  ],
  ['toner', tonerWords],
  [
    'ink',
    any(
      '\\bink|tinte|encre|\\btinta|inchiostro|\\binkt|bläck|blæk|blekk|muste|atrament|\\btusz|inkoust',
      'mürekk|чернил|インク|잉크|墨水|墨盒|(?:tri-?|three-?)colou?r|\\bHP ?\\d{2,3}(?:XX?L)?\\b',
    ),
  ],
]

/** `Black Cartridge HP CF410X`: a cartridge of some colour, of toner or ink nobody says. */
export const cartridge = any(
  'cartridge|kassette|kassett|cartouche|cartucho|cartuccia|patron|kaset|kazett|картридж|カートリッジ',
  '카트리지',
)
