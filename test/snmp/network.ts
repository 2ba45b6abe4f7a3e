import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { answer } from '../../src/demo/answer.ts'
import { type Request, readRequest, writeAnswer } from '../../src/demo/ber.ts'
import { readWalk } from '../../src/demo/walk.ts'
import { freeUdpPort } from '../parts/udp.ts'
import { walkOf } from './printers.ts'

// A network of loopback: agents at 127.0.5.1, .2 … which all answer at one port, as printers do at 161.

export interface Host {
  readonly walk?: string | Buffer
  readonly community?: string
  readonly versions?: readonly ('1' | '2c')[]
  /** What it sends in place of the answer. */
  readonly sends?: (answer: Buffer) => readonly Buffer[]
  readonly fromAnotherPort?: boolean
}

/** Of net-snmp's agent on a server: a name, and a processor among its devices. */
export const server = `1.3.6.1.2.1.1.1.0|4|Linux nas 6.1
1.3.6.1.2.1.1.5.0|4|nas
1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.3
1.3.6.1.2.1.25.3.2.1.3.1|4|Some processor
`

/** For one test. `requests`: what each heard, in order. */
export async function aNetwork(...hosts: Host[]) {
  const port = await freeUdpPort()
  const requests: Request[][] = hosts.map(() => [])
  for (const [at, host] of hosts.entries()) {
    const { community = 'public', versions = ['1', '2c'] } = host
    const walk = readWalk(host.walk ?? walkOf('alder-c440'))
    const socket = createSocket('udp4').bind(port, `127.0.5.${at + 1}`)
    await once(socket, 'listening')
    const stranger = createSocket('udp4').bind(0, `127.0.5.${at + 1}`)
    await once(stranger, 'listening')
    onTestFinished(() => {
      socket.close()
      stranger.close()
    })
    const sender = host.fromAnotherPort ? stranger : socket
    socket.on('message', (datagram, from) => {
      const request = readRequest(datagram)
      requests[at]?.push(request)
      if (request.community !== community) return
      if (!versions.includes(request.version === 0 ? '1' : '2c')) return
      const answered = answer(request, walk)
      if (answered === null) return
      const reply = writeAnswer(request, answered)
      for (const one of host.sends?.(reply) ?? [reply]) sender.send(one, from.port, from.address)
    })
  }
  return { port, requests }
}
