import { actOf } from '../core/act.ts'
import { signInByIdentity } from '../core/people/openid.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, type Ask, page, type Route, seeOther } from './answer.ts'
import { begunCookie, createBegun } from './begun.ts'
import { browserName } from './browser-name.ts'
import { readCookie, writeCookie } from './cookie.ts'
import { answerRefusal } from './errors.ts'
import type { OpenIdParts, OpenIdSettings, Provider, Visitor } from './openid.ts'
import { notBegunHere } from './openid-trouble.ts'
import { ownPath } from './own-path.ts'
import { notOnListPage } from './pages/not-on-list.ts'
import { signInPage } from './pages/sign-in.ts'
import { emptyForm } from './sign-in.ts'
import { busy } from './tries.ts'
import { createTurns } from './turns.ts'

// Signing in at the OpenID provider: the way there, and back.

interface Parts extends OpenIdParts {
  readonly openId: OpenIdSettings
  readonly publicUrl: string
}

export function openIdSignInRoutes(
  parts: Parts,
  { provider, back }: { readonly provider: Provider; readonly back: string },
): Route[] {
  const { publicUrl } = parts
  const begun = createBegun(parts.clock)
  /** Each way back asks the provider twice: it is not for us to hammer it. */
  const inTurn = createTurns({ atOnce: 4, waiting: 32, full: busy })

  async function leave({ query }: Ask): Promise<Answer> {
    const to = ownPath(query.get('to'))
    const { cookie, ...begins } = begun.begin(to)
    try {
      const url = await provider.leadTo(begins)
      return seeOther(url, { 'Set-Cookie': writeCookie(cookie, publicUrl, begunCookie) })
    } catch (error) {
      return troubled(error, to)
    }
  }

  async function comeBack(ask: Ask): Promise<Answer> {
    const began = begun.find(readCookie(ask.headers.cookie, publicUrl, begunCookie))
    const over = writeCookie(null, publicUrl, begunCookie)
    try {
      if (!began) throw notBegunHere()
      const cameBack = new URL(`?${ask.query}`, back)
      const visitor = await inTurn(() => provider.finish(cameBack, began))
      return await enter(ask, visitor, { to: began.to, over })
    } catch (error) {
      return troubled(error, began?.to ?? '/', { 'Set-Cookie': over })
    }
  }

  async function enter(
    ask: Ask,
    visitor: Visitor,
    { to, over }: { readonly to: string; readonly over: string },
  ): Promise<Answer> {
    const { store, signIn, site, openId } = parts
    const act = actOf(parts.clock, { by: visitor.called, from: 'site', address: ask.address })
    const known = { told: visitor, trusts: openId.email }
    try {
      const person = await store.update((tx) => signInByIdentity(tx, known, act))
      const browser = browserName(ask.headers['user-agent'])
      const secret = await signIn.sessions.begin(person, { by: 'openid', browser })
      return seeOther(to, { 'Set-Cookie': [over, writeCookie(secret, publicUrl)] })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'forbidden') throw error
      const facts = { site, provider: openId.name, called: visitor.called, sentence: error.message }
      return page(403, notOnListPage(facts), { 'Set-Cookie': over })
    }
  }

  /** The page to sign in at, with what went wrong: the local accounts go on working. */
  function troubled(error: unknown, to: string, headers: Answer['headers'] = {}): Answer {
    if (!(error instanceof Refusal)) throw error
    const told = answerRefusal(error)
    const { 'Content-Type': _json, ...kept } = told.headers
    const form = { ...emptyForm(parts, to), news: error.message }
    return page(told.status, signInPage(form), { ...kept, ...headers })
  }

  return [
    { method: 'GET', path: '/login/openid', as: 'page', who: 'anybody', answer: leave },
    { method: 'GET', path: '/login/openid/back', as: 'page', who: 'anybody', answer: comeBack },
  ]
}
