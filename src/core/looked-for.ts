// What somebody types to find something, beside a text. Accents and case are the same, and so are forms of
// one letter (`ﬁ` and `fi`); who is in a hurry types neither.

/** Which of them have every word of `sought` somewhere in their text; all, where none was typed. */
export function lookedFor<T>(sought: string, textOf: (one: T) => string): (one: T) => boolean {
  const words = plain(sought).split(/\s+/).filter(Boolean)
  if (words.length === 0) return () => true
  return (one) => {
    const text = plain(textOf(one))
    return words.every((word) => text.includes(word))
  }
}

const plain = (words: string) => words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
