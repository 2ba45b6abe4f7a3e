import { expect, it } from 'vitest'
import { type DemoPrinter, demoNames } from '../../src/demo/printers.ts'
import { sceneAt } from '../../src/demo/scene.ts'

// What the demo plays, second by second, as a person at the screen would tell it.

const supply = (index: number) => `.43.11.1.1.9.1.${index}`
const tray2 = '.43.8.2.1.10.1.2'
const pages = '.43.10.2.1.4.1.1'
const panel = '.43.16.5.1.2.1.1'
const alertCode = '.43.18.1.1.7.1.1'
const everyFiveSeconds = Array.from({ length: 720 }, (_, at) => at * 5)

function value(printer: DemoPrinter, second: number, name: string): string | null {
  const cells = sceneAt(second)[printer] ?? []
  return cells.find(({ oid }) => oid.endsWith(name))?.value ?? null
}

/** Seconds of the first hour at which it is otherwise than five seconds before. */
const turns = (isSo: (second: number) => boolean): number[] =>
  everyFiveSeconds.filter((second) => second > 0 && isSo(second) !== isSo(second - 5))

it('toner sinks until it is empty, and then there is a new cartridge', () => {
  const level = (second: number) => Number(value('mono-laser', second, supply(1)))
  expect([0, 60, 120, 240].map(level)).toEqual([1440, 1080, 720, 0])
  expect(value('mono-laser', 250, alertCode)).toBe('1101')
  expect(level(280)).toBeGreaterThan(5900)
  expect(value('mono-laser', 280, alertCode)).toBeNull()
})

it('each toner of the colour laser sinks in its own measure', () => {
  const used = [1, 2, 3, 4].map(
    (at) =>
      Number(value('colour-laser', 0, supply(at))) - Number(value('colour-laser', 60, supply(at))),
  )
  expect(new Set(used).size).toBe(4)
  expect(Math.min(...used)).toBeGreaterThan(0)
})

it('the jam comes within half a minute, stays more than one, and comes again every few', () => {
  const isJammed = (second: number) => value('jams', second, alertCode) === '8'
  expect(isJammed(0)).toBe(false)
  expect(turns(isJammed).slice(0, 4)).toEqual([15, 105, 255, 345])
  expect(value('jams', 60, panel)).toBe('Paper jam: open door B')
  expect(value('jams', 110, panel)).toBe('Ready')
})

it('paper runs out within a minute and is filled in the next', () => {
  const sheets = (second: number) => Number(value('multi-function', second, tray2))
  const isEmpty = (second: number) => sheets(second) === 0
  expect(sheets(0)).toBeGreaterThan(50)
  expect(turns(isEmpty).slice(0, 2)).toEqual([50, 110])
  expect(sheets(110)).toBe(400)
  expect(value('multi-function', 80, alertCode)).toBe('808')
})

it('the sleeper wakes, warms up, prints and sleeps again', () => {
  const said = everyFiveSeconds.slice(0, 42).map((second) => value('sleeper', second, panel))
  expect(said.filter((words, at) => words !== said[at - 1])).toEqual([
    'Sleeping',
    'Warming up',
    'Printing',
    'Sleeping',
  ])
})

it.each(demoNames.filter((name) => name !== 'dead'))('the pages of %s only ever rise', (name) => {
  const counted = everyFiveSeconds.map((second) => Number(value(name, second, pages)))
  expect(counted).toEqual(counted.toSorted((a, b) => a - b))
  expect(counted.at(-1)).toBeGreaterThan(counted[0] ?? 0)
})
