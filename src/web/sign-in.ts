import type { IncomingMessage } from 'node:http'
import { isNobodyHere } from '../core/people/first-person.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { type Answer, type Ask, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { browserName } from './browser-name.ts'
import { isProtected, readCookie, writeCookie } from './cookie.ts'
import { refuseOtherSites } from './forgery.ts'
import type { OpenIdSettings } from './openid.ts'
import { ownPath } from './own-path.ts'
import { type SignInForm, signInPage } from './pages/sign-in.ts'
import type { SignIn } from './session.ts'
import { showAgain } from './show-again.ts'

// Signing in at a browser, and out again.

interface Parts {
  readonly signIn: SignIn
  readonly store: Store
  readonly site: string
  readonly publicUrl: string | null
  readonly openId: OpenIdSettings | null
}

export function signInRoutes(parts: Parts): Route[] {
  const { sessions } = parts.signIn

  function show({ headers, query }: Ask): Answer {
    if (isNobodyHere(parts.store.state)) return seeOther('/first')
    const to = ownPath(query.get('to'))
    const cookie = readCookie(headers.cookie, parts.publicUrl)
    if (cookie && sessions.find(cookie, 'hand')) return seeOther(to)
    const news = cookie ? 'You were signed out. Sign in again to go on.' : null
    return page(200, signInPage({ ...emptyForm(parts, to), news }))
  }

  async function leave({ session }: SignedAsk): Promise<Answer> {
    if (session) await sessions.end(session)
    return seeOther('/login', { 'Set-Cookie': writeCookie(null, parts.publicUrl) })
  }

  return [
    { method: 'GET', path: '/login', as: 'page', who: 'anybody', answer: show },
    {
      method: 'POST',
      path: '/login',
      as: 'page',
      who: 'anybody',
      answer: (ask) => enter(ask, parts),
    },
    { method: 'POST', path: '/logout', as: 'page', who: 'signed in', needs: null, answer: leave },
  ]
}

/** Back to where it was asked for; a form goes to the page that it stood on. */
export function answerSignedOut(req: IncomingMessage & { readonly originalUrl?: string }): Answer {
  const asked = req.originalUrl ?? '/'
  const isForm = req.method === 'POST'
  const to = isForm ? asked.split('?', 1)[0]?.replace(/\/[^/]*$/, '') || '/' : asked
  return seeOther(to === '/' ? '/login' : `/login?to=${encodeURIComponent(to)}`)
}

/** As the page begins, for who wants to go to this path. */
export function emptyForm(
  { site, publicUrl, openId }: Pick<Parts, 'site' | 'publicUrl' | 'openId'>,
  to: string,
): SignInForm {
  const form = { site, to, name: '', news: null, trouble: null }
  if (!openId || publicUrl === null) return { ...form, openId: null }
  // Whole, for who came by another name of the host would leave the cookie of it there.
  const url = new URL(`/login/openid?to=${encodeURIComponent(to)}`, publicUrl)
  return { ...form, openId: { name: openId.name, url: url.href } }
}

function enter(ask: Ask, parts: Parts): Promise<Answer> {
  const { signIn, publicUrl } = parts
  const name = (ask.form.get('name') ?? '').trim()
  const password = ask.form.get('password') ?? ''
  const to = ownPath(ask.form.get('to'))
  const form: SignInForm = { ...emptyForm(parts, to), name }

  async function signedIn(): Promise<Answer> {
    refuseOtherSites(ask.headers, publicUrl)
    refuseUnprotected(ask, publicUrl, '/login')
    if (!name || !password) throw new Refusal('invalid', 'Type your name and your password.')
    const person = await signIn.checkPassword({ name, password, address: ask.address })
    if (!person) throw new Refusal('invalid', 'The name or the password is wrong.')
    const secret = await signIn.sessions.begin(person, {
      by: 'password',
      browser: browserName(ask.headers['user-agent']),
    })
    return seeOther(to, { 'Set-Cookie': writeCookie(secret, publicUrl) })
  }

  return showAgain(signedIn, (refusal) => signInPage({ ...form, trouble: refusal.message }))
}

/** A browser would not keep a cookie that is for TLS only, and ask to sign in for ever. */
export function refuseUnprotected(
  { headers: { origin } }: Pick<Ask, 'headers'>,
  publicUrl: string | null,
  path: '/login' | '/first',
): void {
  if (publicUrl === null || !isProtected(publicUrl) || !origin?.startsWith('http:')) return
  const there = new URL(path, publicUrl).href
  throw new Refusal('invalid', `Sign in at ${there}: here the password would go unprotected.`)
}
