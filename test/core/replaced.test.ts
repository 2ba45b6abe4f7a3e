import { describe, expect, it } from 'vitest'
import { historyLine } from '../../src/core/status/history.ts'
import type { Supply } from '../../src/core/status/reading.ts'
import { onePrinter } from '../parts/fleet.ts'
import { aReading, aSupply } from '../parts/readings.ts'

/** What the activity tells of replaced supplies when these percents are heard one after the other. */
async function toldOf(percents: readonly (number | null)[], facts: Partial<Supply> = {}) {
  const { hears, told } = await onePrinter()
  for (const percent of percents) hears({ supplies: [aSupply({ ...facts, percent })] })
  return told().filter((sentence) => /replaced|emptied/.test(sentence))
}

const once = ['Black toner replaced, was 3 %']

describe('a toner', () => {
  it.each([
    ['is replaced when the level is twenty points higher in two readings', [3, 100, 100], once],
    ['is told once, however long it stays', [3, 100, 100, 99, 99, 98], once],
    ['is not when the next reading says that it was none', [3, 100, 3, 3], []],
    ['is not when it rises by less, as levels do that are reckoned anew', [40, 59, 59, 59], []],
    ['is not when it was taken out and put back', [60, 0, 60, 60], []],
    ['is replaced by one that is half full', [3, 55, 54], once],
    ['is replaced though nobody knew the level for a while', [3, null, null, 100, 100], once],
    ['is replaced when the rise is seen, unseen, and seen', [3, 100, null, 100], once],
    ['is nothing when there was no level before', [null, null, 100, 100], []],
    ['is not when the printer slept with level 0', [63, 62, 0, 0, 0, 62, 62], []],
    ['is not when it woke up and printed', [63, 62, 0, 0, 0, 59, 58, 58], []],
    [
      'is when it was taken out for a while and a new one put in',
      [62, 0, 0, 0, 100, 100],
      ['Black toner replaced, was 0 %'],
    ],
  ])('%s', async (_, percents, sentences) => {
    expect(await toldOf(percents)).toEqual(sentences)
  })

  it.each([
    [
      'it stays low while it prints, as stages do',
      '100@1 10@400 10@500 10@900 100@901 100@901',
      10,
    ],
    ['it has printed as much as it fell', '98@1 3@600 3@600 98@600 98@600', 3],
    ['it comes back without a page', '62@700 0@700 0@700 40@700 40@700', null],
    ['it comes back to where it was', '62@700 0@700 0@700 61@702 60@703', null],
    ['it fell as a sheet went through', '62@700 0@701 0@701 62@701 62@701', null],
  ])('knows by the page counter whether it was replaced: %s', async (_, levels, was) => {
    const { hears, told } = await onePrinter()
    for (const heard of levels.split(' ')) {
      const [percent, pageCount] = heard.split('@').map(Number)
      hears({ pageCount: pageCount ?? null, supplies: [aSupply({ percent: percent ?? null })] })
    }
    const sentences = was === null ? [] : [`Black toner replaced, was ${was} %`]
    expect(told().filter((sentence) => sentence.includes('replaced'))).toEqual(sentences)
  })

  it('is replaced though its row was away while somebody did it', async () => {
    const { hears, told } = await onePrinter()
    for (const percent of [3, 3, null, 100, 100])
      hears({ supplies: percent === null ? [] : [aSupply({ percent })] })
    expect(told()).toContain(once[0])
  })

  it('is replaced at once when its serial is another one, by a used one too', async () => {
    const { hears, told } = await onePrinter()
    const cyan = (serial: string, percent: number) =>
      aSupply({ colour: 'cyan', percent, description: `Cyan Toner, PN 006R01512;SN${serial}` })
    hears({ supplies: [cyan('461E7A80E0000489', 20)] })
    hears({ supplies: [cyan('unknown', 20)] })
    hears({ supplies: [cyan('461E7A80E0000489', 90)] })
    hears({ supplies: [cyan('461E7A80E0000489', 90)] })
    expect(told()).toEqual([])
    hears({ supplies: [cyan('46AAAAAAE0000489', 25)] })
    expect(told()).toEqual(['Cyan toner replaced, was 90 %'])
  })

  it('is a fact of the history, by its index', async () => {
    const { hears, clock } = await onePrinter()
    hears({ supplies: [aSupply({ percent: 3 })] })
    hears({ supplies: [aSupply({ percent: 100 })] })
    const { replaced, toKeep } = hears({ supplies: [aSupply({ percent: 100 })] })
    expect({ replaced, toKeep }).toEqual({ replaced: ['1.1'], toKeep: true })
    const reading = aReading({ supplies: [aSupply({ percent: 100 })] })
    expect(historyLine('p-1', reading, clock.now(), replaced)).toMatchObject({ replaced: ['1.1'] })
    expect(historyLine('p-1', reading, clock.now())).not.toHaveProperty('replaced')
  })
})

describe('a waste box', () => {
  const box = { kind: 'waste', class: 'receptacleThatIsFilled', colour: null } as const

  it('is emptied when its space is back', async () => {
    expect(await toldOf([5, 100, 100], box)).toEqual(['Waste box emptied'])
  })

  it('is not while it fills, though the printer counts it the wrong way round', async () => {
    expect(await toldOf([5, 30, 30, 55, 55, 78, 78], box)).toEqual([])
  })
})
