import { describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { type Asked, answerQuestion, ask } from '../../src/core/questions/questions.ts'
import { createAct } from '../parts/act.ts'
import { openDesk } from './desk.ts'
import { noon } from './fleet.ts'

const device = { macAddresses: [], at: noon.toISOString() }
const replaced: Asked = {
  printer: 'p-LIB-2F-1',
  kind: 'other-device',
  facts: {
    known: { ...device, serial: 'CNDX000123', model: 'HP LaserJet 600 M602', pageCount: 81_200 },
    heard: { ...device, serial: 'Ж‮‘7', model: 'Folio\n400', pageCount: 12 },
  },
}
const fell: Asked = {
  printer: 'p-DRP-204',
  kind: 'counter-fell',
  facts: {
    known: { pageCount: 9005, at: noon.toISOString() },
    heard: { pageCount: 4, at: noon.toISOString() },
    ...{ serial: null, epoch: 'e-1' },
  },
}

async function open(questions: readonly Asked[], wanted: Parameters<typeof openDesk>[0] = {}) {
  const desk = await openDesk({ tickets: [], ...wanted })
  const act = createAct('platen', noon)
  await desk.store.update((tx) => {
    for (const each of questions) ask(tx, each, act)
  })
  desk.drawNow()
  const [id = ''] = Object.keys(desk.store.state.questions)
  return { ...desk, question: () => desk.store.state.questions[id] }
}

const name = (typed: string): string[] => [...typed, 'enter']

describe('a question on the console', () => {
  test('has a mark in the list, and stands first in the details of its printer', async () => {
    const desk = await open([replaced])
    expect(await desk.row('LIB-2F-1')).toContain('LIB-2F-1  ASK  Library 2F')
    await desk.press('2')
    expect((await desk.text()).split('\n').slice(1, 8)).toEqual([
      '╒═ LIB-2F-1 ═══════════════════════════════════════════════════════════════ ▼ ═╕',
      '│ ASKS    Another device answers at this address.                              │',
      '│         known   CNDX000123, HP LaserJet 600 M602, 81 200 pages               │',
      "│         heard   Zh'7, Folio 400, 12 pages                                    │",
      '│         a answers it                                                         │',
      '│ JAM     Paper jam, tray 2                                                    │',
      '│ LOW     Black toner 8 % left                                                 │',
    ])
    expect(await desk.row('help')).toContain('a answer')
  })

  test('is answered with two keys and a name, and says what comes of each', async () => {
    const desk = await open([replaced])
    await desk.press('2', 'a', ...name('Ada'))
    const text = await desk.text()
    for (const words of ['1  It was replaced', '2  Wrong address', 'Answered by A.   Esc later'])
      expect(text).toContain(words)
    await desk.press('1')
    expect(desk.question()).toMatchObject({ answer: 'replaced', answeredBy: 'ada' })
    expect(await desk.row('answered by')).toContain('LIB-2F-1: answered by A.')
    expect(await desk.text()).not.toContain('ASK')
    expect(desk.journal()).toContain('ada: question answered')
    expect(desk.hinted).toEqual(['p-LIB-2F-1'])
  })

  test('can be left for later, and a wrong digit answers nothing', async () => {
    const desk = await open([fell])
    await desk.press('j', 'a', ...name('Ada'))
    expect(await desk.text()).toContain('Another printer stands here')
    for (const key of ['3', 'esc', '0']) {
      await desk.press(key, 'a')
      expect(desk.question()?.answer).toBeNull()
    }
    await desk.press('2')
    expect(desk.question()).toMatchObject({ answer: 'replaced' })
  })

  test('about a counter that fell under the same serial offers no other printer', async () => {
    const desk = await open([{ ...fell, facts: { ...fell.facts, serial: 'CNDX000123' } }])
    await desk.press('j', 'a', ...name('Ada'))
    expect(await desk.text()).toContain('1  The counter was set anew')
    expect(await desk.text()).not.toContain('Another printer stands here')
    await desk.press('2')
    expect(desk.question()?.answer).toBeNull()
  })

  test('that somebody else has answered meanwhile says so', async () => {
    const desk = await open([replaced])
    await desk.press('a', ...name('Ada'))
    const id = desk.question()?.id ?? ''
    await desk.store.update((tx) =>
      answerQuestion(tx, { id, answer: 'replaced' }, createAct('Grace', noon)),
    )
    await desk.press('1')
    expect(await desk.text()).toContain('The question is answered already, by G.')
    expect(desk.question()).toMatchObject({ answer: 'replaced', answeredBy: 'Grace' })
  })

  test('does nothing to a printer that nothing is asked about', async () => {
    const desk = await open([fell])
    await desk.press('a')
    expect(await desk.text()).not.toMatch(/Who is at the keys|a answer/)
  })

  test.each([
    [40, 12],
    [80, 24],
    [160, 45],
  ])('fits at %ix%i, in glyphs that every console draws', async (columns, rows) => {
    const desk = await open([replaced, fell], { columns, rows })
    for (const keys of [[], ['2'], ['a'], name('Ada')]) {
      await desk.press(...keys)
      const text = await desk.text()
      expect([...text.replaceAll('\n', '')].filter((glyph) => !isGlyph(glyph))).toEqual([])
    }
    expect(await desk.text()).toContain('It was replaced')
    expect(desk.seen.logged).toEqual([])
  })
})
