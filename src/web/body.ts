import type { IncomingMessage } from 'node:http'
import { Refusal } from '../core/refusal.ts'
import { Declined } from './errors.ts'

/** A form of words; files come another way. */
const mostBytes = 16 * 1024

/** What a form sent. Declines 415 what is no form, 400 what is no UTF-8; refuses `too-large`. */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    throw new Declined('wrong-type', 'Send the form as application/x-www-form-urlencoded.')
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
  for (const [name, value] of form)
    if (`${name}${value}`.includes('\uFFFD'))
      throw new Declined('malformed', 'The form holds characters that are not UTF-8.')
  return form
}

const tooLarge = () =>
  new Refusal('too-large', `The form is larger than ${mostBytes / 1024} KB; write less.`)
