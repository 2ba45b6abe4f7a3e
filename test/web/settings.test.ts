import { afterEach, expect, test } from 'vitest'
import { readConfig, shownSettings } from '../../src/config.ts'
import { settings } from '../../src/settings.ts'
import { aVisitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
afterEach(() => web.stop())

const secrets = { SNMP_COMMUNITY: 'hush-hush', EMAIL_HOST_PASSWORD: 'mail-pass' }

async function ada(env: Record<string, string> = {}) {
  web = await startWeb({ settings: shownSettings(readConfig(env, () => '')) })
  await web.person('ada', 'administrator')
  const visitor = aVisitor(web)
  await visitor.signIn('ada')
  return visitor
}

/** The row of a setting, without its markup. */
const rowOf = (text: string, name: string) =>
  (text.split(`<li id="${name}">`)[1] ?? '')
    .split('</li>')[0]
    ?.replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

test('every setting is shown with its value, its words and its default', async () => {
  const visitor = await ada({ PLATEN_SITE: 'North', SNMP_RETRIES: '4', ...secrets })
  const text = await visitor.text('/settings')
  for (const name of Object.keys(settings)) expect(text).toContain(`<li id="${name}">`)
  expect(rowOf(text, 'SNMP_RETRIES')).toBe(
    'set SNMP_RETRIES 4 (by default 1 ) How often an unanswered request is sent again',
  )
  expect(rowOf(text, 'PLATEN_HTTP_PORT')).toMatch(/^default PLATEN_HTTP_PORT 8080 Port of/)
  expect(rowOf(text, 'EMAIL_HOST')).toMatch(/^default EMAIL_HOST none Mail server/)
  expect(text).toContain('The dashboard: <code>auto</code> is on where')
  expect(text).toContain('/etc/platen/platen.env')
})

test('a secret is shown to nobody, not even its default', async () => {
  const visitor = await ada({ ...secrets, SNMP_USERS: 'ops SHA256 open-sesame-1' })
  for (const text of [
    await visitor.text('/settings'),
    await visitor.text('/settings?q=secret'),
    await (await visitor.get('/api/v1/settings')).text(),
  ])
    expect(text).not.toMatch(/hush|mail-pass|sesame/)
  expect(rowOf(await visitor.text('/settings'), 'SNMP_COMMUNITY')).toMatch(
    /^set SNMP_COMMUNITY &lt;secret&gt; Community/,
  )
})

test('a search finds by name and by words, and those that are set can be had alone', async () => {
  const visitor = await ada({ SNMP_RETRIES: '4', PLATEN_SITE: '<b>North</b>' })
  const found = await visitor.text('/settings?q=mail+SERVER&changed=')
  expect(found).toContain('<li id="EMAIL_HOST">')
  expect(found).not.toContain('<li id="SNMP_RETRIES">')
  const set = await visitor.text('/settings?changed=1')
  expect([...set.matchAll(/<li id="(\w+)">/g)].map(([, name]) => name)).toEqual([
    'PLATEN_SITE',
    'SNMP_RETRIES',
  ])
  expect(set).not.toContain('<b>North')
  expect(await visitor.text('/settings?q=plátên+site')).toContain('<li id="PLATEN_SITE">')
  expect(await visitor.text('/settings?q=nothing-like-it')).toContain('No setting matches.')
})

test('who has no right to the system is told so', async () => {
  await ada()
  await web.person('ben', 'manager')
  for (const path of ['/settings', '/api/v1/settings'])
    expect((await web.get(path, 'ben')).status).toBe(403)
})
