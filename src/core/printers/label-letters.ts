import { plainLetters } from '../plain-letters.ts'

// How wide words are in Helvetica, which every PDF reader has, and Arial and Liberation Sans have cut
// to the same widths. Letters that its encoding (WinAnsi) lacks are spelt in those that it has.

export type Weight = 'bold' | 'plain'

/** Thousandths of the size -> letters of that width, from the metrics that Adobe publishes. */
const widths: Readonly<Record<Weight, Readonly<Record<number, string>>>> = {
  plain: {
    191: "'",
    222: 'ijl‘’',
    260: '|¦',
    278: ' !,./:;I[\\]ft·ÌÍÎÏìíîï',
    333: '()-`r¡¨¯²³´¸¹“”',
    334: '{}',
    350: '•',
    355: '"',
    365: 'º',
    370: 'ª',
    389: '*',
    400: '°',
    469: '^',
    500: 'Jcksvxyzçýÿšž',
    537: '¶',
    556: '#$0123456789?L_abdeghnopqu¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþ–€',
    584: '+<=>~¬±×÷',
    611: 'FTZ¿ßøŽ',
    667: '&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞŠ',
    722: 'CDHNRUwÇÐÑÙÚÛÜ',
    737: '©®',
    778: 'GOQÒÓÔÕÖØ',
    833: 'Mm',
    834: '¼½¾',
    889: '%æ',
    944: 'W',
    1000: 'Æ…—',
    1015: '@',
  },
  bold: {
    238: "'",
    278: ' ,./I\\ijl·ÌÍÎÏìíîï‘’',
    280: '|¦',
    333: '!()-:;[]`ft¡¨¯²³´¸¹',
    350: '•',
    365: 'º',
    370: 'ª',
    389: '*r{}',
    400: '°',
    474: '"',
    500: 'z“”ž',
    556: '#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿ–€š',
    584: '+<=>^~¬±×÷',
    611: '?FLTZbdghnopquµ¿ßðñòóôõöøùúûüþŽ',
    667: 'EPSVXYÈÉÊËÝÞŠ',
    722: '&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ',
    737: '©®',
    778: 'GOQwÒÓÔÕÖØ',
    833: 'M',
    834: '¼½¾',
    889: '%mæ',
    944: 'W',
    975: '@',
    1000: 'Æ…—',
  },
}

const widthOf: Readonly<Record<Weight, ReadonlyMap<string, number>>> = {
  plain: byLetter(widths.plain),
  bold: byLetter(widths.bold),
}

function byLetter(table: Readonly<Record<number, string>>): Map<string, number> {
  return new Map(
    Object.entries(table).flatMap(([width, letters]) =>
      [...letters].map((letter) => [letter, Number(width)] as const),
    ),
  )
}

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu

/** One line of letters that the font has, whatever somebody called the room. */
export function toLetters(words: string): string {
  const line = words.normalize('NFC').replaceAll(unseen, ' ').trim()
  return plainLetters(line, (character) => widthOf.plain.has(character))
}

/** In the unit of the size. For `toLetters` of it: what the font lacks counts as a blank square. */
export function widthAt(words: string, weight: Weight, size: number): number {
  let thousandths = 0
  for (const letter of words) thousandths += widthOf[weight].get(letter) ?? 1000
  return (thousandths * size) / 1000
}
