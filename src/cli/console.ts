import { constants } from 'node:os'
import { parseArgs } from 'node:util'
import { Refusal } from '../core/refusal.ts'
import { attach, type Ended } from './attach.ts'
import { controlPath } from './control.ts'
import { type Seat, sitDown, whyUnfit } from './seat.ts'
import { type Desk, type Verb, WrongUsage } from './verb.ts'

/** What it works with, of what every verb has. */
type ConsoleDesk = Pick<Desk, 'by' | 'err' | 'folder' | 'seat' | 'untilInterrupted'>

const againMs = 2000

export const consoleVerb = {
  help: `platen console

  The dashboard of the running platen on this terminal, with keys of its own: q leaves it, ? tells
  the others. Where platen stops, it waits for it and shows it again. Over ssh:

    ssh -t HOST sudo platen console

  Exit: 0 left, 1 no platen runs or none lets us in.
`,
  async run(args: readonly string[], desk: ConsoleDesk) {
    parseArgs({ args: [...args], options: {} })
    const { by, folder, seat } = desk
    const why = whyUnfit(seat)
    if (why !== null) throw new WrongUsage(why)
    const until = desk.untilInterrupted('SIGTERM', 'SIGHUP', 'SIGQUIT')
    const order = { by, seat, until, path: controlPath(folder) }
    let wasThere = false
    for (;;) {
      const ended = await attach(order).catch(whilePlatenIsAway)
      if (until.aborted) return 128 + signalNumber(until.reason)
      if (ended === 'left') return 0
      if (ended === 'silent')
        throw new Refusal('unreachable', 'platen does not answer; its log may say why.')
      if (ended === 'nobody' && !wasThere) throw nobodyRuns(folder)
      if (ended === 'lost') {
        wasThere = true
        desk.err('platen has stopped; waiting for it ... (q leaves)\n')
      }
      if ((await waitAt(seat, until)) === 'leaves')
        return until.aborted ? 128 + signalNumber(until.reason) : 0
    }

    /** One that stops or starts takes nobody in. */
    function whilePlatenIsAway(error: unknown): Ended {
      const isPassing = error instanceof Refusal && error.code === 'unreachable'
      if (until.aborted || (wasThere && isPassing)) return 'nobody'
      throw error
    }
  },
} satisfies Verb

function nobodyRuns(folder: string): Refusal {
  return new Refusal(
    'unreachable',
    `No platen runs on ${folder}. Start it: "sudo systemctl start platen" where it is installed, else "platen serve". ` +
      'For one that runs on other data set PLATEN_DATA_DIR.',
  )
}

/** Some seconds, unless somebody leaves. */
function waitAt(seat: Seat, until: AbortSignal): Promise<'again' | 'leaves'> {
  return new Promise((resolve) => {
    const end = (how: 'again' | 'leaves') => {
      clearTimeout(later)
      until.removeEventListener('abort', leave)
      standUp()
      resolve(how)
    }
    const leave = () => end('leaves')
    const later = setTimeout(end, againMs, 'again')
    until.addEventListener('abort', leave)
    const standUp = sitDown(seat, {
      keys: (bytes) => {
        if (/[qQ\x03\x04]/.test(bytes.toString('latin1'))) leave()
      },
      resized: () => {},
      gone: leave,
    })
  })
}

/** As a shell tells of a signal: 143 after SIGTERM. */
const signalNumber = (signal: unknown): number =>
  Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0
