import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

/**
 * A port of loopback where nobody listens: below those that the kernel gives to whoever asks for any,
 * or a reader's socket might have it before it is used.
 */
export async function freeUdpPort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    const socket = createSocket('udp4').bind(port, '127.0.0.1')
    const isFree = await once(socket, 'listening').then(
      () => true,
      () => false,
    )
    const closed = once(socket, 'close')
    socket.close()
    await closed
    if (isFree) return port
  }
}

/** Somebody at a port of loopback, for one test: `answer` has what is sent back to each datagram. */
export async function somebody(
  answer: (datagram: Buffer) => readonly Buffer[] | Promise<readonly Buffer[]>,
): Promise<{ readonly port: number; heard(): number }> {
  const socket = createSocket('udp4')
  let heard = 0
  socket.on('message', async (datagram, from) => {
    heard += 1
    for (const one of await answer(datagram)) socket.send(one, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, heard: () => heard }
}
