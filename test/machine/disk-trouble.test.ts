import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { lookAt } from '../../src/disk/look.ts'
import { realMachine } from '../../src/disk/machine.ts'
import { type Agent, startAgent } from '../parts/agent.ts'
import { quiet } from '../parts/log.ts'
import { aCard, anOverlay, aSmallDisk } from '../parts/own-disk.ts'
import { aMachine, program } from '../parts/process.ts'
import { type Shell, startShell } from '../parts/tmux.ts'

// The real program on a disk that is full, read-only, failing or forgetful: a mount of the test's own.
// Asks for root.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const walk = readFileSync(join(import.meta.dirname, '../walks/alder-c440.snmprec'))
const pages = '1.3.6.1.2.1.43.10.2.1.4.1.1'
/** So many can be reported of; the first is there. */
const labels = Array.from({ length: 12 }, (_, at) => `P-${at}`)

/** A print room whose data is on this disk. */
async function aPrintRoom(disk: { readonly folder: string; end(): void }, more = {}) {
  ends.push(disk.end)
  const folder = join(disk.folder, 'data')
  const machine = await aMachine({
    ...{ PLATEN_DATA_DIR: folder, SNMP_POLL_INTERVAL_SECONDS: '5', PLATEN_LOG_LEVEL: 'error' },
    ...{ SNMP_TIMEOUT: '3', ...more },
  })
  ends.push(machine.end)
  const printer = await startAgent({ walk })
  ends.push(printer.stop)
  const rows = labels.map(
    (label, at) => `${label},${at === 0 ? printer.address : `127.0.0.9:${at + 20_000}`}`,
  )
  const csv = join(machine.base, 'printers.csv')
  writeFileSync(csv, `label,ipAddress\n${rows.join('\n')}\n`)
  expect(await machine.platen(['import', csv, '--as', 'printers'])).toMatchObject({ code: 0 })
  await machine.platen(
    ['people', 'add', 'Ada', '--role', 'administrator'],
    'correct horse battery\n',
  )
  const token = (await machine.platen(['people', 'token', 'Ada'])).out.trim()
  const kept = await lookAt(folder, quiet)
  const tokens = Object.values(kept?.printers ?? {}).map((each) => each.token)
  const acknowledged: string[] = []
  const refused: string[] = []

  return {
    ...{ machine, folder, acknowledged, refused },
    feed: () => machine.get('/api/v1/status', { authorization: `Bearer ${token}` }),
    /** The sentence of the page; 303 and none where it was taken. */
    async report(): Promise<{ status: number; page: string }> {
      const number = acknowledged.length + refused.length
      const words = `words-${number}.`
      const at = tokens[number % tokens.length]
      const matter = matters[Math.floor(number / tokens.length)] ?? ''
      const answer = await fetch(`http://127.0.0.1:${machine.port}/p/${at}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          matter,
          words,
          name: '',
          email: '',
          form: String(number).padStart(16, '0'),
        }),
      })
      ;(answer.status === 303 ? acknowledged : refused).push(words)
      return { status: answer.status, page: await answer.text() }
    },
    /** The printer prints, and it shows: it is asked on. */
    async hearsPrinter(): Promise<void> {
      await hears(printer, async () => {
        const answer = await machine.get('/api/v1/status', { authorization: `Bearer ${token}` })
        const { printers } = (await answer.json()) as Feed
        return printers.find((each) => each.printer.label === 'P-0')?.pageCount ?? null
      })
    },
    isUp: machine.isUp,
    /** What lies on the disk holds all that was acknowledged, and nothing that was refused. */
    async holdsWhatWasTold(): Promise<void> {
      const state = await lookAt(folder, quiet)
      const there = Object.values(state?.tickets ?? {}).map((ticket) => ticket.words)
      expect(there.toSorted()).toEqual(acknowledged.toSorted())
    },
  }
}

const fullIn = (text: string) => (text.includes('Nothing can be saved') ? text : '')
const matters = ['issue-jam', 'issue-poor-print', 'issue-panel']

interface Feed {
  readonly printers: readonly { printer: { label: string }; pageCount: number | null }[]
}

/** Before the disk goes: a platen that still stops would write beside it. */
async function leave(shell: Shell): Promise<void> {
  shell.press('q')
  await shell.until('Stop platen and leave?')
  shell.press('y')
  await shell.atRest()
}

let printed = 50_000
async function hears(printer: Agent, seen: () => Promise<number | null>): Promise<void> {
  printed += 1
  printer.set(pages, '65', String(printed))
  for (let tries = 0; (await seen()) !== printed; tries += 1) {
    if (tries > 1200) throw new Error('the printer is not asked any more')
    await wait(100)
  }
}

test('a full disk: the printers are watched, what cannot be kept is refused, and room is enough', async () => {
  const disk = aSmallDisk(3)
  const room = await aPrintRoom(disk)
  const { settings } = room.machine
  const shell = await startShell({ term: 'linux', columns: 80, rows: 24, env: settings })
  ends.push(shell.end)
  shell.type(`'${process.execPath}' '${program}' serve`)
  await shell.until('? help')
  await room.isUp()
  expect((await room.report()).status).toBe(303)
  await room.hearsPrinter()

  disk.fill()
  // The last page of the log has room still.
  while (room.refused.length < 3 && room.acknowledged.length < 20) {
    disk.fill()
    const { status, page } = await room.report()
    if (status === 303) continue
    expect(status).toBe(503)
    expect(page).toContain('The disk of this appliance is full')
    expect(page).toContain('nothing was saved')
  }
  expect(room.refused).toHaveLength(3)
  await room.hearsPrinter()
  // A change that fits where a report did not is kept, and then all is well until the next one.
  for (let tries = 0; tries < 5 && !fullIn(shell.picture()); tries += 1) {
    disk.fill()
    await room.report()
    for (let looks = 0; looks < 50 && !fullIn(shell.picture()); looks += 1) await wait(100)
  }
  expect(shell.picture()).toMatch(/Nothing can be saved: the disk is full[\s\S]*P-0/)
  let [health, check] = ['', '']
  for (let tries = 0; tries < 5 && !(health && check); tries += 1) {
    disk.fill()
    await room.report()
    health ||= fullIn(await (await room.machine.get('/api/v1/health')).text())
    check ||= fullIn((await room.machine.platen(['check'])).out)
  }
  expect(health).toContain(
    '"store":{"ok":false,"sentence":"Nothing can be saved: the disk is full.',
  )
  expect(check).toMatch(/^WRONG +state +Nothing can be saved: the disk is full\./m)

  disk.makeRoom()
  expect((await room.report()).status).toBe(303)
  await room.hearsPrinter()
  for (let tries = 0; shell.picture().includes('the disk is full'); tries += 1) {
    if (tries > 600) throw new Error('the banner stays')
    await wait(200)
  }
  await leave(shell)
  await room.holdsWhatWasTold()
})

test.each([
  ['that has become read-only', 'becomeReadOnly', 'The disk of this appliance is read-only'],
  ['that gives errors', 'fail', /The disk of this appliance (?:failed \(EIO\)|is read-only)/],
] as const)(
  'a card %s: the printers are watched, and nothing is told saved',
  async (_, breaks, sentence) => {
    const card = aCard()
    const room = await aPrintRoom(card)
    const platen = room.machine.serve()
    await room.isUp()
    expect((await room.report()).status).toBe(303)
    await room.hearsPrinter()
    card[breaks]()
    for (let tries = 0; tries < 3; tries += 1) {
      const { status, page } = await room.report()
      expect(status).toBe(503)
      expect(page).toMatch(sentence)
    }
    await room.hearsPrinter()
    expect((await room.machine.get('/api/v1/health')).status).toBe(503)
    expect(await platen.stop()).toBe(0)

    card.replace()
    room.machine.serve()
    await room.isUp()
    expect((await room.report()).status).toBe(303)
    await room.holdsWhatWasTold()
    expect(room.acknowledged).toHaveLength(2)
  },
)

test('a start on a card that is read-only watches the printers, and refuses the rest', async () => {
  const card = aCard()
  const room = await aPrintRoom(card)
  card.becomeReadOnly()
  room.machine.serve()
  await room.isUp()
  await room.hearsPrinter()
  expect(await room.report()).toMatchObject({
    ...{ status: 503, page: expect.stringContaining('is read-only') },
  })
})

test('an overlay forgets: said by the console, by check and to monitors, and nothing is held up', async () => {
  const room = await aPrintRoom(anOverlay())
  const shell = await startShell({
    ...{ term: 'linux', columns: 80, rows: 24, env: room.machine.settings },
  })
  ends.push(shell.end)
  shell.type(`'${process.execPath}' '${program}' serve`)
  expect(await shell.until('What is saved here is gone after the next start')).toContain(' ! ')
  await room.isUp()
  expect((await room.report()).status).toBe(303)
  const { out } = await room.machine.platen(['check'])
  expect(out).toMatch(
    /^WRONG +disk +What is saved here is gone .* an overlay\. Put PLATEN_DATA_DIR/m,
  )
  const health = await room.machine.get('/api/v1/health')
  expect(health.status).toBe(503)
  expect(await health.json()).toMatchObject({ parts: { card: { ok: false } } })
  await leave(shell)
})

test('a card that forgets what was kept is told at the next start', async () => {
  const card = aCard()
  const room = await aPrintRoom(card)
  const first = room.machine.serve()
  await room.isUp()
  await first.stop()
  cpSync(room.folder, `${room.folder}.flashed`, { recursive: true, verbatimSymlinks: true })
  const second = room.machine.serve()
  await room.isUp()
  expect((await room.report()).status).toBe(303)
  await second.stop()
  // As the card itself gives it, the memory before it left out.
  const canary = await realMachine.readPastCache(join(room.folder, 'canary'))
  expect(canary).toEqual(readFileSync(join(room.folder, 'canary')))

  for (const name of ['platen.json', 'platen.log'])
    cpSync(join(`${room.folder}.flashed`, name), join(room.folder, name))
  const third = room.machine.serve()
  await room.isUp()
  const { out } = await room.machine.platen(['check'])
  expect(out).toMatch(
    /^WRONG +disk +What was kept until change \d+ of .* UTC is gone\. An older copy/m,
  )
  expect((await room.machine.get('/api/v1/health')).status).toBe(503)
  await third.stop()
  room.machine.serve()
  await room.isUp()
  expect((await room.machine.platen(['check'])).out).not.toContain('is gone')
})
