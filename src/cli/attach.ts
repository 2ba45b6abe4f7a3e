import type { Socket } from 'node:net'
import { keyLines, leftMark, sizeLine, sizeOf } from './attach-lines.ts'
import { connectControl, hearAnswer } from './control.ts'
import { asItWas, type Seat, sitDown } from './seat.ts'

// The terminal's end of `platen console`, thin: keys and sizes there, pictures here. Whatever becomes of
// the other end, it gives the terminal back by itself.

export interface Wish {
  /** Of the control socket. */
  readonly path: string
  readonly by: string
  readonly seat: Seat
  /** Gives the terminal back at once. */
  readonly until: AbortSignal
}

/**
 * How it ended: nobody listens there; somebody left at the keys; platen is gone; it said nothing for two
 * seconds to somebody who wants to leave.
 */
export type Ended = 'nobody' | 'left' | 'lost' | 'silent'

const answerMs = 10_000
const silentMs = 2000
const ctrlC = 3

/** Throws what the running platen refuses, `unreachable` where it ends before it answers. */
export async function attach({ path, by, seat, until }: Wish): Promise<Ended> {
  const socket = await connectControl(path)
  if (!socket) return 'nobody'
  const end = () => socket.destroy()
  until.addEventListener('abort', end)
  try {
    const { term: terminal, noColor } = seat
    const args = { ...sizeOf(seat.output), terminal, noColor }
    await hearAnswer(socket, { by, act: 'console', args }, answerMs)
    return await show(socket, seat)
  } finally {
    until.removeEventListener('abort', end)
    socket.destroy()
  }
}

function show(socket: Socket, seat: Seat): Promise<Ended> {
  const { output } = seat
  let last = ''
  let patience: NodeJS.Timeout | null = null
  let how: Ended | null = null
  const standUp = sitDown(seat, {
    keys(bytes) {
      for (const line of keyLines(bytes)) socket.write(line)
      if (bytes.includes(ctrlC)) patience ??= setTimeout(end, silentMs, 'silent')
    },
    resized: () => void socket.write(sizeLine(sizeOf(output))),
    gone: () => end('left'),
  })
  socket.on('data', (bytes: Buffer) => {
    calm()
    last = bytes.toString('latin1', bytes.length - 1)
    if (output.write(bytes)) return
    socket.pause()
    output.once('drain', () => socket.resume())
  })
  socket.resume()
  return new Promise((resolve) => {
    socket.once('close', () => {
      calm()
      standUp()
      output.write(asItWas(seat.term))
      resolve(how ?? (last === leftMark ? 'left' : 'lost'))
    })
  })

  function end(why: Ended): void {
    how = why
    socket.destroy()
  }

  function calm(): void {
    if (patience) clearTimeout(patience)
    patience = null
  }
}
