import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Pax as PaxOfTar } from 'tar'
import { codeOf, type OpenFile } from '../files.ts'
import { unreadable } from '../unreadable.ts'
import { unsound } from './unsound.ts'

// The octets of a backup: a tar in gzip, which every tar opens, and behind it a second, empty member of
// gzip whose comment is the SHA-256 of all before. So one bit that turned shows wherever it is, also where
// gzip does not look: in its own head, and in what is left of its last octet.

/** A file that goes in. Its body must give as many bytes as it says. */
export interface Part {
  readonly name: string
  readonly size: number
  readonly body: AsyncIterable<Buffer>
}

/** Appends all parts, then flushes; never more than a few chunks are in memory. */
export async function pack(file: OpenFile, parts: AsyncIterable<Part>): Promise<void> {
  const sum = createHash('sha256')
  const gzip = createGzip()
  const fed = pipeline(Readable.from(tarred(parts)), gzip)
  // It comes out of `gzip` too.
  fed.catch(() => {})
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    sum.update(chunk)
    await file.append(chunk)
  }
  await fed
  await file.append(seal(sum.digest('hex')))
  await file.flush()
}

/**
 * Its files in order; each body has to be read before the next is asked for. Nothing is sure before the
 * end has come: only there the seal is compared. Refuses `invalid` what is no sound archive.
 */
export async function* unpack(path: string, file: FileHandle): AsyncGenerator<Part> {
  const length = await lengthBeforeSeal(path, file)
  const sum = createHash('sha256')
  yield* untarred(unpacked({ path, file }, length, sum), path)
  if (!(await readSeal(file, length)).equals(seal(sum.digest('hex'))))
    throw unsound(path, 'its checksum does not match what is in it')
}

/** What goes wrong comes to whoever reads a body. */
async function* unpacked(
  { path, file }: { readonly path: string; readonly file: FileHandle },
  length: number,
  sum: Hash,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const packed = createReadStream('', { fd: file.fd, start: 0, end: length - 1, autoClose: false })
  const fed = pipeline(packed, summing(sum), gunzip)
  // It comes out of `gunzip` too.
  fed.catch(() => {})
  try {
    yield* gunzip
    await fed
  } catch (error) {
    const code = codeOf(error)
    if (code.startsWith('Z_')) throw unsound(path, `it cannot be decompressed (${code})`)
    throw unreadable(path, error)
  } finally {
    gunzip.destroy()
  }
}

const blockBytes = 512
const padding = (size: number) => (blockBytes - (size % blockBytes)) % blockBytes

/** Loaded when one is made or read: a start has no use for it. */
const tar = () => import('tar')

async function* tarred(parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
  const { Header, Pax } = await tar()
  for await (const { name, size, body } of parts) {
    const header = new Header({ path: name, size, mode: 0o600, type: 'File', mtime: new Date(0) })
    // A name that is longer than the head has room for goes before it.
    if (header.encode()) yield new Pax({ path: name }).encode()
    if (header.block) yield header.block
    let given = 0
    for await (const chunk of body) {
      given += chunk.length
      yield chunk
    }
    if (given !== size) throw new Error(`${name} gave ${given} bytes in place of ${size}`)
    yield Buffer.alloc(padding(size))
  }
  yield Buffer.alloc(2 * blockBytes)
}

/** More is no name. */
const longestPax = 65_536

async function* untarred(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Part> {
  const take = taking(chunks)
  const { Header, Pax } = await tar()
  let pax: PaxOfTar | undefined
  for (;;) {
    const block = await all(blockBytes)
    if (block.every((byte) => byte === 0)) break
    const header = new Header(block, 0, pax)
    const { path: name = '', size = 0 } = header
    if (!header.cksumValid || !Number.isSafeInteger(size) || size < 0)
      throw unsound(path, 'a part of it has no head that can be read')
    if (header.type === 'ExtendedHeader' && size <= longestPax) {
      pax = Pax.parse((await all(size)).toString())
      await all(padding(size))
      continue
    }
    if (header.type !== 'File' && header.type !== 'OldFile')
      throw unsound(path, `it holds ${JSON.stringify(name)}, which is a ${header.type} and no file`)
    pax = undefined
    yield { name, size, body: some(size) }
    await all(padding(size))
  }
  for (let rest = await take(blockBytes); rest !== null; rest = await take(blockBytes))
    if (rest.some((byte) => byte !== 0)) throw unsound(path, 'something follows its end')

  async function* some(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      const chunk = await take(left)
      if (chunk === null) throw unsound(path, 'its end is missing')
      left -= chunk.length
      yield chunk
    }
  }

  async function all(size: number): Promise<Buffer> {
    const chunks: Buffer[] = []
    for await (const chunk of some(size)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
}

/** How to have the next `most` bytes or fewer; null at the end. */
function taking(chunks: AsyncIterable<Buffer>): (most: number) => Promise<Buffer | null> {
  const iterator = chunks[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  return async (most) => {
    while (rest.length === 0) {
      const { done, value } = await iterator.next()
      if (done) return null
      rest = value
    }
    const taken = rest.subarray(0, most)
    rest = rest.subarray(taken.length)
    return taken
  }
}

function summing(sum: Hash) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      sum.update(chunk)
      yield chunk
    }
  }
}

/** RFC 1952: a member of no bytes. Flag 16: a comment follows the head, up to a zero. */
function seal(sum: string): Buffer {
  const head = Buffer.from([0x1f, 0x8b, 8, 16, 0, 0, 0, 0, 0, 3])
  const nothing = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  return Buffer.concat([head, Buffer.from(`sha256 ${sum}\0`), nothing])
}

const sealBytes = seal('0'.repeat(64)).length

async function lengthBeforeSeal(path: string, file: FileHandle): Promise<number> {
  const length = (await file.stat()).size - sealBytes
  if (length <= 0) throw unsound(path, 'it is too short')
  return length
}

async function readSeal(file: FileHandle, from: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream('', { fd: file.fd, start: from, autoClose: false }))
    chunks.push(chunk)
  return Buffer.concat(chunks)
}
