import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { openDesk } from './desk.ts'
import { drawings, pageOfJam, pastOfJam, sizes } from './drawings.ts'

// The views as drawings that a person can look at: `npm run docs` writes them anew, and a change of one is
// seen in the diff. Shown in a real tmux by test/machine/console.test.ts.

const folder = join(import.meta.dirname, 'drawings')
const looks = { past: async () => pastOfJam(), pageOf: () => pageOfJam }

test.each(sizes)('every view at %ix%i is as it was drawn', async (columns, rows) => {
  const desk = await openDesk({ columns, rows, looks })
  for (const { name, keys, back } of drawings) {
    await desk.press(...keys)
    // What is read from the card is there a moment later.
    await desk.wait(0)
    const text = await desk.text()
    for (const glyph of text.replaceAll('\n', ''))
      if (!isGlyph(glyph)) throw new Error(`${name}: ${glyph} was drawn`)
    await expect(`${text}\n`).toMatchFileSnapshot(join(folder, `${name}-${columns}x${rows}.txt`))
    await desk.press(...back)
  }
  expect(desk.seen.logged).toEqual([])
})

test('a screen that is drawn to another size shows the drawing of that size at once', async () => {
  const desk = await openDesk({ columns: 240, rows: 67, looks })
  for (const [columns, rows] of [...sizes, ...sizes.toReversed()]) {
    await desk.resize(columns, rows)
    await expect(`${await desk.text()}\n`).toMatchFileSnapshot(
      join(folder, `fleet-${columns}x${rows}.txt`),
    )
  }
})

test.each(sizes)(
  'the top line and the foot are whole at %ix%i in every view',
  async (columns, rows) => {
    const desk = await openDesk({ columns, rows, looks })
    for (const { name, keys, back } of drawings) {
      if (['code', 'wall', 'help'].includes(name)) continue
      await desk.press(...keys)
      const lines = await desk.lines()
      expect(lines[0]).toMatch(/^ PLATEN .* error 2 .* offline 1 .*14:02 $/)
      expect(lines.at(-1)).toMatch(/^ .*\? help .*q stop *$/)
      expect(lines.at(-1)).not.toContain('..')
      await desk.press(...back)
    }
  },
)
