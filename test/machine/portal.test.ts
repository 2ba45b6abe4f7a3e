import { afterEach, expect, test } from 'vitest'
import { resolveTicket, takeTicket } from '../../src/core/tickets/settle.ts'
import { axeFinds, type Browser, type Look, openBrowser, tooWideBy } from '../parts/browser.ts'
import { aReading } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// A student before a jammed printer, with a small phone, with and without script.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function aJammedPrinter(status: 'none' | 'coarse'): Promise<RunningWeb> {
  const web = await startWeb({ portal: { name: 'optional', email: 'required', status } })
  ends.push(web.stop)
  const others = { building: 'Library', location: 'Reading room, ground floor' }
  await web.store.update((tx) => {
    tx.put('printers', aPrinter({ id: 'p-1', label: 'LIB-1', token: 'QRCODE1', ipAddress: 'a' }))
    tx.put('printers', aPrinter({ ...others, id: 'p-2', label: 'LIB-2', ipAddress: 'b' }))
  })
  web.says.set('a', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  for (const id of ['p-1', 'p-2']) await web.sweep.pollNow(id)
  return web
}

async function aPhone(look: Look): Promise<Browser> {
  const browser = await openBrowser({ width: 320, ...look })
  ends.push(browser.close)
  return browser
}

test.each([
  ['with script', { script: true, dark: false }],
  ['without script, in the dark', { script: false, dark: true }],
])('a ticket is filed %s, and its receipt tells what becomes of it', async (_how, look) => {
  const web = await aJammedPrinter('none')
  const site = `http://127.0.0.1:${web.port}`
  const { page, troubles, shoot } = await aPhone(look)
  await page.goto(`${site}/P/QRCODE1`)
  await page.getByLabel('Poor print').check()
  await page.getByLabel('In your words').fill('Streaks <b>everywhere</b>\nsince Monday')
  await page.getByLabel('Your e-mail').fill('bo@school.edu')
  await page.getByRole('button', { name: 'Send' }).dblclick()
  // The second click may break the first one's way off: whichever comes last, it is the receipt.
  await page.getByText('Waits for somebody').waitFor()
  const tickets = Object.values(web.store.state.tickets)
  expect(tickets).toMatchObject([
    { fault: 'poor-print', words: 'Streaks <b>everywhere</b>\nsince Monday', meToo: [] },
  ])
  expect(await page.getByRole('heading').allTextContents()).toEqual([
    'Poor print',
    'How is it now?',
  ])
  await page.getByText('Waits for somebody').waitFor()
  const id = tickets[0]?.id ?? ''
  const act = { ...web.act, by: 'Ada' }
  await web.store.update((tx) => takeTicket(tx, id, act))
  await page.reload()
  await page.getByText('Ada is working on it').waitFor()
  await shoot('receipt-taken')
  if (look.script) expect(await axeFinds(page)).toEqual([])
  await web.store.update((tx) => resolveTicket(tx, id, act))
  await page.reload()
  await page.getByText('Done by Ada').waitFor()
  await shoot('receipt-done')
  expect(troubles).toEqual([])
})

test.each([
  ['light', false],
  ['dark', true],
])('what is wrong is told, and nothing that was typed is lost, in the %s', async (_how, dark) => {
  const web = await aJammedPrinter('none')
  const { page, shoot } = await aPhone({ dark })
  await page.goto(`http://127.0.0.1:${web.port}/p/QRCODE1`)
  await page.getByLabel('Toner').check()
  await page.getByLabel('In your words').fill('The yellow one')
  // What a browser takes for an address and we do not.
  await page.getByLabel('Your e-mail').fill('bo@school')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('This is no e-mail address').waitFor()
  await shoot('wrong')
  expect(await page.getByLabel('Toner').isChecked()).toBe(true)
  expect(await page.getByLabel('In your words').inputValue()).toBe('The yellow one')
  expect(await axeFinds(page)).toEqual([])
  await page.getByLabel('Your e-mail').fill('bo@school.edu')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForURL('**/t/*')
  expect(Object.values(web.store.state.tickets)).toHaveLength(1)
})

test('"me too" is one tap, and by keys alone a report is filed', async () => {
  const web = await aJammedPrinter('coarse')
  const site = `http://127.0.0.1:${web.port}`
  const { page } = await aPhone({ script: false })
  await page.goto(`${site}/p/QRCODE1`)
  await page.getByLabel('Paper jam').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab')
  await page.keyboard.type('bo@school.edu')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/t/*')
  expect(Object.values(web.store.state.tickets)).toMatchObject([{ fault: 'empty' }])
  await page.goto(`${site}/p/QRCODE1`)
  await page.getByRole('button', { name: 'Me too' }).click()
  await page.getByText('This was reported before; we added you.').waitFor()
  expect(Object.values(web.store.state.tickets)).toMatchObject([{ meToo: [{}] }])
})

test.each([
  [320, false],
  [320, true],
  [1200, false],
  [1200, true],
])('each page is for everybody, %i px wide, dark: %s', async (width, dark) => {
  const web = await aJammedPrinter('coarse')
  const site = `http://127.0.0.1:${web.port}`
  const { page, shoot, troubles } = await aPhone({ width, dark })
  const file = (matter: string, words = '') =>
    web.get('/p/QRCODE1', null, {
      method: 'POST',
      body: new URLSearchParams({ matter, words, email: 'bo@school.edu' }),
    })
  const look = async (name: string) => {
    await shoot(name)
    expect(await axeFinds(page), name).toEqual([])
    expect(await tooWideBy(page), name).toBe(0)
  }
  await page.goto(`${site}/p/QRCODE1`)
  await look('portal')
  await file('issue-jam')
  const asked = await file('issue-other', `It${'y'.repeat(200)} squeaks`)
  web.clock.advance(12 * 60_000)
  const [ticket] = Object.values(web.store.state.tickets)
  await web.store.update((tx) => takeTicket(tx, ticket?.id ?? '', { ...web.act, by: 'Ada' }))
  await file('supply-toner')
  await page.goto(`${site}/p/QRCODE1`)
  await look('portal-known')
  await page.goto(`${site}${asked.headers.get('location')}?joined`)
  await look('receipt-open')
  await page.goto(`${site}/p/QRCODE1?thanks`)
  await look('thanks')
  await file('issue-panel')
  await page.goto(`${site}/p/QRCODE1`)
  await page.getByLabel('Poor print').check()
  await page.getByLabel('Your e-mail').fill('bo@school.edu')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('The trouble with LIB-1 is known').waitFor()
  await look('fourth')
  for (const at of ['/p/NOBODY', '/t/NOBODY']) {
    await page.goto(site + at)
    await look(`missing${at.replaceAll('/', '-')}`)
  }
  expect(troubles).toEqual([])
})
