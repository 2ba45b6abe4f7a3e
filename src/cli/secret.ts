import type { Readable, Writable } from 'node:stream'
import { Refusal } from '../core/refusal.ts'

export interface Keyboard {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown }
  readonly screen: Writable
}

/** A password typed unseen, twice; or, where the input is no terminal, its first line. */
export async function askSecret({ input, screen }: Keyboard, question: string): Promise<string> {
  if (!input.isTTY) return (await firstLine(input)).replace(/\r$/, '')
  const typed = await typedUnseen({ input, screen }, question)
  if ((await typedUnseen({ input, screen }, 'Once more: ')) !== typed)
    throw new Refusal('invalid', 'The two are not the same; nothing was changed.')
  return typed
}

async function firstLine(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) {
    text += chunk
    if (text.includes('\n')) break
  }
  return text.split('\n')[0] ?? ''
}

/** Raw mode shows nothing; so Enter, Backspace, Ctrl-U and Ctrl-C are ours to do. */
function typedUnseen({ input, screen }: Keyboard, question: string): Promise<string> {
  screen.write(question)
  input.setRawMode?.(true)
  input.setEncoding('utf8').resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = () => {
      input.off('data', onKeys).pause()
      input.setRawMode?.(false)
      screen.write('\n')
    }
    const onKeys = (keys: string) => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') {
          end()
          return resolve(typed)
        }
        if (key === '\u0003' || key === '\u0004') {
          end()
          return reject(new Refusal('invalid', 'Given up; nothing was changed.'))
        }
        if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('')
        else if (key === '\u0015') typed = ''
        else typed += key
      }
    }
    input.on('data', onKeys)
  })
}
