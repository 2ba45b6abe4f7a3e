import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import polka, { type Middleware } from 'polka'
import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import type { Answer, Route } from './answer.ts'
import { readForm } from './body.ts'
import { answerBroken, answerRefusal, asPage, Declined, decline } from './errors.ts'
import { createEvents } from './events.ts'
import type { WatchedFleet } from './fleet-view.ts'
import { refuseForged } from './forgery.ts'
import { type HealthParts, healthRoutes } from './health.ts'
import { limit, maxUrlLength, serverLimits } from './limits.ts'
import { type PortalSettings, portalRoutes } from './portal.ts'
import { printerRoutes } from './printers.ts'
import { receiptRoutes } from './receipt.ts'
import { createSignIn } from './session.ts'
import { answerSignedOut, signInRoutes } from './sign-in.ts'
import { createStatic } from './static.ts'
import { statusRoutes } from './status.ts'
import { ticketRoutes } from './tickets.ts'
import { createVisits, send, type Visit } from './visits.ts'

// The only file that touches the library. The way of a request: headers and id (`visits`), its
// address looked at, the route, who asks (`session`), the room, and `broke` for what was thrown.

export interface WebParts extends HealthParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly fleet: WatchedFleet
  /** Name of the site. */
  readonly site: string
  /** PLATEN_PUBLIC_URL. */
  readonly publicUrl: string | null
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
  const events = createEvents({ store: parts.store, sessions: signIn.sessions })
  const routes: readonly Route[] = [
    ...healthRoutes(parts),
    ...statusRoutes(parts),
    ...signInRoutes({ ...parts, signIn }),
    ...printerRoutes(parts),
    ...ticketRoutes(parts),
    ...portalRoutes(parts),
    ...receiptRoutes(parts),
    ...events.routes,
  ]

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
      const address = req.socket.remoteAddress ?? ''
      const query = new URLSearchParams(req.search)
      const form = route.method === 'POST' ? await readForm(req) : new URLSearchParams()
      const ask = { id: visit?.id ?? '', params, headers, query, address, form }
      if (route.who === 'anybody') return send(req, res, await route.answer(ask))
      const asker = await signIn.whoAsks({ headers, address })
      if (visit) visit.person = asker.person
      if (route.method === 'POST') refuseForged(asker, { headers, form }, parts.publicUrl)
      const { person, session, proof } = { session: null, proof: '', ...asker }
      send(req, res, await route.answer({ ...ask, person, session, proof }))
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
    send(req, res, visits.get(req)?.as === 'page' ? asPage(answer) : answer)
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
    tidySessions: signIn.sessions.tidy,
    async close() {
      isClosing = true
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
