import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { certificate, key } from './certificate.ts'

/** What the server says to a command instead of taking it: '550 No such user here'. */
type Word = `${number} ${string}`

export interface SmtpWishes {
  readonly port?: number
  /** `starttls` offers it, `only` speaks nothing else from the start; without, there is none. */
  readonly tls?: 'starttls' | 'only'
  /** Nobody is let in without these. */
  readonly auth?: { readonly user: string; readonly password: string }
  readonly refuse?: {
    sender?(address: string): Word | null
    recipient?(address: string): Word | null
    /** `hang-up`: the connection ends without a word. */
    text?(mail: Email): Word | 'hang-up' | null
  }
  /** Milliseconds that each letter takes. */
  readonly slowMs?: number
}

/** A letter as it came in. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly mail: Email
  /** Every octet, headers first. */
  readonly raw: string
  readonly secure: boolean
}

/** A real mail server on loopback; `wishes` may be changed while it runs. */
export async function startSmtp(given: SmtpWishes = {}) {
  const wishes = { ...given }
  const letters: Received[] = []
  let connections = 0
  const server = new SMTPServer({
    ...{ key, cert: certificate, secure: wishes.tls === 'only', closeTimeout: 100 },
    disabledCommands: [
      ...(wishes.tls === 'starttls' ? [] : ['STARTTLS']),
      ...(wishes.auth ? [] : ['AUTH']),
    ],
    allowInsecureAuth: true,
    authOptional: !wishes.auth,
    disableReverseLookup: true,
    onConnect(_session, done) {
      connections++
      done()
    },
    onAuth({ username, password }, _session, done) {
      const isRight = username === wishes.auth?.user && password === wishes.auth?.password
      if (isRight) done(null, { user: username })
      // Some servers are that talkative.
      else done(answer(`535 Wrong password ${password}`))
    },
    onMailFrom: ({ address }, _session, done) => done(answer(wishes.refuse?.sender?.(address))),
    onRcptTo: ({ address }, _session, done) => done(answer(wishes.refuse?.recipient?.(address))),
    async onData(stream, session, done) {
      const octets = await buffer(stream).catch(() => null)
      // Who sent it died over it.
      if (octets === null) return done(new Error('half a letter'))
      const mail = await PostalMime.parse(octets)
      const word = wishes.refuse?.text?.(mail) ?? null
      if (word === 'hang-up') return hangUp()
      if (word) return done(answer(word))
      await new Promise((resolve) => setTimeout(resolve, wishes.slowMs ?? 0))
      const { mailFrom, rcptTo } = session.envelope
      letters.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        ...{ mail, raw: octets.toString('utf8'), secure: session.secure },
      })
      done()
    },
  })
  // Whoever hangs up, or does not like the certificate.
  server.on('error', () => {})

  function hangUp(): void {
    for (const connection of server.connections) connection.close()
  }

  const listening = server.listen(wishes.port ?? 0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    ...{ host: '127.0.0.1', port, wishes, letters },
    connections: () => connections,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type Smtp = Awaited<ReturnType<typeof startSmtp>>

function answer(word: Word | null | undefined): Error | null {
  if (!word) return null
  const [code = '', ...words] = word.split(' ')
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })
}
