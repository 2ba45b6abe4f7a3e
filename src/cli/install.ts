import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '../core/refusal.ts'
import { type Places, placesUnder, versionAt } from './install-places.ts'
import { programAt } from './install-program.ts'
import {
  installSteps,
  isLive,
  previousSteps,
  recoverySteps,
  type Step,
  uninstallSteps,
} from './install-steps.ts'
import { type Desk, type Verb, WrongUsage } from './verb.ts'

/** Folder of package.json, of the source and of the built program alike. */
const home = join(import.meta.dirname, '../..')

export const installVerb = {
  help: `platen install [--console|--no-console] [--root DIR] [--dry-run]
platen install --previous|--uninstall [--root DIR] [--dry-run]

  Makes this checkout the service of the machine: an account, /opt/platen, the command platen,
  /etc/platen/platen.env, a unit of systemd; and starts it. Run again after a change, it updates:
  the version before stays, and so does a copy of the state. Asks for root.

  --console      the board on the attached screen (tty1), in place of its login
  --no-console   the login again
  --previous     back to the version before, with its state where the newer one cannot be read by it
  --uninstall    all of it goes, but for the data, the account that they belong to, and the settings
  --root DIR     into the system that lies under DIR, say a card; nothing is started
  --dry-run      only tell each step
`,
  async run(args: readonly string[], desk: Pick<Desk, 'out'>): Promise<number> {
    const { values } = parseArgs({
      args: [...args],
      options: {
        console: { type: 'boolean', default: false },
        'no-console': { type: 'boolean', default: false },
        previous: { type: 'boolean', default: false },
        uninstall: { type: 'boolean', default: false },
        root: { type: 'string', default: '/' },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const wishes = [values.console, values['no-console'], values.previous, values.uninstall]
    if (wishes.filter(Boolean).length > 1)
      throw new WrongUsage(
        '--console, --no-console, --previous and --uninstall exclude each other.',
      )
    const places = placesUnder(resolve(values.root))
    const steps = stepsFor(places, values)
    if (!values['dry-run'] && process.getuid?.() !== 0)
      throw new Refusal('forbidden', 'Only root can install; put sudo before it.')
    try {
      for (const { says, run } of steps) {
        desk.out(`${says}\n`)
        if (!values['dry-run']) run()
      }
    } catch (error) {
      if (!values.uninstall) for (const { run } of recoverySteps(places)) run()
      throw error
    }
    desk.out(values['dry-run'] ? 'Nothing was changed.\n' : farewell(places, values))
    return 0
  },
} satisfies Verb

interface Wishes {
  readonly console: boolean
  readonly 'no-console': boolean
  readonly previous: boolean
  readonly uninstall: boolean
}

function stepsFor(places: Places, wishes: Wishes): readonly Step[] {
  if (wishes.uninstall) return uninstallSteps(places)
  if (wishes.previous) {
    const steps = previousSteps(places)
    if (steps.length === 0)
      throw new Refusal('missing', 'There is no version before this one to go back to.')
    return steps
  }
  const node = process.execPath
  if (/^\/(home|root|tmp)\//.test(node))
    throw new Refusal(
      'invalid',
      `Node lies in ${node}, where the service cannot reach it; install it for the whole machine (README).`,
    )
  if (!existsSync(join(places.root, node)))
    throw new Refusal(
      'missing',
      `There is no ${join(places.root, node)}; install Node there first.`,
    )
  const console = wishes.console || (wishes['no-console'] ? false : null)
  return installSteps(places, programAt(home), { console, node })
}

function farewell(places: Places, { uninstall }: Wishes): string {
  if (uninstall)
    return `platen is uninstalled. The data in ${places.data} and their account stay; to be rid of them too:
  rm -r ${places.data} ${dirname(places.settings)}; userdel platen\n`
  const version = versionAt(places.current)
  return isLive(places)
    ? `platen ${version} runs. Its settings: ${places.settings}; its log: journalctl -u platen\n`
    : `platen ${version} is installed and starts with the machine.\n`
}
