import { expect, it } from 'vitest'
import { historyLine } from '../../src/core/status/history.ts'
import { aReading } from '../parts/readings.ts'

it("a line of the month's file says when its time was not known to be right, and only then", () => {
  const at = new Date('1970-01-01T00:10:00Z')
  const line = historyLine('p-1', aReading(), at, [], 'untrusted')
  expect(line).toMatchObject({ at: '1970-01-01T00:10:00.000Z', clock: 'untrusted' })
  expect(historyLine('p-1', aReading(), at)).not.toHaveProperty('clock')
})
