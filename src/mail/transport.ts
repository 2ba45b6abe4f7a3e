import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { domainToASCII } from 'node:url'
import { createTransport, type NodemailerError } from 'nodemailer'
import type { Outcome, Post, Rejected } from '../core/outbox/letter.ts'
import { oneLine } from './one-line.ts'

// The only file that touches the library: one connection a letter, and what the server's words mean
// for it. The server's certificate is always verified where TLS is spoken.

export interface MailServer {
  readonly host: string
  readonly port: number
  /** STARTTLS or nothing at all; on port 465 TLS is spoken from the start, whatever this says. */
  readonly startTls: boolean
  /** File of certificates (PEM) that are trusted beside the well-known ones. */
  readonly caFile: string | null
  readonly user: string | null
  readonly password: string | null
  readonly from: { readonly name: string; readonly address: string }
}

const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
}
const tlsFromTheStart = 465

export function createPost(server: MailServer): Post {
  const { host, port, from } = server
  // Letters of every site have ids of their own, so the sender's domain is only for the form.
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)

  /** Made anew each time, so that a repaired file of certificates is enough. */
  function transport(logger: Listener | false = false) {
    const { user, password: pass } = server
    const secure = port === tlsFromTheStart
    const ca = server.caFile && [...rootCertificates, readFileSync(server.caFile, 'utf8')]
    return createTransport({
      ...{ host, port, secure, ...timeouts },
      ...(server.startTls ? { requireTLS: !secure } : { ignoreTLS: true }),
      ...(ca ? { tls: { ca } } : {}),
      // A server that offers no sign-in when one is set is not the one that was meant.
      ...(user === null ? {} : { auth: { user, pass: pass ?? '' }, forceAuth: true }),
      disableFileAccess: true,
      disableUrlAccess: true,
      logger,
    })
  }

  const words = (error: unknown) => inOneLine(error, server.password)

  return {
    name: `${host}:${port}`,
    async send(mail, givenUp) {
      // The library would read "a@b.edu, c@d.edu" as two.
      const to = mail.to.filter((address) => oneAddress.test(address))
      const wrong = mail.to.filter((address) => !oneAddress.test(address)).map(noAddress)
      if (to.length === 0) return { how: 'refused', why: wrong[0]?.why ?? 'It is for nobody.' }
      let maybeTaken = false
      try {
        const asked = transport({
          // The error tells how a connection ended, but not whether all of the letter had gone by then.
          info({ tnx }) {
            if (tnx === 'message') maybeTaken = true
          },
        })
        const { rejectedErrors = [] } = await asked.sendMail({
          from,
          to,
          messageId: `<${mail.id}@${domain}>`,
          subject: oneLine(mail.subject),
          text: mail.text,
          html: mail.html,
          // RFC 3834: no out-of-office answers; the second is what Exchange listens to.
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          },
          signal: givenUp,
        })
        // The library writes domains in its own way; the letter knows them as they were given.
        const given = new Map(to.map((address) => [plain(address), address]))
        const rejected = rejectedErrors.map(rejection).map((one) => ({
          ...one,
          address: given.get(plain(one.address)) ?? one.address,
        }))
        return { how: 'taken', rejected: [...wrong, ...rejected] }
      } catch (error) {
        const how = meaning(error)
        const why = words(error)
        if (how === 'refused') return { how, why }
        // It answered, and said no.
        if (how !== 'lost') return { how, why, maybeTaken: false }
        // Down, or is it this letter that it cannot bear? It would shut out all others for ever.
        const hindrance = givenUp.aborted ? why : await Promise.race([knock(), aborted(givenUp)])
        if (givenUp.aborted) return { how: 'given-up', maybeTaken }
        return { how: hindrance === null ? 'not-now' : 'closed', why, maybeTaken }
      }
    },
    knock,
  }

  async function knock(): Promise<string | null> {
    try {
      await transport().verify()
      return null
    } catch (error) {
      return words(error)
    }
  }

  function rejection(error: NodemailerError): Rejected {
    const how = meaning(error) === 'refused' ? 'for-good' : 'not-now'
    return { address: error.recipient ?? '', why: words(error), how }
  }
}

/** What the library tells of itself: `message` when the last of a letter is on its way. */
type Listener = { readonly info: (entry: { readonly tnx?: string }) => void }

const aborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) =>
    signal.addEventListener('abort', () => resolve(null), { once: true }),
  )

const oneAddress = /^[^\s<>@,;:"()\\\p{C}]+@[^\s<>@,;"()\\\p{C}]+$/u

const noAddress = (address: string): Rejected => ({
  address: oneLine(address),
  why: `"${oneLine(address)}" is no e-mail address.`,
  how: 'for-good',
})

/**
 * Only an answer to a letter's recipients or text is about that letter. All the rest would be said to
 * the next one too: no TLS, no sign-in, a sender that is not welcome (MAIL FROM).
 */
function meaning(error: unknown): Exclude<Outcome['how'], 'taken'> | 'lost' {
  const { command, code, responseCode } = error as NodemailerError
  // Before a word was said to the server: an address that is none, a letter over its limit.
  if (code === 'EENVELOPE' && command === 'API') return 'refused'
  if (code === 'EMESSAGE' && command === 'MAIL FROM') return 'refused'
  if (responseCode === undefined && !['EAUTH', 'ETLS'].includes(code ?? '')) return 'lost'
  if (command !== 'RCPT TO' && command !== 'DATA') return 'closed'
  // RFC 5321: 421 closes the connection, 503 is out of step; RFC 4954: 530 and 535 want a sign-in.
  if ([421, 503, 530, 535].includes(responseCode ?? 0)) return 'closed'
  // RFC 3463, 5.7: a matter of permission, as a relay that does not know us. Somebody sets that right.
  if (command === 'RCPT TO' && isForbidden(error)) return 'not-now'
  return (responseCode ?? 0) >= 500 ? 'refused' : 'not-now'
}

function isForbidden(error: unknown): boolean {
  const { response = '' } = error as NodemailerError
  return /^\d{3}[ -]5\.7\.\d|\brelay/i.test(response)
}

/** One spelling of an address: the domain in ASCII and lower case. */
function plain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  return (
    address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at)).toLowerCase()
  )
}

const mostLetters = 300

/** What an administrator can do something with, on one line, never with the password in it. */
function inOneLine(error: unknown, password: string | null): string {
  const { message, code } = error as NodemailerError
  const shown = password ? message.replaceAll(password, '<secret>') : message
  const hint = hints[/certificate/i.test(message) ? 'ETLS' : (code ?? '')] ?? ''
  return oneLine(`${shown}${hint}`).slice(0, mostLetters)
}

const hints: Readonly<Record<string, string>> = {
  EAUTH: ' (look at EMAIL_HOST_USER and EMAIL_HOST_PASSWORD)',
  ETLS: ' (look at EMAIL_USE_TLS, EMAIL_PORT and EMAIL_CA_FILE)',
  ENOENT: ' (EMAIL_CA_FILE)',
  EACCES: ' (EMAIL_CA_FILE)',
}
