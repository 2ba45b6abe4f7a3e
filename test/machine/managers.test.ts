import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Platen, startPlaten } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createSystemClock } from '../../src/disk/system-clock.ts'
import { readerOf } from '../../src/reader.ts'
import { until } from '../boot.ts'
import { type Browser, openBrowser } from '../parts/browser.ts'
import { clientId, clientSecret, startIdentityProvider } from '../parts/identity-provider.ts'
import { codeSide, paperCell } from '../parts/labels.ts'
import { quiet } from '../parts/log.ts'
import { freePort } from '../parts/process.ts'
import { paperOfPgm, scanAt } from '../parts/scan.ts'
import { type SimulatedFleet, startFleet } from '../parts/simulator.ts'

// The managers' first day, in Chromium, with script and without, on the whole program: from the code on
// the console to labels on paper. Each test goes on where the one before has left the page.

let fleet: SimulatedFleet
beforeAll(async () => {
  fleet = await startFleet({ count: 200, deadPercent: 5, delayMs: 5 })
})
afterAll(() => fleet.stop())

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_how, script) => {
  const folder = mkdtempSync(join(tmpdir(), 'platen-managers-'))
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]
  let site = ''
  let platen: Platen
  let campus: Awaited<ReturnType<typeof startIdentityProvider>>
  let manager: Browser
  let page: Page
  let student: Page
  /** Of the first ticket. */
  let receipt = ''

  beforeAll(async () => {
    const port = await freePort()
    site = `http://127.0.0.1:${port}`
    campus = await startIdentityProvider({ back: `${site}/login/openid/back` })
    ends.push(campus.stop)
    const settings = {
      ...{ PLATEN_HTTP_HOST: '127.0.0.1', PLATEN_HTTP_PORT: `${port}`, PLATEN_PUBLIC_URL: site },
      ...{
        PLATEN_SITE: 'Print room North',
        PLATEN_LABELS: 'any',
        PLATEN_OIDC_ISSUER: campus.issuer,
      },
      ...{ PLATEN_OIDC_CLIENT_ID: clientId, PLATEN_OIDC_CLIENT_SECRET: clientSecret },
      ...{ SNMP_TIMEOUT: '3', SNMP_POLL_INTERVAL_SECONDS: '3600' },
      ...{ SNMP_TRAP_PORT: '0', IPP_PORT: '0' },
    }
    const config = readConfig(settings, () => '')
    platen = await startPlaten({
      ...{ config, folder: join(folder, 'data'), version: '0.0.0', log: quiet },
      ...{ reader: readerOf(config), clock: createSystemClock(), terminal: null, leave: () => {} },
    })
    ends.push(platen.stop)
    manager = await openBrowser({ script })
    ends.push(manager.close)
    const phone = await openBrowser({ script, width: 320 })
    ends.push(phone.close)
    page = manager.page
    student = phone.page
  })
  afterAll(async () => {
    for (const end of ends.toReversed()) await end()
    expect(manager.troubles).toEqual([])
  })

  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const follow = (name: string | RegExp) => page.getByRole('link', { name }).first().click()
  const sees = (words: string | RegExp, on = page) => on.getByText(words).first().waitFor()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

  /** What others have done shows by itself, or on the page as it is loaded anew. */
  async function seesAtLast(words: string | RegExp, on = page) {
    if (script) return sees(words, on)
    await expect
      .poll(async () => (await on.reload()) && on.getByText(words).count(), { timeout: 120_000 })
      .toBeGreaterThan(0)
  }

  async function reports(what: string, words: string): Promise<string> {
    await student.getByLabel(what).check()
    await student.getByLabel('In your words').fill(words)
    await student.getByRole('button', { name: 'Send' }).click()
    await student.waitForURL('**/t/*')
    await sees('Waits for somebody', student)
    return student.url()
  }

  test('the first account is made with the code that the console shows', async () => {
    await page.goto(`${site}/first`)
    const [, code = ''] = /the code (\S+) there/.exec(platen.facts().hints.join('\n')) ?? []
    await page.getByLabel('Code that platen shows').fill('AAAA-BBBB')
    await page.getByLabel('Your name').fill('ada')
    await page.getByLabel('Your e-mail address').fill('ada@school.example')
    await page.getByLabel('A password').fill('ada rides a horse')
    await press('Make the account')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Code that platen shows').fill(code)
    await page.getByLabel('A password').fill('ada rides a horse')
    await press('Make the account')
    await sees('No printers yet')
    expect(platen.facts().hints).toEqual([])
    await page.goto(`${site}/first`)
    expect(await page.getByLabel('Code that platen shows').count()).toBe(0)
  })

  test('signs out, in again with the password, and at the campus, which knows others too', async () => {
    await page.goto(site)
    await press('Sign out')
    await heading('Sign in')
    await page.getByLabel('Name').fill('ada')
    await page.getByLabel('Password').fill('ada rides a horse')
    await press('Sign in')
    await heading('Overview')
    await follow('People')
    await page.getByRole('main').getByRole('link', { name: 'ada' }).click()
    await page.getByLabel('Signs in with campus account').check()
    await press('Keep this')
    await press('Sign out')
    campus.signedInAs('a-1', { email: 'bo@school.example', email_verified: true })
    await follow('Sign in with your campus account')
    await sees('bo@school.example')
    await page.context().clearCookies()
    campus.signedInAs('a-2', { email: 'ada@school.example', email_verified: true })
    await page.goto(site)
    await follow('Sign in with your campus account')
    await heading('Overview')
    await page.getByRole('link', { name: 'ada', exact: true }).waitFor()
  })

  test('two hundred printers come from a file, looked over row by row', async () => {
    const rows = fleet.printers.map(
      ({ address }, at) => `P-${`${at}`.padStart(3, '0')};${address};Hall ${Math.floor(at / 10)}`,
    )
    const csv = join(folder, 'printers.csv')
    writeFileSync(csv, ['label;ipAddress;building', ...rows, 'BAD;10.0.0.300;Hall 1'].join('\r\n'))
    await follow('Import a table of them')
    await page.getByLabel('The file').setInputFiles(csv)
    await press('Look at what would change')
    await heading('Look over the import')
    await page.getByRole('heading', { name: 'New 200' }).waitFor()
    await page.getByRole('heading', { name: 'Refused 1' }).waitFor()
    await sees('"10.0.0.300" is no address')
    await press('Import 200 printers and leave the 1 refused')
    await sees('200 printers added')
  })

  test('all are asked at once, and it shows how far that is', async () => {
    await page.goto(`${site}/printers`)
    await press('Ask all now')
    await seesAtLast(/Asking all printers: \d+ of 200 done|All 200 printers were asked/)
    await seesAtLast('All 200 printers were asked. 10 did not answer.')
    expect(await page.locator('#rows > li').count()).toBe(100)
    await follow('Those after')
    await sees('200 printers, page 2')
    await page.getByLabel('How it is').selectOption('does not answer')
    await press('Show')
    await until(async () => (await page.locator('#rows > li').count()) === 10)
  })

  test('a student reports a jam, and the manager sees it', async () => {
    await page.goto(`${site}/printers?q=P-003`)
    await follow('P-003')
    const behind = page.getByRole('link', { name: 'The page behind its QR code' })
    const portal = `${site}${await behind.getAttribute('href')}`
    await follow('Tickets')
    await sees('Nothing is reported.')
    await student.goto(portal)
    receipt = await reports('Paper jam', 'It crunches')
    await seesAtLast('It crunches')
    await student.goto(portal)
    await reports('Poor print', 'Streaks everywhere')
    await seesAtLast('Streaks everywhere')
  })

  test('takes the ticket, notes, resolves, and opens it again', async () => {
    await press('Take: Paper jam')
    await sees('taken by ada')
    await student.goto(receipt)
    await sees('ada is working on it', student)
    await follow('Paper jam')
    await page.getByLabel('Note for whoever comes next').fill('The roller is worn')
    await press('Add the note')
    await sees('The roller is worn')
    await press('Resolve: Paper jam')
    await sees('It is resolved by ada.')
    await seesOnReceipt('Done by ada')
    await press('Reopen: Paper jam')
    await page.getByRole('button', { name: 'Resolve: Paper jam' }).waitFor()
    await seesOnReceipt('Done by ada', 0)
  })

  /** A receipt renews itself every so often; whoever holds it may load it anew. */
  async function seesOnReceipt(words: string, times = 1) {
    await student.goto(receipt)
    expect(await student.getByText(words).count()).toBe(times)
  }

  test('puts two tickets of one trouble together, and both receipts tell of it', async () => {
    await follow('Put it together with another one')
    await press('Show what comes together')
    await heading('What comes together')
    await press('Put them together')
    await page.getByRole('heading', { level: 1, name: 'Poor print' }).waitFor()
    await sees('The roller is worn')
    await seesOnReceipt('Your report and others were of one trouble')
    await press('Resolve: Poor print')
    await sees('It is resolved by ada.')
    await seesOnReceipt('Done by ada')
    await follow('Tickets')
    await sees('Nothing is reported.')
  })

  test('ten labels are printed, and a phone reads each', async () => {
    await page.goto(`${site}/labels`)
    await page.getByLabel('Building').selectOption('Hall 7')
    await press('Show')
    await heading('10 labels on 1 sheet')
    const asked = page.waitForRequest(/\/labels\.pdf/)
    await press('PDF')
    const pdf = await page.context().request.get((await asked).url())
    writeFileSync(join(folder, 'labels.pdf'), await pdf.body())
    const made = { cwd: folder, encoding: 'utf8' } as const
    execFileSync('pdftoppm', ['-r', '200', '-gray', '-singlefile', 'labels.pdf', 'page'], made)
    const paper = paperOfPgm(readFileSync(join(folder, 'page.pgm')), 200)
    const names = []
    for (let at = 0; at < 10; at++) {
      const { says } = scanAt(paper, codeSide(paperCell('avery-5160', at)))
      expect(says).toContain(`${site.toUpperCase()}/P/`)
      await student.goto(says ?? '')
      names.push(await student.getByRole('heading', { level: 1 }).textContent())
    }
    expect(names).toEqual([...Array(10).keys()].map((at) => `P-07${at}`))
    expect(execFileSync('pdftotext', ['labels.pdf', '-'], made)).toContain('P-079')
  })

  test('asks for the daily summary, and signs out', async () => {
    await page.goto(site)
    await page.getByRole('link', { name: 'ada', exact: true }).click()
    await sees('You get none.')
    await press('Send it to me')
    await sees('It is sent to ada@school.example.')
    await press('Sign out')
    await heading('Sign in')
    await page.goto(`${site}/printers`)
    await heading('Sign in')
  })
})
