import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import blessed from 'blessed'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { consoleVerb } from '../../src/cli/console.ts'
import { connectControl, controlPath, hearAnswer, serveControl } from '../../src/cli/control.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { aSite, until } from '../boot.ts'
import { aDesk } from '../parts/desk.ts'
import { quiet } from '../parts/log.ts'
import { type ASeat, aSeat, type SeatWanted } from '../parts/seat.ts'

type Site = Awaited<ReturnType<typeof aSite>>

let site: Site
let stop: () => Promise<void>
const seats: ASeat[] = []
/** Other files of this worker have screens of their own, and may close them late. */
const others = new Set(instances())

beforeAll(async () => {
  site = await aSite()
  await imported('LIB-1,127.0.0.1:9,Library\nGYM-1,127.0.0.2:9,Gym')
  stop = (await site.start()).stop
})
afterAll(() => site.end())
afterEach(async () => {
  for (const seat of seats.splice(0)) seat.signal('SIGTERM')
  await until(() => screens() === 0)
})

async function imported(rows: string): Promise<void> {
  const file = join(site.base, 'printers.csv')
  writeFileSync(file, `label,ipAddress,building\n${rows}\n`)
  const told = await site.platen('import', [file, '--as', 'printers'])
  expect(told).toMatchObject({ code: 0 })
}

async function attached(wanted: SeatWanted = {}) {
  const seat = aSeat(site.folder, wanted)
  seats.push(seat)
  const ended = seat.type()
  await seat.shows('? help')
  return { ...seat, ended }
}

/** What platen draws on for this file, in this process. */
function screens(): number {
  return instances().filter((each) => !others.has(each)).length
}

function instances(): readonly unknown[] {
  return Reflect.get(blessed.program, 'instances') ?? []
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pc-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const wish = { columns: 80, rows: 24, terminal: 'xterm', noColor: false }

/** Somebody who speaks the protocol, but not ours. */
async function aStranger(args: object = wish, path = controlPath(site.folder)): Promise<Socket> {
  const socket = await connectControl(path)
  if (!socket) throw new Error('nobody listens')
  onTestFinished(() => void socket.destroy())
  await hearAnswer(socket, { by: 'ada', act: 'console', args }, 18_000)
  return socket.resume()
}

describe('platen console', () => {
  it('shows the running platen, in glyphs of the set, and q gives the terminal back', async () => {
    const seat = await attached()
    const board = await seat.text()
    for (const words of ['PLATEN', 'LIB-1', 'GYM-1', 'q leave']) expect(board).toContain(words)
    expect([...board.replaceAll('\n', '')].filter((glyph) => !isGlyph(glyph))).toEqual([])
    seat.press('q')
    expect(await seat.ended).toBe(0)
    expect(await seat.isWhole()).toBe(true)
    expect(await seat.text()).not.toMatch(/PLATEN|waiting/)
  })

  it('shows a change to all who are attached, each with keys of their own', async () => {
    const [ada, ben] = [await attached(), await attached({ columns: 100, rows: 30, term: 'linux' })]
    ada.press('/')
    ada.press(Buffer.from([0xc3]))
    ada.press(Buffer.concat([Buffer.from([0xb6]), Buffer.from('rbig')]))
    await ada.shows('No printer matches "örbig"')
    expect(await ben.text()).not.toContain('örbig')
    ada.press('\x1b')
    await imported('NEW-1,127.0.0.3:9,Library')
    await Promise.all([ada.shows('NEW-1'), ben.shows('NEW-1')])
    ben.press('q')
    expect(await ben.ended).toBe(0)
    ada.press('3')
    await ada.shows('Tickets')
  })

  it('fills another size', async () => {
    const seat = await attached()
    seat.resize(132, 40)
    const lines = async () => (await seat.text()).split('\n')
    await until(async () => (await lines()).at(-1)?.includes('q leave') === true)
    expect(await lines()).toHaveLength(40)
    expect((await lines())[1]?.length).toBe(132)
    expect((await lines())[38]?.trim()).not.toBe('')
  })

  it('sends no colours where NO_COLOR is set', async () => {
    const colours = /\x1b\[[0-9;]*3[0-7]m/
    expect((await attached({ noColor: true })).seen.sent).not.toMatch(colours)
    expect((await attached()).seen.sent).toMatch(colours)
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'gives the terminal back at a %s',
    async (signal) => {
      const seat = await attached()
      expect(await seat.isWhole()).toBe(false)
      seat.signal(signal)
      expect(await seat.ended).toBe({ SIGTERM: 143, SIGHUP: 129, SIGINT: 130 }[signal])
      expect(await seat.isWhole()).toBe(true)
    },
  )

  it('leaves where the terminal has no more keys', async () => {
    const seat = await attached()
    seat.input.end()
    expect(await seat.ended).toBe(0)
    expect(await seat.isWhole()).toBe(true)
  })

  it('leaves nothing behind in platen, however often somebody comes and goes', async () => {
    const hearing = () =>
      ['exit', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'uncaughtException'].map((event) => [
        event,
        process.listenerCount(event),
      ])
    const first = await attached()
    const heard = hearing()
    for (let times = 0; times < 50; times++) {
      const seat = aSeat(site.folder)
      const ended = seat.type()
      await until(() => seat.seen.sent.includes('leave'))
      seat.press('q')
      expect(await ended).toBe(0)
    }
    expect(hearing()).toEqual(heard)
    await until(() => screens() === 1)
    first.press('q')
    expect(await first.ended).toBe(0)
  }, 60_000)

  it('says so where no platen runs, and touches no terminal', async () => {
    const seat = aSeat(aFolder())
    await expect(seat.type()).rejects.toThrow(/^No platen runs on .* Start it: /)
    expect(seat.seen.sent).toBe('')
  })

  it("gives the Linux console's cursor its shape back, however it ends", async () => {
    // Apart from whether it shows: `ESC [ ? 1 c` is no cursor at all, 0 the usual one.
    const shape = (seat: ASeat) => seat.seen.sent.match(/\x1b\[\?\dc/g)?.at(-1)
    const seat = await attached({ term: 'linux' })
    expect(shape(seat)).toBe('\x1b[?1c')
    seat.signal('SIGTERM')
    expect(await seat.ended).toBe(143)
    expect(shape(seat)).toBe('\x1b[?0c')
  })

  it('needs a terminal, and one that can be drawn on', async () => {
    const { desk } = aDesk({ folder: site.folder })
    await expect(consoleVerb.run([], desk)).rejects.toThrow('ssh -t')
    await expect(aSeat(site.folder, { term: '' }).type()).rejects.toThrow('TERM is not set')
    await expect(aSeat(site.folder, { term: 'dumb' }).type()).rejects.toThrow('TERM is dumb')
    await expect(consoleVerb.run(['now'], desk)).rejects.toThrow('now')
  })

  it('tells what an older platen answers', async () => {
    const folder = aFolder()
    const words = 'The running platen does not know "console"; restart it.'
    const close = await serveControl(controlPath(folder), quiet, {
      perform: async () => null,
      attach: () => Promise.reject(new Refusal('invalid', words)),
    })
    onTestFinished(close)
    await expect(aSeat(folder).type()).rejects.toThrow(words)
  })
})

describe('the running platen', () => {
  it('shows itself on nine screens, and refuses the tenth with a sentence', async () => {
    const nine = []
    for (let count = 0; count < 9; count++) nine.push(await attached())
    const tenth = aSeat(site.folder)
    await expect(tenth.type()).rejects.toThrow('9 screens show this platen already')
    expect(tenth.seen.sent).toBe('')
    nine[0]?.press('q')
    expect(await nine[0]?.ended).toBe(0)
    await attached()
  })

  it.each([
    ['no line of ours', 'hello\n'],
    ['a key and more', '{"keys":"Pw==","and":1}\n'],
    ['no base64', '{"keys":"%%%"}\n'],
    ['a size that is none', '{"columns":0,"rows":24}\n'],
    ['a size of a million', '{"columns":1000000,"rows":24}\n'],
    ['a line without end', `{"keys":"${'A'.repeat(70_000)}`],
    ['a line that is too long', `{"keys":"${'A'.repeat(70_000)}"}\n`],
  ])('ends a console that sends %s, and only that one', async (_, line) => {
    const seat = await attached()
    const stranger = await aStranger()
    stranger.write(line)
    await once(stranger, 'close')
    await until(() => screens() === 1)
    seat.press('?')
    await seat.shows('Ctrl-L')
  })

  it.each([
    ['a size that is none', { columns: 0 }],
    ['a size of a million', { rows: 1_000_000 }],
    ['a TERM that is no name', { terminal: '../../etc/passwd' }],
    ['no TERM', { terminal: '' }],
  ])('refuses %s', async (_, other) => {
    await expect(aStranger({ ...wish, ...other })).rejects.toMatchObject({ code: 'invalid' })
    expect(screens()).toBe(0)
  })

  it('draws on the smallest terminal that there is', async () => {
    const stranger = await aStranger({ ...wish, columns: 1, rows: 1 })
    stranger.write('{"columns":240,"rows":67}\n{"keys":"cQ=="}\n')
    await once(stranger, 'close')
  })

  it('gives every terminal back when it stops, and is shown again when it is there again', async () => {
    const [ada, ben] = [await attached(), await attached({ term: 'linux' })]
    await stop()
    expect(await ada.shows('platen has stopped; waiting for it')).not.toContain('GYM-1')
    await ben.shows('platen has stopped; waiting for it')
    expect(ada.emulator.buffer.active.type).toBe('normal')
    // By platen itself, before its socket went.
    expect(ada.seen.sent.split('\x18')[0]).toContain('\x1b[?1049l')
    ben.press('q')
    expect(await ben.ended).toBe(0)
    expect(await ben.isWhole()).toBe(true)
    stop = (await site.start()).stop
    await ada.shows('GYM-1')
    ada.press('q')
    expect(await ada.ended).toBe(0)
    expect(await ada.isWhole()).toBe(true)
  })
})
