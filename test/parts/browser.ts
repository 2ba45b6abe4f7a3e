import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { chromium, type Page } from 'playwright-core'

// Debian's Chromium, as a student or a manager has it before them.

export interface Look {
  readonly script?: boolean
  /** Of the window, in CSS pixels; a small phone has 320. */
  readonly width?: number
  readonly dark?: boolean
}

export interface Browser {
  readonly page: Page
  /** What a page complained of by itself: what the policy kept from it, scripts that broke. */
  readonly troubles: string[]
  /** The page as it is, in a window of that width, in light or dark. */
  turn(look: Pick<Look, 'width' | 'dark'>): Promise<void>
  /** Where SHOTS names a folder, a picture of the whole page as it is now, to be looked at. */
  shoot(name: string): Promise<void>
  close(): Promise<void>
}

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** On a machine that others keep busy. */
const patienceMs = 120_000

export async function openBrowser(look: Look = {}): Promise<Browser> {
  const { script = true } = look
  let { width = 1200, dark = false } = look
  const browser = await chromium.launch({
    ...{ executablePath: '/usr/bin/chromium', args, timeout: patienceMs },
  })
  const context = await browser.newContext({
    javaScriptEnabled: script,
    viewport: { width, height: 720 },
    colorScheme: dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  const troubles: string[] = []
  page.on('console', (message) => {
    // A page that was declined is told as an error too; what is not of that kind should not be.
    const isStatus = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isStatus) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  return {
    page,
    troubles,
    async turn(next) {
      ;({ width = width, dark = dark } = next)
      await page.setViewportSize({ width, height: 720 })
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    },
    async shoot(name) {
      const folder = process.env.SHOTS
      if (!folder) return
      mkdirSync(folder, { recursive: true })
      const theme = dark ? 'dark' : 'light'
      const path = join(folder, `${name}-${width}-${theme}.png`)
      await page.screenshot({ path, fullPage: true })
    },
    close: () => browser.close(),
  }
}

/** What depends on the width of the window, and on light and dark. */
export const rulesOfLooks = [
  'color-contrast',
  'link-in-text-block',
  'scrollable-region-focusable',
  'target-size',
] as const

/**
 * What keeps somebody from using the page as it is now: a line each, none where nothing does. The page
 * has to have its script on: what looks it over is one. `only`: by these rules of it; all where none is
 * named, with that of WCAG 2.2 for the size of what is pressed.
 */
export async function axeFinds(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source)
  const options = only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } }
  const found = await page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`,
  )
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  )
}

/** By how many pixels the page is wider than its window: then it has to be scrolled sideways. */
export function tooWideBy(page: Page): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
}
