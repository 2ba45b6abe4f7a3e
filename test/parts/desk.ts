import { PassThrough } from 'node:stream'
import type { Desk } from '../../src/cli/verb.ts'
import { readConfig } from '../../src/config.ts'
import { createDesk } from '../../src/desk.ts'
import { quiet } from './log.ts'

/** A desk of which a verb needs `more` and the screen; what it said there. */
export function aDesk<More extends object>(more: More): { desk: Desk & More; said: () => Said } {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const streams = {
    ...{ stdin: new PassThrough(), stdout, stderr, env: {} },
    untilInterrupted: () => new AbortController().signal,
  }
  const found = { config: readConfig({}, () => ''), folder: '/nowhere' }
  const here = { ...found, version: '0.0.0', log: quiet }
  const desk = { ...createDesk(here, streams), progress: null, ...more }
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { desk, said: () => ({ out: read(stdout), err: read(stderr) }) }
}

interface Said {
  readonly out: string
  readonly err: string
}
