import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import type { Watched } from '../../src/core/status/status.ts'
import type { Ticket } from '../../src/core/tickets/ticket.ts'
import { aStore } from '../console/desk.ts'
import { drawings, epochOfJam, linesOfJam, pageOfJam, sizes } from '../console/drawings.ts'
import { aPrinter, someFacts, someFleet, someTickets } from '../console/fleet.ts'
import { type Shell, startShell } from '../parts/tmux.ts'

// The compiled console in a real tmux. Needs tmux, and `npm run build` before.

const folder = mkdtempSync(join(tmpdir(), 'platen-console-'))
const driver = join(import.meta.dirname, 'console-driver.mjs')
const drawn = join(import.meta.dirname, '../console/drawings')
const hostile = aPrinter('\x1b[2J東京⣿{bold}', {
  verdict: 'error',
  reasons: [['jam', '⚠ jam ▓\u202E']],
})
const facts = await written('facts', [...someFleet(20), hostile], [])
const asDrawn = await written('as-drawn', someFleet(), someTickets())

/** What the driver draws from: facts, and the records that its keys change. */
async function written(name: string, printers: Watched[], tickets: readonly Ticket[]) {
  const { state } = await aStore(tickets)
  const kept = {
    printers: Object.values(state.printers),
    ...{ tickets: Object.values(state.tickets), people: Object.values(state.people) },
  }
  const path = join(folder, `${name}.json`)
  const told = {
    facts: someFacts({ printers }),
    state: kept,
    page: pageOfJam,
    lines: linesOfJam,
    epochs: [epochOfJam],
  }
  writeFileSync(path, JSON.stringify(told))
  return path
}

const shells: Shell[] = []
afterEach(() => {
  for (const shell of shells.splice(0)) shell.end()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['linux', 'xterm-256color'])('with TERM=%s', (term) => {
  test.each([
    [80, 24],
    [160, 45],
  ])(
    'at %ix%i every panel is there, in glyphs of the set; q and y leave',
    async (columns, rows) => {
      const shell = await open(term, columns, rows)
      shell.type(`node ${driver} ${facts}`)
      const board = await shell.until('? help')
      for (const words of ['PLATEN', 'Needs somebody 4', 'Activity', 'LIB-2F-1', 'http://10.20'])
        expect(board).toContain(words)
      expect(board.includes('by SNMP v2c')).toBe(columns >= 128)
      for (const glyph of board.replaceAll('\n', ''))
        if (!isGlyph(glyph))
          throw new Error(`U+${glyph.codePointAt(0)?.toString(16)} on the screen`)
      const lines = board.split('\n')
      expect(lines[1]).toMatch(/^╒═ .*═╕/)
      for (const line of lines.slice(1, rows - 2)) expect(line.length).toBe(columns)

      shell.press('Down', 'Enter')
      expect(await shell.until('Magenta toner')).toContain('LIB-2F-1')
      shell.press('q')
      await shell.until('Stop platen and leave?')
      shell.press('y')
      await isBack(shell, 0)
    },
  )

  test.each(sizes)('at %ix%i every view is as it was drawn', async (columns, rows) => {
    const shell = await open(term, columns, rows)
    shell.type(`node ${driver} ${asDrawn}`)
    for (const { name, keys, back } of drawings) {
      if (keys.length > 0) shell.press(...keys)
      await shows(shell, name, columns, rows)
      if (back.length > 0) shell.press(...back)
    }
    await shows(shell, 'fleet', columns, rows)
  })

  test('while it is drawn from size to size every size is as it was drawn', async () => {
    const shell = await open(term, 80, 24)
    shell.type(`node ${driver} ${asDrawn}`)
    for (const [columns, rows] of [...sizes, ...sizes.toReversed()]) {
      shell.resize(columns, rows)
      await shows(shell, 'fleet', columns, rows)
    }
    shell.press('6')
    for (const [columns, rows] of sizes) {
      shell.resize(columns, rows)
      await shows(shell, 'box', columns, rows)
    }
  })

  test.each([
    [80, 24],
    [160, 45],
  ])(
    'at %ix%i a ticket is taken, noted, resolved, undone and resolved by two people',
    async (columns, rows) => {
      const shell = await open(term, columns, rows)
      shell.type(`node ${driver} ${asDrawn}`)
      expect(await shell.until('Tickets 4')).toContain('newest 4 min ago')
      shell.press('t', 'a')
      await shell.until('Who is at the keys?')
      shell.type('Ada Lovelace')
      await shell.until('LIB-2F-1 Paper jam: taken by A. L.')
      shell.press('n')
      shell.type('Roller is worn')
      const noted = await shell.until('14:02 A. L.: Roller is worn')
      expect(noted).toContain('w as A. L.')
      expect(noted).not.toMatch(/Jane|Doe|school|Lovelace/)
      for (const glyph of noted.replaceAll('\n', '')) expect(isGlyph(glyph)).toBe(true)
      for (const line of noted.split('\n').slice(1, rows - 2)) expect(line.length).toBe(columns)
      shell.press('d')
      await shell.until('Resolved by A. L.?   y  yes   n  no')
      shell.press('y')
      await shell.until('Tickets 3')
      shell.press('w')
      await shell.until('Who is at the keys?')
      shell.type('Grace Hopper')
      await shell.until('w as G. H.')
      shell.press('z')
      expect(await shell.until('undone by G. H., open again.')).toContain('Tickets 4')
      shell.press('g', 'd')
      await shell.until('Resolved by G. H.?')
      shell.press('y')
      await shell.until('Tickets 3')
      shell.press('q')
      await shell.until('Stop platen and leave?')
      shell.press('y')
      await isBack(shell, 0)
    },
  )

  test('a signal ends it with its own code, and the terminal is as it was', async () => {
    const shell = await open(term, 80, 24)
    shell.type(`node ${driver} ${facts}`)
    await shell.until('? help')
    process.kill(shell.childPid(), 'SIGTERM')
    await isBack(shell, 143)
  })

  test('a window drawn to another size is filled at once', async () => {
    const shell = await open(term, 80, 24)
    shell.type(`node ${driver} ${facts}`)
    await shell.until('? help')
    shell.resize(132, 40)
    const lines = (await shell.until('by SNMP v2c')).split('\n')
    for (const line of lines.slice(1, 38)) expect(line.length).toBe(132)
  })
})

async function open(term: string, columns: number, rows: number): Promise<Shell> {
  const shell = await startShell({ term, columns, rows })
  shells.push(shell)
  return shell
}

/** The drawing that is kept of that view and size, within a minute. */
async function shows(shell: Shell, name: string, columns: number, rows: number): Promise<void> {
  const kept = readFileSync(join(drawn, `${name}-${columns}x${rows}.txt`), 'utf8')
  for (let tries = 0; tries < 600; tries++) {
    if (trimmed(shell.picture()) === trimmed(kept)) return
    await wait(100)
  }
  expect(trimmed(shell.picture())).toBe(trimmed(kept))
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()

/** Prompt, echo, cursor: what a person needs to go on. */
async function isBack(shell: Shell, code: number): Promise<void> {
  await shell.atRest()
  await shell.until('room$')
  shell.type('echo left $?')
  const after = await shell.until(`left ${code}`)
  expect(after).toContain('room$ echo left $?')
  expect(after).not.toContain('Activity')
  expect(shell.modes()).toBe('100')
}
