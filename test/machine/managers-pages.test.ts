import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBox } from '../parts/box.ts'
import { axeFinds, type Browser, openBrowser, rulesOfLooks, tooWideBy } from '../parts/browser.ts'
import { startBusySite } from '../parts/busy-site.ts'
import { startWeb } from '../parts/web.ts'

// Every page that there is, on a bad day, wide and narrow, in light and dark: each is for everybody.

type Site = Awaited<ReturnType<typeof startBusySite>>

/** By the path of its route: how each page is come to. A page that is missing here fails the test. */
const pages: Readonly<Record<string, readonly Way[]>> = {
  '/login': [() => '/login', () => '/login?to=/printers'],
  '/p/:token': [() => '/p/TOKEN0', () => '/p/TOKEN1'],
  '/t/:receipt': [({ taken }) => `/t/${taken.receipt}`, ({ done }) => `/t/${done.receipt}`],
  '/': [() => '/'],
  '/account': [() => '/account'],
  '/printers': [() => '/printers', () => '/printers?retired=1', () => '/printers?q=nothing+like'],
  '/printers/poll': [() => '/printers/poll'],
  '/printers/new': [() => '/printers/new'],
  '/printers/:printer': [
    () => '/printers/p-1',
    () => '/printers/p-0',
    () => '/printers/p-4?asked=1',
    () => '/printers/p-57',
    () => '/printers/p-58',
  ],
  '/printers/:printer/history': [() => '/printers/p-1/history'],
  '/printers/:printer/edit': [() => '/printers/p-1/edit'],
  '/printers/:printer/code': [() => '/printers/p-1/code'],
  '/printers/:printer/remove': [() => '/printers/p-58/remove'],
  '/printers/:printer/questions': [() => '/printers/p-0/questions'],
  '/printers/:printer/supplies': [() => '/printers/p-1/supplies'],
  '/printers/import': [() => '/printers/import'],
  '/printers/import/:import': [importOf],
  '/printers/discover': [() => '/printers/discover', searched],
  '/labels': [() => '/labels', () => '/labels?group=g-1&start=5'],
  '/labels/print': [() => '/labels/print?group=g-1', () => '/labels/print?calibration=1'],
  '/groups': [() => '/groups'],
  '/groups/:group': [() => '/groups/g-0', () => '/groups/g-3'],
  '/tickets': [() => '/tickets', () => '/tickets?state=all', () => '/tickets?q=nothing+like'],
  '/tickets/erase': [() => '/tickets/erase', () => '/tickets/erase?email=sam@school.example'],
  '/tickets/:ticket': [
    ({ taken }) => `/tickets/${taken.id}`,
    ({ done }) => `/tickets/${done.id}`,
    ({ other }) => `/tickets/${other.id}?as=ben`,
  ],
  '/tickets/:ticket/merge': [({ taken, other }) => `/tickets/${taken.id}/merge?into=${other.id}`],
  '/reports': [() => '/reports'],
  '/people': [() => '/people'],
  '/people/new': [() => '/people/new'],
  '/people/:person': [() => '/people/u-long', () => '/people/u-odd', () => '/people/u-gone'],
  '/settings': [() => '/settings', () => '/settings?q=nothing+like'],
  '/system': [() => '/system'],
  '/system/journal': [() => '/system/journal'],
  '/system/letters': [() => '/system/letters'],
}

/** Seen where nobody has an account yet, in the last test. */
const ofAnEmptySite = ['/first']
/** They lead elsewhere, or are files, and have no look of their own. */
const files = ['/labels.pdf', '/labels.zpl', '/export/printers.csv', '/export/tickets.csv']
const noLook = ['/login/openid', '/login/openid/back', ...files]

type Way = (site: Site, browser: Browser) => string | Promise<string>

async function importOf({ web }: Site, { page }: Browser): Promise<string> {
  await page.goto(`http://127.0.0.1:${web.port}/printers/import`)
  const rows = [...Array(30).keys()].map(
    (at) => `NEW-${at},10.0.2.${at},Building ${'y'.repeat(60)}`,
  )
  const others = ['LIB-3,10.0.0.3,Elsewhere', 'LIB-5,10.0.0.5,Building 5', 'BAD,10.0.0.300,']
  const text = ['label,ipAddress,building', ...rows, ...others].join('\n')
  await page.getByLabel('Or rows, pasted here').fill(text)
  await page.getByRole('button', { name: 'Look at what would change' }).click()
  await page.getByRole('heading', { name: 'Look over the import' }).waitFor()
  return new URL(page.url()).pathname
}

async function searched({ web }: Site, { page }: Browser): Promise<string> {
  await page.goto(`http://127.0.0.1:${web.port}/printers/discover`)
  await page.getByLabel('Range').fill('10.0.1.0/24')
  await page
    .getByRole('button', { name: /search/i })
    .first()
    .click()
  await page.getByText('10.0.1.9').first().waitFor()
  return '/printers/discover'
}

let site: Site
let browser: Browser

beforeAll(async () => {
  site = await startBusySite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.web.stop()
})

/** Wide and narrow, in light and dark: what somebody cannot use there. */
async function looksOf({ page, turn, shoot }: Browser, name: string): Promise<string[]> {
  const faults: string[] = []
  const look = async (width: number, dark: boolean) => {
    await turn({ width, dark })
    await shoot(name)
    const wide = await tooWideBy(page)
    if (wide > 0) faults.push(`${wide} px wider than ${width} px`)
  }
  await look(320, false)
  await look(320, true)
  faults.push(...(await axeFinds(page, rulesOfLooks)))
  await look(1200, true)
  await look(1200, false)
  faults.push(...(await axeFinds(page)))
  return faults
}

test('no page is left out', () => {
  const ways = site.web.web.routes.filter(({ method, as }) => method === 'GET' && as === 'page')
  const known = [...Object.keys(pages), ...ofAnEmptySite, ...noLook]
  expect(ways.map(({ path }) => path).filter((path) => !known.includes(path))).toEqual([])
})

describe.each(Object.entries(pages))('%s', (route, ways) => {
  const isOpen = ['/login', '/p/:token', '/t/:receipt'].includes(route)
  test.each(ways.map((way, at) => ({ way, at: at + 1 })))(
    'looks well, $at',
    async ({ way, at }) => {
      const { page, troubles } = browser
      const url = `http://127.0.0.1:${site.web.port}`
      if (!isOpen) await signIn(url)
      const path = await way(site, browser)
      await page.goto(url + path)
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
      const name = `${route.slice(1).replaceAll(/\W+/g, '-') || 'overview'}-${at}`
      expect(await looksOf(browser, name)).toEqual([])
      expect(troubles.splice(0)).toEqual([])
    },
  )
})

/** Once is enough. */
async function signIn(url: string) {
  const { page, turn } = browser
  if ((await page.context().cookies()).length > 0) return
  await turn({ width: 1200, dark: false })
  await page.goto(`${url}/login`)
  await page.getByLabel('Name').fill('ada')
  await page.getByLabel('Password').fill('ada rides a horse')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}

test('on paper there is nothing to press, and each word can be read', async () => {
  const { page, turn, shoot } = browser
  const url = `http://127.0.0.1:${site.web.port}`
  await signIn(url)
  await turn({ width: 1200, dark: false })
  await page.emulateMedia({ media: 'print' })
  for (const path of ['/', '/printers/p-1', `/tickets/${site.taken.id}`, '/reports', '/account']) {
    await page.goto(url + path)
    await shoot(`paper${path.replaceAll(/\W+/g, '-')}`)
    for (const role of ['button', 'navigation', 'textbox', 'combobox'] as const)
      expect([path, role, await page.getByRole(role).count()]).toEqual([path, role, 0])
    const inks = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.badge')].map((each) => getComputedStyle(each).color)",
    )
    expect(inks.filter((ink) => ink !== 'rgb(0, 0, 0)')).toEqual([])
  }
  await page.emulateMedia({ media: 'screen' })
})

test('who is turned away sees what to do, and it looks well', async () => {
  const { page } = browser
  const url = `http://127.0.0.1:${site.web.port}`
  for (const path of ['/nowhere', '/p/NOBODY', '/labels?start=99', '/printers?sort=nothing']) {
    const status = (await page.goto(url + path))?.status()
    expect([404, 422]).toContain(status)
    expect(await looksOf(browser, `refused${path.replaceAll(/\W+/g, '-')}`)).toEqual([])
  }
  await page.context().clearCookies()
  await page.goto(url)
  await page.getByLabel('Name').fill('ada')
  await page.getByLabel('Password').fill('x')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The name or the password is wrong.').waitFor()
  expect(await looksOf(browser, 'login-wrong')).toEqual([])
})

test('on a site where nothing is yet, each page looks well too', async () => {
  const web = await startWeb({ box: () => aBox() })
  const url = `http://127.0.0.1:${web.port}`
  const { page } = browser
  try {
    await page.goto(`${url}/first`)
    expect(await looksOf(browser, 'first')).toEqual([])
    await web.person('ada', 'administrator')
    await signIn(url)
    await browser.turn({ width: 320, dark: false })
    for (const path of Object.keys(pages).filter((each) => !each.includes(':'))) {
      await page.goto(url + path)
      expect([path, await axeFinds(page), await tooWideBy(page)]).toEqual([path, [], 0])
    }
  } finally {
    await web.stop()
  }
})
