import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** What somebody is known by at the provider. */
export interface Account {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export const clientId = 'platen'
export const clientSecret = 'a secret between platen and its provider'

/**
 * A real OpenID provider on this machine. Who comes is signed in at once as whoever `signedInAs` names,
 * and agrees to everything.
 */
export async function startIdentityProvider({
  back,
  aheadSeconds = 0,
  port = 0,
}: {
  /** Where it sends people back to. */
  readonly back: string
  /** By how much the clock there is ahead of ours: what it signs counts from then on. */
  readonly aheadSeconds?: number
  /** 0: a free one. */
  readonly port?: number
}) {
  const accounts = new Map<string, Account>()
  let subject = 'nobody'
  let refuses = false
  const paths: string[] = []
  const later = () => Math.floor(Date.now() / 1000) + aheadSeconds
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [back] }],
    // With this the address stands in the ID token too; without, as with most, beside it alone.
    conformIdTokenClaims: aheadSeconds === 0,
    claims: { openid: ['sub', 'nbf'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_of: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...accounts.get(sub), ...(aheadSeconds > 0 && { nbf: later() }) }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_of: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['of the test'] },
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 300 },
  })
  const answer = provider.callback()
  server.on('request', (req, res) => {
    paths.push(req.url ?? '')
    if (!req.url?.startsWith('/interaction/')) return answer(req, res)
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(req, res)
      if (refuses) return provider.interactionFinished(req, res, { error: 'access_denied' })
      if (prompt.name === 'login')
        return provider.interactionFinished(req, res, { login: { accountId: subject } })
      const of = { accountId: session?.accountId ?? '', clientId: params.client_id }
      const grant = new provider.Grant(of)
      grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '))
      await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
    })()
  })
  return {
    issuer,
    /** Whoever comes from now on is this one. */
    signedInAs(sub: string, account: Account) {
      accounts.set(sub, account)
      subject = sub
    },
    /** Whoever comes from now on does not agree. */
    disagree() {
      refuses = true
    },
    /** How often this path was asked for. */
    asked: (path: string) => paths.filter((each) => each === path).length,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>
