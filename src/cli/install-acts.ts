import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../core/refusal.ts'
import { defaultData, type Places } from './install-places.ts'
import { copyProgram, type Program } from './install-program.ts'

// The single things that install does to a machine.

export function write(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true })
  // Beside it and into its place: a link that stands there is not written through.
  rmSync(`${path}.new`, { force: true })
  writeFileSync(`${path}.new`, text, { flag: 'wx' })
  chmodSync(`${path}.new`, mode)
  renameSync(`${path}.new`, path)
}

/** As systemd does it at each start of a machine. */
export function makeAccount({ root }: Places): void {
  run('systemd-sysusers', [...rooted(root), 'platen.conf'])
}

/** Under another name until it is whole; readable by all, whatever umask it was checked out with. */
export function putProgram(program: Program, versions: string, folder: string): void {
  const half = `${folder}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true })
  copyProgram(program, half)
  run('chown', ['-R', 'root:root', half])
  run('chmod', ['-R', 'u=rwX,go=rX', half])
  chmodSync(versions, 0o755)
  renameSync(half, folder)
}

/** Those that are there stay; they hold secrets: root writes them, the service reads them. */
export function putSettings(places: Places, example: string): void {
  const { gid } = accountOf(places)
  const { settings, settingsAside } = places
  mkdirSync(dirname(settings), { recursive: true })
  if (!existsSync(settings) && existsSync(settingsAside)) renameSync(settingsAside, settings)
  if (!existsSync(settings)) {
    const own = `PLATEN_DATA_DIR=${defaultData}`
    writeFileSync(settings, example.replace(/^#PLATEN_DATA_DIR=.*$/m, own), { mode: 0o640 })
  }
  writeFileSync(places.example, example)
  for (const file of [settings, places.example]) {
    chownSync(file, 0, gid)
    chmodSync(file, 0o640)
  }
  chownSync(dirname(settings), 0, gid)
  chmodSync(dirname(settings), 0o750)
}

/** As StateDirectory= of the unit; here too, for verbs before the first start. */
export function makeData(places: Places): void {
  const { uid, gid } = accountOf(places)
  mkdirSync(places.data, { recursive: true })
  chownSync(places.data, uid, gid)
  chmodSync(places.data, 0o700)
}

/** In one step: there is no moment without it. */
export function link(path: string, version: string): void {
  const fresh = `${path}.new`
  rmSync(fresh, { force: true })
  symlinkSync(version, fresh)
  renameSync(fresh, path)
}

export function systemctl({ root }: Places, word: string, unit: string): void {
  run('systemctl', [...rooted(root), '--quiet', word, unit])
}

export function disable(places: Places, isLive: boolean): void {
  if (isLive) systemctl(places, 'stop', 'platen.service')
  systemctl(places, 'disable', 'platen.service')
}

/** `Conflicts=` of the board has stopped it; enabled alone it comes with the next start of the machine. */
export function startLogin(): void {
  reload()
  run('systemctl', ['--no-block', 'start', 'getty@tty1.service'])
}

export const reload = (): void => run('systemctl', ['daemon-reload'])

export const launcher = (node: string): string => `#!/bin/sh
# platen as it is installed; its settings are in /etc/platen/platen.env.
exec ${node} /opt/platen/current/dist/main.js "$@"
`

const rooted = (root: string): string[] => (root === '/' ? [] : [`--root=${root}`])

/** What the system's own tools say of a failure goes to the terminal as it is. */
function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  } catch {
    throw new Refusal('conflict', `${command} ${args.join(' ')} failed; the rest was not done.`)
  }
}

/** Of the machine under that root: its numbers need not be ours. */
function accountOf({ root }: Places): { uid: number; gid: number } {
  const line = readFileSync(join(root, 'etc/passwd'), 'utf8').match(/^platen:[^:]*:(\d+):(\d+)/m)
  if (!line) throw new Refusal('missing', `There is no account platen in ${root}/etc/passwd.`)
  return { uid: Number(line[1]), gid: Number(line[2]) }
}
