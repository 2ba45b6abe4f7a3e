import { type FileHandle, open, readdir } from 'node:fs/promises'
import { codeOf } from '../files.ts'
import type { Part } from './archive.ts'
import { settingsName, stateName } from './verify.ts'

// What goes into a backup, as it is at this moment. The state comes first: what housekeeping moves from
// it into the journal's files meanwhile is then in both, and not in neither.

export interface Sources {
  /** The data folder. */
  readonly folder: string
  /** A snapshot of the state that stands still. */
  readonly state: string
  /** Those that are not at their default; of a secret the value is `<secret>`. */
  readonly settings: readonly (readonly [name: string, value: string])[]
}

export async function* contents({ folder, state, settings }: Sources): AsyncGenerator<Part> {
  yield* fileAs(stateName, state, wholeFile)
  for (const name of (await under(folder, 'journal')).filter((name) => name.endsWith('.jsonl')))
    yield* fileAs(name, `${folder}/${name}`, wholeLines)
  for (const name of await under(folder, 'models'))
    yield* fileAs(name, `${folder}/${name}`, wholeFile)
  const text = Buffer.from(settingsText(settings))
  yield { name: settingsName, size: text.length, body: once(text) }
}

const chunkBytes = 65_536

async function* fileAs(
  name: string,
  path: string,
  lengthOf: (file: FileHandle) => Promise<number>,
): AsyncGenerator<Part> {
  const file = await open(path, 'r')
  try {
    const size = await lengthOf(file)
    yield { name, size, body: firstBytes(file, size) }
  } finally {
    await file.close()
  }
}

async function* firstBytes(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    // A new one each time: whoever compresses may not be done with the last.
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size - at))
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}

const wholeFile = async (file: FileHandle) => (await file.stat()).size

/** It grows while it is read, and its last line may be half there. */
async function wholeLines(file: FileHandle): Promise<number> {
  for (let end = (await file.stat()).size; end > 0; ) {
    const from = Math.max(0, end - chunkBytes)
    const chunk = Buffer.alloc(end - from)
    await file.read(chunk, 0, chunk.length, from)
    const feed = chunk.lastIndexOf(10)
    if (feed !== -1) return from + feed + 1
    end = from
  }
  return 0
}

/** Paths of files, from the data folder on. */
async function under(folder: string, name: string): Promise<string[]> {
  try {
    const all = await readdir(`${folder}/${name}`, { recursive: true, withFileTypes: true })
    return all
      .filter((one) => one.isFile())
      .map((one) => `${one.parentPath}/${one.name}`.slice(folder.length + 1))
      .sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

function settingsText(settings: Sources['settings']): string {
  const head =
    '# The settings of platen that were not at their default when this backup was made.\n' +
    '# Secrets are never in a backup: set them again where it is restored.\n'
  const lines = settings.map(([name, value]) =>
    value === '<secret>' ? `# ${name}= was set; it is a secret\n` : `${name}=${quoted(value)}\n`,
  )
  return head + lines.join('')
}

/** As a shell and systemd read it; a value that holds all three quotes is no setting of platen. */
function quoted(value: string): string {
  if (/^[\w.,:/@+-]*$/.test(value)) return value
  const quote = ["'", '"', '`'].find((mark) => !value.includes(mark)) ?? "'"
  return `${quote}${value}${quote}`
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
