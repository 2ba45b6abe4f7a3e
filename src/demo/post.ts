import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

// A mail server on loopback that keeps what it is given, so that letters can be looked at and reach
// nobody. The only home of smtp-server and postal-mime.

export interface Caught {
  readonly at: Date
  readonly to: string
  readonly subject: string
  /** Name of the file it lies in, `.eml`: any mail program opens it. */
  readonly file: string
}

export interface CatchAll {
  readonly port: number
  /** Newest first. */
  readonly caught: readonly Caught[]
  stop(): Promise<void>
}

/** `folder` is made where it is missing. */
export async function startPost(folder: string): Promise<CatchAll> {
  mkdirSync(folder, { recursive: true })
  const caught: Caught[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address).join(', ')
      keep(stream, to).then(() => done(), done)
    },
  })
  async function keep(stream: Readable, to: string): Promise<void> {
    const letter = await buffer(stream)
    const { subject = '' } = await PostalMime.parse(letter)
    const file = `${String(caught.length + 1).padStart(3, '0')}.eml`
    writeFileSync(join(folder, file), letter)
    caught.unshift({ at: new Date(), to, subject, file })
  }

  // A sender that hangs up half-way: its letter comes again.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    caught,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
