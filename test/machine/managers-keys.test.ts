import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTicket } from '../../src/core/tickets/open.ts'
import { type Browser, openBrowser } from '../parts/browser.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// Somebody who has no mouse, or cannot hold one: Tab, Enter and what is typed.

let web: RunningWeb
let browser: Browser
let page: Page

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
  await web.store.update((tx) => {
    tx.put('groups', aGroup())
    for (const id of ['lib', 'gym', 'hut'])
      tx.put('printers', aPrinter({ id, label: `${id.toUpperCase()}-1`, group: 'g-1' }))
  })
  browser = await openBrowser()
  page = browser.page
})
afterEach(async () => {
  await browser.close()
  await web.stop()
})

interface Focus {
  /** As it is read out: its label, else its words. */
  readonly name: string
  /** Whether an eye sees where it is. */
  readonly isVisible: boolean
  /** Whether it stands behind what had the focus before. */
  readonly isInOrder: boolean
}

const focus = () =>
  page.evaluate<Focus>(`(() => {
    const here = document.activeElement
    const before = window.had
    window.had = here
    const ringed = [here, here.closest('label')].filter(Boolean).map((each) => getComputedStyle(each))
    const isRinged = ringed.some((each) =>
      each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2)
    const { width, height, right, bottom } = here.getBoundingClientRect()
    const name = here.ariaLabel ?? here.labels?.[0]?.textContent ?? here.textContent
    return {
      name: name.trim(),
      isVisible: isRinged && width * height > 0 && right > 0 && bottom > 0,
      isInOrder: !before?.isConnected || before === document.body ||
        Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
    }
  })()`)

/** Presses Tab until it is there; all on the way shows where the focus is, in the order of reading. */
async function tabTo(name: string): Promise<void> {
  await page.waitForLoadState()
  const passed: string[] = []
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press('Tab')
    const now = await focus()
    expect(now).toMatchObject({ isVisible: true, isInOrder: true })
    if (now.name === name) return
    passed.push(now.name)
  }
  throw new Error(`no "${name}" among ${passed.join(', ')}`)
}

const enter = () => page.keyboard.press('Enter')
const heading = (name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function signIn(path: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${web.port}${path}`)
  // Nobody has to look for the field.
  await page.locator('#name:focus').waitFor()
  await page.keyboard.type('ada')
  await tabTo('Password')
  await page.keyboard.type('ada rides a horse')
  await enter()
}

test('signs in, finds a printer, asks it, takes its ticket and resolves it', async () => {
  const { lib } = web.store.state.printers
  if (!lib) throw new Error('no library')
  await web.store.update((tx) =>
    openTicket(
      tx,
      lib,
      {
        ...({ kind: 'issue', fault: 'jam', wants: null, words: '', form: null } as const),
        ...{ requester: { name: null, email: null }, printerThen: null },
      },
      web.act,
    ),
  )
  await signIn('/')
  await heading('Overview')
  await tabTo('Printers')
  await enter()
  await heading('Printers')
  await tabTo('Name, place, model or trouble')
  await page.keyboard.type('lib')
  await enter()
  await page.waitForURL(/q=lib/)
  await tabTo('LIB-1')
  await enter()
  await heading('LIB-1')
  await tabTo('Ask now')
  await enter()
  await page.getByText('It was asked and has answered.').waitFor()
  await tabTo('Take: Paper jam')
  await enter()
  await page.getByText('taken by ada').waitFor()
  await tabTo('Paper jam')
  await enter()
  await heading('Paper jam')
  await tabTo('Note for whoever comes next')
  await page.keyboard.type('Roller is worn')
  await tabTo('Add the note')
  await enter()
  await page.getByText('Roller is worn').waitFor()
  await tabTo('Resolve: Paper jam')
  await enter()
  await page.getByText('It is resolved by ada.').waitFor()
  await tabTo('Sign out')
  await enter()
  await heading('Sign in')
})

test('skips what stands above each page', async () => {
  await signIn('/printers')
  await heading('Printers')
  await page.keyboard.press('Tab')
  expect(await focus()).toMatchObject({ name: 'Skip to the content', isVisible: true })
  await enter()
  await page.keyboard.press('Tab')
  expect(await focus()).toMatchObject({ name: 'Ask all now', isVisible: true })
})

test('ticks what a person may do with the space bar, and chooses with the arrows', async () => {
  await signIn('/people/new')
  await heading('Add a person')
  await tabTo('Name')
  await page.keyboard.type('Ben')
  await tabTo('manager: printers and tickets of some groups')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await tabTo('Library')
  await page.keyboard.press('Space')
  await tabTo('New password')
  await page.keyboard.type('ben rides a mule')
  await enter()
  await heading('Ben')
  expect(Object.values(web.store.state.people)).toContainEqual(
    expect.objectContaining({ name: 'Ben', reach: 'groups' }),
  )
})
