import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './core/log.ts'

// The only home of pino. Lines go to fd 2, where systemd's journal takes and rotates them; where
// fd 2 is the terminal that the dashboard draws on, they go to a file instead, never on the screen.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `folder`: write to `platen.jsonl` in it rather than to fd 2. */
export function createLog(level: LogLevel, folder: string | null): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    // No field of these names is ever shown, wherever it came from.
    redact: ['community', 'password', 'token', 'authorization', '*.community', '*.password'],
  }
  const dest = folder ? rotated(folder) : 2
  if (dest === null) return speaking(pino({ ...options, level: 'silent' }))
  const stream = pino.destination({ dest, sync: true, mode: 0o600 })
  // A line that cannot be written (the disk is full) is lost; the appliance is not.
  stream.on('error', () => {})
  return speaking(pino(options, stream))
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

/** The file of this start; a full one makes way, and the one before it goes. null: the disk will not. */
function rotated(folder: string): string | null {
  const file = join(folder, 'platen.jsonl')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (existsSync(file) && statSync(file).size > mostBytes) renameSync(file, `${file}.1`)
    appendFileSync(file, '', { mode: 0o600 })
    return file
  } catch {
    return null
  }
}
