import { expect, it } from 'vitest'
import { darkRuns, type QrModules, qrModules, qrVersion, quietModules } from '../../src/core/qr.ts'
import { scanAt } from '../parts/scan.ts'

const url = (length: number) => 'HTTPS://PRINT.SCHOOL.EDU/P/0123456789ABCDEFGHJK'.slice(0, length)

/** Four dots a module, printed with its quiet zone. */
function read(modules: QrModules) {
  const isDark = (x: number, y: number) =>
    modules[Math.floor(y / 4) - quietModules]?.[Math.floor(x / 4) - quietModules] ?? false
  const side = (modules.length + 2 * quietModules) * 4
  const box = { x: 0, y: 0, width: side, height: side }
  return scanAt({ dotsPerMm: 1, width: side, height: side, isDark }, box).says
}

it.each([
  [25, 2],
  [38, 2],
  [43, 3],
  [45, 3],
])('keeps an address of %i upper-case characters at version %i', (length, version) => {
  const modules = qrModules(url(length))
  expect(qrVersion(modules)).toBe(version)
  expect(read(modules)).toBe(url(length))
})

it('is a version smaller for a screen, which nothing scratches', () => {
  const modules = qrModules(url(43), 'L')
  expect(modules).toHaveLength(25)
  expect(read(modules)).toBe(url(43))
})

it('takes lower case too, in a larger code', () => {
  const address = 'https://print.school.edu/p/0123456789a'
  expect(qrVersion(qrModules(address))).toBeGreaterThan(qrVersion(qrModules(address.toUpperCase())))
  expect(read(qrModules(address))).toBe(address)
})

it('is read with a tenth of it scratched off', () => {
  const modules = qrModules(url(43))
  const scratched = modules.map((row, y) =>
    row.map((dark, x) => dark && !(y > 12 && y < 17 && x > 8 && x < 27)),
  )
  expect(scratched).not.toEqual(modules)
  expect(read(scratched)).toBe(url(43))
})

it('says the dark modules as runs, none left out and none twice', () => {
  const modules = qrModules(url(43))
  const drawn = modules.map((row) => row.map(() => 0))
  for (const { x, y, length } of darkRuns(modules))
    for (let at = x; at < x + length; at++) {
      const row = drawn[y]
      if (row) row[at] = (row[at] ?? 0) + 1
    }
  expect(drawn).toEqual(modules.map((row) => row.map(Number)))
})
