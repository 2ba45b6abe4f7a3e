import { z } from 'zod'
import { getPersonById } from '../../core/people/find.ts'
import { noRights } from '../../core/people/rights.ts'
import { endSessions, sessionHandle, sessionsOf } from '../../core/people/sessions.ts'
import { addToken, removeToken } from '../../core/people/tokens.ts'
import { Refusal } from '../../core/refusal.ts'
import type { SignedAsk } from '../answer.ts'
import { browsersOf, tokensOf } from '../people-facts.ts'
import { changeAccount } from '../still-may.ts'
import { type Described, operation } from './operation.ts'
import type { PersonOperationParts } from './people.ts'
import { newToken, sessionTold, tokenTold } from './people-shapes.ts'

// Where somebody is signed in, and the tokens of an account, for scripts.

const path = '/api/v1/people/:person'

export function signedInOperations(parts: PersonOperationParts): Described[] {
  const { store, clock } = parts
  const idOf = ({ params }: SignedAsk) => params.person ?? ''
  const tokens = (ask: SignedAsk) => tokensOf(getPersonById(store.state, idOf(ask)), clock.now())

  return [
    operation({
      ...{ method: 'GET', path: `${path}/tokens`, name: 'listTokens', needs: 'people look' },
      says: 'The tokens of an account, without what they are.',
      answers: z.object({ tokens: z.array(tokenTold) }),
      run: (ask) => ({ tokens: tokens(ask) }),
    }),
    operation({
      ...{ method: 'POST', path: `${path}/tokens`, name: 'addToken', needs: 'people change' },
      says: 'Makes a token; it is told this once.',
      status: 201,
      body: newToken,
      answers: z.object({ token: z.string(), ...tokenTold.shape }),
      refuses: ['conflict'],
      async run(ask, { body }) {
        const { name: use, days } = body
        const rights = body.rights && { ...noRights, ...body.rights }
        // It would outlive the one that made it, and be none of those that are known to be out.
        if (idOf(ask) === ask.person.id && !ask.session)
          throw new Refusal('forbidden', 'A token makes none for its owner: sign in at a browser.')
        const made = { token: '' }
        await changeAccount(store, { ask, id: idOf(ask) }, (tx, person, act) => {
          made.token = addToken(tx, { name: person.name, use, rights, days }, act)
          return person
        })
        const [newest] = tokens(ask).slice(-1)
        if (!newest) throw new Error('a token was made and is not there')
        return { token: made.token, ...newest }
      },
    }),
    operation({
      ...{ method: 'DELETE', path: `${path}/tokens/:token`, name: 'endToken' },
      ...{ needs: 'people change', says: 'Ends a token.', answers: null },
      run: (ask) =>
        changeAccount(store, { ask, id: idOf(ask) }, (tx, { name }, act) =>
          removeToken(tx, { name, id: ask.params.token ?? '' }, act),
        ),
    }),
    operation({
      ...{ method: 'GET', path: `${path}/sessions`, name: 'listSessions', needs: 'people look' },
      says: 'The browsers that somebody is signed in at.',
      answers: z.object({ sessions: z.array(sessionTold) }),
      run: (ask) => {
        const { id } = getPersonById(store.state, idOf(ask))
        return { sessions: browsersOf(parts, id, ask.session) }
      },
    }),
    operation({
      ...{ method: 'DELETE', path: `${path}/sessions`, name: 'endSessions' },
      ...{ needs: 'people change', says: 'Signs somebody out everywhere.', answers: null },
      run: (ask) =>
        changeAccount(store, { ask, id: idOf(ask) }, (tx, person, act) => {
          const handles = sessionsOf(tx.state, person.id).map(sessionHandle)
          return endSessions(tx, { person, handles }, act)
        }),
    }),
    operation({
      ...{ method: 'DELETE', path: `${path}/sessions/:session`, name: 'endSession' },
      ...{ needs: 'people change', says: 'Signs somebody out at one browser.', answers: null },
      run: (ask) =>
        changeAccount(store, { ask, id: idOf(ask) }, (tx, person, act) =>
          endSessions(tx, { person, handles: [ask.params.session ?? ''] }, act),
        ),
    }),
  ]
}
