import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../core/refusal.ts'
import type { Asker } from './session.ts'

// A form that another site made a browser send. A browser sends cookie and password by itself, so
// they prove nothing; the form itself has to come from a page of ours.

/** Name of the hidden field that holds the proof. */
export const proofField = 'proof'
const proofHeader = 'x-proof'

/** Refuses `forbidden` what a browser may have sent without its person meaning it. */
export function refuseForged(
  asker: Asker,
  { headers, form }: { headers: IncomingHttpHeaders; form: URLSearchParams },
  publicUrl: string | null,
): void {
  if (asker.by === 'token') return
  refuseOtherSites(headers, publicUrl)
  // A script of our pages sends no form, and says it beside what it sends.
  const told = form.get(proofField) ?? headers[proofHeader]
  if (asker.by === 'session') refuseUnproven(String(told ?? ''), asker.proof)
}

/** Refuses `forbidden` a form of another site, where the browser tells which site it is of. */
export function refuseOtherSites(headers: IncomingHttpHeaders, publicUrl: string | null): void {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw forged()
  const { origin, host } = headers
  if (origin === undefined) return
  // Before a proxy that says another Host, it is the public address that people see.
  const ours = [host, publicUrl && new URL(publicUrl).host]
  if (!URL.canParse(origin) || !ours.includes(new URL(origin).host)) throw forged()
}

function refuseUnproven(told: string, proof: string): void {
  // Hashed, for what is compared in constant time has to be of one length.
  const hash = (text: string) => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(hash(told), hash(proof))) throw forged()
}

const forged = () =>
  new Refusal(
    'forbidden',
    'Nothing was done: this form does not come from a page that you opened here after signing in. Open the page again and send it from there.',
  )
