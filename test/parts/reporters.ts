import { setTimeout as wait } from 'node:timers/promises'
import { randomCode } from '../../src/core/ids.ts'

/** What somebody holds in the hand: the page of the receipt came whole. */
export interface Delivered {
  readonly form: string
  readonly receipt: string
}

/**
 * People at the QR codes of a fleet, each on a connection of their own, who report one trouble after the
 * other as fast as it goes. Who gets no answer sends the same form again until the page of its receipt is
 * there. Of four reports one is a new trouble and the others are a "me too".
 */
export function startReporters(options: {
  readonly port: number
  /** Of the printers' codes. */
  readonly tokens: readonly string[]
  readonly people: number
}) {
  const { port, tokens, people } = options
  const site = `http://127.0.0.1:${port}`
  const delivered: Delivered[] = []
  let reports = 0
  let again = 0
  let isOver = false

  async function person(): Promise<void> {
    while (!isOver) {
      const trouble = Math.floor(reports++ / 4)
      const token = tokens[trouble % tokens.length]
      const form = randomCode(16)
      const words = `trouble ${Math.floor(trouble / tokens.length)}`
      const fields = new URLSearchParams({ matter: 'supply-other', words, form })
      for (;;) {
        const receipt = await attempt(`${site}/p/${token}`, fields)
        if (receipt !== null) {
          delivered.push({ form, receipt })
          break
        }
        again += 1
        await wait(150)
      }
    }
  }

  /** Null where no answer came, or not all of it. */
  async function attempt(address: string, fields: URLSearchParams): Promise<string | null> {
    try {
      const sent = { method: 'POST', body: fields, redirect: 'manual' } as const
      const taken = await fetch(address, sent)
      const words = await taken.text()
      if (taken.status === 503) return null
      if (taken.status !== 303) throw new Error(`${address}: ${taken.status}: ${words}`)
      const receipt = taken.headers.get('location') ?? ''
      const shown = await fetch(site + receipt)
      const page = await shown.text()
      if (shown.status !== 200 || !page.trimEnd().endsWith('</html>'))
        throw new Error(`${receipt}: ${shown.status}: ${page}`)
      return receipt.replace(/^\/t\/([^?]+).*$/, '$1')
    } catch (error) {
      // What `fetch` throws where the connection broke.
      if (error instanceof TypeError) return null
      throw error
    }
  }

  const all = Promise.all(Array.from({ length: people }, person))
  // Told by `stop`, wherever the test is by then.
  all.catch(() => {})
  return {
    delivered,
    /** How often somebody sent the same again. */
    again: () => again,
    /** What was begun is ended: platen is to be up. */
    stop() {
      isOver = true
      return all
    },
  }
}
