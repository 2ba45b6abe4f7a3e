import type { Socket } from 'node:net'
import { PassThrough, type Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import { heardLine, leftMark, longestHeard, wishForConsole } from './attach-lines.ts'
import type { Attached, ControlRequest } from './control.ts'

// The running platen's end of `platen console`: a dashboard on a socket, as if its terminal were here.

/** What one dashboard draws on; its size changes with 'resize'. */
export interface FarTerminal {
  readonly input: Readable
  readonly output: Writable & { readonly columns: number; readonly rows: number }
  /** TERM over there. */
  readonly name: string
  readonly noColor: boolean
  readonly leaves: 'at-once'
}

export interface Attaching {
  /** `left`: somebody left there, and it has closed itself. Refuses `too-many`. */
  open(
    terminal: FarTerminal,
    left: () => void,
  ): Promise<{
    drawNow(): void
    close(): void
  }>
  readonly log: Log
  /** How long one may take nothing before it is given up. */
  readonly patienceMs?: number
}

const minuteMs = 60_000
/** The longest note, pasted; to find the keys in much more takes the library seconds, so that is left out. */
const mostAtOnce = 4096
/** One large picture: no other one is drawn until it has gone, and a line that hangs costs no more. */
const mostWaiting = 64 * 1024

/**
 * A dashboard on the socket. Refuses `invalid` a terminal that cannot be drawn on, and what `open` refuses.
 */
export async function attachConsole(
  { by, args }: ControlRequest,
  socket: Socket,
  { open, log, patienceMs = minuteMs }: Attaching,
): Promise<Attached> {
  const wish = wishForConsole.safeParse(args)
  if (!wish.success) throw new Refusal('invalid', z.prettifyError(wish.error))
  const { columns, rows, terminal: name, noColor } = wish.data
  const input = new PassThrough()
  const drawn = drawnOn(socket, patienceMs, () => log.info({}, 'an attached console hung; cut'))
  const output = Object.assign(drawn, { columns, rows })
  output.cork()
  const terminal = { input, output, name, noColor, leaves: 'at-once' } as const
  const board = await open(terminal, () => output.end(leftMark))
  // What changed while pictures could not go is drawn when they can.
  output.on('drain', board.drawNow)
  output.on('error', (error) => log.debug({ error }, 'an attached console went away'))
  socket.on('close', end)
  log.info({ by, columns, rows, terminal: name }, 'a console is attached')
  let isResized = false
  return { begin, end }

  function begin(): void {
    output.uncork()
    if (socket.destroyed) end()
    else hearLines(socket, hear)
  }

  function end(): void {
    board.close()
    output.end()
  }

  function hear(line: string | null): void {
    if (output.writableEnded) return
    const heard = line === null ? null : heardLine(line)
    if (!heard) {
      log.debug({ by }, 'an attached console sent something else than keys and sizes; ended')
      end()
    } else if ('keys' in heard) input.write(heard.keys.subarray(0, mostAtOnce))
    else {
      Object.assign(output, heard)
      if (!isResized) setImmediate(resize)
      isResized = true
    }
  }

  /** To the newest of all sizes that came at once: each is a drawing. */
  function resize(): void {
    isResized = false
    if (!output.writableEnded) output.emit('resize')
  }
}

/** What is drawn goes to the socket piece by piece, so that one that hangs shows. */
function drawnOn(socket: Socket, patienceMs: number, hung: () => void): Writable {
  return new Writable({
    highWaterMark: mostWaiting,
    write(bytes, _, taken) {
      const late = setTimeout(() => {
        hung()
        socket.destroy()
      }, patienceMs)
      late.unref()
      socket.write(bytes, (error) => {
        clearTimeout(late)
        taken(error)
      })
    },
    final(ended) {
      socket.end(() => socket.destroy())
      ended()
    },
  })
}

/** Line by line; null: one that is longer than any of ours. */
function hearLines(socket: Socket, hear: (line: string | null) => void): void {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      const line = rest.subarray(0, at)
      rest = rest.subarray(at + 1)
      hear(line.length > longestHeard ? null : line.toString('utf8'))
    }
    if (rest.length <= longestHeard) return
    rest = Buffer.alloc(0)
    hear(null)
  })
  socket.resume()
}
