import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
beforeEach(async () => {
  web = await startWeb()
})
afterEach(() => web.stop())

test.each(['/simple.css', '/style.css'])(
  '%s is kept by the browser and asked for again',
  async (at) => {
    const first = await web.get(at)
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/css'])
    expect(first.headers.get('cache-control')).toBe('public,max-age=3600')
    expect(first.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await first.text()).length).toBeGreaterThan(500)
    const tag = first.headers.get('etag') ?? ''
    const again = await web.get(at, null, { headers: { 'if-none-match': tag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await web.get(at, null, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  },
)

test.each([
  '/../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/package.json',
  '/%2e%2e%2fpackage.json',
  '/..%5cpackage.json',
  '/style.css/../../package.json',
  '/....//package.json',
  '/package.json',
  '/simple.min.css',
  '/simple-v1.css',
  '/README.md',
  '/.gitignore',
  '/%2egitignore',
  '/style.css%00.js',
  '/style.css/',
  '/style',
  '/STYLE.CSS',
  '//style.css',
])('there is nothing but what lies there: %s', async (at) => {
  const heard = await web.raw(`GET ${at} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  expect(heard).toMatch(/^HTTP\/1\.1 404 /)
  expect(heard).not.toContain('simpledotcss')
})

test.each(['bytes=0-4', 'bytes=5-2', 'bytes=99999-', 'bytes=-1', 'bytes=x', 'lines=1-2'])(
  'a part (%s) is answered with the whole, and breaks nothing',
  async (range) => {
    const whole = await (await web.get('/style.css')).text()
    const answer = await web.get('/style.css', null, { headers: { range } })
    expect([answer.status, await answer.text()]).toEqual([200, whole])
    expect(web.lines.filter(({ level }) => level === 'error')).toEqual([])
  },
)

test('OPTIONS tells what is taken of a file', async () => {
  const answer = await web.get('/style.css', null, { method: 'OPTIONS' })
  expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
})
