import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Refusal } from '../../core/refusal.ts'
import { codeOf } from '../files.ts'
import { unreadable } from '../unreadable.ts'
import { type Part, unpack } from './archive.ts'
import { type Listed, type Manifest, manifestName, parseManifest } from './manifest.ts'
import { unsound } from './unsound.ts'

export const stateName = 'platen.json'
export const settingsName = 'settings.env'

/** A record for each file of a big site is far below. */
const longestManifest = 16_777_216
/** JSON is a tenth of its length in gzip; a file that would fill the disk with zeros is a thousandth. */
const mostPacked = 300
const leastRoom = 16_777_216

/**
 * Reads a backup whole: gzip, tar, every checksum; refuses `invalid` what is not as it was made. What
 * `receive` got is sure only when this resolves.
 */
export async function readBackup(
  path: string,
  receive: Receive = async () => {},
): Promise<Manifest> {
  const file = await openBackup(path)
  try {
    return await readOpened(path, file, receive)
  } finally {
    await file.close()
  }
}

export const openBackup = (path: string): Promise<FileHandle> =>
  open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw unreadable(path, error)
    const sentence = `There is no ${path}. platen lays its backups into backup/ of the data folder.`
    throw new Refusal('invalid', sentence, { file: path })
  })

type Receive = (name: string, body: AsyncIterable<Buffer>) => Promise<void>

/** As `readBackup`, from a file that was opened before, by whoever may read it. */
export async function readOpened(
  path: string,
  file: FileHandle,
  receive: Receive,
): Promise<Manifest> {
  const found: Listed = {}
  let manifest: Manifest | null = null
  let claimed = 0
  let room = 0
  for await (const part of unpack(path, file)) {
    room ||= (await file.stat()).size * mostPacked + leastRoom
    const { name, size } = part
    claimed += size
    if (manifest !== null) throw unsound(path, `something follows its ${manifestName}`)
    if (!mayBeIn(name) || Object.hasOwn(found, name))
      throw unsound(path, `it holds ${JSON.stringify(name)}, which no backup of platen does`)
    if (claimed > room) throw unsound(path, 'it claims to hold more than a file of its length can')
    if (name === manifestName) manifest = parseManifest(path, await textOf(part, path))
    else found[name] = await received(part, receive)
  }
  if (manifest === null) throw unsound(path, `its ${manifestName} is missing`)
  const wrong = firstDifference(manifest.files, found)
  if (wrong !== null) throw unsound(path, `${wrong} in it is not what its ${manifestName} says`)
  if (!(stateName in found)) throw unsound(path, `its ${stateName} is missing`)
  return manifest
}

/** Also what keeps a name from leading out of the folder. */
function mayBeIn(name: string): boolean {
  if ([stateName, settingsName, manifestName].includes(name)) return true
  const [folder, ...below] = name.split('/')
  const isPlain = (part: string) => !['', '.', '..'].includes(part) && !/[\\\p{Cc}]/u.test(part)
  return ['journal', 'models'].includes(folder ?? '') && below.length > 0 && below.every(isPlain)
}

async function received({ name, body }: Part, receive: Receive): Promise<Listed[string]> {
  const sum = createHash('sha256')
  let bytes = 0
  const summed = (async function* () {
    for await (const chunk of body) {
      sum.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  })()
  await receive(name, summed)
  // Whoever took nothing of it, or not all.
  for await (const _ of summed);
  return { bytes, sha256: sum.digest('hex') }
}

function firstDifference(said: Listed, found: Listed): string | null {
  const names = new Set([...Object.keys(said), ...Object.keys(found)])
  for (const name of names)
    if (said[name]?.bytes !== found[name]?.bytes || said[name]?.sha256 !== found[name]?.sha256)
      return name
  return null
}

async function textOf({ size, body }: Part, path: string): Promise<string> {
  if (size > longestManifest) throw unsound(path, `its ${manifestName} is too long`)
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
