import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { aPrinter, someFacts, someFleet } from '../console/fleet.ts'

// The compiled console in a real tmux. Needs tmux, and `npm run build` before.

const folder = mkdtempSync(join(tmpdir(), 'platen-console-'))
let socket = ''
let started = 0
const driver = join(import.meta.dirname, 'console-driver.mjs')
const facts = join(folder, 'facts.json')
const hostile = aPrinter('\x1b[2J東京⣿{bold}', {
  verdict: 'error',
  reasons: [['jam', '⚠ jam ▓\u202E']],
})
writeFileSync(facts, JSON.stringify(someFacts({ printers: [...someFleet(20), hostile] })))

const tmux = (...words: string[]): string =>
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], { encoding: 'utf8' })

afterEach(() => {
  tmux('kill-server')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['linux', 'xterm-256color'])('with TERM=%s', (term) => {
  test.each([
    [80, 24],
    [160, 45],
  ])(
    'at %ix%i every panel is there, in glyphs of the set; q and y leave',
    async (columns, rows) => {
      const shell = await startShell(term, columns, rows)
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

      shell.press('Down', 'Down', 'Enter')
      expect(await shell.until('Cartridge')).toContain('LIB-2F-1')
      shell.press('q')
      await shell.until('Stop platen and leave?')
      shell.press('y')
      await shell.isBack(0)
    },
  )

  test('a signal ends it with its own code, and the terminal is as it was', async () => {
    const shell = await startShell(term, 80, 24)
    shell.type(`node ${driver} ${facts}`)
    await shell.until('? help')
    const pid = tmux('list-panes', '-t', 'room', '-F', '#{pane_pid}').trim()
    const driverPid = execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' })
    process.kill(Number(driverPid), 'SIGTERM')
    await shell.isBack(143)
  })

  test('a window drawn to another size is filled at once', async () => {
    const shell = await startShell(term, 80, 24)
    shell.type(`node ${driver} ${facts}`)
    await shell.until('? help')
    tmux('resize-window', '-t', 'room', '-x', '132', '-y', '40')
    const lines = (await shell.until('by SNMP v2c')).split('\n')
    for (const line of lines.slice(1, 38)) expect(line.length).toBe(132)
  })
})

/** A shell as over ssh without a UTF-8 locale. */
async function startShell(term: string, columns: number, rows: number) {
  // A server of its own: the one before may still be ending.
  socket = join(folder, `tmux-${++started}`)
  const command = `env -u TMUX -u LANG -u LC_ALL TERM=${term} PS1='room$ ' bash --norc --noprofile`
  tmux('new-session', '-d', '-s', 'room', '-x', `${columns}`, '-y', `${rows}`, command)
  const picture = (): string => tmux('capture-pane', '-p', '-t', 'room')
  const press = (...keys: string[]): void => {
    tmux('send-keys', '-t', 'room', ...keys)
  }
  const type = (words: string): void => press(words, 'Enter')

  async function until(words: string): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      if (picture().includes(words)) {
        await wait(100)
        return picture()
      }
      await wait(50)
    }
    throw new Error(`"${words}" never came:\n${picture()}`)
  }

  /** Prompt, echo, cursor: what a person needs to go on. */
  async function isBack(code: number): Promise<void> {
    await until('room$')
    type('echo left $?')
    const after = await until(`left ${code}`)
    expect(after).toContain('room$ echo left $?')
    expect(after).not.toContain('Activity')
    const state = tmux(
      'display',
      '-p',
      '-t',
      'room',
      '#{cursor_flag}#{alternate_on}#{mouse_any_flag}',
    )
    expect(state.trim()).toBe('100')
  }

  await until('room$')
  return { press, type, until, isBack }
}
