import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { Log } from '../core/log.ts'
import { Refusal, type RefusalCode } from '../core/refusal.ts'

// How the command line speaks to the running platen: one line of JSON there, one line back, over a
// socket in the data folder that only its owner can open. The act `console` keeps it (`attached.ts`).

/** sun_path of Linux holds 108 octets with its end; Node cuts a longer one without a word. */
const longestPath = 107
const longestLine = 16 * 1024 * 1024
/** It tells ten thousand rows field by field; and who is told that it broke off would do it again. */
const longestAnswer = 256 * 1024 * 1024

const request = z.object({ by: z.string(), act: z.string(), args: z.unknown() })
const reply = z.union([
  z.object({ result: z.unknown() }),
  z.object({
    refused: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
])
export type ControlRequest = z.infer<typeof request>

/** In the data folder, which only its owner enters. */
export const controlPath = (folder: string): string => join(folder, 'control.sock')

/** Refuses `invalid` a path that the system would cut. */
export function checkControlPath(path: string): void {
  const length = Buffer.byteLength(path)
  if (length > longestPath)
    throw new Refusal(
      'invalid',
      `The control socket ${path} would have a path of ${length} characters; ${longestPath} are the most. ` +
        'Choose a data folder with a shorter path (PLATEN_DATA_DIR).',
      { setting: 'PLATEN_DATA_DIR' },
    )
}

/** What the running platen does for the command line. */
export interface Answering {
  perform(asked: ControlRequest): Promise<unknown>
  /** Draws on the socket. */
  attach(asked: ControlRequest, socket: Socket): Promise<Attached>
}

export interface Attached {
  /** Lets the first picture go, once the line that grants it is on its way. */
  begin(): void
  /** Gives the terminal back, then the socket. */
  end(): void
}

/** How long whoever asks may say nothing before the line is whole. */
const lineMs = 10_000
/** Whoever is attached reads what was drawn last, before the socket goes. */
const lastWordsMs = 500

/** Answers the command line until closed. The caller holds the lock, so a socket that lies there is dead. */
export async function serveControl(
  path: string,
  log: Log,
  answering: Answering,
  patienceMs = lineMs,
): Promise<() => Promise<void>> {
  checkControlPath(path)
  rmSync(path, { force: true })
  const open = new Map<Socket, () => void>()
  const server = createServer((socket) => {
    open.set(socket, () => socket.end())
    socket.on('close', () => open.delete(socket))
    socket.on('error', (error) => log.debug({ error }, 'the command line went away'))
    socket.setTimeout(patienceMs).once('timeout', () => socket.destroy())
    readLine(socket, longestLine)
      .finally(() => socket.setTimeout(0))
      .then((line) => answer(socket, line, { log, answering }))
      .then((attached) => {
        if (attached && open.has(socket)) open.set(socket, attached.end)
      })
      .catch((error) => {
        log.warn({ error }, 'nothing that can be read was asked at the control socket')
        socket.destroy()
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      // Out of file descriptors, say: that one verb is not answered, and platen lives on.
      server.on('error', (error) => log.error({ error }, 'the command line was not heard'))
      resolve()
    })
  })
  chmodSync(path, 0o600)
  return () =>
    new Promise((resolve) => {
      const late = setTimeout(() => {
        for (const socket of open.keys()) socket.destroy()
      }, lastWordsMs)
      server.close(() => {
        clearTimeout(late)
        resolve()
      })
      for (const end of open.values()) end()
    })
}

/**
 * What the running platen answers; `null` where none listens. Throws the Refusal that it answered, and
 * `unreachable` where it ended or stood still before it did.
 */
export async function askControl(
  path: string,
  asked: ControlRequest,
  patienceMs = answerMs,
): Promise<{ readonly result: unknown } | null> {
  const socket = await connectControl(path)
  if (!socket) return null
  try {
    return { result: await hearAnswer(socket, asked, patienceMs) }
  } finally {
    socket.destroy()
  }
}

/** `null` where nobody listens. Refuses `unreachable` one that is not ours to speak to. */
export async function connectControl(path: string): Promise<Socket | null> {
  checkControlPath(path)
  const socket = connect(path)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
  } catch (error) {
    if (isNobodyThere(error)) return null
    throw new Refusal(
      'unreachable',
      `The running platen cannot be spoken to: ${String(error)}. Ask as its account: sudo platen VERB`,
    )
  }
  return socket.on('error', () => {})
}

const answerMs = 60_000

/** The result; throws as `askControl` does. The socket stays open, and paused. */
export async function hearAnswer(
  socket: Socket,
  asked: ControlRequest,
  patienceMs: number,
): Promise<unknown> {
  const line = `${JSON.stringify(asked)}\n`
  if (Buffer.byteLength(line) > longestLine)
    throw new Refusal(
      'too-large',
      'That is too much at once for the running platen; cut the file in two.',
    )
  socket.setTimeout(patienceMs).once('timeout', () => socket.destroy())
  socket.write(line)
  const told = await readLine(socket, longestAnswer)
    .then((line) => reply.parse(JSON.parse(line)))
    .catch(() => {
      throw new Refusal(
        'unreachable',
        'The running platen ended before it answered: it may or may not be done. Look, then ask again.',
      )
    })
    .finally(() => socket.setTimeout(0))
  if ('refused' in told)
    throw new Refusal(told.refused.code as RefusalCode, told.refused.message, told.refused.details)
  return told.result
}

/** null: it was answered, and that is all. */
async function answer(
  socket: Socket,
  line: string,
  { log, answering }: { log: Log; answering: Answering },
): Promise<Attached | null> {
  const say = (told: z.infer<typeof reply>) => socket.write(`${JSON.stringify(told)}\n`)
  try {
    const asked = request.parse(JSON.parse(line))
    if (asked.act === 'console') {
      const attached = await answering.attach(asked, socket)
      say({ result: null })
      attached.begin()
      return attached
    }
    socket.resume()
    say({ result: (await answering.perform(asked)) ?? null })
  } catch (error) {
    say({ refused: refusalOf(error, log) })
  }
  socket.resume().end()
  return null
}

function refusalOf(error: unknown, log: Log) {
  if (error instanceof Refusal)
    return { code: error.code, message: error.message, details: error.details }
  log.error({ error }, 'an act asked for by the command line broke')
  const message = 'Something broke in platen; its log says what.'
  return { code: 'unreachable', message, details: {} }
}

/** The next line; what came behind it stays in the socket, which is paused. */
function readLine(socket: Socket, longest: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const end = (over: () => void) => {
      socket.off('data', onChunk).off('error', onError).off('close', onClose).pause()
      over()
    }
    const onChunk = (chunk: Buffer) => {
      const at = chunk.indexOf(10)
      chunks.push(at < 0 ? chunk : chunk.subarray(0, at))
      length += chunk.length
      if (at >= 0) {
        end(() => resolve(Buffer.concat(chunks).toString('utf8').trimEnd()))
        if (at + 1 < chunk.length) socket.unshift(chunk.subarray(at + 1))
      } else if (length > longest) end(() => reject(new Error('a line is too long')))
    }
    const onError = (error: Error) => end(() => reject(error))
    const onClose = () => end(() => reject(new Error('the line ended early')))
    socket.on('data', onChunk).once('error', onError).once('close', onClose)
  })
}

function isNobodyThere(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'ECONNREFUSED'].includes(String(error.code))
  )
}
