import { z } from 'zod'
import { unsound } from './unsound.ts'

/** `manifest.json`, the last file in a backup: what it is of, and every other file in it. */
export const manifest = z.object({
  format: z.literal(1),
  /** Of the platen that made it. */
  platen: z.string(),
  site: z.string(),
  madeAt: z.iso.datetime(),
  /** Whether `madeAt` was known to be right. */
  clockTrusted: z.boolean(),
  /** Shape of the state, and which change it ends with. */
  state: z.object({ shape: z.int(), epoch: z.int(), change: z.int() }),
  /** The newest entry when it was begun; the state in it may hold a few more. */
  journal: z.object({ number: z.int(), hash: z.string() }),
  /** By path. */
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
})

export type Manifest = z.infer<typeof manifest>
export type Listed = Manifest['files']

export const manifestName = 'manifest.json'

/** Refuses `invalid` what this platen cannot read. */
export function parseManifest(path: string, text: string): Manifest {
  const given = parse(text)
  const parsed = manifest.safeParse(given)
  if (parsed.success) return parsed.data
  const { format } = z.object({ format: z.number() }).catch({ format: 0 }).parse(given)
  throw unsound(
    path,
    format > 1 ? 'a newer platen has made it' : `its ${manifestName} does not say what is in it`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
