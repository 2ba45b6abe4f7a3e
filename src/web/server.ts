import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import polka, { type Middleware } from 'polka'
import { actOf } from '../core/act.ts'
import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import { refuseUnless } from '../core/people/access.ts'
import type { Search } from '../core/printers/found.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import type { Answer, Route } from './answer.ts'
import { isDescribed, openApiRoute } from './api/openapi.ts'
import { noBody, readBody } from './body.ts'
import { answerBroken, answerRefusal, asPage, Declined, decline } from './errors.ts'
import { createEvents } from './events.ts'
import type { FirstRunParts } from './first-run.ts'
import { createFleetLists } from './fleet-lists.ts'
import type { WatchedFleet } from './fleet-view.ts'
import { createForce } from './force.ts'
import { refuseForged } from './forgery.ts'
import type { HealthParts } from './health.ts'
import type { ImportParts } from './imports.ts'
import { inTurn } from './label-files.ts'
import type { LabelParts } from './labels.ts'
import { limit, maxUrlLength, serverLimits } from './limits.ts'
import type { OpenIdParts } from './openid.ts'
import { createPolls } from './polls.ts'
import type { PortalSettings } from './portal.ts'
import { addressOf } from './proxy.ts'
import { roomsOf } from './rooms.ts'
import { createSearches } from './searches.ts'
import { createSignIn } from './session.ts'
import type { SettingParts } from './settings.ts'
import { answerSignedOut } from './sign-in.ts'
import { createStatic } from './static.ts'
import { stillMay } from './still-may.ts'
import type { SystemParts } from './system.ts'
import { createVisits, send, type Visit } from './visits.ts'

// The only file that touches the library. The way of a request: headers and id (`visits`), its
// address looked at, the route, who asks (`session`), the room, and `broke` for what was thrown.

export interface WebParts
  extends HealthParts,
    Omit<FirstRunParts, 'signIn'>,
    Omit<OpenIdParts, 'signIn'>,
    Omit<ImportParts, 'searches'>,
    LabelParts,
    SettingParts,
    SystemParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly fleet: WatchedFleet
  /** Name of the site. */
  readonly site: string
  /** PLATEN_PUBLIC_URL. */
  readonly publicUrl: string | null
  /** Looks for printers on the network. */
  readonly search: Search
  /** PLATEN_PROXY. */
  readonly proxy: string | null
  /** That people are shown times in; null: the system's. */
  readonly timeZone: string | null
  readonly portal: PortalSettings
  /** That all QR pages take together. */
  readonly reportsPerHour: number
}

export interface Web {
  /** Port 0 takes a free one. Rejects with the system's error where it cannot listen. */
  listen(host: string, port: number): Promise<{ port: number }>
  /** A fact of this printer is new: pages that show it are told. */
  heard(printerId: string): void
  /** Every way in, with what it asks of whoever comes. */
  readonly routes: readonly Route[]
  /** Once an hour: drops the sessions that have ended. */
  tidySessions(): Promise<void>
  /** Takes no more connections; requests under way have two seconds, and each ends its connection. */
  close(): Promise<void>
}

const farewellMs = 2000

export function createWeb(parts: WebParts): Web {
  const log = parts.log.room('web')
  const signIn = createSignIn(parts)
  const begin = createVisits(parts.clock, log)
  const visits = new WeakMap<IncomingMessage, Visit>()
  const underWay = new Set<ServerResponse>()
  const events = createEvents(parts)
  const searches = createSearches(parts)
  const lists = createFleetLists(parts)
  const polls = createPolls({ ...parts, onEnd: lists.makeAnew })
  const force = createForce(parts.fleet)
  const rooms = roomsOf(
    { ...parts, searches, lists, polls, force, labelPdf: inTurn(parts.labelPdf) },
    { signIn, events },
  )

  const about = { version: parts.version, url: parts.publicUrl }
  const routes = [...rooms, openApiRoute(rooms.filter(isDescribed), about)]

  let isClosing = false
  const server = createServer(serverLimits)
  limit(server, log)
  server.on('request', (req, res) => {
    // RFC 9112, 3.2.2: a server takes the whole address too, as a proxy sends it.
    req.url = req.url?.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
    visits.set(req, begin(req, res))
    underWay.add(res)
    res.once('close', () => underWay.delete(res))
    // It came over an open connection just as platen stops: the last one.
    if (isClosing) res.shouldKeepAlive = false
  })
  server.on('checkExpectation', (req, res) => {
    begin(req, res)
    send(req, res, decline('unexpected', 'Expect is not answered here; leave it out.'))
  })
  const app = polka({ server, onError: broke, onNoMatch })
  app.use(refuseUnclear)
  app.use(createStatic(refuseMethod))
  for (const route of routes) app.add(route.method, route.path, through(route))
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, otherMethod(path))

  function through(route: Route): Middleware {
    return async (req, res) => {
      const visit = visits.get(req)
      if (visit) visit.as = route.as
      const { params, headers } = req
      const address = addressOf(req, parts.proxy)
      const query = new URLSearchParams(req.search)
      const begun = { id: visit?.id ?? '', params, headers, query, address }
      const body = () => (route.method === 'GET' ? noBody : readBody(req, route.takes))
      if (route.who === 'anybody')
        return send(req, res, await route.answer({ ...begun, ...(await body()) }))
      const asker = await signIn.whoAsks({ headers, address })
      if (visit) visit.person = asker.person
      const by = asker.by === 'token' ? 'token' : 'account'
      if (route.needs) refuseUnless(asker.person, route.needs, by)
      // Not before: who may not do it sends no megabytes.
      const came = await body()
      const asNow = () => signIn.asNow(asker)
      // It may have taken half a minute to come, and the account is another by now.
      const person = route.method === 'GET' ? asker.person : stillMay({ asNow }, route.needs)
      if (route.method !== 'GET') refuseForged(asker, { headers, form: came.form }, parts.publicUrl)
      const { session, proof } = { session: null, proof: '', ...asker }
      const from = route.as === 'page' ? 'site' : 'API'
      const act = () => actOf(parts.clock, { by: person.name, from, address })
      send(req, res, await route.answer({ ...begun, ...came, person, session, proof, asNow, act }))
    }
  }

  function otherMethod(path: string): Middleware {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method)
    const Allow = [...new Set([...methods, 'HEAD', 'OPTIONS'])].join(', ')
    return (req, res) => refuseMethod(req, res, Allow)
  }

  function refuseMethod(req: IncomingMessage, res: ServerResponse, Allow: string): void {
    if (req.method === 'OPTIONS') send(req, res, { status: 204, headers: { Allow }, body: null })
    else tell(req, res, decline('wrong-method', `This address takes ${Allow}.`, { Allow }))
  }

  /** What is declined or broke, as whoever asks reads it. */
  function tell(req: IncomingMessage, res: ServerResponse, answer: Answer): void {
    const visit = visits.get(req)
    send(req, res, visit?.as === 'page' ? asPage(answer, visit.person) : answer)
  }

  function broke(error: unknown, req: IncomingMessage, res: ServerResponse): void {
    const visit = visits.get(req)
    if (error instanceof Refusal && error.code === 'unauthenticated' && visit?.as === 'page')
      send(req, res, answerSignedOut(req))
    else if (error instanceof Refusal) tell(req, res, answerRefusal(error))
    else if (error instanceof Declined) tell(req, res, decline(error.code, error.message))
    else {
      const id = visit?.id ?? randomCode(10)
      log.error({ id, error }, 'a request broke')
      if (res.headersSent) res.destroy()
      else tell(req, res, answerBroken(id))
    }
  }

  function onNoMatch(req: IncomingMessage, res: ServerResponse): void {
    const sentence = 'There is nothing at this address.'
    tell(req, res, answerRefusal(new Refusal('missing', sentence)))
  }

  function refuseUnclear(...[req, res, next]: Parameters<Middleware>): ReturnType<Middleware> {
    if (req.httpVersion === '1.1' && !req.headers.host)
      return tell(req, res, decline('malformed', 'The request does not say its Host.'))
    if ((req.headersDistinct.host?.length ?? 0) > 1)
      return tell(req, res, decline('malformed', 'The request says its Host more than once.'))
    if (req.originalUrl.length > maxUrlLength) {
      const sentence = `The address is over ${maxUrlLength} characters.`
      return tell(req, res, decline('too-long', sentence))
    }
    return next()
  }

  return {
    listen(host, port) {
      return new Promise((resolve, reject) => {
        server.once('error', reject)
        server.once('listening', () => {
          server.off('error', reject)
          // Out of file descriptors, say: that one connection is lost, not the appliance.
          server.on('error', (error) => log.error({ error }, 'a connection was not taken'))
          resolve({ port: (server.address() as AddressInfo).port })
        })
        app.listen(port, host)
      })
    },
    heard: events.heard,
    routes,
    tidySessions: signIn.sessions.tidy,
    async close() {
      isClosing = true
      searches.stop()
      // A client that asks at once again would be cut off in the middle, two seconds later.
      for (const res of underWay) res.shouldKeepAlive = false
      events.close()
      if (!server.listening) return
      // Whose answer has begun already is not waited for to ask again.
      server.keepAliveTimeout = 1
      const closed = new Promise((resolve) => server.close(resolve))
      const late = setTimeout(() => server.closeAllConnections(), farewellMs)
      await closed
      clearTimeout(late)
    },
  }
}
