import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { answer } from '../../src/demo/answer.ts'
import { readRequest, writeAnswer } from '../../src/demo/ber.ts'
import { readWalk, type Walk } from '../../src/demo/walk.ts'
import { columns } from '../../src/snmp/mibs/oids.ts'
import { aWatch, liveOctets } from './live.ts'
import { mutate, sampleOf } from './mutations.ts'
import { seeded } from './seeded.ts'

// Round after round, printers of each kind: what is held must not grow.

/** So many that those which move reach the most that a reader remembers, long before half of the rounds. */
const printers = 60
const port = 16_281
/** Octets a printer: the collector's noise, and that of chance. What leaks is more after a hundred rounds. */
const mostMore = { rests: 2048, changes: 2048, 'talks rubbish': 12_288, moves: 98_304 } as const

type Kind = keyof typeof mostMore

/** null: none of them grew. */
export async function growth(rounds: number): Promise<string | null> {
  const grown: string[] = []
  for (const kind of ['rests', 'changes', 'talks rubbish', 'moves'] as const) {
    const octets = await octetsOf(kind, rounds)
    const [first = 0, half = 0, last = 0] = octets.map((one) => Math.round(one / printers))
    console.log(`${kind}: ${first} a printer after 10 rounds, ${half} after half, ${last} at last`)
    if (last - half > mostMore[kind]) grown.push(`a printer that ${kind} grows`)
  }
  return grown.length === 0 ? null : grown.join('\n')
}

async function octetsOf(kind: Kind, rounds: number): Promise<number[]> {
  const random = seeded(7)
  const walks = readdirSync('test/walks').filter((file) => file.endsWith('.snmprec'))
  const walk = readWalk(readFileSync(`test/walks/${walks[0]}`))
  const answers = (datagram: Buffer): Buffer => {
    const request = readRequest(datagram)
    const answered = answer(request, walk)
    if (answered === null) throw new Error('GETBULK in SNMP 1')
    const sample = sampleOf(writeAnswer(request, answered))
    const isRubbish = kind === 'talks rubbish' && random.isIn(60)
    return isRubbish ? mutate(sample, sample, random).datagram : sample.datagram
  }
  const addresses = Array.from({ length: printers }, (_, at) => `127.0.7.${at + 1}:${port}`)
  let agents = await listenAt(addresses, answers)
  const watch = await aWatch(addresses, 60)
  const octets: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    if (kind === 'changes') change(walk, round)
    const moved = (address: string): string =>
      kind === 'moves' ? address.replace('127.0.7', `127.1.${round % 250}`) : address
    if (kind === 'moves') {
      for (const agent of agents) agent.close()
      agents = await listenAt(addresses.map(moved), answers)
    }
    await watch.round(({ ipAddress }) => moved(ipAddress))
    if (round === 10 || round === Math.floor(rounds / 2) || round === rounds)
      octets.push((await liveOctets()) - watch.emptyOctets)
  }
  if (kind === 'changes') console.log(`status.json would have ${watch.savedOctets()} octets`)
  watch.close()
  for (const agent of agents) agent.close()
  return octets
}

function listenAt(addresses: readonly string[], answers: (datagram: Buffer) => Buffer) {
  return Promise.all(
    addresses.map(async (address) => {
      const socket = createSocket('udp4').bind(port, address.split(':')[0])
      await once(socket, 'listening')
      socket.on('message', (datagram, from) =>
        socket.send(answers(datagram), from.port, from.address),
      )
      return socket
    }),
  )
}

/** Levels, the panel, an alert under a new index, and a supply that was never there before. */
function change(walk: Walk, round: number): void {
  walk.set(`${columns.prtMarkerSuppliesLevel}.1.1`, '2', String((round * 37) % 100))
  walk.set(`${columns.prtConsoleDisplayBufferText}.1.1`, '4', `Printing ${round}`)
  walk.remove(`${columns.prtAlertDescription}.1.${round - 1}`)
  walk.set(`${columns.prtAlertDescription}.1.${round}`, '4', `Event ${round}`)
  for (const age of [0, 1]) {
    const row = `1.${1000 + round - age}`
    walk.set(`${columns.prtMarkerSuppliesDescription}.${row}`, '4', `Supply ${round - age}`)
    walk.set(`${columns.prtMarkerSuppliesMaxCapacity}.${row}`, '2', '100')
    walk.set(`${columns.prtMarkerSuppliesLevel}.${row}`, '2', age === 0 ? '90' : '40')
  }
  for (const column of ['Description', 'MaxCapacity', 'Level'] as const)
    walk.remove(`${columns[`prtMarkerSupplies${column}`]}.1.${1000 + round - 2}`)
}
