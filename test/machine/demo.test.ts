import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { asPerson, until } from '../boot.ts'
import { program } from '../parts/process.ts'
import { type Shell, startShell } from '../parts/tmux.ts'

// The demo as somebody starts it who has just cloned platen.

const checkout = join(import.meta.dirname, '../..')
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pd-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function aShell(folder: string, temp: string) {
  const env = { PATH: process.env.PATH ?? '', TMPDIR: temp }
  const shell = await startShell({ term: 'linux', columns: 100, rows: 30, folder, env })
  ends.push(shell.end)
  return shell
}

it('npm run demo: a print room on the screen, in the feed, in letters; gone after q and y', async () => {
  // Somebody has 8080 already: the demo takes another port.
  const other = createServer().on('error', () => {})
  other.listen(8080, '127.0.0.1')
  ends.push(() => void other.close())
  const temp = emptyFolder()
  const shell = await aShell(checkout, temp)
  shell.type('clear; npm run demo')
  await shell.until('? help')
  await shell.until('Letter to robin')
  const board = await shell.until('Needs somebody')
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(board)?.[0] ?? ''
  expect(address).not.toMatch(/^$|:8080$/)
  for (const words of ['PLATEN', 'Demo', 'Needs somebody', 'SCI-204', 'Activity'])
    expect(board).toContain(words)
  expect([...board.replaceAll('\n', '')].filter((glyph) => !isGlyph(glyph))).toEqual([])

  const token = /\/p\/([0-9A-Z]{16})/.exec(board)?.[1]
  expect((await fetch(`${address}/p/${token}`)).status).toBe(200)
  const password = /robin \/ (\S+)/.exec(board)?.[1] ?? ''
  const headers = asPerson('robin', password)
  const feed = async () => {
    const answer = await fetch(`${address}/api/v1/status`, { headers })
    expect(answer.status).toBe(200)
    return (await answer.json()) as { printers: { verdict: string }[] }
  }
  expect((await feed()).printers).toHaveLength(9)
  await shell.until('JAM')

  const [folder = ''] = readdirSync(temp)
  const letters = () => readdirSync(join(temp, folder, 'letters'))
  await until(() => letters().length >= 4)
  expect(readFileSync(join(temp, folder, 'letters/001.eml'), 'utf8')).toContain(`${address}/`)

  await leave(shell)
  expect(readdirSync(temp)).toEqual([])
})

it('the built program shows it too', async () => {
  const shell = await aShell(checkout, emptyFolder())
  shell.type(`clear; node ${program} serve --demo`)
  await shell.until('? help')
  expect(shell.picture()).toContain('SCI-204')
  await leave(shell)
})

async function leave(shell: Shell): Promise<void> {
  shell.press('q')
  await shell.until('Stop platen')
  shell.press('y')
  await shell.atRest()
  await shell.until('room$')
}
