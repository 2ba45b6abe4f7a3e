/** A header, and a fact in a letter, ends where its line ends: so no line ends inside one. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
