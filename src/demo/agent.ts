import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { answer } from './answer.ts'
import { readRequest, writeAnswer } from './ber.ts'
import type { Walk } from './walk.ts'

// A printer over real UDP on loopback, that answers from a walk.

export interface AgentSettings {
  readonly walk: Walk
  /** What it speaks; to others it is silent. None: a printer that is switched off. */
  readonly versions: readonly ('1' | '2c')[]
  /** A printer's own processor takes its time. */
  readonly delayMs: number
}

export interface Agent {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  stop(): Promise<void>
}

const community = 'public'

/** null: noise, which a printer passes over. */
function readable(datagram: Buffer) {
  try {
    return readRequest(datagram)
  } catch {
    return null
  }
}

export async function startAgent({ walk, versions, delayMs }: AgentSettings): Promise<Agent> {
  const socket = createSocket('udp4')
  const life = new AbortController()
  socket.on('message', async (datagram, from) => {
    const request = readable(datagram)
    if (request?.community !== community) return
    if (!versions.includes(request.version === 0 ? '1' : '2c')) return
    const answered = answer(request, walk)
    if (answered === null) return
    await wait(delayMs)
    if (!life.signal.aborted) socket.send(writeAnswer(request, answered), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    async stop() {
      life.abort()
      socket.close()
      await once(socket, 'close')
    },
  }
}
