import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { createBudget } from '../budget.ts'
import { type Question, writeQuestion } from './question.ts'

// Who of many addresses answers SNMP: a small question to each by one socket, at a pace that no network
// minds, and no second one where the first was answered.

export interface Answering extends Question {
  readonly address: string
}

export interface AskMany {
  readonly addresses: readonly string[]
  readonly port: number
  /** One after another, to those that are silent so far. */
  readonly questions: readonly Question[]
  readonly timeoutMs: number
  readonly stop: AbortSignal
  readonly onAsked: () => void
  readonly onAnswer: (answering: Answering) => void
}

/** Per second. A /22 that is silent altogether takes fifteen seconds. */
const pace = { perSecond: 200, burst: 10 }
/** Before an address is asked otherwise: a printer that dozed answers within a second. */
const patienceMs = 1000

/** The network's word for why it could not be asked; null where it could. Never throws. */
export async function askMany(order: AskMany): Promise<string | null> {
  const socket = createSocket({
    type: 'udp4',
    // The addresses are numbers: without this each would wait for a turn of the resolver.
    lookup: (host, _options, found) => found(null, host, 4),
  })
  let trouble: string | null = null
  const fail = (error: NodeJS.ErrnoException) => {
    trouble ??= error.code ?? error.message
  }
  socket.on('error', fail)
  const silent = new Map(order.addresses.map((address) => [address, 0]))
  const asked: { readonly question: Question; readonly isAnswer: (datagram: Buffer) => boolean }[] =
    []
  socket.on('message', (datagram: Buffer, from: RemoteInfo) => {
    if (from.port !== order.port || !silent.get(from.address)) return
    const answered = asked.find(({ isAnswer }) => isAnswer(datagram))
    if (!answered) return
    silent.delete(from.address)
    order.onAnswer({ address: from.address, ...answered.question })
  })
  try {
    const listening = once(socket, 'listening')
    socket.bind(0)
    await listening
    const budget = createBudget(pace)
    for (const question of order.questions) {
      const written = writeQuestion(question)
      asked.push({ question, isAnswer: written.isAnswer })
      for (const address of order.addresses) {
        order.onAsked()
        if (!silent.has(address)) continue
        await untilPatient(silent.get(address) ?? 0, order)
        while (!budget.take()) await wait(budget.waitMs(), undefined, { signal: order.stop })
        order.stop.throwIfAborted()
        if (silent.has(address)) await send(socket, written.datagram, address, order.port, fail)
        if (silent.has(address)) silent.set(address, performance.now())
      }
    }
    await untilSilent(silent, order)
  } catch (error) {
    if (!order.stop.aborted && error instanceof Error) fail(error)
  } finally {
    socket.close()
  }
  return trouble
}

function send(
  socket: Socket,
  datagram: Buffer,
  address: string,
  port: number,
  fail: (error: Error) => void,
): Promise<void> {
  return new Promise((sent) =>
    socket.send(datagram, port, address, (error) => {
      if (error) fail(error)
      sent()
    }),
  )
}

async function untilPatient(askedMs: number, { stop, timeoutMs }: AskMany): Promise<void> {
  if (askedMs === 0) return
  const waitMs = askedMs + Math.min(timeoutMs, patienceMs) - performance.now()
  if (waitMs > 0) await wait(waitMs, undefined, { signal: stop })
}

/** The last that were asked have their time as well. */
async function untilSilent(silent: Map<string, number>, { stop, timeoutMs }: AskMany) {
  const until = performance.now() + timeoutMs
  while (silent.size > 0 && performance.now() < until) await wait(20, undefined, { signal: stop })
}
