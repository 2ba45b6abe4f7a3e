import { type Card, cardAfter, chooseBy, type Image } from './card.ts'

// Which crashes of a disk are tried: all that there are where they are few, else some.

/** What can be had again: the choices that made it. */
export interface Crash {
  readonly choices: readonly number[]
  readonly card: Card
}

/** Every card that may be left of the image, where there are no more than `most`; else that many of them. */
export function crashesOf(image: Image, most: number, random: () => number): Crash[] {
  const all: Crash[] = []
  let next: readonly number[] | null = []
  while (next !== null && all.length < most) {
    const { crash, after } = crashAlong(image, next)
    all.push(crash)
    next = after
  }
  if (next === null) return all
  return Array.from({ length: most }, () => {
    const choices: number[] = []
    const choose = chooseBy(random)
    const card = cardAfter(image, (below) => {
      const choice = choose(below)
      choices.push(choice)
      return choice
    })
    return { choices, card }
  })
}

/** The card that these choices make; beyond them, the first way each time. */
export function crashAlong(
  image: Image,
  choices: readonly number[],
): { crash: Crash; after: number[] | null } {
  const made: number[] = []
  const ways: number[] = []
  const card = cardAfter(image, (below) => {
    const choice = choices[made.length] ?? 0
    made.push(choice)
    ways.push(below)
    return choice
  })
  // The last choice that has another way, and that way.
  let last = made.length - 1
  while (last >= 0 && (made[last] ?? 0) + 1 >= (ways[last] ?? 0)) last -= 1
  const after = last < 0 ? null : [...made.slice(0, last), (made[last] ?? 0) + 1]
  return { crash: { choices: made, card }, after }
}
