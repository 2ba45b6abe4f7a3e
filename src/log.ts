import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './core/log.ts'

// The only home of pino. Lines go to fd 2, where systemd's journal takes and rotates them; where
// fd 2 is the terminal that the dashboard draws on, they go to a file instead, never on the screen.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `folder`: write to `platen.jsonl` in it rather than to fd 2. */
export function createLog(level: LogLevel, folder: string | null): Log {
  const destination = folder ? rotated(folder) : 2
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    // No field of these names is ever shown, wherever it came from.
    redact: ['community', 'password', 'token', 'authorization', '*.community', '*.password'],
  }
  return speaking(pino(options, pino.destination({ dest: destination, sync: true, mode: 0o600 })))
}

function speaking(logger: pino.Logger): Log {
  return {
    debug: (facts, sentence) => logger.debug(facts, sentence),
    info: (facts, sentence) => logger.info(facts, sentence),
    warn: (facts, sentence) => logger.warn(facts, sentence),
    error: (facts, sentence) => logger.error(facts, sentence),
    room: (name) => speaking(logger.child({ room: name })),
  }
}

const mostBytes = 5 * 1024 * 1024

/** The file of this start; a full one makes way, and the one before it goes. */
function rotated(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'platen.jsonl')
  if (existsSync(file) && statSync(file).size > mostBytes) renameSync(file, `${file}.1`)
  return file
}
