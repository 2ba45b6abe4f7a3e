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
  const form = new URLSearchParams((await readBody(req)).toString('utf8'))
  for (const [name, value] of form)
    if (`${name}${value}`.includes('\uFFFD'))
      throw new Declined('malformed', 'The form holds characters that are not UTF-8.')
  return form
}

const tooLarge = () =>
  new Refusal('too-large', `The form is larger than ${mostBytes / 1024} KB; write less.`)

/** To the end also where it is too much: a request that is left half read takes its answer with it. */
function readBody(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= mostBytes) chunks.push(chunk)
      else reject(tooLarge())
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => reject(new Declined('malformed', 'The form did not arrive whole.')))
  })
}
