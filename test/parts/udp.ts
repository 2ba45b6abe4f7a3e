import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

/** A port of loopback where nobody listens, below those that the kernel gives to whoever asks for any. */
export async function freeUdpPort(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = randomInt(10_000, 32_000)
    // Of all addresses: a network of loopback has more than one.
    const socket = createSocket('udp4').bind(port)
    try {
      await once(socket, 'listening')
    } catch (error) {
      if (tries > 100) throw error
      continue
    }
    socket.close()
    await once(socket, 'close')
    return port
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
