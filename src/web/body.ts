import type { IncomingMessage } from 'node:http'
import { Refusal } from '../core/refusal.ts'
import type { Ask, Route } from './answer.ts'
import { Declined } from './errors.ts'

// What comes with a request, read to its end and no further than is borne with.

export type Body = Pick<Ask, 'form' | 'json' | 'file'>

const kilobyte = 1024
/** Of words; a table of 10,000 printers with all columns is 2 MB. */
const mostBytes = { form: 16 * kilobyte, json: 4096 * kilobyte, file: 4096 * kilobyte } as const

export const noBody: Body = { form: new URLSearchParams(), json: undefined, file: null }

/** Declines 415 what is of another kind, 400 what cannot be read; refuses `too-large`. */
export async function readBody(req: IncomingMessage, takes: Route['takes']): Promise<Body> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  switch (takes) {
    case 'nothing':
      return noBody
    case 'json':
      return { ...noBody, json: await readJson(req, type) }
    case 'file':
      // The form of the page may come without a file, as words only.
      if (type === 'multipart/form-data') return { ...noBody, ...(await readParts(req)) }
      return { ...noBody, form: await readForm(req, type, mostBytes.file) }
    default:
      return { ...noBody, form: await readForm(req, type, mostBytes.form) }
  }
}

async function readForm(req: IncomingMessage, type: string, most: number) {
  if (type !== 'application/x-www-form-urlencoded')
    throw new Declined('wrong-type', 'Send the form as application/x-www-form-urlencoded.')
  const form = new URLSearchParams((await readBytes(req, most)).toString('utf8'))
  refuseOtherText(form)
  return form
}

async function readJson(req: IncomingMessage, type: string): Promise<unknown> {
  const bytes = await readBytes(req, mostBytes.json)
  if (bytes.length === 0 && type === '') return undefined
  if (type !== 'application/json') throw new Declined('wrong-type', 'Send it as application/json.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Declined('malformed', 'What was sent is no JSON in UTF-8.')
  }
}

/** RFC 7578, read by Node's own fetch. */
async function readParts(req: IncomingMessage): Promise<Pick<Body, 'form' | 'file'>> {
  const bytes = await readBytes(req, mostBytes.file)
  const headers = { 'content-type': req.headers['content-type'] ?? '' }
  const parts = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => {
    throw new Declined('malformed', 'The form could not be read; send it again.')
  })
  const form = new URLSearchParams()
  let file: Body['file'] = null
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value)
    // A browser sends an empty one where nothing was chosen.
    else if (value.size > 0)
      file = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) }
  }
  refuseOtherText(form)
  return { form, file }
}

function refuseOtherText(form: URLSearchParams): void {
  for (const [name, value] of form)
    if (`${name}${value}`.includes('\uFFFD'))
      throw new Declined('malformed', 'The form holds characters that are not UTF-8.')
}

function tooLarge(most: number): Refusal {
  const size = most < 1024 * kilobyte ? `${most / kilobyte} KB` : `${most / kilobyte / kilobyte} MB`
  return new Refusal('too-large', `What was sent is larger than ${size}; send less.`)
}

/** To the end also where it is too much: a request that is left half read takes its answer with it. */
function readBytes(req: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > most) throw tooLarge(most)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= most) chunks.push(chunk)
      else reject(tooLarge(most))
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => reject(new Declined('malformed', 'The form did not arrive whole.')))
  })
}
