import type { Writable } from 'node:stream'
import type { Keyboard } from './secret.ts'

// The terminal of whoever typed the verb: keys unseen, sizes, and how it is given back.

export interface Seat {
  readonly input: Keyboard['input']
  readonly output: Writable & {
    readonly isTTY?: boolean
    readonly columns?: number
    readonly rows?: number
  }
  /** TERM; empty where missing. */
  readonly term: string
  readonly noColor: boolean
}

/** Why nothing can be drawn there, in a sentence; null where it can. */
export function whyUnfit({ input, output, term }: Seat): string | null {
  if (!input.isTTY || !output.isTTY)
    return 'The dashboard needs a terminal for its keys and its picture. Over ssh ask for one: ssh -t HOST sudo platen console'
  if (term === '')
    return 'TERM is not set. Say which terminal this is: TERM=linux on the machine itself, TERM=xterm-256color in a window.'
  if (term === 'dumb') return 'TERM is dumb: nothing can be drawn on such a terminal.'
  return null
}

export interface Sat {
  keys(bytes: Buffer): void
  resized(): void
  /** Nobody is at the keys any more. */
  gone(): void
}

/** Every key as it is pressed, Ctrl-C too, until what it returns is called. */
export function sitDown({ input, output }: Seat, { keys, resized, gone }: Sat): () => void {
  input.setRawMode?.(true)
  input.on('data', keys).on('end', gone).on('error', gone).resume()
  output.on('resize', resized)
  return () => {
    output.off('resize', resized)
    input.off('data', keys).off('end', gone).off('error', gone).pause()
    input.setRawMode?.(false)
  }
}

/**
 * What sets a terminal back wherever its bytes were cut off: CAN ends a sequence that is half there; then
 * mouse, paste marks, keypad, colours, scrolling region and cursor as a shell expects them, and the main
 * screen. The kernel's console has no other screen: that one is cleared; and its cursor has a shape, of which
 * one is none. All of it does nothing the second time.
 */
export function asItWas(term: string): string {
  const mouse = '\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l'
  const modes = '\x1b[?2004l\x1b[?1l\x1b>\x1b[0m'
  // The region's sequence moves the cursor, so that is kept around it.
  const region = '\x1b7\x1b[r\x1b8'
  const screen = term.startsWith('linux') ? '\x1b[H\x1b[J\x1b[?0c' : '\x1b[?1049l'
  return `\x18${mouse}${modes}${region}${screen}\x1b[?25h`
}
