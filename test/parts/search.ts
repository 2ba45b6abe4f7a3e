import { crc32 } from 'node:zlib'
import { type Card, randomBy } from './card.ts'
import { type Crash, crashAlong, crashesOf } from './crashes.ts'
import { type History, live } from './history.ts'
import { mistakeAfter } from './reopen.ts'

// The search: a history, the power cut before each step of its disk, and a start from what is left.

export interface Searched {
  /** States of the disk, each with what people had been told by then; none counts twice. */
  readonly states: number
  readonly moments: number
  /** What is wrong, with all that is needed to have it again; null: nothing. */
  readonly wrong: string | null
}

/** How long a history is, and how many crashes of each moment are tried where there are more. */
export interface Depth {
  readonly changes: number
  readonly most: number
}

/** One crash alone, as a failure names it. */
export interface Again {
  readonly moment: number
  readonly choices: readonly number[]
}

const depth: Depth = { changes: 30, most: 8 }

/** What npm test has the time for: the histories of these seeds, until there were so many states. */
export async function searchSeeds(
  isWanted: (seed: number) => boolean,
  least: number,
): Promise<Pick<Searched, 'states' | 'wrong'>> {
  let states = 0
  for (let seed = 1; states < least; seed += 1) {
    if (!isWanted(seed)) continue
    const found = await searchCrashes(seed, depth)
    if (found.wrong !== null) return { states, wrong: found.wrong }
    states += found.states
  }
  return { states, wrong: null }
}

/** One history, whole or a single crash of it. */
export async function searchCrashes(
  seed: number,
  { most, changes, again = null }: Depth & { again?: Again | null },
): Promise<Searched> {
  let states = 0
  let history: History
  try {
    history = await live(seed, changes)
  } catch (error) {
    return { states, moments: 0, wrong: `seed ${seed}: ${error}` }
  }
  const { moments, asked } = history
  const seen = new Set<string>()
  for (const [moment, { step, image }] of moments.entries()) {
    if (again && again.moment !== moment) continue
    const told = asked.filter(({ toldAt }) => toldAt <= moment).length
    const crashes = again
      ? [crashAlong(image, again.choices).crash]
      : crashesOf(image, most, randomBy(seed * 15_485_863 + moment))
    for (const crash of crashes) {
      const state = `${told} ${keyOf(crash.card)}`
      if (seen.has(state)) continue
      seen.add(state)
      states += 1
      const wrong = await mistake(crash, moment)
      if (wrong === null) continue
      const where = `seed ${seed}, moment ${moment}, crash ${crash.choices.join('.')}`
      return {
        states,
        moments: moment,
        wrong: `${where} (${step.operation} ${step.path}): ${wrong}`,
      }
    }
  }
  return { states, moments: moments.length, wrong: null }

  async function mistake({ choices, card }: Crash, moment: number): Promise<string | null> {
    const turn = crc32(`${seed} ${moment} ${choices}`)
    try {
      return await mistakeAfter(history, moment, card, turn)
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
  }
}

function keyOf(card: Card): string {
  let key = ''
  for (const [path, cold] of card)
    key +=
      typeof cold === 'string'
        ? `${path} ${cold} `
        : `${path} ${cold.bytes.length} ${sumOf(cold.bytes)} `
  return key
}

const sums = new WeakMap<Buffer, number>()

function sumOf(bytes: Buffer): number {
  const known = sums.get(bytes)
  if (known !== undefined) return known
  const sum = crc32(bytes)
  sums.set(bytes, sum)
  return sum
}
