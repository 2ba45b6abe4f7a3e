import { readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sirv from 'sirv'

// What the browser downloads as it lies. The only file that touches the library.

/** Answers with a file, or goes on: the address may be a page's. */
export type ServeFile = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

/** `web/` of the package, wherever platen was started: beside `src/` and beside `dist/`. */
const ours = join(import.meta.dirname, '../../web')
const library = createRequire(import.meta.url).resolve('simpledotcss/simple.min.css')
/** After an update a browser may show the looks of before for so long. */
const options = { etag: true, maxAge: 3600, extensions: [] }

/** `declined` is called for any other method than GET and HEAD, with what is taken. */
export function createStatic(
  declined: (req: IncomingMessage, res: ServerResponse, Allow: string) => void,
): ServeFile {
  const serveOurs = sirv(ours, options)
  const serveLibrary = sirv(dirname(library), options)
  const names = readdirSync(ours).filter((name) => !name.startsWith('.'))
  const paths = new Set(['/simple.css', ...names.map((name) => `/${name}`)])

  return (req, res, next) => {
    const path = req.url?.split('?', 1)[0] ?? ''
    if (!paths.has(path)) return next()
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return declined(req, res, 'GET, HEAD, OPTIONS')
    // The files are small, and of a range that begins behind its end the library makes a crash.
    delete req.headers.range
    // A file that an update took away meanwhile costs this answer, not the appliance.
    res.once('pipe', (file) => file.once('error', () => res.destroy()))
    if (path !== '/simple.css') return serveOurs(req, res, next)
    req.url = '/simple.min.css'
    serveLibrary(req, res, next)
  }
}
