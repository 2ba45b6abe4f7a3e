import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as acts from './install-acts.ts'
import { type Places, versionAt } from './install-places.ts'
import type { Program } from './install-program.ts'
import {
  bringBack,
  copyBefore,
  hasNewShape,
  hasState,
  isCopyOf,
  keepCopy,
} from './install-state.ts'

// What install, the way back and uninstall do, step by step; each is told before it is done, and done
// again without harm.

export interface Step {
  readonly says: string
  run(): void
}

/** systemd runs on this very machine; it does not only lie on the card that is being prepared. */
export const isLive = ({ root }: Places): boolean =>
  root === '/' && existsSync('/run/systemd/system')

export interface Wish {
  /** The board on tty1, or the login; null leaves it as it is. */
  readonly console: boolean | null
  /** The node that the service runs with. */
  readonly node: string
}

export function installSteps(places: Places, program: Program, wish: Wish): Step[] {
  const { home, version } = program
  const from = (name: string) => readFileSync(join(home, 'systemd', name), 'utf8')
  const before = versionAt(places.current)
  const isNew = before !== null && before !== version
  return [
    write(places.account, from('platen.sysusers'), 0o644),
    step('the account platen', () => acts.makeAccount(places)),
    ...copySteps(places, program),
    write(places.launcher, acts.launcher(wish.node), 0o755),
    step(`${places.settings}, readable by the service`, () =>
      acts.putSettings(places, from('platen.env.example')),
    ),
    step(`${places.data}, of platen alone`, () => acts.makeData(places)),
    write(places.unit, from('platen.service'), 0o644),
    ...consoleSteps(places, from('platen-console.conf'), wish.console),
    ...(isNew ? [...stopSteps(places), ...copyStateSteps(places, version, before)] : []),
    step(`${places.current} -> ${version}`, () => {
      if (isNew) acts.link(places.previous, before)
      acts.link(places.current, version)
    }),
    ...forgetSteps(places, [version, isNew ? before : versionAt(places.previous)]),
    ...startSteps(places),
  ]
}

/** What is left of the way when a step failed: the service as it was is better than none. */
export const recoverySteps = (places: Places): Step[] => startSteps(places)

/** Back to the version before, and to its state where this one has given it another shape. */
export function previousSteps(places: Places): Step[] {
  const [current, previous] = [versionAt(places.current), versionAt(places.previous)]
  if (current === null || previous === null) return []
  const says = `the state from ${copyBefore(places.data, current)}; what was written since goes beside it`
  // Going back twice goes forward again, as an update does: with a copy of its own.
  const isBack = isCopyOf(places.data, current, previous)
  return [
    ...stopSteps(places),
    ...(isBack ? [] : copyStateSteps(places, previous, current)),
    ...(isBack && hasNewShape(places.data, current)
      ? [step(says, () => bringBack(places.data, current))]
      : []),
    step(`${places.current} -> ${previous}`, () => {
      acts.link(places.current, previous)
      acts.link(places.previous, current)
    }),
    ...startSteps(places),
  ]
}

/** What install put there; not the data, nor their account, nor what somebody wrote as settings. */
export function uninstallSteps(places: Places): Step[] {
  const { unit, dropIns, launcher, account, versions, settings, settingsAside, example } = places
  const hasConsole = existsSync(places.console)
  return [
    ...(existsSync(unit)
      ? [
          step('platen.service is stopped, and not enabled', () =>
            acts.disable(places, isLive(places)),
          ),
        ]
      : []),
    ...(hasConsole ? consoleSteps(places, '', false) : []),
    // What somebody wrote with `systemctl edit platen` lies beside it, and stays.
    ...(isEmptyBut(dropIns, places.console) ? [remove(dropIns)] : []),
    ...[unit, launcher, account, versions, example]
      .filter((path) => existsSync(path))
      .map((path) => remove(path)),
    ...(existsSync(settings)
      ? [step(`${settings} -> ${settingsAside}`, () => renameSync(settings, settingsAside))]
      : []),
    ...(isLive(places) ? [step('systemd reads its units', acts.reload)] : []),
  ]
}

function isEmptyBut(folder: string, file: string): boolean {
  return existsSync(folder) && readdirSync(folder).every((name) => join(folder, name) === file)
}

const step = (says: string, run: () => void): Step => ({ says, run })

const write = (path: string, text: string, mode: number): Step =>
  step(path, () => acts.write(path, text, mode))

const remove = (path: string): Step =>
  step(`${path} is removed`, () => rmSync(path, { recursive: true, force: true }))

function copySteps({ versions }: Places, program: Program): Step[] {
  const folder = join(versions, program.version)
  if (existsSync(folder)) return []
  return [step(folder, () => acts.putProgram(program, versions, folder))]
}

/** Of the state of `from`, before `version` takes it over. */
function copyStateSteps({ data }: Places, version: string, from: string): Step[] {
  if (!hasState(data)) return []
  return [
    step(`a copy of the state in ${copyBefore(data, version)}`, () =>
      keepCopy(data, version, from),
    ),
  ]
}

/** This version and the one before stay. */
function forgetSteps({ versions }: Places, kept: readonly (string | null)[]): Step[] {
  const stay = ['current', 'previous', ...kept]
  const all = existsSync(versions) ? readdirSync(versions) : []
  return all.filter((name) => !stay.includes(name)).map((name) => remove(join(versions, name)))
}

function consoleSteps(places: Places, text: string, wanted: boolean | null): Step[] {
  if (wanted === null) return []
  if (!wanted)
    return [
      remove(places.console),
      step('tty1 has a login', () => {
        acts.systemctl(places, 'enable', 'getty@tty1.service')
        if (isLive(places)) acts.startLogin()
      }),
    ]
  return [
    write(places.console, text, 0o644),
    step('tty1 has no login', () => acts.systemctl(places, 'disable', 'getty@tty1.service')),
  ]
}

/** Stopped, so that what is copied is whole; started again at the end. */
const stopSteps = (places: Places): Step[] =>
  isLive(places)
    ? [step('platen.service is stopped', () => acts.systemctl(places, 'stop', 'platen.service'))]
    : []

function startSteps(places: Places): Step[] {
  const tell = (word: string) => () => acts.systemctl(places, word, 'platen.service')
  const enable = step('platen.service starts with the machine', tell('enable'))
  if (!isLive(places)) return [enable]
  return [
    step('systemd reads its units', acts.reload),
    enable,
    step('platen.service is started', tell('restart')),
  ]
}
