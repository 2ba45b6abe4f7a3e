import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import snmp from 'net-snmp'
import { libraryUser } from '../v3/sender.ts'
import type { SnmpUser } from '../v3/users.ts'

// Informs of SNMP 3 are answered by the library, which knows their users: first who we are (RFC 3414, 4),
// then that the inform came. It gets one datagram at a time, and its socket is a drawer for one answer.

export interface Sealed {
  /** null: it is not for us, or cannot be opened with the keys of our users. */
  answer(datagram: Buffer, engineId: Buffer, from: Sender): Buffer | null
}

interface Sender {
  readonly address: string
  readonly port: number
}

/** `name`: what our engine's id is made of; the same after a restart, for printers remember it. */
export function openSealed(users: readonly SnmpUser[], name: string): Sealed {
  const ownId = engineIdOf(name)
  const drawer = new Drawer()
  const receiver = snmp.createReceiver(
    { dgramModule: { createSocket: () => drawer }, engineID: ownId, transport: 'udp4' },
    // What came is heard already; that it could not be opened is its sender's trouble.
    () => {},
  )
  for (const user of users) receiver.getAuthorizer().addUser(libraryUser(user))
  return {
    answer(datagram, engineId, from) {
      // Keys of another engine cost a hash over a megabyte, which is kept: not for whoever names one.
      if (engineId.length > 0 && !engineId.equals(ownId)) return null
      drawer.answer = null
      try {
        drawer.emit('message', datagram, from)
      } catch {
        // Whatever the library makes of a printer's octets, it is that printer's loss alone.
      }
      return drawer.answer
    },
  }
}

class Drawer extends EventEmitter {
  answer: Buffer | null = null
  bind() {}
  close() {}
  send(buffer: Buffer) {
    this.answer = buffer
  }
}

/** RFC 3411, SnmpEngineID: net-snmp's number, 80 for "as it likes", and twelve octets of ours. */
function engineIdOf(name: string): Buffer {
  const own = createHash('sha256').update(name).digest().subarray(0, 12)
  return Buffer.concat([Buffer.from('8000b98380', 'hex'), own])
}
