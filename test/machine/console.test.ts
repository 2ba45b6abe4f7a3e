import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { aPrinter, filed, someFacts, someFleet, someTickets } from '../console/fleet.ts'
import { type Shell, startShell } from '../parts/tmux.ts'

// The compiled console in a real tmux. Needs tmux, and `npm run build` before.

const folder = mkdtempSync(join(tmpdir(), 'platen-console-'))
const driver = join(import.meta.dirname, 'console-driver.mjs')
const facts = join(folder, 'facts.json')
const hostile = aPrinter('\x1b[2J東京⣿{bold}', {
  verdict: 'error',
  reasons: [['jam', '⚠ jam ▓\u202E']],
})
const printers = [...someFleet(20), hostile]
writeFileSync(facts, JSON.stringify(someFacts({ printers })))
const withTickets = join(folder, 'with-tickets.json')
writeFileSync(
  withTickets,
  JSON.stringify(someFacts({ printers, tickets: filed(someTickets(), printers) })),
)

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

  test.each([
    [80, 24],
    [160, 45],
  ])('at %ix%i a ticket is taken, noted, resolved and reopened by keys', async (columns, rows) => {
    const shell = await open(term, columns, rows)
    shell.type(`node ${driver} ${withTickets}`)
    expect(await shell.until('Tickets 4')).toContain('newest 4 min ago')
    shell.press('t', 'a')
    await shell.until('Who is at the keys?')
    shell.type('Ada')
    await shell.until('LIB-2F-1 Paper jam: taken by Ada.')
    shell.press('n')
    shell.type('Roller is worn')
    const noted = await shell.until('14:02 Ada: Roller is worn')
    expect(noted).toContain('w as Ada')
    expect(noted).not.toMatch(/Jane|Doe|school/)
    for (const glyph of noted.replaceAll('\n', '')) expect(isGlyph(glyph)).toBe(true)
    for (const line of noted.split('\n').slice(1, rows - 2)) expect(line.length).toBe(columns)
    shell.press('d')
    await shell.until('Resolved by Ada?   y  yes   n  no')
    shell.press('y')
    await shell.until('Tickets 3')
    shell.press('z')
    expect(await shell.until('Tickets 4')).toContain('open again, by Ada')
    shell.press('q')
    await shell.until('Stop platen and leave?')
    shell.press('y')
    await isBack(shell, 0)
  })

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

/** Prompt, echo, cursor: what a person needs to go on. */
async function isBack(shell: Shell, code: number): Promise<void> {
  await shell.until('room$')
  shell.type('echo left $?')
  const after = await shell.until(`left ${code}`)
  expect(after).toContain('room$ echo left $?')
  expect(after).not.toContain('Activity')
  expect(shell.modes()).toBe('100')
}
