import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { until } from '../boot.ts'
import { aMachine, freePort } from '../parts/process.ts'

// The service put into a Debian 12 of its own (debootstrap), as install does it. Asks for root. The
// tests are one story: what is installed first is updated, taken back and uninstalled by those after.

const checkout = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'platen-root-'))
const root = join(base, 'debian')
const packages = join(base, 'packages')
const at = (path: string) => join(root, path)
const data = at('var/lib/platen')

beforeAll(() => {
  mkdirSync(packages)
  const wanted = ['--variant=minbase', '--include=systemd', `--cache-dir=${packages}`]
  // A mirror may be slow, or hang up; what came of it is there already at the next try.
  for (let tries = 1; ; tries += 1)
    try {
      execFileSync('debootstrap', [...wanted, 'bookworm', root])
      break
    } catch (error) {
      if (tries === 3) throw error
      execFileSync('rm', ['-rf', '--one-file-system', root])
    }
  // Debian 12's own Node is too old; an administrator would take one from nodejs.org.
  mkdirSync(dirname(at(process.execPath)), { recursive: true })
  cpSync(process.execPath, at(process.execPath))
}, 1_800_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

const text = (path: string) => readFileSync(at(path), 'utf8')
const versions = () => readdirSync(at('opt/platen')).filter((name) => /^\d/.test(name))
const current = () => readlinkSync(at('opt/platen/current'))
const mode = (path: string) => (statSync(at(path)).mode & 0o777).toString(8)

function install(args: readonly string[] = [], from = checkout) {
  const program = join(from, 'dist/main.js')
  const said = spawnSync(process.execPath, [program, 'install', '--root', root, ...args], {
    encoding: 'utf8',
  })
  return { code: said.status, out: said.stdout, err: said.stderr }
}

/** As the administrator on that machine, or as another account. */
function inside(command: readonly string[], who = 'root', typed = '') {
  const words = [`--userspec=${who}`, root, ...command]
  const said = spawnSync('chroot', words, { encoding: 'utf8', input: typed, env: plain })
  return { code: said.status, out: said.stdout, err: said.stderr }
}
const plain = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' }

/** Another version, as a checkout that was pulled. */
function aCheckout(version: string): string {
  const folder = join(base, version)
  for (const part of ['dist', 'systemd', 'web', 'src/demo/walks', 'package-lock.json', 'README.md'])
    if (existsSync(join(checkout, part)))
      cpSync(join(checkout, part), join(folder, part), { recursive: true })
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  const described = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as object
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...described, version }))
  return folder
}

function verify() {
  const said = spawnSync('systemd-analyze', [`--root=${root}`, 'verify', 'platen.service'], {
    encoding: 'utf8',
  })
  return { code: said.status, said: said.stdout + said.stderr }
}

/** The exposure that systemd reckons, at most 2.0: its exit code says so. */
const isHardened = () =>
  spawnSync('systemd-analyze', [
    `--root=${root}`,
    ...['security', '--offline=true', '--threshold=20', 'platen.service'],
  ]).status === 0

it('tells each step and changes nothing in a dry run', () => {
  const { code, out } = install(['--dry-run'])
  expect(code).toBe(0)
  for (const path of ['opt/platen/', 'usr/local/bin/platen', 'etc/platen/platen.env'])
    expect(out).toContain(at(path))
  expect(existsSync(at('opt/platen'))).toBe(false)
})

it('puts program, account, command, settings and unit in place', () => {
  expect(install()).toMatchObject({ code: 0 })
  expect(text('etc/passwd')).toMatch(/^platen:.*:\/var\/lib\/platen:\/usr\/sbin\/nologin$/m)
  const group = Number(/^platen:[^:]*:(\d+)/m.exec(text('etc/group'))?.[1])
  for (const name of ['platen.env', 'platen.env.example']) {
    expect(mode(`etc/platen/${name}`)).toBe('640')
    expect(statSync(at(`etc/platen/${name}`))).toMatchObject({ uid: 0, gid: group })
  }
  expect(text('etc/platen/platen.env')).toMatch(/^PLATEN_DATA_DIR=\/var\/lib\/platen$/m)
  expect(mode('var/lib/platen')).toBe('700')
  expect(readlinkSync(at('etc/systemd/system/multi-user.target.wants/platen.service'))).toBe(
    '/etc/systemd/system/platen.service',
  )
  const libraries = readdirSync(at(`opt/platen/${current()}/node_modules`))
  expect(libraries).toContain('net-snmp')
  expect(libraries).not.toContain('vitest')
  expect(verify()).toEqual({ code: 0, said: '' })
  expect(isHardened()).toBe(true)
})

it('changes nothing when it is done again', () => {
  const before = [versions(), text('etc/platen/platen.env'), current()]
  expect(install()).toMatchObject({ code: 0 })
  expect([versions(), text('etc/platen/platen.env'), current()]).toEqual(before)
  expect(existsSync(at('opt/platen/previous'))).toBe(false)
})

it('is refused to whoever is not root', () => {
  const { code, err } = inside(['platen', 'install'], 'platen:platen')
  expect(code).toBe(1)
  expect(err).toContain('Only root can install')
})

/** An account, made by root on the command line. */
const add = (name: string) =>
  inside(
    ['platen', 'people', 'add', name, '--role', 'administrator'],
    'root',
    'correct horse battery\n',
  )

it('runs there as the account platen, with its settings, and obeys the administrator', async () => {
  const port = await freePort()
  const settings = at('etc/platen/platen.env')
  const own = text('etc/platen/platen.env')
    .replace('#PLATEN_HTTP_HOST=0.0.0.0', 'PLATEN_HTTP_HOST=127.0.0.1')
    .replace('#PLATEN_HTTP_PORT=8080', `PLATEN_HTTP_PORT=${port}`)
  writeFileSync(settings, own)
  expect(inside(['platen', 'version']).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  // Nothing runs yet: root opens the state itself, and leaves it to the service all the same.
  expect(add('EARLY')).toMatchObject({ code: 0 })
  const owner = statSync(data).uid
  expect(owner).not.toBe(0)
  for (const name of readdirSync(data)) expect(statSync(join(data, name)).uid).toBe(owner)

  const words = ['--userspec=platen:platen', root, 'platen', 'serve', '--no-console']
  const service = spawn('chroot', words, { env: plain, stdio: 'ignore' })
  onTestFinished(() => void service.kill('SIGKILL'))
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ status }) => status === 200,
      () => false,
    )
  await until(isUp)
  expect(add('LATE')).toMatchObject({ code: 0 })
  expect(inside(['platen', 'people', 'list']).out).toMatch(/EARLY[\s\S]*LATE/)
  service.kill('SIGTERM')
  await once(service, 'exit')
})

it('the board takes tty1 from its login, and gives it back', () => {
  const login = () => existsSync(at('etc/systemd/system/getty.target.wants/getty@tty1.service'))
  const wasThere = login()
  expect(install(['--console'])).toMatchObject({ code: 0 })
  expect(login()).toBe(false)
  expect(verify()).toEqual({ code: 0, said: '' })
  expect(isHardened()).toBe(true)
  expect(text('etc/systemd/system/platen.service.d/console.conf')).toContain('TTYPath=/dev/tty1')
  expect(install()).toMatchObject({ code: 0 })
  expect(login()).toBe(false)
  expect(install(['--no-console'])).toMatchObject({ code: 0 })
  expect([wasThere, login()]).toEqual([true, true])
})

it('an update keeps the version before and a copy of the state; --previous goes back to both', () => {
  const first = current()
  const before = readFileSync(join(data, 'platen.json'), 'utf8')
  expect(install([], aCheckout('8.0.0'))).toMatchObject({ code: 0 })
  const second = current()
  expect(second).toMatch(/^8\.0\.0-/)
  expect(readlinkSync(at('opt/platen/previous'))).toBe(first)
  expect(inside(['platen', 'version']).out).toBe('8.0.0\n')
  const copy = join(data, 'backup', `before-${second}`)
  expect(readFileSync(join(copy, 'platen.json'), 'utf8')).toBe(before)
  expect(statSync(join(copy, 'platen.json')).uid).toBe(statSync(data).uid)

  // The same shape of the state: what was written since stays.
  expect(add('SINCE')).toMatchObject({ code: 0 })
  const since = readFileSync(join(data, 'platen.json'), 'utf8')
  expect(install(['--previous'])).toMatchObject({ code: 0 })
  expect(current()).toBe(first)
  expect(inside(['platen', 'version']).out).not.toBe('8.0.0\n')
  expect(readFileSync(join(data, 'platen.json'), 'utf8')).toBe(since)

  // Another shape, that the version before cannot read: its own copy comes back.
  expect(install(['--previous'])).toMatchObject({ code: 0 })
  expect(current()).toBe(second)
  writeFileSync(join(data, 'platen.json'), since.replace(/^\{"version":\d+/, '{"version":99'))
  expect(install(['--previous'])).toMatchObject({ code: 0 })
  // As it was when the way led forward again, and not at the first update.
  expect(readFileSync(join(data, 'platen.json'), 'utf8')).toBe(since)
  const [after = ''] = readdirSync(join(data, 'backup')).filter((name) =>
    name.startsWith(`after-${second}`),
  )
  expect(readFileSync(join(data, 'backup', after, 'platen.json'), 'utf8')).toContain('"version":99')
  expect(inside(['platen', 'people', 'list']).out).toMatch(/LATE[\s\S]*SINCE/)

  expect(install([], aCheckout('9.0.0'))).toMatchObject({ code: 0 })
  expect(versions().sort()).toEqual([first, current()].sort())
})

it('uninstall undoes it and leaves data, account and settings, which the next install takes up', () => {
  expect(install(['--uninstall'])).toMatchObject({ code: 0 })
  for (const path of [
    'opt/platen',
    'usr/local/bin/platen',
    'etc/sysusers.d/platen.conf',
    'etc/systemd/system/platen.service',
    'etc/systemd/system/platen.service.d',
    'etc/systemd/system/multi-user.target.wants/platen.service',
    'etc/platen/platen.env',
  ])
    expect(lstatSync(at(path), { throwIfNoEntry: false })).toBeUndefined()
  expect(readFileSync(join(data, 'platen.json'), 'utf8')).toContain('LATE')
  expect(text('etc/passwd')).toContain('platen:')
  expect(install(['--uninstall'])).toMatchObject({ code: 0 })
  expect(install()).toMatchObject({ code: 0 })
  expect(text('etc/platen/platen.env')).toContain('PLATEN_HTTP_HOST=127.0.0.1')
  expect(inside(['platen', 'people', 'list']).out).toContain('LATE')
})

it('systemd hears READY when the port is open, WATCHDOG while all goes on, STOPPING at the end', async () => {
  const socket = join(base, 'notify')
  const listener = spawn('perl', ['-e', hearing, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void listener.kill())
  const words = createInterface(listener.stdout)[Symbol.asyncIterator]()
  const next = async () => (await words.next()).value
  /** All goes on for as long as it takes to tell it to stop. */
  const afterThat = async () => {
    for (;;) {
      const word = await next()
      if (word !== 'WATCHDOG=1') return word
    }
  }
  await until(() => existsSync(socket))
  const machine = await aMachine({ NOTIFY_SOCKET: socket })
  onTestFinished(machine.end)
  const service = machine.serve()
  expect(await next()).toBe('READY=1')
  expect((await machine.get('/healthz')).status).toBe(200)
  expect(await next()).toBe('WATCHDOG=1')
  expect(await service.stop()).toBe(0)
  expect(await afterThat()).toBe('STOPPING=1')
})

/** Node cannot listen there either. Words of systemd-notify's own, a wish for a receipt, are left out. */
const hearing = `
use Socket; $| = 1;
socket(S, AF_UNIX, SOCK_DGRAM, 0) or die; bind(S, pack_sockaddr_un($ARGV[0])) or die;
while (defined recv(S, $_, 4096, 0)) { print "$_\\n" unless /BARRIER/ }
`
