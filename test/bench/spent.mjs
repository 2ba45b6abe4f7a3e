import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

// What whole processes spend: user and system time of all their threads, as fleet-run.py of the rivals
// counts it.

/** Seconds on a processor until now. schedstat: nanoseconds, where /proc/PID/stat has ticks of 10 ms. */
export function cpuOf(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const spent = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'))
  return spent.reduce((sum, line) => sum + Number(line.split(' ')[0]), 0) / 1e9
}

/** Runs a command to its end: wall and processor seconds, its start included, and what it said. */
export async function spentBy(command, env = {}) {
  const started = performance.now()
  // The shell's own `time` reads what wait4 tells of the child.
  const timed = 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null'
  const child = spawn('bash', ['-c', timed, 'bash', ...command], {
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const both = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'exit')
  const wall = (performance.now() - started) / 1000
  const [out, times] = await both
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`)
  const [user, system] = times.trim().split(' ').map(Number)
  return { wall, cpu: user + system, out }
}
