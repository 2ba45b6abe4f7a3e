import { describe, expect, test } from 'vitest'
import type { Act } from '../../src/core/act.ts'
import { type Identity, ownSerial } from '../../src/core/printers/device.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { setSupplyRule, type Wish } from '../../src/core/printers/supply-rules.ts'
import { noticed, type Polled } from '../../src/core/questions/noticed.ts'
import type { Question } from '../../src/core/questions/question.ts'
import {
  answerQuestion,
  openQuestions,
  questionsToAnswer,
} from '../../src/core/questions/questions.ts'
import type { Reading, Supply } from '../../src/core/status/reading.ts'
import { createAct } from '../parts/act.ts'
import { aReading, aSupply } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const macA = 'AA:00:00:00:00:01'
const macB = 'AA:00:00:00:00:02'
const macC = 'AA:00:00:00:00:03'

/** A desk with one printer, which is read each five minutes; strangers' readings wait apart. */
async function aDesk(words: Partial<Printer> = {}) {
  const store = createMemoryStore()
  await store.update((tx) => tx.put('printers', aPrinter(words)))
  let minutes = 0
  let before: Polled['before'] = null
  const ids = createAct()
  const act = (by = 'platen'): Act => ({ ...ids, by, now: at(minutes) })
  const printer = (): Printer => store.state.printers['p-1'] ?? aPrinter()
  const questions = (): Question[] => openQuestions(store.state)
  return {
    store,
    printer,
    questions,
    act,
    async hear(identity: Partial<Identity>, more: Partial<Reading> & { after?: number } = {}) {
      const { after = 5, ...facts } = more
      minutes += after
      const reading = aReading(facts)
      const who = { ...reading.identity, serial: null, macAddresses: [], ...identity }
      const polled = { reading: { ...reading, identity: who }, readAt: at(minutes), before }
      const keep = noticed(store.state, printer(), polled)
      if (keep) await store.update((tx) => keep(tx, act()))
      const stays = questions().some(({ kind }) => kind === 'other-device')
      if (!stays) before = { reading: polled.reading, readAt: polled.readAt }
      return keep === null ? 'nothing' : 'kept'
    },
    answer: (answer: string, id = questions()[0]?.id ?? '') =>
      store.update((tx) => answerQuestion(tx, { id, answer }, act('ada'))),
    journal: () => Object.values(store.state.journal).map(({ by, what }) => `${by}: ${what}`),
  }
}

const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 2, 8, minutes))

describe('the device that stands there', () => {
  test('is learned from its first reading, and not asked about again', async () => {
    const desk = await aDesk()
    expect(await desk.hear({})).toBe('nothing')
    expect(desk.printer().device).toBeNull()
    await desk.hear({ serial: ' CN42 ', macAddresses: [macA] })
    expect(desk.printer().device).toEqual({
      ...{ serial: 'CN42', macAddresses: [macA] },
      since: at(10).toISOString(),
    })
    expect(await desk.hear({ serial: 'cn42', macAddresses: [macA] })).toBe('nothing')
    expect(desk.journal()).toEqual(['platen: device learned'])
  })

  test('may get a second card, and its serial later, without a question', async () => {
    const desk = await aDesk()
    await desk.hear({ macAddresses: [macA] })
    await desk.hear({ serial: 'CN42', macAddresses: [macA] })
    await desk.hear({ serial: 'CN42', macAddresses: [macB] })
    expect(desk.printer().device).toMatchObject({ serial: 'CN42', macAddresses: [macA, macB] })
    expect(desk.questions()).toEqual([])
  })

  test('that tells a new card at each reading is not written down for ever', async () => {
    const desk = await aDesk()
    for (let card = 10; card < 40; card++)
      await desk.hear({ serial: 'CN42', macAddresses: [`AA:00:00:00:00:${card}`] })
    expect(desk.printer().device?.macAddresses).toHaveLength(8)
    expect(desk.journal()).toHaveLength(8)
  })

  test('that is another one than before raises one question, with both of them in it', async () => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' }, { pageCount: 9000 })
    for (let time = 0; time < 3; time++)
      await desk.hear({ serial: `XY${time}`, macAddresses: [macC] }, { pageCount: 12 })
    expect(desk.questions()).toHaveLength(1)
    expect(desk.questions()[0]).toMatchObject({
      kind: 'other-device',
      facts: {
        known: { serial: 'CN42', pageCount: 9000, model: 'Laser 5' },
        heard: { serial: 'XY0', macAddresses: [macC], pageCount: 12 },
      },
    })
    expect(desk.printer().device?.serial).toBe('CN42')
  })

  test('whose serial is not that of the office’s list raises the question too', async () => {
    const desk = await aDesk({ serial: 'LIST-1' })
    await desk.hear({ serial: 'CN42' })
    expect(desk.questions()[0]?.facts).toMatchObject({
      known: { serial: 'LIST-1', model: 'Folio 400', at: null },
      heard: { serial: 'CN42' },
    })
    const byCard = await aDesk({ macAddress: macA })
    await byCard.hear({ macAddresses: [macB] })
    expect(byCard.questions()).toHaveLength(1)
    const right = await aDesk({ serial: 'list-1', macAddress: macA })
    await right.hear({ serial: 'LIST-1', macAddresses: [macB] })
    expect(right.questions()).toEqual([])
    expect(right.printer().device?.serial).toBe('LIST-1')
  })

  test('takes the question back when it answers again, and is not asked about each poll then', async () => {
    const desk = await aDesk()
    for (let time = 0; time < 6; time++) {
      await desk.hear({ serial: 'CN42' })
      expect(desk.questions()).toEqual([])
      await desk.hear({ serial: 'XY7' })
    }
    expect(desk.journal().filter((line) => line === 'platen: asked')).toHaveLength(1)
    await desk.hear({ serial: 'XY7' }, { after: 61 })
    expect(desk.questions()).toHaveLength(1)
    expect(Object.keys(desk.store.state.questions)).toHaveLength(1)
  })

  test('was replaced: the new one is taken over with its own counter, its rules stay', async () => {
    const desk = await aDesk({ serial: 'CN42', macAddress: macA })
    await desk.store.update((tx) =>
      setSupplyRule(
        tx,
        desk.printer(),
        { index: '1.1', rule: anInvertedOne, supply: null },
        desk.act('ada'),
      ),
    )
    await desk.hear({ serial: 'CN42', macAddresses: [macA] }, { pageCount: 9000 })
    await desk.hear({ serial: 'XY7', macAddresses: [macC] }, { pageCount: 12 })
    await desk.answer('replaced')
    expect(desk.printer()).toMatchObject({
      device: { serial: 'XY7', macAddresses: [macC], since: at(10).toISOString() },
      ...{
        serial: 'XY7',
        macAddress: macC,
        supplies: { '1.1': { ...anInvertedOne, kind: null, colour: null } },
      },
    })
    await desk.hear({ serial: 'XY7', macAddresses: [macC] }, { pageCount: 15 })
    await desk.hear({ serial: 'XY7', macAddresses: [macC] }, { pageCount: 16 })
    expect(desk.questions()).toEqual([])
    expect(Object.values(desk.store.state.epochs)).toMatchObject([
      { why: 'first', first: 9000 },
      { why: 'other-device', first: 12, last: 9000, state: 'begun' },
    ])
    expect(desk.journal()).toContain('ada: question answered')
    expect(desk.journal()).toContain('ada: device replaced')
  })

  test('at a wrong address is not asked about again, another stranger is', async () => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' })
    await desk.hear({ serial: 'XY7' })
    await desk.answer('wrong-address')
    expect(await desk.hear({ serial: 'XY7' }, { after: 600 })).toBe('nothing')
    expect(desk.printer().device?.serial).toBe('CN42')
    await desk.hear({ serial: 'ZZ9' })
    expect(desk.questions()[0]?.facts).toMatchObject({ heard: { serial: 'ZZ9' } })
  })

  test('at a wrong address may be found to be a replacement after all', async () => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' }, { pageCount: 9000 })
    await desk.hear({ serial: 'XY7' }, { pageCount: 12 })
    const id = desk.questions()[0]?.id
    await desk.answer('wrong-address')
    expect(questionsToAnswer(desk.store.state, desk.printer()).map((each) => each.id)).toEqual([id])
    await desk.answer('replaced', id)
    expect(desk.printer()).toMatchObject({ device: { serial: 'XY7' }, stranger: null })
    expect(questionsToAnswer(desk.store.state, desk.printer())).toEqual([])
    await expect(desk.answer('wrong-address', id)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('at a wrong address is asked about again when the own one was heard meanwhile', async () => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' })
    await desk.hear({ serial: 'XY7' })
    await desk.answer('wrong-address')
    await desk.hear({ serial: 'CN42' })
    expect(desk.printer().stranger).toBeNull()
    expect(await desk.hear({ serial: 'CN42' })).toBe('nothing')
    await desk.hear({ serial: 'XY7' })
    expect(desk.questions()).toHaveLength(1)
  })

  test.each(['open', 'wrong-address'])(
    'was replaced where the office writes its serial into the list: question %s',
    async (said) => {
      const desk = await aDesk({ serial: 'CN42' })
      await desk.hear({ serial: 'CN42' }, { pageCount: 9000 })
      await desk.hear({ serial: 'XY7' }, { pageCount: 12 })
      if (said !== 'open') await desk.answer(said)
      await desk.store.update((tx) => tx.put('printers', { ...desk.printer(), serial: 'XY7' }))
      await desk.hear({ serial: 'XY7' }, { pageCount: 14 })
      expect(desk.printer()).toMatchObject({ device: { serial: 'XY7' }, stranger: null })
      expect([desk.questions(), await desk.hear({ serial: 'XY7' }, { pageCount: 15 })]).toEqual([
        [],
        'nothing',
      ])
      expect(Object.values(desk.store.state.epochs)).toMatchObject([
        { why: 'first', first: 9000 },
        { why: 'other-device', first: 12, last: 9000, state: 'begun' },
      ])
    },
  )

  test.each([
    ...['N/A', 'Not Available', '0000 0000', 'X0X0X0', '- -', '_', '<private>', ' ', '????'],
  ])('is not known by a serial that is nobody’s: %j', (serial) => {
    expect(ownSerial(serial)).toBeNull()
  })

  test.each([
    ['missing', 'f-none', 'replaced'],
    ['invalid', undefined, 'withdrawn'],
    ['invalid', undefined, 'new-counter'],
  ] as const)('refuses an answer: %s', async (code, id, answer) => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' })
    await desk.hear({ serial: 'XY7' })
    const before = structuredClone(desk.questions())
    await expect(desk.answer(answer, id)).rejects.toMatchObject({ code })
    expect(desk.questions()).toEqual(before)
  })

  test('refuses a second answer, and says who gave the first', async () => {
    const desk = await aDesk()
    await desk.hear({ serial: 'CN42' })
    await desk.hear({ serial: 'XY7' })
    const id = desk.questions()[0]?.id
    await desk.answer('wrong-address')
    await expect(desk.answer('wrong-address', id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The question is answered already, by ada.',
    })
    expect(desk.printer().device?.serial).toBe('CN42')
  })
})

const anInvertedOne = { invert: true, ignore: false, warningPercent: 30, errorPercent: null }

describe('what the office knows better of a supply', () => {
  test('is kept with the printer until it says nothing any more', async () => {
    const desk = await aDesk()
    const set = (index: string, rule: Wish | null, supply: Supply | null = aSupply()) =>
      desk.store.update((tx) =>
        setSupplyRule(tx, desk.printer(), { index, rule, supply }, desk.act()),
      )
    await set('1.1', anInvertedOne)
    await set('1.2', anInvertedOne)
    await set('1.1', { ...anInvertedOne, invert: false, warningPercent: null })
    const written = { ...anInvertedOne, kind: 'toner', colour: 'black' }
    expect(desk.printer().supplies).toEqual({ '1.2': written })
    await set('1.2', { ...anInvertedOne, warningPercent: 40 }, null)
    expect(desk.printer().supplies).toEqual({ '1.2': { ...written, warningPercent: 40 } })
    await set('1.2', null)
    expect(desk.printer().supplies).toEqual({})
    expect(desk.journal()).toEqual([
      ...['platen: supply rule set', 'platen: supply rule set'],
      ...[
        'platen: supply rule taken back',
        'platen: supply rule set',
        'platen: supply rule taken back',
      ],
    ])
  })

  test.each([
    ['1.1', { ...anInvertedOne, warningPercent: 10, errorPercent: 20 }],
    ['__proto__', anInvertedOne],
    ['1.1<b>', anInvertedOne],
  ])('is refused where it makes no sense: %s', async (index, rule) => {
    const desk = await aDesk()
    const refused = desk.store.update((tx) =>
      setSupplyRule(tx, desk.printer(), { index, rule, supply: null }, desk.act()),
    )
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    expect(desk.printer().supplies).toEqual({})
  })
})
