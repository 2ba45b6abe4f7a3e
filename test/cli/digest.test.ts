import { expect, it } from 'vitest'
import { type Digest, digestVerb } from '../../src/cli/digest.ts'
import { WrongUsage } from '../../src/cli/verb.ts'
import { postSummary } from '../../src/core/tickets/digest.ts'
import { summaries } from '../../src/core/tickets/summary.ts'
import { summary } from '../../src/mail/letters/summary.ts'
import { createAct } from '../parts/act.ts'
import { aDesk } from '../parts/desk.ts'
import { createMemoryStore } from '../parts/store.ts'
import { aPrintRoom, eight } from '../parts/summary.ts'

const site = { name: 'Print room North', url: null, timeZone: 'UTC' }

/** Types `platen digest ARGS` where Ada looks after all and wants the summary. */
async function aRoom(recipients: string | null = 'desk@school.test') {
  const store = createMemoryStore()
  const room = await aPrintRoom(store)
  const digest: Digest = {
    preview: async (args) =>
      summaries(store.state, { ...args, recipients }, eight).map(({ to, facts }) => ({
        ...{ to, ...summary(facts, site) },
      })),
    post: async (args) => {
      const act = createAct('root at the command line')
      const letters = await store.update((tx) => postSummary(tx, { ...args, recipients }, act))
      return letters.map(({ to }) => to)
    },
  }
  return {
    ...{ store, ...room },
    async digest(...args: string[]) {
      const { desk, said } = aDesk({ digest })
      const code = await digestVerb.run(args, desk)
      return { code, ...said() }
    },
  }
}

it('posts to everybody who gets it, and says to whom', async () => {
  const { digest, report, wants, posted } = await aRoom()
  await report('t-lib', 'lib', 2)
  await wants('ada')
  expect(await digest()).toMatchObject({
    code: 0,
    out: '2 letters wait for the post: desk@school.test, ada@school.test\n',
  })
  expect(posted()).toEqual({ 'desk@school.test': ['t-lib'], 'ada@school.test': ['t-lib'] })
})

it('--dry-run prints each letter whole and posts none', async () => {
  const { digest, report, wants, posted, store } = await aRoom()
  await report('t-lib', 'lib', 2)
  await wants('ada')
  const before = { ...store.state.journal }
  const { code, out } = await digest('--dry-run')
  expect(code).toBe(0)
  expect(out).toContain(
    'To: desk@school.test\nSubject: 1 ticket open, the oldest for 2 hours: Print',
  )
  expect(out).toContain('To: ada@school.test\n')
  expect(out).toContain('\n- LIB-1, Library Room 12\n  Asks for toner, open for 2 hours, open\n')
  expect(posted()).toEqual({})
  expect(store.state.journal).toEqual(before)
})

it('--lookback-hours and --include-closed say which tickets', async () => {
  const { digest, report, posted } = await aRoom()
  await report('t-old', 'lib', 30)
  await report('t-done', 'gym', 29, { resolvedHoursAgo: 2 })
  expect((await digest('--lookback-hours', '24')).out).toBe(
    'There is nothing to tell: no letter.\n',
  )
  await digest('--lookback-hours', '24', '--include-closed')
  expect(posted()).toEqual({ 'desk@school.test': ['t-done'] })
})

it.each(['', '0', '-3', 'a day', '1e9'])('"%s" is no number of hours', async (hours) => {
  const { digest } = await aRoom()
  await expect(digest(`--lookback-hours=${hours}`)).rejects.toThrow(WrongUsage)
})

it('says what to set where nobody gets it', async () => {
  const { digest, report } = await aRoom(null)
  await report('t-lib', 'lib', 2)
  await expect(digest()).rejects.toThrow('Set ISSUE_SUMMARY_RECIPIENT or EMAIL_TO')
})
