import { describe, expect, it } from 'vitest'
import { createFleet, savedFleet } from '../../src/core/status/fleet.ts'
import { onePrinter } from '../parts/fleet.ts'
import { aSupply } from '../parts/readings.ts'

/** '70@900 -@905': percent and page counter, one reading after the other; - is not told. */
async function heardAll(levels: string, minutesApart = 5) {
  const site = await onePrinter()
  const number = (text = '-') => (text === '-' ? null : Number(text))
  for (const heard of levels.split(' ')) {
    const [percent, pageCount] = heard.split('@')
    site.clock.advance((minutesApart - 1) * 60_000)
    site.hears({ pageCount: number(pageCount), supplies: [aSupply({ percent: number(percent) })] })
  }
  return { ...site, isCoarse: site.fleet.status(site.id).supplies[0]?.coarse }
}

describe('a printer that tells stages only', () => {
  it.each([
    ['full, low and nearly out', '100@1 100@900 10@905 10@1400 1@1402'],
    ['five stages', '100@1 70@6 70@500 40@510'],
    ['full or empty, once it was so twice', '100@1 0@3 100@3 100@2000 0@2004'],
    ['stages, and has no page counter', '100@- 70@- 40@-'],
  ])('is found out when it tells %s', async (_, levels) => {
    expect((await heardAll(levels)).isCoarse).toBe(true)
  })

  it.each<[string, string, number?]>([
    ['a fresh cartridge', '100@1 100@500 100@900'],
    ['a cartridge that was taken out and put back', '100@1 0@2 100@3'],
    ['levels that are asked for once a day', '100@1 70@900 40@1800 10@2600', 1440],
    ['the same where pages are not counted', '100@- 70@- 40@-', 1440],
    ['a level that falls by the percent', '62@1 61@50 0@51 61@52 0@53'],
    ['a level in tens', '60@1 50@300 0@301 50@302 0@303'],
    ['a level that flickers', '50@1 15@1 50@2 15@2 50@3 15@3'],
    ['levels that nobody knows', '100@1 -@2 40@3 -@4 10@5'],
  ])('is not taken for one with %s', async (_, levels, minutesApart) => {
    expect((await heardAll(levels, minutesApart)).isCoarse).toBe(false)
  })

  it('gives no percent in its reasons', async () => {
    const { hears, board } = await heardAll('100@1 70@6 40@10')
    hears({ pageCount: 12, supplies: [aSupply({ percent: 10 })] })
    hears({ pageCount: 13, supplies: [aSupply({ percent: 10 })] })
    expect(board()).toEqual(['warning', 'Black toner low (the printer tells stages only)'])
  })

  it('is believed again as soon as it tells a small step', async () => {
    const { hears, fleet, id } = await heardAll('100@1 70@6 40@10')
    hears({ pageCount: 30, supplies: [aSupply({ percent: 39 })] })
    expect(fleet.status(id).supplies[0]?.coarse).toBe(false)
  })

  it('is remembered over a restart', async () => {
    const { fleet, store, clock, id } = await heardAll('100@1 70@6 40@10')
    const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10 }
    const next = createFleet({ store, clock, rules })
    next.restore(savedFleet.parse(JSON.parse(JSON.stringify(fleet.save()))))
    expect(next.status(id)).toEqual(fleet.status(id))
    expect(next.status(id).supplies[0]?.coarse).toBe(true)
  })

  it('is not asked of a status.json of the release before', async () => {
    const { fleet, store, clock, id } = await heardAll('100@1')
    const saved = fleet.save()
    const printers = Object.entries(saved.printers).map(([id, { grains, ...old }]) => [id, old])
    const old = { ...saved, printers: Object.fromEntries(printers) }
    const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10 }
    const next = createFleet({ store, clock, rules })
    next.restore(savedFleet.parse(JSON.parse(JSON.stringify(old))))
    expect(next.status(id).supplies).toMatchObject([{ percent: 100, coarse: false }])
  })
})

it('forgets the supplies of a printer that numbers them anew each time', async () => {
  const { hears, fleet } = await onePrinter()
  for (let time = 0; time < 20; time += 1)
    for (const percent of [90, 80]) hears({ supplies: [aSupply({ index: `1.${time}`, percent })] })
  const [saved] = Object.values(fleet.save().printers)
  expect(Object.keys(saved?.grains ?? {}).length).toBeLessThan(3)
})
