import { spawn } from 'node:child_process'
import type { Log } from './core/log.ts'

// What systemd is told of us (sd_notify). Node cannot send on a Unix datagram socket, so a child does:
// hence NotifyAccess=all in the unit. systemd-notify waits until systemd has read its word.

export interface Notify {
  /** The state is loaded and the port is open. */
  ready(): void
  /** Whoever is silent for longer than the unit's WatchdogSec is killed and started again. */
  alive(): void
  stopping(): void
}

/** `socket`: NOTIFY_SOCKET; null where nobody listens, as when platen was started by hand. */
export function createNotify(socket: string | undefined, log: Log): Notify | null {
  if (!socket) return null
  const tell = (words: string) => {
    const child = spawn('systemd-notify', [words], { stdio: 'ignore' })
    child.on('error', (error) => log.error({ error }, 'systemd could not be told'))
    child.unref()
  }
  return {
    ready: () => tell('READY=1'),
    alive: () => tell('WATCHDOG=1'),
    stopping: () => tell('STOPPING=1'),
  }
}
