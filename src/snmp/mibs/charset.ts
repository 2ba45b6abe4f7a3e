// Character sets by their IANA number (MIBenum), as prtLocalizationCharacterSet gives them: first those
// that the platform decodes, then small tables of the octets from 0x80 or 0xa0 on.

/** Names for TextDecoder. Latin-1 is left to the caller: the platform reads windows-1252 for it. */
const platform: Readonly<Record<number, string>> = {
  5: 'iso-8859-2',
  6: 'iso-8859-3',
  7: 'iso-8859-4',
  8: 'iso-8859-5',
  9: 'iso-8859-6',
  10: 'iso-8859-7',
  11: 'iso-8859-8',
  12: 'iso-8859-9',
  13: 'iso-8859-10',
  17: 'shift_jis',
  18: 'euc-jp',
  36: 'euc-kr',
  38: 'euc-kr',
  39: 'iso-2022-jp',
  57: 'gb18030',
  85: 'iso-8859-8',
  109: 'iso-8859-13',
  110: 'iso-8859-14',
  111: 'iso-8859-15',
  113: 'gb18030',
  114: 'gb18030',
  1000: 'utf-16be',
  1013: 'utf-16be',
  1014: 'utf-16le',
  1015: 'utf-16be',
  2024: 'shift_jis',
  2025: 'gb18030',
  2026: 'big5',
  2027: 'macintosh',
  2084: 'koi8-r',
  2086: 'ibm866',
  2088: 'koi8-u',
  2101: 'big5',
  2109: 'windows-874',
  2250: 'windows-1250',
  2251: 'windows-1251',
  2253: 'windows-1253',
  2254: 'windows-1254',
  2255: 'windows-1255',
  2256: 'windows-1256',
  2257: 'windows-1257',
  2258: 'windows-1258',
  2259: 'windows-874',
}

/** The upper characters, the last for octet 0xff: Windows' Latin, HP Roman-8, IBM code pages, Latin-10. */
const uppers: Readonly<Record<number, string>> = {
  // Node 20's own windows-1252 is Latin-1.
  2252:
    '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ' +
    String.fromCharCode(...Array.from({ length: 96 }, (_, at) => 0xa0 + at)),
  2004:
    '\u00a0ÀÂÈÊËÎÏ´ˋˆ¨˜ÙÛ₤¯Ýý°ÇçÑñ¡¿¤£¥§ƒ¢' +
    'âêôûáéóúàèòùäëöüÅîØÆåíøæÄìÖÜÉïßÔ' +
    'ÁÃãÐðÍÌÓÒÕõŠšÚŸÿÞþ·µ¶¾—¼½ªº«■»±�',
  2011:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  2009:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  2010:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č' +
    'áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
    '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀' +
    'ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
  2047:
    'ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞş' +
    'áíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ�ÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµ�×ÚÛÙìÿ¯´\u00ad±�¾¶§÷¸°¨·¹³²■\u00a0',
  2089:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  112:
    '\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸż' +
    'ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß' +
    'àáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ',
}

/** null: the set is not known here, or the octets are none of it. */
export function decodeCharset(octets: Buffer, charset: number): string | null {
  const upper = uppers[charset]
  if (upper !== undefined) return decodeSingle(octets, upper)
  const label = platform[charset]
  if (label === undefined) return null
  try {
    return new TextDecoder(label, { fatal: true }).decode(octets)
  } catch {
    return null
  }
}

function decodeSingle(octets: Buffer, upper: string): string | null {
  const first = 256 - upper.length
  let text = ''
  for (const octet of octets) {
    text += octet < first ? String.fromCharCode(octet) : upper.charAt(octet - first)
  }
  return text.includes('\ufffd') ? null : text
}
