import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { beginning, linkOf } from '../../src/core/journal/chain.ts'
import type { State } from '../../src/core/state.ts'
import { lookAt } from '../../src/disk/look.ts'
import { until } from '../boot.ts'
import { quiet } from '../parts/log.ts'
import { aMachine } from '../parts/process.ts'
import { type Delivered, startReporters } from '../parts/reporters.ts'
import { type Smtp, startSmtp } from '../parts/smtp.ts'
import { seeded } from '../torture/seeded.ts'

// The real program on the real disk, killed in the middle of its work again and again. That shows what
// was promised too early, told wrongly or done twice; whether a flush is missing it cannot show, for what
// was written outlives the process in the kernel's memory: `disk/store-crashes.test.ts` cuts the power.

const kills = 200
const sideBySide = 3
const printers = 500
const people = 6
/** A run takes a minute and a half where nobody else wants the processors. */
const patienceMs = 1_800_000
const seed = Number(process.env.KILLED_SEED ?? Date.now() % 2 ** 31)

const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

test(
  `what was acknowledged outlives ${kills} kills, and each letter comes (KILLED_SEED=${seed})`,
  async () => {
    // On a machine that is fast enough no kill would hit a letter just then.
    const smtp = await startSmtp({ slowMs: 40 })
    ends.push(smtp.stop)
    const silence = await aSilentPort()
    const rooms = await Promise.all(
      Array.from({ length: sideBySide }, (_, at) => aRoom(smtp, silence, seed + at)),
    )
    const lives = { left: kills }
    await Promise.all(rooms.map((room) => room.isKilled(lives)))
    const states = await Promise.all(rooms.map(({ look }) => look()))
    for (const { state, delivered } of states) {
      holdsOnce(state, delivered)
      isChained(state)
    }
    const letters = cameAll(
      states.map(({ state }) => state),
      smtp,
    )
    const count = (of: (room: (typeof states)[number]) => number) =>
      states.reduce((sum, room) => sum + of(room), 0)
    const figures = {
      ...{ kills, delivered: count(({ delivered }) => delivered.length) },
      sentAgain: count(({ again }) => again),
      tickets: count(({ state }) => Object.keys(state.tickets).length),
      ...letters,
    }
    process.stderr.write(`${JSON.stringify(figures)}\n`)
    // Else nothing was shown.
    expect(figures.delivered).toBeGreaterThan(kills)
    expect(figures.cameAgain).toBeGreaterThan(0)
  },
  patienceMs,
)

/** Never answers, on any address of loopback: platen asks one printer, and waits. */
async function aSilentPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '0.0.0.0')
  await once(socket, 'listening')
  ends.push(() => socket.close())
  return socket.address().port
}

/** A platen whose students report all the time. */
async function aRoom(smtp: Smtp, silence: number, ownSeed: number) {
  const machine = await aMachine({
    PLATEN_PORTAL_REPORTS_PER_HOUR: '1000000',
    ...{ EMAIL_HOST: smtp.host, EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false' },
    ...{ EMAIL_TO: 'desk@school.test', SNMP_CONCURRENCY: '1', SNMP_TIMEOUT: '60' },
  })
  ends.push(machine.end)
  const folder = machine.settings.PLATEN_DATA_DIR
  const rows = Array.from({ length: printers }, (_, at) => `P${at},127.1.${at >> 8}.${at & 255}`)
  const csv = join(machine.base, 'printers.csv')
  writeFileSync(csv, ['label,ipAddress', ...rows.map((row) => `${row}:${silence}\n`)].join('\n'))
  const imported = await machine.platen(['import', csv, '--as', 'printers'])
  if (imported.code !== 0) throw new Error(imported.err)
  const chance = seeded(ownSeed)
  const tokens = Object.values((await stateIn(folder)).printers).map(({ token }) => token)
  const reporters = startReporters({ port: machine.port, tokens, people })

  async function oneLife(): Promise<void> {
    const platen = machine.serve()
    // One in four dies while it starts.
    if (chance.isIn(25)) await wait(chance.below(800))
    else {
      const before = reporters.delivered.length
      await until(() => reporters.delivered.length > before)
      await wait(chance.below(200))
    }
    await platen.stop('SIGKILL')
  }

  return {
    /** As long as there are lives left. */
    async isKilled(lives: { left: number }) {
      while (lives.left-- > 0) await oneLife()
    },
    /** What is kept when all letters are out. */
    async look() {
      const last = machine.serve()
      await reporters.stop()
      while (!(await machine.platen(['check'])).out.includes('No letter waits')) await wait(500)
      expect(await last.stop()).toBe(0)
      const { delivered } = reporters
      return { state: await stateIn(folder), delivered, again: reporters.again() }
    },
  }
}

async function stateIn(folder: string): Promise<State> {
  const state = await lookAt(folder, quiet)
  if (!state) throw new Error('nothing is kept')
  return state
}

/** Each delivered receipt is there with its report, and no report is there twice. */
function holdsOnce(state: State, delivered: readonly Delivered[]): void {
  const reports = Object.values(state.tickets).flatMap(({ receipt, form, meToo }) =>
    [form, ...meToo.map((one) => one.form)].map((each) => ({ form: each ?? '', receipt })),
  )
  const kept = new Map(reports.map(({ form, receipt }) => [form, receipt]))
  expect(reports.length - kept.size, 'reports that are there twice').toBe(0)
  const lost = delivered.filter(({ form, receipt }) => kept.get(form) !== receipt)
  expect(lost).toEqual([])
  const titles = Object.values(state.tickets).map(({ printer, words }) => `${printer} ${words}`)
  expect(titles.length - new Set(titles).size, 'tickets that are there twice').toBe(0)
}

/** From its first entry to its end, without a gap; and each ticket's opening is in it once. */
function isChained({ journal, chain, tickets }: State): void {
  const entries = Object.values(journal).sort((a, b) => a.number - b.number)
  let end = { id: 'journal', number: 0, hash: beginning }
  for (const entry of entries) {
    expect(entry).toMatchObject({ number: end.number + 1, hash: linkOf(end.hash, entry) })
    end = { ...end, number: entry.number, hash: entry.hash }
  }
  expect(chain.journal).toEqual(end)
  const opened = entries.filter(({ what }) => what === 'ticket opened')
  expect(opened.map(({ subject }) => subject).sort()).toEqual(Object.keys(tickets).sort())
}

/** One letter a ticket, and each at the mail server; who got one again was told so. */
function cameAll(states: readonly State[], smtp: Smtp) {
  const copies = new Map<string, string[]>()
  for (const { mail } of smtp.letters) {
    const id = /^<([^@]+)@/.exec(mail.messageId ?? '')?.[1] ?? ''
    copies.set(id, [...(copies.get(id) ?? []), mail.text ?? ''])
  }
  // The day's summary is among them where its time comes meanwhile.
  const letters = states
    .flatMap(({ outbox }) => Object.values(outbox))
    .filter(({ kind }) => kind !== 'summary')
  const tickets = states.flatMap((state) => Object.keys(state.tickets))
  expect(letters.map(({ facts }) => 'ticket' in facts && facts.ticket).sort()).toEqual(
    tickets.sort(),
  )
  for (const { id, state, handedAt } of letters) {
    expect({ state, handedAt, copies: copies.has(id) }).toEqual({
      ...{ state: 'sent', handedAt: null, copies: true },
    })
  }
  const again = [...copies.values()].flatMap(([, ...more]) => more)
  const silent = again.filter((text) => !text.includes('You may have got this letter before'))
  expect(silent).toEqual([])
  return {
    letters: letters.length,
    cameAgain: again.length,
    saidMaybe: letters.filter(({ maybeTwice }) => maybeTwice).length,
  }
}
