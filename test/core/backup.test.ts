import { expect, test } from 'vitest'
import { copiesThatMayGo, mayGo } from '../../src/core/backup/kept.ts'
import { backupName, timeInName } from '../../src/core/backup/name.ts'

const day = (text: string) => new Date(`${text}T03:00:00Z`)
const plusDays = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

test('names say the time, sort by it, and say the site where several share a place', () => {
  const at = new Date('2026-11-20T03:00:00.900Z')
  expect(backupName(at)).toBe('platen-2026-11-20T03-00-00Z.tar.gz')
  expect(timeInName(backupName(at))).toEqual(new Date('2026-11-20T03:00:00Z'))
  expect(backupName(at, 'north')).toBe('platen-north-2026-11-20T03-00-00Z.tar.gz')
  const odd = backupName(at, '../Print room North')
  expect(odd).toMatch(/^platen-[a-z0-9-]+-2026-11-20T03-00-00Z\.tar\.gz$/)
  expect(odd).not.toBe(backupName(at, '../print room north'))
  expect(timeInName(odd, '../Print room North')).not.toBeNull()
})

test.each([
  ['another site’s', 'platen-south-2026-11-20T03-00-00Z.tar.gz'],
  ['a site’s whose name begins alike', 'platen-north-2-2026-11-20T03-00-00Z.tar.gz'],
  ['no time', 'platen-north-2026-13-20T03-00-00Z.tar.gz'],
  ['half a file', 'platen-north-2026-11-20T03-00-00Z.tar.gz.new'],
])('%s is not ours', (_, name) => {
  expect(timeInName(name, 'north')).toBeNull()
})

test('over two years of days 14 days, 8 weeks and 12 months stay, and the oldest is a year old', () => {
  let kept: string[] = []
  for (let n = 0; n <= 730; n += 1) {
    const now = plusDays(day('2024-01-01'), n)
    kept.push(backupName(now))
    const go = mayGo(kept, now)
    kept = kept.filter((name) => !go.includes(name))
    if (n >= 14) expect(kept.filter((name) => ageDays(name, now) < 14)).toHaveLength(14)
    expect(kept.at(-1)).toBe(backupName(now))
  }
  // The last day is Wednesday 31 December 2025.
  const days = kept.map((name) => timeInName(name)?.toISOString().slice(0, 10))
  expect(days).toEqual([
    ...['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30'],
    ...['2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31'],
    ...['2025-11-16', '2025-11-23', '2025-11-30', '2025-12-07', '2025-12-14'],
    ...Array.from({ length: 14 }, (_, n) => `2025-12-${18 + n}`),
  ])
})

test('of several on one day the first and the newest stay', () => {
  const names = ['2026-11-19T03', '2026-11-20T03', '2026-11-20T09', '2026-11-20T15'].map(
    (time) => `platen-${time}-00-00Z.tar.gz`,
  )
  expect(mayGo(names, new Date('2026-11-20T16:00:00Z'))).toEqual([names[2]])
})

test('one dated in the future stays, and pushes no other out', () => {
  const past = Array.from({ length: 14 }, (_, n) => backupName(plusDays(day('2026-11-20'), -n)))
  const ahead = Array.from({ length: 20 }, (_, n) => backupName(plusDays(day('2031-01-01'), n)))
  expect(mayGo([...past, ...ahead], day('2026-11-20'))).toEqual([])
})

test('what is no backup of ours is left alone, and the newest stays however old it is', () => {
  const foreign = ['notes.txt', 'before-update-1', 'shape-3-change-9.json', 'platen.tar.gz']
  expect(mayGo([...foreign, backupName(day('2019-01-01'))], day('2026-11-20'))).toEqual([])
  const south = backupName(day('2019-01-01'), 'south')
  const north = Array.from({ length: 40 }, (_, n) =>
    backupName(plusDays(day('2026-11-20'), -n), 'north'),
  )
  const go = mayGo([south, ...north], day('2026-11-20'), 'north')
  expect(go.length).toBeGreaterThan(10)
  expect(go).not.toContain(south)
})

test('of the copies from before newer versions the newest three stay', () => {
  const copies = [3, 1, 10, 2].map((change) => `shape-3-change-${change}.json`)
  const all = ['shape-2-change-99.json', ...copies, 'shape-4.json', 'other.json']
  expect(copiesThatMayGo(all)).toEqual(['shape-3-change-1.json', 'shape-2-change-99.json'])
})

function ageDays(name: string, now: Date): number {
  return (now.getTime() - (timeInName(name)?.getTime() ?? 0)) / 86_400_000
}
