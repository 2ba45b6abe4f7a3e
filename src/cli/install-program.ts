import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../core/refusal.ts'

// What is copied of a checkout: what package.json would ship, and the libraries that it runs with.

const described = z.object({ version: z.string(), files: z.array(z.string()) })
const locked = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })),
})

export interface Program {
  /** Folder of package.json. */
  readonly home: string
  /** `0.1.0-3f9a12c4`: two builds of one version are two. */
  readonly version: string
  /** Files and folders, as from `home`. */
  readonly parts: readonly string[]
}

/** Refuses `missing` a checkout that was not built. */
export function programAt(home: string): Program {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(home, name), 'utf8'))
  const { version, files } = described.parse(read('package.json'))
  if (!existsSync(join(home, 'dist/main.js')))
    throw new Refusal('missing', 'The program is not built; run npm ci and npm run build first.')
  const shipped = [...files, 'package.json', 'package-lock.json', 'README.md', 'LICENSE']
  const own = shipped.filter((part) => existsSync(join(home, part)))
  const libraries = Object.entries(locked.parse(read('package-lock.json')).packages)
    .filter(([path, { dev }]) => path.lastIndexOf('node_modules/') === 0 && !dev)
    .map(([path]) => path)
    // Of another kind of machine, and so never there.
    .filter((path) => existsSync(join(home, path)))
  if (libraries.length === 0)
    throw new Refusal('missing', 'The libraries are not there; run npm ci first.')
  return { home, version: `${version}-${digestOf(home, own)}`, parts: [...own, ...libraries] }
}

export function copyProgram({ home, parts }: Program, to: string): void {
  for (const part of parts)
    cpSync(join(home, part), join(to, part), { recursive: true, dereference: true })
}

/** The lock file stands for the libraries. */
function digestOf(home: string, parts: readonly string[]): string {
  const sum = createHash('sha256')
  for (const file of parts.flatMap((part) => filesIn(home, part)).sort())
    sum.update(`${file}\0`).update(readFileSync(join(home, file)))
  return sum.digest('hex').slice(0, 8)
}

function filesIn(home: string, part: string): string[] {
  if (!statSync(join(home, part)).isDirectory()) return [part]
  return readdirSync(join(home, part)).flatMap((name) => filesIn(home, join(part, name)))
}
