import { expect, test } from 'vitest'
import { lastDays } from '../../src/core/schedule/days.ts'

test.each([
  ['America/Santiago', '2026-09-20T12:00:00Z'],
  ['America/Santiago', '2026-04-20T12:00:00Z'],
  ['America/Havana', '2026-03-20T12:00:00Z'],
  ['Africa/Cairo', '2026-05-05T12:00:00Z'],
  ['Europe/Berlin', '2026-04-10T12:00:00Z'],
])('each of the last days is there once in %s, though the clocks were changed (%s)', (zone, at) => {
  const shown = new Intl.DateTimeFormat('en-CA', { timeZone: zone })
  const days = lastDays(new Date(at), zone).map((day) => shown.format(day))
  expect(new Set(days).size).toBe(31)
})
