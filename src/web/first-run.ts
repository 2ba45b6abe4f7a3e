import { actOf } from '../core/act.ts'
import type { FirstCode } from '../core/people/first-code.ts'
import { addFirstPerson, refuseUnlessFirst } from '../core/people/first-person.ts'
import { hashPassword } from '../core/people/password.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, type Ask, page, type Route, seeOther } from './answer.ts'
import { browserName } from './browser-name.ts'
import { writeCookie } from './cookie.ts'
import { refuseOtherSites } from './forgery.ts'
import { type FirstForm, firstRunPage } from './pages/first-run.ts'
import type { SignIn } from './session.ts'
import { showAgain } from './show-again.ts'
import { refuseUnprotected } from './sign-in.ts'
import { createTries, type Tries } from './tries.ts'
import type { BoardParts } from './views.ts'

// The first account, by the code that the console shows. With it the way is closed for good.

export interface FirstRunParts extends BoardParts {
  readonly signIn: SignIn
  readonly firstCode: FirstCode
  readonly publicUrl: string | null
}

export function firstRunRoutes(parts: FirstRunParts): Route[] {
  const tries = createTries(parts.clock, 'codes')
  const empty: FirstForm = { site: parts.site, code: '', name: '', email: '', refusal: null }

  function show(): Answer {
    refuseUnlessFirst(parts.store.state)
    return page(200, firstRunPage(empty))
  }

  return [
    { method: 'GET', path: '/first', as: 'page', who: 'anybody', answer: show },
    {
      method: 'POST',
      path: '/first',
      as: 'page',
      who: 'anybody',
      answer: (ask) => {
        const form = { ...empty, ...typedIn(ask.form) }
        return showAgain(
          () => begin(ask, parts, tries),
          (refusal) => firstRunPage({ ...form, refusal }),
        )
      },
    },
  ]
}

async function begin(ask: Ask, parts: FirstRunParts, tries: Tries): Promise<Answer> {
  const { store, clock, signIn, publicUrl } = parts
  refuseUnlessFirst(store.state)
  refuseOtherSites(ask.headers, publicUrl)
  refuseUnprotected(ask, publicUrl, '/first')
  const { code, name, email } = typedIn(ask.form)
  refuseWrongCode(code, { tries, firstCode: parts.firstCode, address: ask.address })
  const password = await hashPassword({ name, typed: ask.form.get('password') ?? '' })
  const act = actOf(clock, { by: name, from: 'site', address: ask.address })
  // Looked at again in there: of two who send it at once one makes the account.
  const person = await store.update((tx) =>
    addFirstPerson(tx, { name, email: email || null, password }, act),
  )
  const browser = browserName(ask.headers['user-agent'])
  const secret = await signIn.sessions.begin(person, { by: 'first run', browser })
  return seeOther('/', { 'Set-Cookie': writeCookie(secret, publicUrl) })
}

function refuseWrongCode(
  typed: string,
  { tries, firstCode, address }: { tries: Tries; firstCode: FirstCode; address: string },
): void {
  const end = tries.begin(address)
  const isRight = firstCode.isRight(typed)
  end(isRight ? 'right' : 'wrong')
  if (isRight) return
  const sentence = 'That is not the code that the console shows; a restart of platen makes another.'
  throw new Refusal('invalid', sentence, { field: 'code' })
}

function typedIn(form: URLSearchParams): Pick<FirstForm, 'code' | 'name' | 'email'> {
  const field = (name: string) => (form.get(name) ?? '').trim()
  return { code: field('code'), name: field('name'), email: field('email') }
}
