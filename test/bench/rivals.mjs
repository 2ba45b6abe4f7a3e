import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rivals } from './fleet.mjs'
import { cpuOf, spentBy } from './spent.mjs'
import { wait } from './table.mjs'

// The rivals as they are run in the folder of the rivals: the same reading, 64 at a time, a second's
// timeout and one retry. Each answers null with why where it is not on this machine.

const width = '64'
const exporterPort = 16_291
const root = join(import.meta.dirname, '../..')
/** Where npm net-snmp stands: the bench's own packages first. */
const modules = [import.meta.dirname, root].find((at) =>
  existsSync(join(at, 'node_modules/net-snmp')),
)

/** `how`: 'naive', one round of it; 'well', as many as are asked for in one process. */
export function netSnmp(how) {
  const script = join(rivals, `poll-netsnmp-${how}.mjs`)
  if (!modules || !existsSync(script)) return null
  return ({ targets, port }, rounds = 1) =>
    spentBy([process.execPath, script, width, String(rounds)], {
      ...{ TARGETS: targets, SNMP_PORT: String(port), MODULES: modules },
    })
}

/** snmp_exporter of Debian, module `full`: `round` has every printer scraped once. */
export async function startExporter() {
  const program = ['prometheus-snmp-exporter', 'snmp_exporter'].find(
    (name) => !spawnSync(name, ['--version']).error,
  )
  const config = join(rivals, 'snmp.yml')
  if (!program || !existsSync(config)) return null
  const url = `http://127.0.0.1:${exporterPort}`
  const child = spawn(
    program,
    [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${exporterPort}`],
    { stdio: 'ignore' },
  )
  const ended = once(child, 'exit')
  const isUp = () =>
    fetch(url).then(
      (answer) => answer.text(),
      () => null,
    )
  for (let tries = 0; (await isUp()) === null; tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`${program} did not start`)
    await wait(50)
  }
  return {
    cpu: () => cpuOf(child.pid),
    round: ({ targets, port }) =>
      spentBy([process.execPath, join(rivals, 'scrape.mjs'), url, 'full', width], {
        ...{ TARGETS: targets, SNMP_PORT: String(port) },
      }),
    async stop() {
      child.kill()
      await ended
    },
  }
}
