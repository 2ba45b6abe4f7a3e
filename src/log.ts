import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './core/log.ts'

// The only home of pino. Lines go to fd 2, where systemd's journal takes and rotates them; where
// fd 2 is the terminal that the dashboard draws on, they go to a file instead, never on the screen.

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** How much is logged: of all, and of rooms that are to say more or less. */
export interface LogLevels {
  readonly all: LogLevel
  readonly rooms: ReadonlyMap<string, LogLevel>
}

/** `info`, or `info snmp=debug web=warn`; null: it is not of this kind. */
export function readLogLevels(text: string): LogLevels | null {
  const [first = '', ...rest] = text.trim().split(/[\s,]+/)
  const all = levelIn(first)
  const rooms = rest.map((each) => /^([a-z]+)=([a-z]+)$/.exec(each))
  const known = rooms.flatMap((read) => {
    const level = levelIn(read?.[2] ?? '')
    return read?.[1] && level ? [[read[1], level] as const] : []
  })
  return all && known.length === rest.length ? { all, rooms: new Map(known) } : null
}

/** `folder`: write to `platen.jsonl` in it rather than to fd 2. */
export function createLog({ all, rooms }: LogLevels, folder: string | null): Log {
  const options = {
    level: all,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    // No field of these names is ever shown, wherever it came from.
    redact: ['community', 'password', 'token', 'authorization', '*.community', '*.password'],
  }
  const stream = folder === null ? opened(2) : rotating(folder)
  if (stream === null) return speaking(pino({ ...options, level: 'silent' }), rooms)
  return speaking(pino(options, stream), rooms)
}

function speaking(logger: pino.Logger, rooms: LogLevels['rooms']): Log {
  return {
    debug: (facts, sentence) => logger.debug(facts, sentence),
    info: (facts, sentence) => logger.info(facts, sentence),
    warn: (facts, sentence) => logger.warn(facts, sentence),
    error: (facts, sentence) => logger.error(facts, sentence),
    room: (name) => {
      const level = rooms.get(name)
      return speaking(logger.child({ room: name }, level ? { level } : {}), rooms)
    },
  }
}

const mostBytes = 5 * 1024 * 1024
/** Full ones that stay: platen.jsonl.1 is the newest. */
const kept = 3

/** A file that makes way when it is full, also while platen runs; null: the disk will not have it. */
function rotating(folder: string): pino.DestinationStream | null {
  const file = join(folder, 'platen.jsonl')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    appendFileSync(file, '', { mode: 0o600 })
    const stream = opened(file)
    let bytes = statSync(file).size
    return {
      write(line) {
        if (bytes > mostBytes) {
          makeWay(file)
          stream.reopen()
          bytes = 0
        }
        bytes += Buffer.byteLength(line)
        stream.write(line)
      },
    }
  } catch {
    return null
  }
}

function makeWay(file: string): void {
  try {
    for (let at = kept - 1; at >= 1; at--)
      if (existsSync(`${file}.${at}`)) renameSync(`${file}.${at}`, `${file}.${at + 1}`)
    renameSync(file, `${file}.1`)
  } catch {
    // A disk that takes nothing: the log goes on where it is.
  }
}

function opened(dest: string | number) {
  const stream = pino.destination({ dest, sync: true, mode: 0o600 })
  // A line that cannot be written (the disk is full) is lost; the appliance is not.
  stream.on('error', () => {})
  return stream
}

const levelIn = (text: string): LogLevel | undefined => logLevels.find((level) => level === text)
