import { expect, test } from 'vitest'
import { createForce } from '../../src/web/force.ts'
import { createTurns } from '../../src/web/turns.ts'

const never = new Promise<void>(() => {})

test('who asks past the cache waits for a silent printer only so long', async () => {
  const force = createForce({ pollNow: () => never }, 20)
  expect(await force.one('p-1')).toBe('late')
  expect(await force.all('ada', ['p-1', 'p-2'])).toBe('late')
})

test('what breaks while asking is not swallowed, and the next round is asked anew', async () => {
  let polls = 0
  const pollNow = async () => {
    if (++polls === 1) throw new Error('broken')
  }
  const force = createForce({ pollNow }, 1000)
  await expect(force.all('ada', ['p-1'])).rejects.toThrow('broken')
  expect(await force.all('ada', ['p-1'])).toBe('asked')
  expect(polls).toBe(2)
})

test('two at once, one waiting, and the rest are sent away', async () => {
  const inTurn = createTurns({ atOnce: 2, waiting: 1, full: () => new Error('full') })
  let working = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++working)
    await new Promise((resolve) => setTimeout(resolve, 10))
    working--
    return 'done'
  }
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => inTurn(work)))
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    ...Array(3).fill('fulfilled'),
    ...Array(2).fill('rejected'),
  ])
  expect(most).toBe(2)
  expect(await inTurn(work)).toBe('done')
})
