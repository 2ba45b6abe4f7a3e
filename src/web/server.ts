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
import type { FleetView } from './fleet-view.ts'
import { type HealthParts, healthRoutes } from './health.ts'
import { limit, maxUrlLength, serverLimits } from './limits.ts'
import { createSignIn } from './session.ts'
import { statusRoutes } from './status.ts'
import { createVisits, send, type Visit } from './visits.ts'

// The only file that touches the library. The way of a request: headers and id (`visits`), its
// address looked at, the route, who asks (`session`), the room, and `broke` for what was thrown.

export interface WebParts extends HealthParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly fleet: FleetView
}

export interface Web {
  /** Port 0 takes a free one. Rejects with the system's error where it cannot listen. */
  listen(host: string, port: number): Promise<{ port: number }>
  /** Takes no more requests; those under way have two seconds. */
  close(): Promise<void>
}

const farewellMs = 2000

export function createWeb(parts: WebParts): Web {
  const log = parts.log.room('web')
  const signIn = createSignIn(parts)
  const begin = createVisits(parts.clock, log)
  const visits = new WeakMap<IncomingMessage, Visit>()
  const routes: readonly Route[] = [...healthRoutes(parts), ...statusRoutes(parts)]

  const server = createServer(serverLimits)
  limit(server, log)
  server.on('request', (req, res) => {
    // RFC 9112, 3.2.2: a server takes the whole address too, as a proxy sends it.
    req.url = req.url?.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
    visits.set(req, begin(req, res))
  })
  server.on('checkExpectation', (req, res) => {
    begin(req, res)
    send(req, res, decline('unexpected', 'Expect is not answered here; leave it out.'))
  })
  const app = polka({ server, onError: broke, onNoMatch })
  app.use(refuseUnclear)
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
      const person = await signIn.whoAsks({ authorization: headers.authorization, address })
      if (visit) visit.person = person
      send(req, res, await route.answer({ ...ask, person }))
    }
  }

  function otherMethod(path: string): Middleware {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method)
    const Allow = [...new Set([...methods, 'HEAD', 'OPTIONS'])].join(', ')
    return (req, res) =>
      req.method === 'OPTIONS'
        ? send(req, res, { status: 204, headers: { Allow }, body: null })
        : send(req, res, decline('wrong-method', `This address takes ${Allow}.`, { Allow }))
  }

  function broke(error: unknown, req: IncomingMessage, res: ServerResponse): void {
    const told = visits.get(req)?.as === 'page' ? asPage : (answer: Answer) => answer
    if (error instanceof Refusal) send(req, res, told(answerRefusal(error)))
    else if (error instanceof Declined) send(req, res, told(decline(error.code, error.message)))
    else {
      const id = visits.get(req)?.id ?? randomCode(10)
      log.error({ id, error }, 'a request broke')
      if (res.headersSent) res.destroy()
      else send(req, res, told(answerBroken(id)))
    }
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
    async close() {
      if (!server.listening) return
      // Whoever is being answered is not waited for to ask again.
      server.keepAliveTimeout = 1
      const closed = new Promise((resolve) => server.close(resolve))
      const late = setTimeout(() => server.closeAllConnections(), farewellMs)
      await closed
      clearTimeout(late)
    },
  }
}

const refuseUnclear: Middleware = (req, res, next) => {
  if (req.httpVersion === '1.1' && !req.headers.host)
    return send(req, res, decline('malformed', 'The request does not say its Host.'))
  if (req.originalUrl.length > maxUrlLength)
    return send(req, res, decline('too-long', `The address is over ${maxUrlLength} characters.`))
  return next()
}

function onNoMatch(req: IncomingMessage, res: ServerResponse): void {
  send(req, res, answerRefusal(new Refusal('missing', 'There is nothing at this address.')))
}
