import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aBox } from '../parts/box.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// What every page is sent with, whoever wrote it and whenever.

let web: RunningWeb
let ada: Visitor
const publicUrl = 'https://print.school.example'

beforeEach(async () => {
  web = await startWeb({ publicUrl, box: () => aBox() })
  await web.person('ada', 'administrator')
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'x-1' }))
    tx.put('printers', aPrinter({ id: 'x-1', token: 'K7QX2M9V4T8B3C5D' }))
  })
  ada = aVisitor(web)
  await enter(ada)
})
afterEach(() => web.stop())

const enter = (who: Visitor, more: Record<string, string> = {}) =>
  who.send('/login', { name: 'ada', password: 'ada rides a horse', ...more }, { origin: publicUrl })

describe('every page', () => {
  const paths = () =>
    web.web.routes
      .filter(({ method, as }) => method === 'GET' && as === 'page')
      .map(({ path }) => path.replace(':token', 'K7QX2M9V4T8B3C5D').replaceAll(/:\w+/g, 'x-1'))

  test('runs no script and takes no looks but from a file of ours, and stands in no frame', async () => {
    let pages = 0
    for (const path of [...paths(), '/nowhere', '/login', '/printers/none']) {
      const answer = await ada.get(path)
      const text = await answer.text()
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")])
      expect([path, policy]).toEqual([path, expect.stringContaining("base-uri 'none'")])
      expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe|\*|data:|https?:/)])
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
      pages++
      expect([path, answer.headers.get('cache-control')]).toEqual([
        path,
        expect.stringContaining('no-store'),
      ])
      expect([path, text]).toEqual([path, expect.not.stringMatching(/<[^>]+\s(style|on\w+)=/i)])
      expect([path, text]).toEqual([
        path,
        expect.not.stringMatching(/<style|<script(?![^>]*\ssrc="\/)/i),
      ])
      expect([path, text]).toEqual([path, expect.not.stringMatching(/javascript:/i)])
    }
    expect(pages).toBeGreaterThan(8)
  })

  test('that holds a form of who is signed in proves where it comes from', async () => {
    let forms = 0
    for (const path of paths().filter((each) => !each.startsWith('/p/'))) {
      const text = await (await ada.get(path)).text()
      for (const [form] of text.matchAll(/<form [^>]*method="post".*?<\/form>/gs)) {
        if (form.includes('action="/login"') || form.includes('action="/first"')) continue
        forms++
        expect([path, form]).toEqual([path, expect.stringContaining('name="proof" value="')])
      }
    }
    expect(forms).toBeGreaterThan(3)
  })
})

describe('the session', () => {
  test('is another after signing in: one that was planted opens nothing', async () => {
    const planted = `__Host-platen=${'PLANTED0'.repeat(5)}`
    const victim = aVisitor(web, { cookie: planted })
    const entered = await enter(victim)
    const [line = ''] = entered.headers.getSetCookie()
    expect(line).not.toContain('PLANTED')
    expect((await aVisitor(web, { cookie: planted }).get('/printers')).status).toBe(303)
    const again = await enter(aVisitor(web))
    expect(again.headers.getSetCookie()[0]).not.toBe(line)
  })

  test('of a cookie without its prefix is nobody’s: a neighbour of the domain can plant one', async () => {
    const secret = ada.cookie().slice('__Host-platen='.length)
    expect(
      (await aVisitor(web, { cookie: `__Host-platen=${secret}` }).get('/printers')).status,
    ).toBe(200)
    expect((await aVisitor(web, { cookie: `platen=${secret}` }).get('/printers')).status).toBe(303)
  })

  test('is in no address, no page and no letter of the log', async () => {
    const secret = ada.cookie().slice('__Host-platen='.length)
    expect(secret).toHaveLength(40)
    for (const path of ['/', '/printers', '/printers/x-1'])
      expect(await ada.text(path)).not.toContain(secret)
    expect(JSON.stringify([web.lines, web.store.state])).not.toContain(secret)
  })
})

describe('where a request says to go', () => {
  test.each([
    ...[
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https:evil.example',
    ],
    ...[
      '/%5cevil.example/..//evil.example',
      '/.//evil.example',
      '/..//evil.example',
      '/\r\n/evil.example',
    ],
    ...[
      'http://print.school.example@evil.example/',
      'data:text/html,x',
      '@evil.example',
      '//[::1]/',
    ],
  ])('%j leads to a place of ours', async (to) => {
    const asked = await aVisitor(web).get(`/login?to=${encodeURIComponent(to)}`)
    const [, field = ''] = (await asked.text()).match(/name="to" value="([^"]*)"/) ?? []
    const entered = await enter(aVisitor(web), { to })
    for (const place of [field, entered.headers.get('location') ?? '']) {
      expect(place).toMatch(/^\/(?![/\\])/)
      expect(new URL(place, publicUrl).origin).toBe(publicUrl)
    }
  })
})
