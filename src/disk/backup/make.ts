import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import type { Act } from '../../core/act.ts'
import { backupName } from '../../core/backup/name.ts'
import { chainEndOf } from '../../core/journal/journal.ts'
import type { State } from '../../core/state.ts'
import { clearAway, type Files, realFiles } from '../files.ts'
import type { OpenStore } from '../store.ts'
import { type Part, pack } from './archive.ts'
import { contents, type Sources } from './contents.ts'
import { inspectLines } from './inspect.ts'
import { type Listed, type Manifest, manifestName } from './manifest.ts'
import { readBackup } from './verify.ts'

export interface MakeParts extends Pick<Sources, 'folder' | 'settings'> {
  readonly store: Pick<OpenStore, 'state' | 'copyTo'>
  /** Of this platen. */
  readonly version: string
  readonly site: string
  /** Aborted when platen stops: then the half that is there goes away. */
  readonly givenUp?: AbortSignal
  /** What it is written with. */
  readonly files?: Files
}

/** One that came into being. */
export interface Packed {
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly manifest: Manifest
  /** As it is now: what came since the backup was begun is in it, too. */
  readonly state: State
  readonly damage: readonly string[]
}

/**
 * Makes a backup in `backup/` while changes go on: it has its name when it is on the disk and was read
 * back. Throws what the disk threw; half a file never stays.
 */
export async function makeBackup(parts: MakeParts, act: Act): Promise<Packed> {
  const { files = realFiles } = parts
  const folder = `${parts.folder}/backup`
  await files.makeFolder(folder)
  await clearHalves(folder)
  const name = freeName(await files.list(folder), act.now)
  const [state, unfinished] = [`${folder}/${half}`, `${folder}/${name}.new`]
  const damage: string[] = []
  try {
    const journal = chainEndOf(parts.store.state)
    await parts.store.copyTo(state)
    const written: Manifest = {
      ...{ format: 1, platen: parts.version, site: parts.site },
      ...{ madeAt: act.now.toISOString(), clockTrusted: act.clockTrusted },
      ...{ state: await headOf(state), files: {} },
      journal: { number: journal.number, hash: journal.hash },
    }
    const file = await files.open(unfinished, 'anew')
    try {
      await pack(file, listed({ ...parts, state }, written, damage))
      parts.givenUp?.throwIfAborted()
    } finally {
      await file.close()
    }
    const manifest = await readBackup(unfinished)
    await files.rename(unfinished, `${folder}/${name}`)
    await files.flushFolder(folder)
    const { size: bytes } = await stat(`${folder}/${name}`)
    return { name, path: `${folder}/${name}`, bytes, manifest, state: parts.store.state, damage }
  } finally {
    await clearAway(files, state)
    await clearAway(files, unfinished)
  }
}

/** The state while a backup is being made. No `.json`, which would count as a copy of the state. */
const half = 'platen.state'

/** What a power cut has left of one. */
export async function clearHalves(folder: string): Promise<void> {
  for (const name of await realFiles.list(folder))
    if (name === half || name.endsWith('.tar.gz.new')) await realFiles.remove(`${folder}/${name}`)
}

/** Two within a second, or a clock that was set back: no backup takes the place of another. */
export function freeName(taken: readonly string[], now: Date, site: string | null = null): string {
  for (let at = now; ; at = new Date(at.getTime() + 1000))
    if (!taken.includes(backupName(at, site))) return backupName(at, site)
}

/** All that goes in, and last what that was. */
async function* listed(
  sources: Sources & Pick<MakeParts, 'givenUp'>,
  manifest: Manifest,
  damage: string[],
): AsyncGenerator<Part> {
  for await (const part of contents(sources)) yield noted(part)
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  yield {
    ...{ name: manifestName, size: text.length },
    body: (async function* () {
      yield text
    })(),
  }

  function noted({ name, size, body }: Part): Part {
    const sum = createHash('sha256')
    const inspection = name.endsWith('.jsonl') ? inspectLines() : null
    const files: Listed = manifest.files
    return {
      ...{ name, size },
      body: (async function* () {
        for await (const chunk of body) {
          sources.givenUp?.throwIfAborted()
          sum.update(chunk)
          inspection?.take(chunk)
          yield chunk
        }
        files[name] = { bytes: size, sha256: sum.digest('hex') }
        const found = inspection?.end() ?? null
        if (found !== null) damage.push(`${name}: ${found}`)
      })(),
    }
  }
}

/** The first line of a snapshot says what it is; enough of the file to hold that line is read. */
async function headOf(path: string): Promise<Manifest['state']> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    const line = buffer.toString('utf8', 0, bytesRead).split(',"collections":{', 1)[0] ?? ''
    const { version, epoch, seq } = JSON.parse(`${line}}`) as Record<string, number>
    return { shape: version ?? 0, epoch: epoch ?? 0, change: seq ?? 0 }
  } finally {
    await file.close()
  }
}
