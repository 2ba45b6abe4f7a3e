// Keys that move: up and down, by pages, to the ends; as arrows, as in vi, as in less.

export type Step = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'

/** By what the key types, else by its name. */
export const steps: Readonly<Record<string, Step>> = {
  up: 'up',
  k: 'up',
  down: 'down',
  j: 'down',
  pageup: 'page-up',
  'C-b': 'page-up',
  pagedown: 'page-down',
  'C-f': 'page-down',
  ' ': 'page-down',
  home: 'first',
  g: 'first',
  end: 'last',
  G: 'last',
}

/** Where a step leads, between 0 and `last`. */
export function stepped(at: number, step: Step, last: number, page: number): number {
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -last, last }
  return Math.max(0, Math.min(last, Math.min(at, last) + by[step]))
}
