import { parseArgs } from 'node:util'
import { checkBackup } from './check-backup.ts'
import { checkHeat, checkPower } from './check-box.ts'
import { checkDisk } from './check-disk.ts'
import { checkJournal } from './check-journal.ts'
import { type Line, type Told, type Verdict, well, wrong } from './check-line.ts'
import { checkPort, checkService, checkSnmp } from './check-machine.ts'
import { checkReadings } from './check-readings.ts'
import { checkWear } from './check-wear.ts'
import type { Kept, Seen } from './kept.ts'
import { type Desk, printable, type Surroundings, table, type Verb } from './verb.ts'

export const checkVerb: Verb = {
  help: `platen check [--json]

  Looks at everything that platen needs, whether it runs or not, and changes nothing: a line each, ok
  or what is wrong and what to do. Exit: 0 all is well, 1 something is wrong.

  --json   the same as JSON
`,
  async run(args, desk) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    })
    const lines = await checkAll(desk)
    const ok = lines.every((line) => line.ok)
    if (values.json) desk.out(`${JSON.stringify({ ok, lines }, null, 2)}\n`)
    else
      desk.out(table(lines.map((line) => [line.ok ? 'ok   ' : 'WRONG', line.name, line.sentence])))
    return ok ? 0 : 1
  },
}

async function checkAll(desk: Desk): Promise<Line[]> {
  const around = await desk.surroundings()
  const asked = around.kept()
  const told = asked.catch(() => null)
  const felt = told.then((all) => all?.seen?.felt ?? around.felt())
  /** Looked at together, told in this order. */
  const looks: readonly (readonly [name: string, look: () => Verdict | Promise<Verdict>])[] = [
    ['settings', () => checkSettings(around)],
    ['configuration', () => checkConfiguration(around)],
    ['state', async () => checkState(around, await asked.catch(explain))],
    ['clock', () => checkClock(around)],
    [
      'disk',
      async () => checkDisk(around.folder, (await told)?.seen?.trouble.card ?? around.forgets),
    ],
    ['wear', async () => checkWear(await around.written())],
    ['heat', async () => checkHeat(await felt)],
    ['power', async () => checkPower(await felt)],
    ['console', () => checkConsole(around)],
    ['backup', async () => checkBackup(await backupFacts(around, await told), around.clock.now())],
    ['smtp', () => checkSmtp(around)],
    ['outbox', async () => checkOutbox(around, await told)],
    [
      'journal',
      async () => checkJournal((await told)?.kept.journal ?? null, around.archivedJournal),
    ],
    ['readings', () => checkReadings(around.readings())],
    ['snmp', async () => checkSnmp(await told)],
    ['traps', async () => checkTraps((await told)?.seen ?? null)],
    ['port', async () => checkPort(around, (await told)?.seen ?? null)],
    ['service', checkService],
  ]
  return Promise.all(
    looks.map(async ([name, look]) => {
      try {
        return { name, ...(await look()) }
      } catch (error) {
        // One thing that cannot be looked at is that thing's line; the others are looked at still.
        return { name, ...wrong(printable(error instanceof Error ? error.message : String(error))) }
      }
    }),
  )
}

const backupFacts = async (around: Surroundings, told: Told) =>
  told?.seen?.backup ?? (await around.backups())

function explain(error: unknown): never {
  const isForbidden = error instanceof Error && 'code' in error && error.code === 'EACCES'
  if (isForbidden) error.message += '. Be the account that platen runs as, or root (sudo).'
  throw error
}

function checkSettings({ foundIn }: Surroundings): Verdict {
  if (foundIn.length === 0) return well('None are set: everything is at its default.')
  return well(`Found in ${foundIn.join(', then in ')}.`)
}

function checkConfiguration({ settings }: Surroundings): Verdict {
  const changed = settings.map(([name, value]) => `${name}=${value}`)
  const links = settings.some(([name]) => name === 'PLATEN_PUBLIC_URL')
    ? ''
    : ' (without PLATEN_PUBLIC_URL there are no labels and no links in letters)'
  return well(`${changed.join(' ') || 'All at their defaults'}${links}`)
}

function checkState({ folder }: Surroundings, told: Told): Verdict {
  if (told === null) return well(`Nothing is kept in ${folder} yet; the first start makes it.`)
  const { kept, seen } = told
  const trouble = seen?.trouble.store ?? seen?.trouble.sweep
  if (trouble) return wrong(trouble)
  const runs = seen ? `platen runs (process ${seen.pid})` : 'platen does not run'
  return well(`${runs} on ${folder}: ${countWords(kept)}.${hint(kept, seen)}`)
}

const countWords = ({ printers, people, openTickets }: Kept): string =>
  [count(printers, 'printer'), count(people, 'account'), count(openTickets, 'open ticket')].join(
    ', ',
  )

function hint({ printers, people }: Kept, seen: Seen | null): string {
  const code = seen?.firstCode ? `, or open /first and type ${seen.firstCode}` : ''
  return [
    people === 0 && ` Make an account: platen people add NAME --role administrator${code}.`,
    printers === 0 && ' Import printers: platen import FILE --as printers.',
  ]
    .filter(Boolean)
    .join('')
}

const count = (number: number, of: string): string => `${number} ${of}${number === 1 ? '' : 's'}`

function checkClock({ clock }: Surroundings): Verdict {
  const now = clock
    .now()
    .toISOString()
    .replace(/:\d\d\..*$/, ' UTC')
    .replace('T', ' ')
  if (clock.trusted()) return well(`${now}, as far as can be told.`)
  return wrong(
    `It says ${now}, and nothing has set it since this machine started: tickets, letters and reports would bear a wrong time. Let time servers through (NTP, UDP port 123), or set it by hand: timedatectl.`,
  )
}

function checkConsole({ terminal: { isTerminal, term, lang } }: Surroundings): Verdict {
  if (!isTerminal) return well('Standard output is no terminal: platen would run headless.')
  if (term === '' || term === 'dumb')
    return wrong(
      `TERM is "${term}": no dashboard can be drawn here. Set TERM, or PLATEN_CONSOLE=off.`,
    )
  // The kernel's console is sent UTF-8 whatever LANG says; any other terminal goes by it.
  if (term !== 'linux' && !/utf-?8/i.test(lang))
    return well(`A terminal, TERM=${term}; where its letters come out wrong, set LANG=C.UTF-8.`)
  return well(`A terminal, TERM=${term}${lang && ` LANG=${lang}`}.`)
}

async function checkSmtp({ mailServer }: Surroundings): Promise<Verdict> {
  if (!mailServer) return well('No mail server is set (EMAIL_HOST): letters wait in the outbox.')
  const why = await mailServer.knock()
  return why === null
    ? well(`${mailServer.name} lets letters in.`)
    : wrong(`${mailServer.name}: ${why}`)
}

function checkTraps(seen: Seen | null): Verdict {
  if (seen === null) return well('Heard while platen runs.')
  if (seen.traps === null) return well('Not wanted (SNMP_TRAP_PORT=0).')
  const { trouble, heard } = seen.traps
  return trouble === null ? well(`${count(heard, 'trap')} of printers heard.`) : wrong(trouble)
}

function checkOutbox({ mailServer }: Surroundings, told: Told): Verdict {
  if (told === null) return well('Nothing was ever posted.')
  const { waiting, givenUp, oldest, lastTrouble } = told.kept.outbox
  const since = oldest && `, the oldest since ${oldest.slice(0, 16).replace('T', ' ')} UTC`
  const parts = [
    waiting === 0
      ? 'No letter waits'
      : `${count(waiting, 'letter')} wait${waiting === 1 ? 's' : ''}${since}`,
    ...(givenUp > 0 ? [`${givenUp} given up`] : []),
    ...(told.kept.maybeTwice > 0
      ? [`${told.kept.maybeTwice} of the last week may have been sent twice`]
      : []),
  ].join('; ')
  const trouble = told.seen?.trouble.mail ?? lastTrouble
  const sentence = trouble ? `${parts}. ${trouble}` : `${parts}.`
  // Without a server they are meant to wait; one that was given up cannot be helped any more.
  return waiting > 0 && trouble !== null && mailServer ? wrong(sentence) : well(sentence)
}
