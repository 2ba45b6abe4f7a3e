// What printers call the colours of their supplies, in the languages that their panels are set to.

/** Alternatives, for one reading of the text. Without `u`, which takes fifteen times as long. */
const any = (...words: readonly string[]) => new RegExp(words.join('|'), 'i')

export const colourWords: readonly (readonly [string, RegExp])[] = [
  [
    'black',
    any(
      'black|schwarz|\\bnoire?\\b|\\bnegr[oa]|\\bpreto|\\bnero\\b|zwart|svart|\\bsort\\b|\\bmusta\\b|czarn',
      'čern|fekete|siyah|(?:чёрн|черн)(?!ил)|μαύρ|黑|ブラック|黒|검정|검은|블랙|흑색|\\bbk\\b',
    ),
  ],
  [
    'cyan',
    any(
      'cyan|cyaan|\\bzyan|\\bcian|ciánk|\\bcián|cyjan|azurov|syaani|syan\\b|camgöbeği|голуб|циан|κυαν',
      '青|シアン|시안|사이안|청록',
    ),
  ],
  [
    'magenta',
    any(
      'magenta|macenta|madżent|purpur|bíbor|eflatun|пурпур|маджент|品红|品紅|洋红|洋紅|マゼンタ',
      '마젠타|자홍',
    ),
  ],
  [
    'yellow',
    any(
      'yellow|gelb|jaune|amarill|amarel|giall|geel|\\bgele\\b|\\bgul\\b|keltai|żółt|žlut|sárga|sarı|ж[её]лт|κίτριν',
      '黄|黃|イエロー|노랑|노란|황색|옐로',
    ),
  ],
  [
    'gray',
    any('\\bgr[ae]y|grau\\b|\\bgris\\b|grigio|cinza|\\bgrijs|\\bgrå|szar[yea]|сер(?:ый|ая)|灰'),
  ],
  ['red', any('\\bred\\b|\\brot\\b|rouge|\\brojo|rosso|\\brood\\b|красн|赤|(?<![品洋])[红紅]')],
  ['green', any('green|grün|\\bvert\\b|verde|groen|zielon|зел[её]н|绿|綠')],
  [
    'blue',
    any('\\bblue|\\bblau|\\bbleu|\\bazul\\b|\\bblu\\b|\\bblauw|niebiesk|син(?:ий|яя)|蓝|藍'),
  ],
  ['orange', any('orange|naranja|arancio|laranja|oranje|оранж|橙')],
  ['violet', any('violet|purple|violett|viola\\b|紫')],
  ['white', any('white|weiß|blanc\\b|blanco|bianco|\\bwit\\b|бел(?:ый|ая)|白')],
  ['clear', any('\\bclear\\b|transparent|gloss (?:enhancer|optimi[sz]er)|chroma optimi[sz]er')],
]

export const shades: readonly (readonly [string, RegExp])[] = [
  [
    'light',
    any('light|\\bhell|\\bclair|\\bclaro|chiaro|\\blicht|\\bljus|\\blys|jasn|светло|淡|浅|ライト'),
  ],
  [
    'photo',
    any(
      'photo ?(?:black|cyan|magenta|gr[ae]y)|(?:black|cyan|magenta|gr[ae]y|noir) photo\\b',
      'fotoschwarz|fotozwart|fotosvart|negro foto|nero foto|フォト',
    ),
  ],
  ['matte', any('matte?\\b|matte?black|matt?schwarz|\\bmate?\\b|opaco|матов|マット')],
]

export const letters: Readonly<Record<string, string>> = {
  BK: 'black',
  K: 'black',
  C: 'cyan',
  M: 'magenta',
  Y: 'yellow',
}
