import { z } from 'zod'
import type { Act } from '../core/act.ts'
import type { Made } from '../core/backup/made.ts'
import type { BoxFacts } from '../core/box.ts'
import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { dropLetter, sendAgain } from '../core/outbox/by-hand.ts'
import type { Letter } from '../core/outbox/letter.ts'
import { outboxFacts } from '../core/outbox/outbox.ts'
import { refuseUnlessAll } from '../core/people/access.ts'
import { lastSummary } from '../core/tickets/summary.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { createBackupNow } from './backup-now.ts'
import { archivedIn, findEntries, personalFor, subjectOf } from './journal.ts'
import { listLetters } from './letters.ts'
import { journalPage } from './pages/journal.ts'
import { lettersPage } from './pages/letters.ts'
import { systemPage } from './pages/system.ts'
import { pageNumber, readQuery } from './query.ts'
import { retentionOf } from './retention.ts'
import { type SettingParts, settingOf } from './settings.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// The box itself: parts, letters, backups, the journal.

export interface SystemParts extends BoardParts {
  readonly box: () => BoxFacts
  readonly makeBackup: (act: Act) => Promise<Made>
  /** After this, what was erased is in none of the files. */
  readonly rewrite: () => Promise<void>
}

export function systemRoutes(parts: SystemParts & SettingParts): Route[] {
  const room = createRoom(parts)
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'system look' } as const
  const post = { ...get, method: 'POST', needs: 'system change' } as const
  const letter = '/system/letters/:letter'
  return [
    { ...get, path: '/system', answer: (ask: SignedAsk) => page(200, room.whole(ask, null)) },
    { ...get, path: '/system/journal', answer: room.journal },
    { ...get, path: '/system/letters', answer: room.letters },
    { ...post, path: '/system/backup', answer: room.backup },
    { ...post, path: `${letter}/again`, answer: room.acting(sendAgain) },
    { ...post, path: `${letter}/drop`, answer: room.acting(dropLetter) },
  ]
}

const text = z.string().max(100, 'has 100 characters at most').default('')
const before = z.coerce.number('is a number').int('is a number').min(1, 'begins at 1').optional()
const letterState = z
  .enum(['waiting', 'given-up', 'sent'], 'is waiting, given-up or sent')
  .default('waiting')
const entriesPerPage = 50

type LetterAct = (tx: Change, id: string, act: Act) => unknown

function createRoom(parts: SystemParts & SettingParts) {
  const { store, health, box } = parts
  const backupNow = createBackupNow(parts)

  /** Letters and journal tell of all printers: they are offered to who looks after all of them. */
  function whole(ask: SignedAsk, refused: string | null): Html {
    return systemPage(viewOf(parts, ask), {
      parts: health(),
      box: box(),
      asked: backupNow.last(),
      letters: outboxFacts(store.state),
      lastSummary: lastSummary(store.state),
      retention: retentionOf((name) => settingOf(parts, name)),
      isOfAll: ask.person.reach === 'all',
      refused,
    })
  }

  function letterList(
    ask: SignedAsk,
    { of, number, refused }: { of: Letter['state']; number: number; refused: string | null },
  ): Html {
    const letters = listLetters(store.state, of, settingOf(parts, 'EMAIL_TO'))
    return lettersPage(viewOf(parts, ask), { of, letters, page: number, refused })
  }

  return {
    whole,
    letters(ask: SignedAsk): Answer {
      refuseUnlessAll(ask.person)
      const wanted = readQuery(ask.query, { state: letterState, page: pageNumber })
      const { state: of, page: number } = wanted
      return page(200, letterList(ask, { of, number, refused: null }))
    },
    acting: (act: LetterAct) => (ask: SignedAsk) => {
      refuseUnlessAll(ask.person)
      const id = ask.params.letter ?? ''
      const of = store.state.outbox[id]?.state ?? 'waiting'
      return showAgain(
        async () => {
          await store.update((tx) => void act(tx, id, ask.act()))
          return seeOther(`/system/letters?state=${of}`)
        },
        ({ message }) => letterList(ask, { of, number: 1, refused: message }),
      )
    },
    backup(ask: SignedAsk): Promise<Answer> {
      refuseUnlessAll(ask.person)
      return showAgain(
        async () => {
          await backupNow.make(ask.act())
          return seeOther('/system#backups')
        },
        ({ message }) => whole(ask, message),
      )
    },
    async journal(ask: SignedAsk): Promise<Answer> {
      const { person, query } = ask
      refuseUnlessAll(person)
      const { before: below, ...filter } = readQuery(query, {
        ...{ by: text, what: text, subject: text },
        before,
      })
      const { entries, next } = await findEntries(store.state, filter, {
        before: below ?? Number.POSITIVE_INFINITY,
        limit: entriesPerPage,
      })
      const rows = entries.map((entry) => ({
        entry,
        subject: subjectOf(store.state, person, entry.subject),
        personal: personalFor(person, entry),
      }))
      const facts = { filter, rows, before: below ?? null, next }
      return page(
        200,
        journalPage(viewOf(parts, ask), { ...facts, archived: archivedIn(store.state) }),
      )
    },
  }
}
