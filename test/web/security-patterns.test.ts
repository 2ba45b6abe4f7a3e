import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aPrinter } from '../parts/records.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

// Words that make a pattern go back and forth: they cost no more than other words of their length. What
// is compared is one run with another, the best of some, so that a busy machine fails nobody.

const src = join(import.meta.dirname, '../../src')
const length = 6 * 1024

/** What these see is never what somebody sent. */
const ofOurOwn = [
  // A number that we counted.
  'core/grouped.ts: /\\B(?=(\\d{3})+$)/g',
  // PLATEN_PUBLIC_URL.
  'core/printers/label-url.ts: /\\/+$/',
]

/** Every pattern of the site and the core, with where it stands. */
function patterns(): { readonly where: string; readonly pattern: RegExp }[] {
  const found: { where: string; pattern: RegExp }[] = []
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    if (!/^(web|core)\/.*\.ts$/.test(file)) continue
    const source = ts.createSourceFile(
      file,
      readFileSync(join(src, file), 'utf8'),
      ts.ScriptTarget.ES2023,
    )
    const look = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/')
        const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1))
        found.push({ where: `${file}: ${node.text}`, pattern })
      }
      ts.forEachChild(node, look)
    }
    look(source)
  }
  return found
}

/** Each letter that a pattern may like, over and over, alone and in pairs, with an end that it does not. */
const letters = [...' \t\n\ra0-_.,:;/\\@%+=\'"<>&|()[]{}', 'é', '\u0000']
const pairs = ['a.', 'a-', 'a@', '1.', ' a', 'a ', '; ', ', ', '""', '::', './', '0:', '%2', '\r\n']
const worst = [
  ...letters.map((letter) => `${letter.repeat(length)}\u0000`),
  ...letters.map((letter) => letter.repeat(length)),
  // Behind a letter, for a pattern that begins at the beginning is content with what stands there.
  ...letters.map((letter) => `x${letter.repeat(length)}\u0000`),
  ...pairs.map((pair) => `${pair.repeat(length / 2)}!`),
]

/** What is slow by itself is so each time; a machine that is busy with something else is not. */
const suspected = 20

function bestMs(work: () => unknown, runs: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    work()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

test('no pattern takes ever longer for words that almost fit', () => {
  const all = patterns()
  expect(all.length).toBeGreaterThan(40)
  expect(all.map(({ where }) => where)).toEqual(expect.arrayContaining(ofOurOwn))
  const slow: string[] = []
  for (const { where, pattern } of all.filter((each) => !ofOurOwn.includes(each.where)))
    for (const words of worst) {
      const use = (text: string) => text.search(pattern)
      // Half the words take half as long where each is looked at once, a quarter where each pair is.
      const isSlow = (runs: number) => {
        const whole = bestMs(() => use(words), runs)
        return whole > 5 && whole > 3 * bestMs(() => use(words.slice(length / 2)), runs)
      }
      if (bestMs(() => use(words), 1) > 5 && isSlow(3) && isSlow(suspected)) slow.push(where)
    }
  expect([...new Set(slow)]).toEqual([])
}, 60_000)

describe('a request of the worst words takes as long as one of plain words', () => {
  let web: RunningWeb
  beforeEach(async () => {
    web = await startWeb()
    await web.person('ada', 'administrator')
    await web.store.update((tx) => {
      for (let at = 0; at < 50; at++)
        tx.put('printers', aPrinter({ id: `p-${at}`, ipAddress: `10.0.0.${at}`, token: `T-${at}` }))
    })
  })
  afterEach(() => web.stop())

  const sent = (path: string, fields: Record<string, string>): [string, RequestInit] => [
    path,
    { method: 'POST', body: new URLSearchParams(fields) },
  ]

  test.each<[string, number, (words: string) => [path: string, init: RequestInit]]>([
    ['the search of printers', 600, (q) => [`/printers?q=${encodeURIComponent(q)}`, {}]],
    ['the search of tickets', 600, (q) => [`/tickets?q=${encodeURIComponent(q)}`, {}]],
    ['the place to go to', 600, (to) => [`/login?to=/${encodeURIComponent(to)}`, {}]],
    ['the address itself', 600, (path) => [`/${encodeURIComponent(path)}/`, {}]],
    ['the e-mail of a student', 5000, (email) => sent('/p/T-0', { matter: 'issue-jam', email })],
    ['the words of a student', 5000, (words) => sent('/p/T-0', { matter: 'issue-jam', words })],
    ['the code of the first account', 5000, (code) => sent('/first', { code })],
    ['a cookie', 12_000, (cookie) => ['/printers', { headers: { cookie: asHeader(cookie) } }]],
    ['who is told to ask', 12_000, (of) => ['/', { headers: { authorization: asHeader(of) } }]],
    ['what is wished for', 12_000, (accept) => ['/x', { headers: { accept: asHeader(accept) } }]],
    ['a tag', 12_000, (tag) => ['/api/v1/status', { headers: { 'if-none-match': asHeader(tag) } }]],
  ])(
    'in %s',
    async (_what, size, made) => {
      async function msFor(words: string, runs = 2): Promise<number> {
        let best = Number.POSITIVE_INFINITY
        for (let run = 0; run < runs; run++) {
          const [path, init] = made(words)
          const headers = new Headers(init.headers)
          if (!headers.has('authorization'))
            headers.set('authorization', basic('ada', 'ada rides a horse'))
          const started = performance.now()
          await (await web.get(path, null, { ...init, headers })).arrayBuffer()
          best = Math.min(best, performance.now() - started)
        }
        return best
      }
      const plain = await msFor('word '.repeat(size / 5))
      for (const piece of [' ', 'a', '.', 'a.', 'a@', '; ', '/', '%']) {
        const words = `${piece.repeat(size / piece.length)}!`
        const most = 20 * Math.max(1, plain)
        if ((await msFor(words)) >= most) expect(await msFor(words, suspected)).toBeLessThan(most)
      }
    },
    60_000,
  )
})

/** A header begins and ends with no blank. */
const asHeader = (words: string) => `x${words}x`
