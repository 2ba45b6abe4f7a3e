import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { Log } from '../core/log.ts'
import { Refusal, type RefusalCode } from '../core/refusal.ts'

// How the command line speaks to the running platen: one line of JSON there, one line back, over a
// socket in the data folder that only its owner can open.

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

/** Answers the command line until closed. The caller holds the lock, so a socket that lies there is dead. */
export async function serveControl(
  path: string,
  log: Log,
  perform: (asked: ControlRequest) => Promise<unknown>,
): Promise<() => Promise<void>> {
  checkControlPath(path)
  rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', (error) => log.debug({ error }, 'the command line went away'))
    readLine(socket, longestLine)
      .then(async (line) => socket.end(`${JSON.stringify(await answer(line, log, perform))}\n`))
      .catch((error) => {
        log.warn({ error }, 'the control socket was asked something unreadable')
        socket.destroy()
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  chmodSync(path, 0o600)
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
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
  checkControlPath(path)
  const line = `${JSON.stringify(asked)}\n`
  if (Buffer.byteLength(line) > longestLine)
    throw new Refusal(
      'too-large',
      'That is too much at once for the running platen; cut the file in two.',
    )
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
      `The running platen cannot be spoken to: ${String(error)}. Ask as its account.`,
    )
  }
  const told = await hearAnswer(socket, line, patienceMs)
  if ('refused' in told)
    throw new Refusal(told.refused.code as RefusalCode, told.refused.message, told.refused.details)
  return { result: told.result }
}

const answerMs = 60_000

async function hearAnswer(
  socket: Socket,
  line: string,
  patienceMs: number,
): Promise<z.infer<typeof reply>> {
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer in time')))
  socket.write(line)
  try {
    return reply.parse(JSON.parse(await readLine(socket, longestAnswer)))
  } catch {
    throw new Refusal(
      'unreachable',
      'The running platen ended before it answered: it may or may not be done. Look, then ask again.',
    )
  } finally {
    socket.destroy()
  }
}

async function answer(
  line: string,
  log: Log,
  perform: (asked: ControlRequest) => Promise<unknown>,
): Promise<z.infer<typeof reply>> {
  try {
    return { result: (await perform(request.parse(JSON.parse(line)))) ?? null }
  } catch (error) {
    if (error instanceof Refusal)
      return { refused: { code: error.code, message: error.message, details: error.details } }
    log.error({ error }, 'an act asked for by the command line broke')
    return {
      refused: {
        code: 'unreachable',
        message: 'Something broke in platen; its log says what.',
        details: {},
      },
    }
  }
}

function readLine(socket: Socket, longest: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (chunk.includes(10)) resolve(Buffer.concat(chunks).toString('utf8').trimEnd())
      else if (length > longest) reject(new Error('a line of the control socket is too long'))
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the line ended early')))
  })
}

function isNobodyThere(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'ECONNREFUSED'].includes(String(error.code))
  )
}
