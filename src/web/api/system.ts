import { z } from 'zod'
import { dropLetter, sendAgain } from '../../core/outbox/by-hand.ts'
import { outboxFacts } from '../../core/outbox/outbox.ts'
import { refuseUnlessAll } from '../../core/people/access.ts'
import { postSummary } from '../../core/tickets/digest.ts'
import { lastSummary } from '../../core/tickets/summary.ts'
import { archivedIn, findEntries, personalFor } from '../journal.ts'
import { listed, listLetters } from '../letters.ts'
import { retentionOf } from '../retention.ts'
import { type SettingParts, settingOf } from '../settings.ts'
import type { SystemParts } from '../system.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery } from './operation.ts'
import {
  backupMade,
  journalFound,
  journalQuery,
  letterFacts,
  letterStates,
  settingFacts,
  systemFacts,
} from './system-facts.ts'

type Parts = SystemParts & SettingParts

export function systemOperations(parts: Parts): Described[] {
  return [
    systemNow(parts),
    makeBackup(parts),
    settings(parts),
    letters(parts),
    retryLetter(parts),
    dropOne(parts),
    journal(parts),
    digest(parts),
  ]
}

const systemNow = (parts: Parts) =>
  operation({
    ...{ method: 'GET', path: '/api/v1/system', name: 'getSystem', needs: 'system look' },
    says: 'How platen and its machine are.',
    answers: systemFacts,
    run() {
      const { store } = parts
      const { backup, ...facts } = parts.box()
      const { newest, elsewhere, trouble } = backup
      const { waiting, givenUp, oldest } = outboxFacts(store.state)
      return {
        ...facts,
        parts: parts.health(),
        backup: {
          newest: newest && { at: newest.at, bytes: newest.bytes },
          isCopied: elsewhere !== null,
          trouble,
        },
        letters: { waiting, givenUp, oldest },
        summaryPostedAt: lastSummary(store.state),
        retention: retentionOf((name) => settingOf(parts, name)),
      }
    },
  })

const makeBackup = ({ makeBackup: make }: Parts) =>
  operation({
    ...{ method: 'POST', path: '/api/v1/system/backup', name: 'makeBackup' },
    ...{ needs: 'system change', status: 201, refuses: ['unkeepable'] },
    says: 'Makes a backup, and answers once it is made and was read back: that may take minutes.',
    answers: backupMade,
    async run(ask) {
      refuseUnlessAll(ask.person)
      const { name, bytes, seconds, inside, damage, copy, trouble } = await make(ask.act())
      return { name, bytes, seconds, inside, damage, isCopied: copy !== null, trouble }
    },
  })

const settings = (parts: Parts) =>
  operation({
    ...{ method: 'GET', path: '/api/v1/settings', name: 'listSettings', needs: 'system look' },
    says: 'Every setting as it is in force; a secret is `<secret>`.',
    answers: z.object({ settings: z.array(settingFacts) }),
    run: () => ({ settings: parts.settings }),
  })

const letters = (parts: Parts) =>
  operation({
    ...{ method: 'GET', path: '/api/v1/letters', name: 'listLetters', needs: 'system look' },
    says: 'Letters that wait, were given up or went, the newest first; never what they tell.',
    query: { ...pageQuery, state: letterStates.default('waiting') },
    answers: z.object({ ...pageFacts, letters: z.array(letterFacts) }),
    run({ person }, { query }) {
      refuseUnlessAll(person)
      const all = listLetters(parts.store.state, query.state, settingOf(parts, 'EMAIL_TO'))
      const { facts, shown } = pageOf(all, query)
      return { ...facts, letters: shown }
    },
  })

const retryLetter = (parts: Parts) =>
  operation({
    ...{ method: 'POST', path: '/api/v1/letters/:letter/retry', name: 'retryLetter' },
    ...{ needs: 'system change', refuses: ['conflict', 'unkeepable'] },
    says: 'Has a letter sent again now that waits or was given up.',
    answers: letterFacts,
    async run(ask) {
      refuseUnlessAll(ask.person)
      const { store } = parts
      const id = ask.params.letter ?? ''
      const letter = await store.update((tx) => sendAgain(tx, id, ask.act()))
      return listed(store.state, letter, settingOf(parts, 'EMAIL_TO'))
    },
  })

const dropOne = ({ store }: Parts) =>
  operation({
    ...{ method: 'DELETE', path: '/api/v1/letters/:letter', name: 'dropLetter' },
    ...{ needs: 'system change', refuses: ['conflict', 'unkeepable'], answers: null },
    says: 'Drops a letter that was not sent.',
    async run(ask) {
      refuseUnlessAll(ask.person)
      await store.update((tx) => dropLetter(tx, ask.params.letter ?? '', ask.act()))
      return null
    },
  })

const journal = ({ store }: Parts) =>
  operation({
    ...{ method: 'GET', path: '/api/v1/journal', name: 'listJournal', needs: 'system look' },
    says: 'Who changed what, the newest first; `next` is the `before` of an older page.',
    query: journalQuery,
    answers: journalFound,
    async run({ person }, { query: { before, limit, ...filter } }) {
      refuseUnlessAll(person)
      const wanted = { before: before ?? Number.POSITIVE_INFINITY, limit }
      const { entries, next } = await findEntries(store.state, filter, wanted)
      return {
        next,
        entries: entries.map((entry) => {
          const { personal: _whole, personalHash: _hash, id: _id, ...facts } = entry
          return { ...facts, personal: personalFor(person, entry) }
        }),
        archived: archivedIn(store.state),
      }
    },
  })

const digest = (parts: Parts) =>
  operation({
    ...{ method: 'POST', path: '/api/v1/digest', name: 'postDigest', needs: 'system change' },
    refuses: ['conflict', 'unkeepable'],
    says: 'Posts the summary of tickets now, to all who get it; the one of the day comes all the same.',
    body: z.strictObject({
      lookbackHours: z.number().positive().max(17_568).nullable().default(null),
      includeClosed: z.boolean().default(false),
    }),
    answers: z.object({ letters: z.array(z.object({ to: z.string(), tickets: z.int() })) }),
    async run(ask, { body }) {
      refuseUnlessAll(ask.person)
      const to = settingOf(parts, 'ISSUE_SUMMARY_RECIPIENT') || settingOf(parts, 'EMAIL_TO') || null
      const posted = await parts.store.update((tx) =>
        postSummary(tx, { recipients: to, ...body }, ask.act()),
      )
      return { letters: posted.map(({ to, facts }) => ({ to, tickets: facts.tickets.length })) }
    },
  })
