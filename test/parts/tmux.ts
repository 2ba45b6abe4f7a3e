import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// A person at a terminal: a shell in a real tmux, what is typed, and what is on the screen.

export interface Shell {
  /** Keys as tmux names them: `Down`, `q`. */
  press(...keys: string[]): void
  /** Words and Enter. */
  type(words: string): void
  picture(): string
  /** The screen, as soon as the words are on it; two minutes at most. */
  until(words: string): Promise<string>
  resize(columns: number, rows: number): void
  /** Process id of what runs in the shell. */
  childPid(): number
  /** Until nothing runs in it any more: a prompt may stand there from before. */
  atRest(): Promise<void>
  /** '100': the cursor shows, the main screen is back, the mouse is let go. */
  modes(): string
  end(): void
}

export interface ShellSettings {
  readonly term: string
  readonly columns: number
  readonly rows: number
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A shell as over ssh without a UTF-8 locale; its prompt is `room$`. */
export async function startShell(settings: ShellSettings): Promise<Shell> {
  // A server of its own: another one may still be ending.
  const home = mkdtempSync(join(tmpdir(), 'platen-tmux-'))
  const { term, columns, rows, folder = home, env = {} } = settings
  const tmux = (...words: string[]): string =>
    execFileSync('tmux', ['-S', join(home, 'socket'), '-f', '/dev/null', ...words], {
      encoding: 'utf8',
    })
  const given = Object.entries({ ...env, TERM: term, PS1: 'room$ ' }).map(
    ([name, value]) => `${name}=${value}`,
  )
  tmux(
    ...['new-session', '-d', '-s', 'room', '-x', `${columns}`, '-y', `${rows}`, '-c', folder],
    ...[
      'env',
      '-u',
      'TMUX',
      '-u',
      'LANG',
      '-u',
      'LC_ALL',
      ...given,
      'bash',
      '--norc',
      '--noprofile',
    ],
  )
  function children(): string {
    const pid = tmux('list-panes', '-t', 'room', '-F', '#{pane_pid}').trim()
    const found = spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' })
    if (found.error) throw found.error
    return found.stdout.trim()
  }
  const shell: Shell = {
    press: (...keys) => void tmux('send-keys', '-t', 'room', ...keys),
    type: (words) => shell.press(words, 'Enter'),
    picture: () => tmux('capture-pane', '-p', '-t', 'room'),
    async until(words) {
      for (let tries = 0; tries < 2400; tries++) {
        if (shell.picture().includes(words)) {
          await wait(100)
          return shell.picture()
        }
        await wait(50)
      }
      throw new Error(`"${words}" never came:\n${shell.picture()}`)
    },
    resize: (width, height) =>
      void tmux('resize-window', '-t', 'room', '-x', `${width}`, '-y', `${height}`),
    childPid: () => Number(children()),
    async atRest() {
      for (let tries = 0; children() !== ''; tries++) {
        if (tries > 1200) throw new Error(`something runs still:\n${shell.picture()}`)
        await wait(100)
      }
    },
    modes: () =>
      tmux('display', '-p', '-t', 'room', '#{cursor_flag}#{alternate_on}#{mouse_any_flag}').trim(),
    end() {
      tmux('kill-server')
      rmSync(home, { recursive: true, force: true })
    },
  }
  await shell.until('room$')
  return shell
}
