import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { isGlyph } from '../../src/console/glyphs.ts'
import { until } from '../boot.ts'
import { aMachine, program } from '../parts/process.ts'
import { type Shell, startShell } from '../parts/tmux.ts'

// `platen console` as people type it, in true terminals, beside a platen that really dies.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const printers = 'LIB-1,127.0.0.1:9,Library\nKÖLN-1,127.0.0.2:9,Köln\n'

async function aHeadlessPlaten() {
  const machine = await aMachine({ SNMP_TIMEOUT: '0.3' })
  ends.push(machine.end)
  const file = join(machine.base, 'printers.csv')
  writeFileSync(file, `label,ipAddress,building\n${printers}`)
  const imported = await machine.platen(['import', file, '--as', 'printers'])
  expect(imported).toMatchObject({ code: 0 })
  const running = machine.serve()
  await machine.isUp()
  return { machine, running }
}

type Machine = Awaited<ReturnType<typeof aMachine>>

async function aShell(machine: Machine, term: string, env: Record<string, string> = {}) {
  const { PLATEN_DATA_DIR } = machine.settings
  const settings = { PATH: process.env.PATH ?? '', PLATEN_DATA_DIR, ...env }
  const shell = await startShell({ term, columns: 80, rows: 24, env: settings })
  ends.push(shell.end)
  shell.type('echo before; stty -g > modes')
  await shell.until('before')
  return shell
}

const typed = `node ${program} console`

/** What a person needs to go on: prompt, echo, cursor, main screen, and the line's modes as they were. */
async function isWhole(shell: Shell, code: number): Promise<void> {
  await shell.atRest()
  await shell.until('room$')
  shell.type('stty -g | cmp - modes && echo the same, left $?')
  await shell.until('the same, left 0')
  shell.type(`(exit ${code}); echo code $?`)
  const after = await shell.until(`code ${code}`)
  expect(after).not.toContain('LIB-1')
  expect(shell.modes()).toBe('100')
}

it('shows the same board on every terminal, in glyphs, whatever LANG says; q leaves it whole', async () => {
  const { machine } = await aHeadlessPlaten()
  const shells = [
    await aShell(machine, 'linux', { LANG: 'C' }),
    await aShell(machine, 'xterm-256color'),
  ]
  for (const shell of shells) shell.type(typed)
  for (const shell of shells) {
    await shell.until('SILENT')
    await shell.until('q leave')
  }
  const still = (board: string) => board.split('\n').slice(1).join('\n')
  // The second printer is found silent a little after the first, and on one screen before the other.
  let boards: string[] = []
  await until(() => {
    boards = shells.map((shell) => shell.picture())
    return new Set(boards.map(still)).size === 1
  })
  for (const board of boards) {
    expect(board).toContain('KÖLN-1')
    expect(board.split('\n')[1]).toMatch(/^╒═.*═╕$/)
    expect([...board.replaceAll('\n', '')].filter((glyph) => !isGlyph(glyph))).toEqual([])
  }

  shells[0]?.resize(132, 40)
  await until(() => shells[0]?.picture().split('\n')[1]?.length === 132)
  expect(shells[1]?.picture().split('\n')[1]?.length).toBe(80)
  for (const shell of shells) {
    shell.press('q')
    await isWhole(shell, 0)
  }
})

it('gives the terminal back when platen is killed, and shows it again when it is there again', async () => {
  const { machine, running } = await aHeadlessPlaten()
  const shells = [await aShell(machine, 'linux'), await aShell(machine, 'xterm-256color')]
  for (const shell of shells) shell.type(typed)
  for (const shell of shells) await shell.until('q leave')
  await running.stop('SIGKILL')
  for (const shell of shells) {
    expect(await shell.until('platen has stopped; waiting for it')).not.toContain('LIB-1')
    await until(() => shell.modes() === '100')
  }
  const [first, second] = shells
  second?.press('C-c')
  if (second) await isWhole(second, 0)
  machine.serve()
  await first?.until('q leave')
  first?.press('q')
  if (first) await isWhole(first, 0)
})

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('gives the terminal back when it is told to end by %s', async (signal, code) => {
  const { machine } = await aHeadlessPlaten()
  const shell = await aShell(machine, 'xterm-256color')
  shell.type(`${typed}; echo left $? > code`)
  await shell.until('q leave')
  process.kill(shell.childPid(), signal)
  await isWhole(shell, 0)
  shell.type('cat code')
  await shell.until(`left ${code}`)
})

it('ends with its terminal, and platen lives on', async () => {
  const { machine, running } = await aHeadlessPlaten()
  const shell = await aShell(machine, 'xterm-256color')
  shell.type(typed)
  await shell.until('q leave')
  const pid = shell.childPid()
  shell.end()
  ends.splice(ends.indexOf(shell.end), 1)
  await until(() => !isAlive(pid))
  await machine.isUp()
  expect(await running.stop()).toBe(0)
})

it('says what is missing: a platen, a terminal', async () => {
  const machine = await aMachine()
  ends.push(machine.end)
  expect(await machine.platen(['console'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('ssh -t'),
  })
  const shell = await aShell(machine, 'xterm-256color')
  shell.type(`${typed}; echo left $?`)
  const said = await shell.until('left 1')
  expect(said.replaceAll('\n', '')).toContain(`No platen runs on ${join(machine.base, 'data')}`)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
