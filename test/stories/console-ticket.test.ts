import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import xterm from '@xterm/headless'
import { afterEach, expect, it } from 'vitest'
import { startPlaten } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createSystemClock } from '../../src/disk/system-clock.ts'
import { readerOf } from '../../src/reader.ts'
import { aSite, asPerson, until } from '../boot.ts'
import { startAgent } from '../parts/agent.ts'
import { quiet } from '../parts/log.ts'
import { aVisitor } from '../parts/visitor.ts'

// A shift at the console, by keys alone: a printer jams, a student says so, two people see to it.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const env = {
  ...{ PLATEN_HTTP_HOST: '127.0.0.1', SNMP_TIMEOUT: '5', SNMP_TRAP_PORT: '0', IPP_PORT: '0' },
  ...{ PLATEN_PUBLIC_URL: 'https://print.school.test', PLATEN_CONSOLE_PIN: '4711' },
}
/** hrPrinterDetectedErrorState */
const errorState = '1.3.6.1.2.1.25.3.5.1.2.1'

/** A screen of 100x30 with a keyboard, before a platen that is about to start. */
function aTerminal() {
  const size = { columns: 100, rows: 30 }
  const emulator = new xterm.Terminal({ cols: 100, rows: 30, allowProposedApi: true })
  const [input, output] = [new PassThrough(), Object.assign(new PassThrough(), size)]
  output.on('data', (bytes: Buffer) => emulator.write(bytes))
  const text = (): string => {
    const { active } = emulator.buffer
    const line = (_: unknown, at: number) => active.getLine(at)?.translateToString(true) ?? ''
    return Array.from({ length: 30 }, line).join('\n')
  }
  return {
    streams: { input, output, name: 'linux', noColor: false, leaves: 'never' as const },
    text,
    press(...keys: string[]) {
      for (const key of keys) input.write(key)
    },
    shows: (words: string | RegExp) =>
      until(() => (typeof words === 'string' ? text().includes(words) : words.test(text()))),
  }
}

/** A print room with one healthy printer, an administrator, and somebody before the screen. */
async function aShift() {
  const walk = await readFile(join(import.meta.dirname, '../walks/alder-c440.snmprec'))
  const printer = await startAgent({ walk })
  ends.push(printer.stop)
  const at = await aSite(env)
  ends.push(at.end)
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, `label;ipAddress;building\nLIB-1;${printer.address};Library\n`)
  await at.platen('import', [csv, '--as', 'printers'])
  await at.platen('people', ['add', 'ada', '--role', 'administrator'], 'correct horse battery\n')
  const config = readConfig(env, () => '')
  const screen = aTerminal()
  const platen = await startPlaten({
    ...{ config: { ...config, PLATEN_HTTP_PORT: 0 }, folder: at.folder, version: '0.0.0' },
    ...{ log: quiet, reader: readerOf(config), clock: createSystemClock() },
    ...{ terminal: screen.streams, leave: () => {} },
  })
  ends.push(platen.stop)
  async function ask<T>(path: string): Promise<T> {
    const headers = asPerson('ada', 'correct horse battery')
    const answer = await fetch(`http://127.0.0.1:${platen.port}/api/v1/${path}`, { headers })
    return (await answer.json()) as T
  }
  return { printer, screen, ask, student: aVisitor(platen) }
}

it('a jam is reported, taken, noted, resolved, undone and resolved by two people at the keys', async () => {
  const { printer, screen, ask, student } = await aShift()
  await until(() => screen.text().includes('LIB-1') && !screen.text().includes('not read yet'))
  printer.set(errorState, '4x', '0400')
  screen.press('1', 'r')
  await screen.shows(/JAM +LIB-1/)

  const { labels } = await ask<{ labels: { url: string }[] }>('labels')
  const page = `/p/${labels[0]?.url.split('/').at(-1)}`
  await student.submit(page, page, {
    ...{ matter: 'issue-jam', words: 'It ate my thesis. Sam Student' },
    ...{ name: 'Sam Student', email: 'sam@school.test' },
  })
  await screen.shows('Paper jam')

  screen.press('t', 'a')
  await screen.shows('PIN:')
  screen.press(...'4711', '\r')
  await screen.shows('To take LIB-1 Paper jam')
  screen.press(...'Ada Lovelace', '\r')
  await screen.shows('taken by A. L.; z takes it back.')
  screen.press('n', ...'Roller is worn', '\r')
  await screen.shows('noted by A. L.; a note stays.')
  expect(screen.text()).toContain('A. L.: Roller is worn')
  expect(screen.text()).toContain('It ate my thesis. S. S.')
  screen.press('d')
  await screen.shows('Resolved by A. L.?')
  screen.press('y')
  await screen.shows('resolved by A. L.; z takes it back.')

  screen.press('w', ...'Grace Hopper', '\r')
  await screen.shows('as G. H.')
  screen.press('z')
  await screen.shows('undone by G. H., open again.')
  screen.press('g', 'd')
  await screen.shows('Resolved by G. H.?')
  screen.press('y')
  await screen.shows('resolved by G. H.; z takes it back.')

  const { entries } = await ask<{ entries: Record<string, string>[] }>('journal?what=ticket')
  expect(entries.reverse().map(({ by, from, what }) => [by, from, what].join(', '))).toEqual([
    expect.stringContaining('QR page, ticket opened'),
    'Ada Lovelace, console, ticket taken',
    'Ada Lovelace, console, ticket noted',
    'Ada Lovelace, console, ticket resolved',
    'Grace Hopper, console, ticket reopened',
    'Grace Hopper, console, ticket resolved',
  ])
}, 60_000)
