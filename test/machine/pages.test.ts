import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { until } from '../boot.ts'
import { type Browser, type Look, openBrowser } from '../parts/browser.ts'
import { anAlert, aReading, aSupply, aTray, silence } from '../parts/readings.ts'
import { aGroup, aPrinter, aPrinterThen } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// The board as who works with it has it before them: Chromium, with script and without.

let web: RunningWeb
let browsers: Browser[]

beforeEach(async () => {
  browsers = []
  web = await startWeb()
  await web.person('ada', 'administrator')
  await furnish()
})
afterEach(async () => {
  for (const { troubles, close } of browsers) {
    await close()
    expect(troubles).toEqual([])
  }
  await web.stop()
})

const four = (...percents: readonly number[]) =>
  (['black', 'cyan', 'magenta', 'yellow'] as const).map((colour, at) =>
    aSupply({ index: `1.${at + 1}`, colour, percent: percents[at] ?? null }),
  )

/** A library with a jam, a gym without toner, a printer that is silent, and some that are well. */
async function furnish() {
  const said = [
    ['LIB-1', { errors: { raw: '04', flags: ['jammed'] }, supplies: four(82, 40, 35, 61) }],
    ['LIB-2', { supplies: four(64, 12, 55, 70) }],
    ['LIB-3', { supplies: four(8, 70, 66, 59) }],
    ['GYM-1', { supplies: [aSupply({ percent: 0 })] }],
    ['HUT-1', 'silence'],
    ['HUT-2', { supplies: [aSupply({ percent: 55 })] }],
    ['HUT-3', { supplies: [aSupply({ percent: null, level: -3, levelState: 'someRemaining' })] }],
  ] as const
  await web.store.update((tx) => {
    tx.put('groups', aGroup())
    said.forEach(([label], at) => {
      const place = { building: 'Library', location: `Room ${at + 1}` }
      const ipAddress = `10.0.0.${at + 1}`
      tx.put(
        'printers',
        aPrinter({ id: label.toLowerCase(), label, ipAddress, group: 'g-1', ...place }),
      )
    })
    tx.put('printers', aPrinter({ id: 'new-1', label: 'NEW-1', ipAddress: '10.0.0.99' }))
  })
  for (const [at, [label, facts]] of said.entries()) {
    const address = `10.0.0.${at + 1}`
    const reading =
      facts === 'silence'
        ? silence()
        : aReading({ address, ...(label.startsWith('LIB') && whole), ...facts })
    web.says.set(address, reading)
    await web.sweep.pollNow(label.toLowerCase())
  }
}

const whole = {
  trays: [
    aTray({ name: 'Tray 1', percent: 80 }),
    aTray({ name: 'Tray 2', media: 'A3', percent: 10 }),
  ],
  pageCount: 128_451,
  console: ['Ready', 'Load A3 in tray 2'],
  alerts: [anAlert({ severity: 'warning', description: 'Tray 2 low' })],
}

const issue: TicketWords = {
  kind: 'issue',
  fault: 'jam',
  wants: null,
  words: 'It crunches and then the paper hangs out of the back.',
  requester: { name: 'Sam Reed', email: 'sam@school.example' },
  form: null,
  printerThen: aPrinterThen('error', 'Paper jam'),
}

async function report(printerId: string, words: Partial<TicketWords> = {}) {
  const printer = web.store.state.printers[printerId]
  if (!printer) throw new Error(`no printer ${printerId}`)
  const act = { ...web.act, by: 'QR page' }
  const opened = await web.store.update((tx) =>
    openTicket(tx, printer, { ...issue, ...words }, act),
  )
  return opened.ticket
}

async function open(look: Look = {}) {
  const browser = await openBrowser(look)
  browsers.push(browser)
  const go = (path: string) => browser.page.goto(`http://127.0.0.1:${web.port}${path}`)
  return { ...browser, go }
}

async function signIn(page: Page) {
  await page.getByLabel('Name').fill('ada')
  await page.getByLabel('Password').fill('ada rides a horse')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe.each<[string, Look]>([
  ['with script', {}],
  ['without script', { script: false }],
  ['without script on a small phone', { script: false, width: 320 }],
])('%s', (_how, look) => {
  test('signs in, asks a printer, takes a ticket, notes it and resolves it', async () => {
    const { id } = await report('lib-1')
    const { page, go } = await open(look)
    await go('/printers/lib-1')
    await page.getByLabel('Name').fill('ada')
    await page.getByLabel('Password').fill('wrong horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('The name or the password is wrong.')
    await signIn(page)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('LIB-1')
    web.says.set('10.0.0.1', silence())
    await page.getByRole('button', { name: 'Ask now' }).click()
    await page.getByText('It was asked and did not answer.').waitFor()
    await page.getByRole('link', { name: 'Tickets', exact: true }).click()
    await page.getByRole('button', { name: 'Take: Paper jam' }).click()
    await page.getByText('taken by ada').waitFor()
    await page.getByRole('link', { name: 'Paper jam' }).click()
    await page.getByLabel('Note for whoever comes next').fill('Roller is worn')
    await page.getByRole('button', { name: 'Add the note' }).click()
    await page.getByText('Roller is worn').waitFor()
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByText('It is resolved by ada.').waitFor()
    expect(web.store.state.tickets[id]).toMatchObject({ state: 'resolved', resolvedBy: 'ada' })
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await go('/')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})

describe('a page that is open', () => {
  test('shows what a printer says anew, and a ticket, without being loaded again', async () => {
    const { page, go } = await open()
    await go('/')
    await signIn(page)
    await page.evaluate('window.stays = true')
    const listening = page.waitForResponse(/\/events$/)
    await go('/')
    await listening
    await page.evaluate('window.stays = true')
    web.says.set('10.0.0.6', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
    await web.sweep.pollNow('hut-2')
    await page.getByRole('link', { name: 'HUT-2' }).waitFor()
    await report('hut-2')
    await page.getByRole('link', { name: 'Paper jam' }).waitFor()
    expect(await page.evaluate('window.stays')).toBe(true)
  })

  test('keeps focus and what is typed while others work', async () => {
    const { id } = await report('lib-1')
    const { page, go } = await open()
    await go(`/tickets/${id}`)
    const listening = page.waitForResponse(/\/events$/)
    await signIn(page)
    await listening
    const words = page.getByLabel('Note for whoever comes next')
    await words.fill('half a sen')
    await report('lib-1', { words: 'Here too' })
    await page.getByText('Here too').waitFor()
    await page.keyboard.type('tence')
    expect(await words.inputValue()).toBe('half a sentence')
  })

  test('keeps the focus on a printer whose row moves', async () => {
    const { page, go } = await open()
    await go('/printers')
    const listening = page.waitForResponse(/\/events$/)
    await signIn(page)
    await listening
    await page.getByRole('link', { name: 'HUT-3' }).focus()
    web.says.set('10.0.0.7', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
    await web.sweep.pollNow('hut-3')
    await page.locator('#row-hut-3').getByText('JAM', { exact: true }).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('HUT-3')
  })

  test('says so when platen does not answer, and goes on by itself', async () => {
    const { page, go, troubles } = await open()
    await go('/printers')
    const listening = page.waitForResponse(/\/events$/)
    await signIn(page)
    await listening
    await page.context().setOffline(true)
    await web.store.update((tx) => tx.put('groups', aGroup({ id: 'g-2' })))
    await page.getByText('No connection to platen').waitFor()
    await page.context().setOffline(false)
    await page.getByText('No connection to platen').waitFor({ state: 'detached' })
    troubles.length = 0
  })

  test('ends with the session', async () => {
    const { page, go } = await open()
    await go('/printers')
    const listening = page.waitForResponse(/\/events$/)
    await signIn(page)
    await listening
    await web.store.update((tx) => {
      for (const id of Object.keys(tx.state.sessions)) tx.drop('sessions', id)
    })
    await page.getByText('You were signed out.').waitFor()
    expect(new URL(page.url()).search).toBe('?to=%2Fprinters')
  })

  test('stops listening while nobody looks', async () => {
    const { page, go } = await open()
    await go('/printers')
    const listening = page.waitForResponse(/\/events$/)
    await signIn(page)
    await listening
    // Chromium without a screen shows every tab; a hidden one is told so just like this.
    const hide =
      "Object.defineProperty(document, 'hidden', { value: true });" +
      "document.dispatchEvent(new Event('visibilitychange'))"
    await page.evaluate(hide)
    const left = () => web.lines.some(({ facts }) => facts.path === '/events')
    await until(left)
  })
})
