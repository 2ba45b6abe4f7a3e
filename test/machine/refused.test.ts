import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Browser, openBrowser } from '../parts/browser.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// A form that was refused, with the script that keeps pages new.

let web: RunningWeb
let browser: Browser

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
  browser = await openBrowser()
})
afterEach(async () => {
  await browser.close()
  await web.stop()
})

test('why a printer was refused, and what was typed, stay on the page', async () => {
  const { page } = browser
  await page.goto(`http://127.0.0.1:${web.port}/login?to=/printers/new`)
  await page.fill('#name', 'ada')
  await page.fill('#password', 'ada rides a horse')
  await page.press('#password', 'Enter')
  await page.fill('#label', 'LIB-1')
  await page.fill('#ipAddress', 'no address')
  await Promise.all([
    page.waitForResponse((answer) => answer.status() === 422),
    page.click('text=Add it'),
  ])
  await page.waitForTimeout(2500)
  expect(await page.inputValue('#label')).toBe('LIB-1')
  expect(await page.textContent('#trouble')).toContain('no address')
})
