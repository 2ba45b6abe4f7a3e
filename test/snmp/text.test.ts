import { expect, test } from 'vitest'
import { readText } from '../../src/snmp/mibs/text.ts'

test.for([
  ['426c61636b20546f6e6572', null, 'Black Toner', 'plain ASCII'],
  ['426c61636b0000', null, 'Black', 'NULs at the end'],
  ['526561647920202000', null, 'Ready', 'blanks and a NUL at the end'],
  ['202020', 4, '', 'nothing but blanks'],
  ['', 4, '', 'nothing'],
  [
    '426c61636b20436172747269646765200a33382033',
    null,
    'Black Cartridge \n38 3',
    'a line feed inside',
  ],
  ['54c3b66e6572', 5, 'Töner', 'UTF-8, whatever is declared'],
  ['e590afe794a8e79da1e79ca0e6a8a1e5bc8f', null, '启用睡眠模式', 'Chinese in UTF-8'],
  ['54fc72206f666665', null, 'Tür offe', 'Latin-1 where nothing is declared'],
  ['54fc72', 4, 'Tür', 'Latin-1'],
  ['54fc72', 106, 'Tür', 'Latin-1 under a declaration of UTF-8'],
  ['80', 4, '\u0080', 'Latin-1 and not windows-1252'],
  ['c8ce736b61', 5, 'ČÎska', 'Latin-2'],
  ['b3eddde0', 8, 'Гэнр', 'Cyrillic, ISO 8859-5'],
  ['d0dddef0', 12, 'ĞİŞğ', 'Latin-5'],
  ['83678369815b', 17, 'トナー', 'Shift_JIS'],
  ['a5c8a5cac0', 18, '¥È¥ÊÀ', 'a cut EUC-JP text'],
  ['54cf6e6572', 2004, 'Tüner', 'HP Roman-8'],
  ['5481', 2009, 'Tü', 'code page 850'],
  ['d4cfcec5d2', 2084, 'тонер', 'KOI8-R'],
  ['d2eeede5f0', 2251, 'Тонер', 'windows-1251'],
  ['a4df80', 2252, '¤ß€', 'windows-1252'],
  ['54fc72', 4711, 'Tür', 'a set that nobody knows'],
] as const)('reads %s in set %s as %s: %s', ([hex, charset, text]) => {
  expect(readText(Buffer.from(hex, 'hex'), charset)).toBe(text)
})
