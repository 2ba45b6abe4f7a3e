import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { sizeLine, sizeOf } from '../../src/cli/attach-lines.ts'
import { attachConsole } from '../../src/cli/attached.ts'
import { connectControl, controlPath, hearAnswer, serveControl } from '../../src/cli/control.ts'
import { until } from '../boot.ts'
import { quiet } from '../parts/log.ts'
import { aSeat } from '../parts/seat.ts'

// The two ends of an attached console, each before another one that does not behave.

async function aControl(attach: Parameters<typeof serveControl>[2]['attach']): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pc-'))
  const close = await serveControl(controlPath(folder), quiet, {
    perform: async () => null,
    attach,
  })
  onTestFinished(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

async function aClient(folder: string, size = { columns: 80, rows: 24 }): Promise<Socket> {
  const socket = await connectControl(controlPath(folder))
  if (!socket) throw new Error('nobody listens')
  onTestFinished(() => void socket.destroy())
  const args = { ...size, terminal: 'xterm', noColor: false }
  await hearAnswer(socket, { by: 'ada', act: 'console', args }, 18_000)
  return socket
}

it('draws no more for one that takes nothing, and cuts it at last', async () => {
  let drawn = 0
  let isOver = false
  const folder = await aControl((asked, socket) =>
    attachConsole(asked, socket, {
      log: quiet,
      patienceMs: 2000,
      // As a board does: a picture at every key, unless the last one is still on its way.
      async open({ input, output }) {
        input.on('data', () => {
          if (output.writableNeedDrain) return
          drawn += 1
          output.write('picture '.repeat(5000))
        })
        const close = () => {
          isOver = true
        }
        return { drawNow: () => {}, close }
      },
    }),
  )
  const client = (await aClient(folder)).pause()
  const sending = setInterval(() => client.write('{"keys":"IA=="}\n'), 1)
  await until(() => isOver)
  clearInterval(sending)
  expect(drawn).toBeGreaterThan(1)
  expect(drawn).toBeLessThan(20)
})

it('draws what has changed meanwhile, once one who was slow has taken the rest', async () => {
  let fresh = 0
  const folder = await aControl((asked, socket) =>
    attachConsole(asked, socket, {
      log: quiet,
      async open({ output }) {
        output.write('picture '.repeat(100_000))
        const drawNow = () => {
          fresh += 1
        }
        return { drawNow, close: () => {} }
      },
    }),
  )
  const client = (await aClient(folder)).pause()
  expect(fresh).toBe(0)
  client.resume()
  await until(() => fresh === 1)
})

it('is laid out once for all sizes that come at once, for the newest', async () => {
  const sizes: string[] = []
  const folder = await aControl((asked, socket) =>
    attachConsole(asked, socket, {
      log: quiet,
      async open({ output }) {
        output.on('resize', () => sizes.push(`${output.columns}x${output.rows}`))
        return { drawNow: () => {}, close: () => {} }
      },
    }),
  )
  const client = await aClient(folder)
  const lines = Array.from({ length: 1000 }, (_, at) =>
    sizeLine({ columns: 80 + (at % 99), rows: 24 }),
  )
  client.write([...lines, sizeLine({ columns: 100, rows: 30 })].join(''))
  await until(() => sizes.at(-1) === '100x30')
  expect(sizes.length).toBeLessThan(20)
})

it('draws no more cells than the largest screens have', async () => {
  const size = sizeOf({ columns: 1000, rows: 1000 })
  expect(size.columns * size.rows).toBeLessThanOrEqual(100_000)
  const folder = await aControl((asked, socket) =>
    attachConsole(asked, socket, {
      log: quiet,
      open: async () => ({ drawNow: () => {}, close: () => {} }),
    }),
  )
  await expect(aClient(folder, { columns: 1000, rows: 1000 })).rejects.toMatchObject({
    code: 'invalid',
  })
})

it('hands on the longest note whole, and of a paste that nobody types the beginning of each line', async () => {
  let heard = ''
  const folder = await aControl((asked, socket) =>
    attachConsole(asked, socket, {
      log: quiet,
      async open({ input, output }, left) {
        output.write('? help')
        input.setEncoding('utf8').on('data', (text: string) => {
          heard += text
          if (heard.endsWith('q')) left()
        })
        return { drawNow: () => {}, close: () => {} }
      },
    }),
  )
  const seat = aSeat(folder)
  const ended = seat.type()
  await seat.shows('? help')
  const note = 'ö\x1b[B'.repeat(800)
  seat.press(note)
  await until(() => heard === note)
  seat.press('x'.repeat(150_000))
  await until(() => heard.length > note.length)
  seat.press('q')
  expect(await ended).toBe(0)
  expect(heard.length).toBeLessThan(26_000)
})

it('leaves a platen that stands still at Ctrl-C, and gives the terminal back', async () => {
  const half = '\x1b[?1049h\x1b[?25l? help\x1b[3'
  const folder = await aControl(async (_, socket) => ({
    begin: () => void socket.write(half),
    end: () => void socket.end(),
  }))
  const seat = aSeat(folder)
  const ended = seat.type()
  await seat.shows('? help')
  seat.press('\x03')
  await expect(ended).rejects.toThrow('platen does not answer')
  expect(await seat.isWhole()).toBe(true)
})
