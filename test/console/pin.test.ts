import { describe, expect, test } from 'vitest'
import { createPin } from '../../src/console/pin.ts'
import type { Leaves } from '../../src/console/view.ts'
import { ask } from '../../src/core/questions/questions.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { createAct } from '../parts/act.ts'
import { openDesk } from './desk.ts'
import { noon } from './fleet.ts'

const pin = '73519'

const open = (wanted: Parameters<typeof openDesk>[0] = {}, checkPin = createPin(pin)) =>
  openDesk({ ...wanted, acts: { checkPin, ...wanted.acts } })

const typed = (words: string): string[] => [...words, 'enter']
const asksForPin = 'Asked before anything is changed here'

describe('with a PIN', () => {
  test('who left has left: the wall that comes by itself forgets name and PIN', async () => {
    const desk = await open({ wishes: { wallSeconds: 1 } })
    await desk.press('t', 'a', ...typed(pin), ...typed('Ada'))
    while ((await desk.text()).includes('Tickets')) await desk.settled()
    await desk.press('x', 't')
    expect((await desk.lines()).at(-1)).not.toContain('as A.')
    await desk.press('z')
    expect(await desk.text()).toContain(asksForPin)
  })

  test.each([
    ['a', 'taken'],
    ['n', 'noted'],
    ['d', 'resolved'],
  ])('%s asks for it before the name, and before the act', async (key, done) => {
    const desk = await open()
    await desk.press('t', key)
    expect(await desk.text()).toContain(asksForPin)
    expect(await desk.text()).not.toContain('Grace')
    expect(desk.journal()).toEqual([])
    await desk.press(...typed(pin), ...typed('Ada'))
    await desk.press(...(key === 'n' ? typed('worn') : key === 'd' ? ['y'] : []))
    expect(desk.journal()).toEqual([`Ada: ticket ${done}`])
  })

  test('reopening and taking back ask for it too, and so does an answer', async () => {
    const desk = await open()
    const device = {
      serial: 'A',
      macAddresses: [],
      model: 'M',
      pageCount: 1,
      at: noon.toISOString(),
    }
    await desk.store.update((tx) =>
      ask(
        tx,
        {
          ...{ printer: 'p-LIB-2F-1', kind: 'other-device' },
          facts: { known: device, heard: { ...device, serial: 'B' } },
        },
        createAct('platen', noon),
      ),
    )
    const before = desk.journal().length
    await desk.press('1', 'a')
    expect(await desk.text()).toContain(asksForPin)
    await desk.press('esc', 't', 'G', 'u')
    expect(await desk.text()).toContain(asksForPin)
    await desk.press(...typed(pin), ...typed('Ada'))
    expect(desk.journal().slice(before)).toEqual(['Ada: ticket reopened'])
    await desk.wait(11)
    await desk.press('z')
    expect(await desk.text()).toContain(asksForPin)
    expect(desk.journal().slice(before)).toHaveLength(1)
  })

  test('no name of who works here is shown before it, and none after who was there has gone', async () => {
    const desk = await open()
    await desk.press('w')
    expect(await desk.text()).toContain(asksForPin)
    expect(await desk.text()).not.toMatch(/Grace|Who is at the keys/)
    await desk.press(...typed(pin))
    expect(await desk.row('Grace')).toContain('Grace')
    await desk.press(...typed('Ada'), 't', 'a')
    expect(desk.journal()).toEqual(['Ada: ticket taken'])
    await desk.press('w', 'enter', 'n')
    expect(await desk.text()).toContain(asksForPin)
  })

  test('looking, filtering, help, the wall, layouts and asking a printer need none', async () => {
    const desk = await open()
    for (const keys of [
      ...['1', '2', '3', '4', '5', '6', '1', '?', 'esc', '0', 'esc', 'L', 'b', 'r', 'c', 'esc'],
      ...['/', 'l', 'enter', 'esc', 't', 'enter', 'j', 'esc', 'ctrl-l', 'tab'],
    ]) {
      await desk.press(keys)
      expect(await desk.text()).not.toContain('PIN:')
    }
    expect(desk.seen.polled).toHaveLength(1)
    expect(desk.seen.logged).toEqual([])
  })

  test.each<[Leaves, number, boolean]>([
    ['asks', 0, true],
    ['at-once', 1, false],
    ['never', 0, false],
  ])('who leaves where it %s', async (leaves, left, asks) => {
    const desk = await open({ leaves })
    await desk.press('q', ...(leaves === 'asks' ? ['y'] : []))
    expect(desk.seen.left).toBe(left)
    if (leaves === 'at-once') return
    expect((await desk.text()).includes(asksForPin)).toBe(asks)
    if (!asks) return
    await desk.press(...typed(pin))
    expect(desk.seen.left).toBe(1)
  })

  test('Esc drops it and what was begun', async () => {
    const desk = await open()
    await desk.press('t', 'a', '7', 'esc')
    expect(await desk.text()).not.toContain('PIN')
    await desk.press('a')
    expect(await desk.text()).toContain('PIN:')
    expect(await desk.text()).not.toContain('*')
    expect(desk.journal()).toEqual([])
  })

  test('takes digits alone, shows a star for each, and sends none of them', async () => {
    const desk = await open()
    await desk.press('t', 'a', ...'7a3 -5é1', ...'9')
    expect(await desk.row('PIN:')).toMatch(/PIN: \*{5} /)
    await desk.press('backspace')
    expect(await desk.row('PIN:')).toMatch(/PIN: \*{4} /)
    await desk.press(...typed('9'))
    expect(await desk.text()).toContain('Who is at the keys?')
    expect(desk.seen.sent).not.toContain(pin)
    expect(desk.seen.sent).not.toContain([...pin].join(' '))
    expect(desk.seen.logged).toEqual([])
  })

  test('a wrong one gets a sentence and an empty field, and is told to nobody', async () => {
    const desk = await open()
    await desk.press('t', 'a', ...typed('73510'))
    expect(await desk.row('That is not')).toContain('PIN: That is not the PIN.')
    expect(await desk.row('│ PIN:')).not.toContain('*')
    expect(await desk.text()).not.toContain('73510')
    expect(desk.journal()).toEqual([])
    expect(desk.seen.logged).toEqual([])
    await desk.press(...typed(pin), ...typed('Ada'))
    expect(desk.ticket('t-1').takenBy).toBe('Ada')
  })

  test('five wrong ones close all consoles for a minute, and the right one waits as well', async () => {
    const clock = { ms: 0 }
    const checkPin = createPin(pin, () => clock.ms)
    const [one, other] = [await open({}, checkPin), await open({}, checkPin)]
    await one.press('t', 'a', ...typed('1111'), ...typed('1112'), ...typed('1113'))
    await other.press('t', 'a', ...typed('1114'))
    expect(await other.text()).toContain('PIN: That is not the PIN.')
    await other.press(...typed('1115'))
    expect(await other.text()).toContain('That is not the PIN. The next try is in 1 min.')
    clock.ms = 30_000
    await one.press(...typed(pin))
    expect(await one.text()).toContain('Too many wrong PINs: try again in 1 min.')
    expect(await one.text()).toContain(asksForPin)
    clock.ms = 60_000
    await one.press(...typed(pin))
    expect(await one.text()).toContain('Who is at the keys?')
  })

  test('is asked for anew ten minutes after the last act', async () => {
    const desk = await open()
    await desk.press('t', 'a', ...typed(pin), ...typed('Ada'))
    await desk.wait(9)
    await desk.press('n', ...typed('still here'))
    await desk.wait(9)
    await desk.press('d')
    expect(await desk.text()).toContain('Resolved by A.?')
    await desk.press('n')
    await desk.wait(11)
    await desk.press('d')
    expect(await desk.text()).toContain(asksForPin)
  })
})

describe('the count of wrong PINs', () => {
  const tryOne = (check: (typed: string) => void, words: string): string => {
    try {
      check(words)
      return 'right'
    } catch (error) {
      return error instanceof Refusal ? error.message : String(error)
    }
  }

  function aCount() {
    const clock = { ms: 0 }
    const check = createPin(pin, () => clock.ms) ?? (() => {})
    return { clock, tries: (words: string) => tryOne(check, words) }
  }

  test('makes each pause twice as long, a quarter of an hour at most', () => {
    const { clock, tries } = aCount()
    for (let at = 0; at < 4; at++) expect(tries('0000')).toBe('That is not the PIN.')
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      expect(tries('0000')).toBe(`That is not the PIN. The next try is in ${minutes} min.`)
      clock.ms += minutes * 60_000 - 1
      expect(tries(pin)).toBe('Too many wrong PINs: try again in 1 min.')
      clock.ms += 1
    }
    expect(tries(pin)).toBe('right')
  })

  test('begins anew after the right one', () => {
    const { tries } = aCount()
    for (let at = 0; at < 4; at++) tries('0000')
    expect(tries(pin)).toBe('right')
    for (let at = 0; at < 4; at++) expect(tries('0000')).toBe('That is not the PIN.')
    expect(tries(pin)).toBe('right')
  })

  test('there is none where no PIN is set', async () => {
    expect(createPin(null)).toBeNull()
    const desk = await open({}, null)
    await desk.press('t', 'a')
    expect(await desk.text()).toContain('Who is at the keys?')
  })
})
