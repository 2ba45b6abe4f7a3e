import anyAscii from 'any-ascii'

// The only file that touches the library: what a screen or a font lacks, in letters that it has.

const ascii = /^[ -~]+$/

/** What may stay does; for the rest ASCII that reads like it: "東京" -> "DongJing", `?` at worst. */
export function plainLetters(text: string, mayStay: (character: string) => boolean): string {
  let plain = ''
  for (const character of text) plain += mayStay(character) ? character : spelt(character)
  return plain
}

function spelt(character: string): string {
  const letters = anyAscii(character)
  return ascii.test(letters) ? letters : '?'
}
